"""The registry of everything a notebook publishes, with its words in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bindery.faults import BinderyError, Fault, nearest
from bindery.numbers import result_text
from bindery.parameters import Parameters, read_schema
from bindery.project import LANGUAGES, Project
from bindery.yamlfile import BILINGUAL, read_yaml, shape_faults

SLOT = re.compile(r"\{([^{}]*)\}")
PARTS = ("value", "interval")

_IDS = {"propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"}, "type": "object"}


def _section(required: list[str], **optional: Any) -> dict[str, Any]:
    properties = dict.fromkeys(required, BILINGUAL) | optional
    return _IDS | {
        "additionalProperties": {
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": False,
        }
    }


_COLUMN = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "unit": {"type": "string"},
        "digits": {"type": "integer", "minimum": 0},
        # numbers of several units or decimals: every digit is shown, thousands are set apart
        "grouped": {"type": "boolean"},
        # the address of a cell, which stands in it as {}
        "link": {"type": "string", "pattern": "\\{\\}"},
        # a column that serves only as an anchor
        "hidden": {"type": "boolean"},
    },
}
# of the data of a figure: the unit of its numbers, or the column that holds the unit of each
_DRAWN_COLUMN = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "unit": {"type": "string"},
        "unit_in": {"type": "string"},
    },
    "not": {"required": ["unit", "unit_in"]},
}
_NAMES = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
# What an entry says beside its bilingual texts. `about` names rows of a published table that has
# `row_ids`, `about_where` the parameters for which it is about them; `filters` are columns by which
# a reader chooses rows; `row_phrase` is the column that holds the words of its source.
_SETTINGS = {
    "about": _NAMES,
    "about_where": {"type": "object"},
    "columns": {"type": "object", "additionalProperties": _COLUMN},
    "filters": _NAMES,
    "layout": {"enum": ["cards"]},
    "row_ids": {"type": "string"},
    "row_phrase": {"type": "string"},
}
SCHEMA = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "figures": _section(
                ["title", "caption", "alt", "limits"],
                about=_NAMES,
                about_where=_SETTINGS["about_where"],
                columns={"type": "object", "additionalProperties": _DRAWN_COLUMN},
            ),
            "tables": _section(["title", "caption"], **_SETTINGS),
            "results": _section(["label"]),
            "notes": _section(["text"]),
        },
    },
}


@dataclass(frozen=True)
class Registry:
    """What each notebook may publish: `sections(notebook)[kind][local id]`."""

    content: Mapping[str, Any]

    def entry(self, notebook: str, kind: str, local: str) -> Mapping[str, Any]:
        entries = self.content.get(notebook, {}).get(kind, {})
        if local not in entries:
            raise BinderyError(
                f"book/figures.yml: {notebook} has no {kind[:-1]} {local!r}; "
                f"{nearest(local, list(entries))}"
            )
        return entries[local]


def bilingual_parts(entry: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    """The texts of an entry, without its settings."""
    return {part: text for part, text in entry.items() if part not in _SETTINGS}


def read_registry(project: Project) -> Registry:
    """Read the registry, and check it against the parameters of the notebooks."""
    name = project.relative(project.registry)
    content = read_yaml(project.registry, name) or {}
    faults = shape_faults(name, content, SCHEMA, "the shape that every entry has")
    if not faults:
        for notebook, sections in content.items():
            parameters = list(read_schema(project, notebook)["properties"])
            faults += _name_faults(name, notebook, sections, parameters)
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return Registry(content)


def _name_faults(
    name: str, notebook: str, sections: Mapping[str, Any], parameters: list[str]
) -> Iterator[Fault]:
    owner = dict.fromkeys(parameters, "parameter")
    for kind, entries in sections.items():
        for local in entries:
            if local in owner:
                yield Fault(
                    name,
                    f"{local!r} as {owner[local]} and as {kind[:-1]}",
                    "one meaning per name",
                    column=notebook,
                )
            owner[local] = kind[:-1]
    known = [*sections.get("results", {}), *parameters]
    for kind, entries in sections.items():
        for local, entry in entries.items():
            for part, text in bilingual_parts(entry).items():
                for lang in LANGUAGES:
                    for slot in SLOT.findall(text[lang]):
                        head, _, tail = slot.partition(".")
                        if head not in known or tail not in ("", *PARTS):
                            yield Fault(
                                name,
                                f"the slot {{{slot}}}",
                                "a result or a parameter",
                                nearest(head, known),
                                column=f"{notebook} > {kind} > {local} > {part} > {lang}",
                            )


def slot_values(
    parameters: Parameters,
    find_result: Callable[[str], Mapping[str, Any] | None],
    labels: Mapping[str, Any],
    lang: str,
) -> Callable[[str, str], str | None]:
    """What a slot prints: a parameter by what it is called, else a result; None for neither."""

    def value(name: str, part: str) -> str | None:
        if name in parameters.values:
            return parameters.text(name, lang)
        record = find_result(name)
        return result_text(record, labels, lang, part) if record else None

    return value


def fill_slots(
    text: str, value: Callable[[str, str], str | None], missing: str
) -> tuple[str, list[str]]:
    """Fill `{name}` and `{name.part}`; give back the text and the slots that had no value.

    >>> fill_slots("{x} of {y}", lambda name, part: {"x": "3"}.get(name), "?")
    ('3 of ?', ['y'])
    """
    unfilled = []

    def fill(match: re.Match) -> str:
        head, _, part = match[1].partition(".")
        filled = value(head, part)
        if filled is None:
            unfilled.append(match[1])
        return missing if filled is None else filled

    return SLOT.sub(fill, text), unfilled
