"""CITATION.cff is valid; that it agrees with the other facts is a test of the layout."""

from __future__ import annotations

import json

import jsonschema
import yaml


def test_the_citation_file_keeps_its_schema(root):
    # cffconvert 2.0.0 checks by this schema, but installs with jsonschema 3 only
    schema = json.loads((root / "tests" / "schemas" / "cff.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    faults = jsonschema.Draft7Validator(schema, format_checker=checker).iter_errors(citation)
    assert [fault.message for fault in faults] == []
