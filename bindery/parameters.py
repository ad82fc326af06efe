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
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

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
    return Rules(project, notebook).check(given or {})


class Rules:
    """What a notebook takes, read once, by which any number of rows of values is checked."""

    def __init__(self, project: Project, notebook: str):
        self.project = project
        self.notebook = notebook
        self.schema = read_schema(project, notebook)
        self.cell = cell_defaults(project, notebook)
        place = f"notebooks/{notebook}.schema.json"
        # of the notebook itself, whatever values it is given
        self.faults = [
            Fault(place, f"{name!r} in the cell or in the schema alone", "the same names in both")
            for name in sorted(set(self.cell) ^ set(self.properties))
        ]
        self.faults += [
            Fault(place, f"{name!r} without {word}", "every parameter with its words")
            for name, rule in self.properties.items()
            for word in _WORDS
            if not rule.get(word)
        ]
        # the same values come again in thousands of rows
        self._resolved: dict[tuple[str, str], Resolved] = {}
        self._missing: dict[str, list[Fault]] = {}

    @property
    def properties(self) -> Mapping[str, Any]:
        return self.schema["properties"]

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the environment that the notebook may see."""
        return tuple(self.schema.get("x-environment", ()))

    @property
    def sweeps(self) -> tuple[str, ...]:
        """The sweeps of the book that the notebook reads."""
        return tuple(self.schema.get("x-sweeps", ()))

    @cached_property
    def _of_cell(self) -> tuple[dict[str, Any], dict[str, Mapping[str, str]]]:
        """The values of the cell with keys for names, and what each is called."""
        values, texts, _ = self._resolve_all(self.cell)
        return values, texts

    @property
    def defaults(self) -> Mapping[str, Any]:
        """The values of the cell, with keys for names."""
        return self._of_cell[0]

    def check(self, given: Mapping[str, Any]) -> Parameters:
        """As `read_parameters`."""
        values, texts, faults = self.resolve(given)
        if faults:
            raise BinderyError(f"the parameters of {self.notebook} cannot be used", faults)
        return Parameters(
            self.notebook, self.schema, values, self.defaults, texts, self._of_cell[1]
        )

    def resolve(
        self, given: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Mapping[str, str]], list[Fault]]:
        """All values with keys for names, what each is called in each language, the faults."""
        faults = list(self.faults)
        raw = dict(self.cell)
        for name, value in given.items():
            if name in self.properties:
                raw[name] = coerce(value, self.properties[name])
            else:
                faults.append(self.unknown(name))
        values, texts, more = self._resolve_all(raw)
        faults += more
        return values, texts, faults or self._missing_rows(values)

    def unknown(self, name: Any) -> Fault:
        allowed = f"a parameter of {self.notebook}"
        return Fault("parameters", repr(name), allowed, nearest(name, list(self.properties)))

    def given_value(self, name: str, value: Any) -> Resolved:
        """One value as it was given."""
        return self._value(name, coerce(value, self.properties[name]))

    def _resolve_all(
        self, raw: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Mapping[str, str]], list[Fault]]:
        values, texts, faults = dict(raw), {}, []
        for name in self.properties:
            if name in raw:
                found = self._value(name, raw[name])
                values[name] = found.value
                if found.texts is not None:
                    texts[name] = found.texts
                if found.fault:
                    faults.append(found.fault)
        return values, texts, faults

    def _value(self, name: str, value: Any) -> Resolved:
        # not by the value itself: 1, 1.0 and True are equal, and a list cannot be looked up
        known = name, repr(value)
        if known not in self._resolved:
            self._resolved[known] = _resolved(self.project, name, value, self.properties[name])
        return self._resolved[known]

    def _missing_rows(self, values: Mapping[str, Any]) -> list[Fault]:
        rules = self.schema.get("x-data", [])
        known = repr([values[name] for rule in rules for name in rule["match"].values()])
        if known not in self._missing:
            self._missing[known] = missing_rows(self.project, values, rules)
        return self._missing[known]


class Resolved(NamedTuple):
    """A value with its key for a name, what it is called in each language, and its fault."""

    value: Any
    # of what has no words, None
    texts: Mapping[str, str] | None
    fault: Fault | None


def _resolved(project: Project, name: str, value: Any, rule: Mapping[str, Any]) -> Resolved:
    if fault := value_fault(name, value, rule):
        return Resolved(value, None, fault)
    if "x-key" in rule:
        return Resolved(*find_key(project, name, value, rule["x-key"]))
    if rule.get("format") == "path" and value is not None:
        return Resolved(value, None, _path_fault(project, name, value))
    return Resolved(value, rule.get("enum_titles", {}).get(str(value), {}), None)


def _path_fault(project: Project, name: str, value: str) -> Fault | None:
    """A path is a whole one, or starts from the project's root, where every notebook runs."""
    path = project.root / value
    if path.is_file():
        return None
    what = "a folder" if path.is_dir() else "where there is no file"
    allowed = "a file, by a path from the project's folder or a whole one"
    return Fault("parameters", f"{name} = {value!r}, {what}", allowed)
