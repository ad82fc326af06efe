"""Typed parameters: what a notebook takes, checked before anything starts.

Defaults live in the notebook's cell tagged `parameters`; `<notebook>.schema.json` adds type,
range, unit and the words. Names are matched against the schema and never passed through, for
papermill writes them into code as they are.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema

from bindery.faults import BinderyError, Fault, nearest
from bindery.lookup import find_key, missing_rows
from bindery.project import LANGUAGES, Project
from bindery.value_types import coerce, value_fault

_WORDS = ("title", "title_zh", "description", "description_zh")


@dataclass(frozen=True)
class Parameters:
    """A notebook's parameters for one run, in the order of the cell."""

    notebook: str
    schema: Mapping[str, Any]
    values: Mapping[str, Any]
    defaults: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    default_texts: Mapping[str, Mapping[str, str]]

    def text(self, name: str, lang: str) -> str:
        """What the value of a parameter is called."""
        return _text(self.values[name], self.texts.get(name, {}), lang)

    def default_text(self, name: str, lang: str) -> str:
        return _text(self.defaults[name], self.default_texts.get(name, {}), lang)

    @property
    def lang(self) -> str:
        """The language in which the notebook itself shows things; the first where it has none."""
        lang = self.values.get("lang")
        return lang if lang in LANGUAGES else LANGUAGES[0]

    @property
    def given(self) -> dict[str, Any]:
        """The values that differ from their defaults."""
        return {name: value for name, value in self.values.items() if value != self.defaults[name]}


def _text(value: Any, names: Mapping[str, str], lang: str) -> str:
    return names.get(lang) or ("—" if value is None else str(value))


def notebook_names(project: Project) -> list[str]:
    return sorted(path.stem for path in project.notebooks.glob("*.ipynb"))


def notebook_path(project: Project, notebook: str) -> Path:
    """The file of a notebook named by its stem, or by its file's path."""
    stem = Path(notebook).stem if notebook.endswith(".ipynb") else notebook
    known = notebook_names(project)
    if stem not in known:
        raise BinderyError(f"there is no notebook {notebook!r}; {nearest(stem, known)}")
    return project.notebooks / f"{stem}.ipynb"


def read_schema(project: Project, notebook: str) -> dict[str, Any]:
    path = project.notebooks / f"{notebook}.schema.json"
    name = project.relative(path)
    try:
        schema = json.loads(_checked(path.read_bytes()))
        if not isinstance(schema, dict):
            raise ValueError("it is no object")
        schema.setdefault("properties", {})
    except FileNotFoundError:
        raise BinderyError(
            f"{name}: there is no such file; every notebook needs its schema"
        ) from None
    except (ValueError, jsonschema.SchemaError) as error:
        raise BinderyError(f"{name}: not a JSON Schema: {error}") from None
    return schema


@lru_cache(maxsize=64)
def _checked(content: bytes) -> bytes:
    """The bytes of a schema that is one; checking takes long, and a notebook asks at every call."""
    jsonschema.Draft202012Validator.check_schema(json.loads(content))
    return content


def cell_defaults(project: Project, notebook: str) -> dict[str, Any]:
    """The literals of the notebook's cell tagged `parameters`, in their order."""
    path = project.notebooks / f"{notebook}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise BinderyError(f"{project.relative(path)}: not a notebook (nbformat 4 JSON)") from None
    if len(tagged) != 1:
        raise BinderyError(
            f"{project.relative(path)}: found {len(tagged)} cells tagged 'parameters'; allowed: one"
        )
    try:
        defaults = {}
        for node in ast.parse("".join(tagged[0]["source"])).body:
            (target,) = node.targets
            defaults[target.id] = ast.literal_eval(node.value)
        return defaults
    except (SyntaxError, ValueError, AttributeError):
        raise BinderyError(
            f"{project.relative(path)}: the parameters cell may hold only lines `name = literal`"
        ) from None


def read_parameters(
    project: Project, notebook: str, given: Mapping[str, Any] | None = None
) -> Parameters:
    """Check `given` against the schema; raise one error that names every fault.

    Text from a command line becomes the type that the schema asks for; a name of a foreign key
    becomes its key. Nothing is started and nothing written.
    """
    schema = read_schema(project, notebook)
    defaults = cell_defaults(project, notebook)
    properties = schema["properties"]
    place = f"notebooks/{notebook}.schema.json"
    faults = [
        Fault(place, f"{name!r} in the cell or in the schema alone", "the same names in both")
        for name in sorted(set(defaults) ^ set(properties))
    ]
    faults += [
        Fault(place, f"{name!r} without {word}", "every parameter with its words")
        for name, rule in properties.items()
        for word in _WORDS
        if not rule.get(word)
    ]
    values = dict(defaults)
    for name, value in (given or {}).items():
        if name in properties:
            values[name] = coerce(value, properties[name])
        else:
            allowed = f"a parameter of {notebook}"
            faults.append(Fault("parameters", repr(name), allowed, nearest(name, list(properties))))
    values, texts, more = _resolve(project, values, properties)
    faults += more
    if not faults:
        faults = missing_rows(project, values, schema.get("x-data", []))
    if faults:
        raise BinderyError(f"the parameters of {notebook} cannot be used", faults)
    defaults, default_texts, _ = _resolve(project, defaults, properties)
    return Parameters(notebook, schema, values, defaults, texts, default_texts)


def _resolve(
    project: Project, values: Mapping[str, Any], properties: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Mapping[str, str]], list[Fault]]:
    """Values with keys for names, what each is called in each language, and the faults."""
    resolved, texts, faults = dict(values), {}, []
    for name, rule in properties.items():
        if name not in values:
            continue
        fault = value_fault(name, values[name], rule)
        if fault is None and "x-key" in rule:
            resolved[name], texts[name], fault = find_key(
                project, name, values[name], rule["x-key"]
            )
        elif fault is None and rule.get("format") == "path" and values[name] is not None:
            fault = _path_fault(project, name, values[name])
        elif fault is None:
            texts[name] = rule.get("enum_titles", {}).get(str(values[name]), {})
        if fault:
            faults.append(fault)
    return resolved, texts, faults


def _path_fault(project: Project, name: str, value: str) -> Fault | None:
    """A path is a whole one, or starts from the project's root, where every notebook runs."""
    path = project.root / value
    if path.is_file():
        return None
    what = "a folder" if path.is_dir() else "where there is no file"
    allowed = "a file, by a path from the project's folder or a whole one"
    return Fault("parameters", f"{name} = {value!r}, {what}", allowed)
