"""The parameters of a page, and all that its form must know to check other values.

The form checks as `bindery.parameters` does, in the browser, and says the same.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from bindery.collect import Book
from bindery.lookup import describe_key, find_key, key_rows, required_row
from bindery.pages import Page
from bindery.parameters import Parameters
from bindery.project import Project
from bindery.value_types import describe_allowed
from bindery.words import word

# what the form checks; whatever else a schema asks for is checked when the command runs
_CHECKED = (
    *("type", "enum", "const", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"),
    *("pattern", "minLength", "maxLength", "minItems", "maxItems", "items", "oneOf", "anyOf"),
)
# what only tells something; keys are looked up beside
_TOLD = (
    *("title", "title_zh", "description", "description_zh", "allowed", "allowed_zh"),
    *("enum_titles", "unit", "x-key"),
)


def parameter_facts(book: Book, page: Page, lang: str) -> dict[str, Any]:
    """The parameter table of a page, the command that makes the page again, and its form."""
    parameters = page.parameters
    rows = []
    # a page is in one language already, and there is one in the other
    for name in (name for name in parameters.values if name != "lang"):
        rule = parameters.schema["properties"][name]
        rows.append(
            {
                "name": name,
                "title": _said(rule, "title", lang),
                "value": parameters.text(name, lang),
                "default": parameters.default_text(name, lang),
                "meaning": _said(rule, "description", lang),
                "allowed": _allowed(rule, lang),
            }
        )
    return {
        "rows": rows,
        "command": run_command(parameters),
        "form": form_facts(book.project, parameters, lang),
        "family": _family(book, page, lang),
    }


def _family(book: Book, page: Page, lang: str) -> dict[str, Any]:
    """All pages of a notebook, each called by the values in which they differ."""
    pages = [other for other in book.pages if other.notebook == page.notebook]
    properties, comma = page.parameters.schema["properties"], word("list_comma", lang)
    differing = [
        name
        for name, value in page.parameters.values.items()
        if any(other.parameters.values[name] != value for other in pages)
    ]
    return {
        "called": comma.join(_said(properties[name], "title", lang) for name in differing),
        "pages": [
            {
                "page": other.name,
                "given": other.parameters.given,
                "called": comma.join(other.parameters.text(name, lang) for name in differing),
            }
            for other in pages
        ],
    }


def run_command(parameters: Parameters) -> str:
    """The command that runs a notebook with these values."""
    given = [
        f"-p {shlex.quote(f'{name}={_plain(value)}')}" for name, value in parameters.given.items()
    ]
    return " ".join(["bindery", "run", parameters.notebook, *given])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def form_facts(project: Project, parameters: Parameters, lang: str) -> dict[str, Any]:
    """What each field holds and may hold, and which values the data have rows for together."""
    return {
        "lang": lang,
        "notebook": parameters.notebook,
        "file": f"{project.relative(project.notebooks)}/{parameters.notebook}.ipynb",
        "parameters": [_field(project, parameters, name, lang) for name in parameters.values],
        "data": [_data_rule(project, rule, lang) for rule in parameters.schema.get("x-data", [])],
    }


def _field(project: Project, parameters: Parameters, name: str, lang: str) -> dict[str, Any]:
    rule, value = parameters.schema["properties"][name], parameters.values[name]
    field = {
        "name": name,
        "title": _said(rule, "title", lang),
        "default": parameters.defaults[name],
        "default_text": parameters.default_text(name, lang),
        # what is left empty has its default
        "text": "" if value is None and parameters.defaults[name] is None else _plain(value),
        "rule": {key: rule[key] for key in _CHECKED if key in rule},
        # as the command says it, or in the words of the page
        "allowed": describe_allowed(rule) if lang == "en" else _allowed(rule, lang),
        "hint": "" if "enum" in rule else _allowed(rule, lang),
        "late": rule.get("format") == "path" or _asks_for_more(rule),
    }
    if "enum" in rule:
        field["choices"] = [[_plain(one), _choice(rule, one, lang)] for one in rule["enum"]]
    if "x-key" in rule:
        field["key"] = _key(project, rule["x-key"], lang)
        # a name is read more easily than a code, where it is the name of nothing else
        called = parameters.text(name, lang)
        if find_key(project, name, called, rule["x-key"])[0] == value:
            field["text"] = called
    return field


def _key(project: Project, rule: Mapping[str, Any], lang: str) -> dict[str, Any]:
    languages = [column.rsplit("_", 1)[-1] for column in rule["names"]]
    return {
        "key": rule["key"],
        "rows": key_rows(project, rule),
        "suffix": rule.get("suffix", "$"),
        "allowed": describe_key(rule, lang),
        # the name that the reader sees, else the code
        "shown": languages.index(lang) + 1 if lang in languages else 0,
    }


def _data_rule(project: Project, rule: Mapping[str, Any], lang: str) -> dict[str, Any]:
    required = required_row(project, rule, lang)
    return required._asdict() | {"combinations": sorted(required.combinations)}


def _asks_for_more(rule: Mapping[str, Any]) -> bool:
    """Whether a rule asks for more than the form checks."""
    return any(key not in (*_CHECKED, *_TOLD) for one in (rule, *_nested(rule)) for key in one)


def _nested(rule: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for inner in (*rule.get("oneOf", ()), *rule.get("anyOf", ()), rule.get("items", {})):
        yield inner
        yield from _nested(inner) if inner else ()


def _said(rule: Mapping[str, Any], part: str, lang: str) -> str:
    """What a schema says in a language."""
    return rule.get(part if lang == "en" else f"{part}_{lang}", "")


def _choice(rule: Mapping[str, Any], choice: Any, lang: str) -> str:
    """A value of a list with what it is called."""
    titles = rule.get("enum_titles", {}).get(str(choice))
    form = "{} ({})" if lang == "en" else "{}（{}）"
    return form.format(choice, titles[lang]) if titles else str(choice)


def _allowed(rule: Mapping[str, Any], lang: str) -> str:
    """What a parameter may be, for a reader."""
    if stated := _said(rule, "allowed", lang):
        return stated
    if "enum" in rule:
        return word("list_comma", lang).join(_choice(rule, one, lang) for one in rule["enum"])
    if "x-key" in rule:
        return word("name_or_code", lang).format(rule["x-key"]["table"])
    if "minimum" in rule and "maximum" in rule:
        return word("from_to", lang).format(rule["minimum"], rule["maximum"])
    return describe_allowed(rule)
