"""The pages of a book: `notebooks/runs.yml`, notebook x parameters -> page.

A family of pages is the rows of a sweep, which states its notebook and their parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bindery.faults import BinderyError, Fault, nearest
from bindery.identifiers import check_page_id
from bindery.parameters import Parameters, notebook_names, read_parameters
from bindery.plan import Plan
from bindery.project import LANGUAGES, Project
from bindery.sweep.declaration import read_sweeps
from bindery.sweep.declared import DeclaredSweep
from bindery.yamlfile import read_yaml, shape_faults

SCHEMA = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["page"],
        "additionalProperties": False,
        "properties": {
            "page": {"type": "string"},
            "notebook": {"type": "string"},
            "parameters": {"type": "object"},
            "sweep": {"type": "string"},
        },
        "if": {"required": ["sweep"]},
        "then": {"maxProperties": 2},
        "else": {"required": ["notebook"]},
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
        schema, values = self.parameters.schema, self.parameters.values
        variables, sweeps = (tuple(schema.get(key, ())) for key in ("x-environment", "x-sweeps"))
        given = self.parameters.given
        return Plan(self.name, self.notebook, values, given, variables, sweeps)


def read_pages(project: Project) -> list[Page]:
    """Every page with its checked parameters; all faults of all pages in one error."""
    file = project.notebooks / "runs.yml"
    name = project.relative(file)
    content = read_yaml(file, name)
    shape = "a list of {page, notebook, parameters}, or {page, sweep} for a family"
    faults = shape_faults(name, content, SCHEMA, shape)
    sweeps = {sweep.name: sweep for sweep in read_sweeps(project)}
    pages: list[Page] = []
    for entry in content if not faults else []:
        try:
            for page in _pages(project, entry, sweeps):
                check_page_id(page.name, page.notebook)
                if page.name in [known.name for known in pages]:
                    raise BinderyError(f"the page {page.name} is listed twice; allowed: once")
                for sweep in page.plan.sweeps:
                    _known(sweep, sweeps, f"{page.notebook} reads the sweep")
                pages.append(page)
        except BinderyError as error:
            faults.append(Fault(name, str(error), "a page that can be run", column=entry["page"]))
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return pages


def _pages(
    project: Project, entry: Mapping[str, Any], sweeps: Mapping[str, DeclaredSweep]
) -> Iterator[Page]:
    """The page of an entry; of a family all pages, in the order of its rows."""
    if "sweep" not in entry:
        notebook = entry["notebook"]
        _known(notebook, notebook_names(project), "there is no notebook")
        yield Page(entry["page"], read_parameters(project, notebook, entry.get("parameters")))
        return
    _known(entry["sweep"], sweeps, "there is no sweep")
    for plan in sweeps[entry["sweep"]].rows:
        parameters = read_parameters(project, plan.notebook, plan.given)
        yield Page(_family_id(entry["page"], parameters), parameters)


def _family_id(pattern: str, parameters: Parameters) -> str:
    """The id of a page of a family: `{name}` is what the value of a parameter is called.

    In the language of ids, and of that its letters and digits.
    """

    def called(slot: re.Match) -> str:
        _known(slot[1], parameters.values, "there is no parameter")
        return re.sub(r"[^a-z0-9]", "", parameters.text(slot[1], LANGUAGES[0]).lower())

    return re.sub(r"\{(\w*)\}", called, pattern)


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise BinderyError(f"{what} {name!r}; {nearest(name, list(known))}")
