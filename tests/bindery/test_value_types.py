"""Text of a command line becomes the type that a parameter asks for."""

from __future__ import annotations

import pytest

from bindery.value_types import coerce, describe_allowed


class TestCoerce:
    @pytest.mark.parametrize(
        ("text", "rule", "value"),
        [
            ("0042", {"type": "string"}, "0042"),
            (" 0042 ", {"type": "string"}, " 0042 "),
            ("42", {"type": "integer"}, 42),
            (" 42 ", {"type": "integer"}, 42),
            ("4.2", {"type": "integer"}, "4.2"),
            ("4.2", {"type": "number"}, 4.2),
            ("42", {"type": ["number", "null"]}, 42.0),
            ("none", {"type": ["integer", "null"]}, None),
            ("Null", {"type": ["integer", "null"]}, None),
            ("none", {"type": "string"}, "none"),
            ("true", {"type": "boolean"}, True),
            ("No", {"type": "boolean"}, False),
            ("1", {"type": "boolean"}, "1"),
            ("[1, 2]", {"type": "array"}, [1, 2]),
            ('["a", null]', {"type": "array"}, ["a", None]),
            ('{"a": 1}', {"type": "object"}, {"a": 1}),
            ("[1, ", {"type": "array"}, "[1, "),
            ("[" * 100_000, {"type": "array"}, "[" * 100_000),
            ("3", {"enum": [1, 2, 3]}, 3),
            ("en", {"enum": ["en", "zh"]}, "en"),
            ("7", {"anyOf": [{"type": "integer"}, {"type": "null"}]}, 7),
            ("null", {"oneOf": [{"type": "integer"}, {"type": "null"}]}, None),
            ("7", {}, "7"),
        ],
    )
    def test_text_takes_the_type_of_the_rule(self, text, rule, value):
        coerced = coerce(text, rule)
        assert coerced == value
        assert type(coerced) is type(value)

    @pytest.mark.parametrize("value", [1, 1.0, True, None, [1], {"a": 1}])
    def test_value_that_is_no_text_stays_as_it_is(self, value):
        assert coerce(value, {"type": "string"}) is value


@pytest.mark.parametrize(
    ("rule", "phrase"),
    [
        ({"enum": ["en", "zh"]}, "one of en, zh"),
        ({"const": 3}, "3"),
        (
            {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "number, above 0, below 1",
        ),
        ({"type": ["integer", "null"]}, "integer or null"),
        ({"type": "string", "pattern": "^a"}, "string, of the form ^a"),
        (
            {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
            "array, at least 1 entries, at most 3 entries, each integer",
        ),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer or null"),
        ({}, "any value"),
    ],
)
def test_allowed_values_are_described_in_one_phrase(rule, phrase):
    assert describe_allowed(rule) == phrase


@pytest.mark.parametrize(
    ("types", "kept"), [("integer", 2), (["integer", "null"], 2), ("number", 2.0)]
)
def test_a_whole_float_counts_only_where_whole_numbers_are_asked_for(types, kept):
    coerced = coerce(2.0, {"type": types})
    assert (coerced, type(coerced)) == (kept, type(kept))
