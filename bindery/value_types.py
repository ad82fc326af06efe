"""Types of parameters: text of a command line to a typed value, and what a value may be."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import jsonschema

from bindery.faults import Fault, nearest
from bindery.words import word


def coerce(value: Any, rule: Mapping[str, Any]) -> Any:
    """The text of a command line as the type that `rule` names; other values as they are.

    >>> coerce("0.95", {"type": "number"}), coerce("0042", {"type": "string"})
    (0.95, '0042')
    >>> coerce("none", {"type": ["integer", "null"]}) is None
    True
    """
    types = rule.get("type", [])
    types = [types] if isinstance(types, str) else list(types)
    types += [
        kind
        for choice in rule.get("oneOf", rule.get("anyOf", []))
        if isinstance(kind := choice.get("type"), str)
    ]
    types = types or sorted({_json_type(choice) for choice in rule.get("enum", [])})
    if isinstance(value, float) and value.is_integer() and not {"number", "string"} & set(types):
        # JSON Schema counts 2.0 as an integer; code that counts wants 2
        return int(value)
    if not isinstance(value, str):
        return value
    text = value.strip()
    if "null" in types and text.lower() in ("none", "null"):
        return None
    if "boolean" in types and text.lower() in ("true", "yes", "false", "no"):
        return text.lower() in ("true", "yes")
    for kind, read in (("integer", int), ("number", float)):
        if kind in types:
            try:
                return read(text)
            except ValueError:
                pass
    if {"array", "object"} & set(types) and text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return value


def _json_type(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return names.get(type(value), "array")


def _is_finite(value: Any) -> bool:
    """Whether every number in a value is finite; JSON knows no others."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def value_fault(name: str, value: Any, rule: Mapping[str, Any]) -> Fault | None:
    if not _is_finite(value):
        return Fault("parameters", f"{name} = {value}", word("finite", "en"))
    plain = {key: part for key, part in rule.items() if not key.startswith("x-")}
    if jsonschema.Draft202012Validator(plain).is_valid(value):
        return None
    remedy = ""
    if "enum" in rule and isinstance(value, str):
        remedy = nearest(value, [str(choice) for choice in rule["enum"]])
    return Fault("parameters", f"{name} = {value!r}", describe_allowed(rule), remedy)


def describe_allowed(rule: Mapping[str, Any]) -> str:
    """What a parameter may be, in one phrase.

    >>> describe_allowed({"type": "integer", "minimum": 1, "maximum": 12})
    'integer, from 1, to 12'
    """
    if "enum" in rule:
        return "one of " + ", ".join(map(str, rule["enum"]))
    if "const" in rule:
        return str(rule["const"])
    choices = rule.get("oneOf", rule.get("anyOf"))
    if choices:
        return " or ".join(describe_allowed(choice) for choice in choices)
    types = rule.get("type", "any value")
    parts = [types if isinstance(types, str) else " or ".join(types)]
    phrases = (
        ("minimum", "from {}"),
        ("exclusiveMinimum", "above {}"),
        ("maximum", "to {}"),
        ("exclusiveMaximum", "below {}"),
        ("pattern", "of the form {}"),
        ("minItems", "at least {} entries"),
        ("maxItems", "at most {} entries"),
    )
    parts += [phrase.format(rule[key]) for key, phrase in phrases if key in rule]
    if "items" in rule:
        parts.append(f"each {describe_allowed(rule['items'])}")
    return ", ".join(parts)
