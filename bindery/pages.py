"""The pages of a book: `notebooks/runs.yml`, notebook x parameters -> page."""

from __future__ import annotations

from dataclasses import dataclass

from bindery.faults import BinderyError, Fault, nearest
from bindery.identifiers import check_page_id
from bindery.parameters import Parameters, notebook_names, read_parameters
from bindery.plan import Plan
from bindery.project import Project
from bindery.yamlfile import read_yaml, shape_faults

SCHEMA = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["page", "notebook"],
        "additionalProperties": False,
        "properties": {
            "page": {"type": "string"},
            "notebook": {"type": "string"},
            "parameters": {"type": "object"},
        },
    },
}


@dataclass(frozen=True)
class Page:
    name: str
    parameters: Parameters

    @property
    def notebook(self) -> str:
        return self.parameters.notebook

    @property
    def plan(self) -> Plan:
        """What is to be run for it."""
        variables = tuple(self.parameters.schema.get("x-environment", ()))
        values = self.parameters.values
        return Plan(self.name, self.notebook, values, self.parameters.given, variables)


def read_pages(project: Project) -> list[Page]:
    """Every page with its checked parameters; all faults of all pages in one error."""
    file = project.notebooks / "runs.yml"
    name = project.relative(file)
    content = read_yaml(file, name)
    faults = shape_faults(name, content, SCHEMA, "a list of {page, notebook, parameters}")
    pages: list[Page] = []
    for entry in content if not faults else []:
        page, notebook = entry["page"], entry["notebook"]
        try:
            check_page_id(page, notebook)
            if notebook not in notebook_names(project):
                raise BinderyError(
                    f"there is no notebook {notebook!r}; "
                    f"{nearest(notebook, notebook_names(project))}"
                )
            if page in [known.name for known in pages]:
                raise BinderyError("the page is listed twice; allowed: once")
            pages.append(Page(page, read_parameters(project, notebook, entry.get("parameters"))))
        except BinderyError as error:
            faults.append(Fault(name, str(error), "a page that can be run", column=page))
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return pages
