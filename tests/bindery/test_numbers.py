"""Numbers and intervals as plain values and as text in each language."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from bindery.faults import BinderyError
from bindery.numbers import interval_text, measure, number_text, result_text, with_unit

LABELS = {
    "units": {
        "sheaves": {"en": "sheaves", "zh": "捆"},
        "10k_sheaves": {"en": "10k sheaves", "zh": "万捆"},
        "km": {"en": "km", "zh": "km"},
    },
    "kinds": {
        "exact": {"en": "exact", "zh": "精确值"},
        "rounding_interval": {"en": "rounding", "zh": "舍入区间"},
    },
}


@dataclass
class Interval:
    low: object
    high: object
    kind: str = "rounding_interval"
    estimate: object = None
    level: object = None
    low_closed: bool = True
    high_closed: bool = True


def record(value=None, low=None, high=None, unit="sheaves", digits=None, **more):
    base = {"kind": "rounding_interval", "low_closed": True, "high_closed": True}
    return base | {"value": value, "low": low, "high": high, "unit": unit, "digits": digits} | more


class TestMeasure:
    @pytest.mark.parametrize("number", [150, np.int64(150), np.float64(150.0), 150.0])
    def test_bare_number_is_exact_and_plain(self, number):
        assert measure(number) == {
            "value": 150, "low": 150, "high": 150, "kind": "exact", "level": None,
            "low_closed": True, "high_closed": True,
        }  # fmt: skip
        assert type(measure(number)["value"]) in (int, float)

    @pytest.mark.parametrize("number", [None, float("nan"), np.nan, pd.NA, float("inf")])
    def test_missing_number_is_none(self, number):
        facts = measure(number)
        assert (facts["value"], facts["low"], facts["high"]) == (None, None, None)

    def test_interval_keeps_its_kind_level_and_open_ends(self):
        facts = measure(Interval(np.float64(1), 2, estimate=1.5, level=0.95, high_closed=False))
        assert facts == {
            "value": 1.5, "low": 1.0, "high": 2, "kind": "rounding_interval", "level": 0.95,
            "low_closed": True, "high_closed": False,
        }  # fmt: skip

    def test_end_that_is_not_finite_is_none(self):
        facts = measure(Interval(-np.inf, float("nan")))
        assert (facts["low"], facts["high"]) == (None, None)


class TestNumberText:
    @pytest.mark.parametrize(("number", "unit", "digits", "en", "zh"), [
        (1350, "sheaves", None, "1,350", "1350"),
        (1350.0, "sheaves", None, "1,350", "1350"),
        (1350.5, "sheaves", None, "1,350.50", "1350.50"),
        (1350.5, "sheaves", 0, "1,350", "1350"),
        (-2.5, "sheaves", 1, "−2.5", "−2.5"),
        (-0.001, "sheaves", 2, "0.00", "0.00"),
        (-0.0, "sheaves", None, "0", "0"),
        (0.5, "share", None, "50.0", "50.0"),
        (0.12345, "share", 2, "12.35", "12.35"),
        (12.5, "percent", 1, "12.5", "12.5"),
    ])  # fmt: skip
    def test_number_in_each_language(self, number, unit, digits, en, zh):
        assert number_text(number, unit, digits, "en") == en
        assert number_text(number, unit, digits, "zh") == zh


class TestUnit:
    @pytest.mark.parametrize(
        ("unit", "en", "zh"),
        [
            ("sheaves", "3 sheaves", "3捆"),
            ("km", "3 km", "3 km"),
            ("10k_sheaves", "3 × 10k sheaves", "3万捆"),
            ("share", "3%", "3%"),
            ("percent", "3%", "3%"),
            ("", "3", "3"),
        ],
    )
    def test_unit_is_written_as_each_language_does(self, unit, en, zh):
        assert with_unit("3", unit, LABELS, "en") == en
        assert with_unit("3", unit, LABELS, "zh") == zh

    def test_unknown_unit_is_an_error_that_names_it(self):
        with pytest.raises(BinderyError, match="no units word for 'acres' in 'en'"):
            with_unit("3", "acres", LABELS, "en")


class TestInterval:
    @pytest.mark.parametrize(("ends", "en", "zh"), [
        ({"low": 75, "high": 150}, "75 to 150 sheaves", "75至150捆"),
        ({"low": 75}, "at least 75 sheaves", "不低于75捆"),
        ({"low": 75, "low_closed": False}, "more than 75 sheaves", "超过75捆"),
        ({"high": 150}, "at most 150 sheaves", "不高于150捆"),
        ({"high": 150, "high_closed": False}, "less than 150 sheaves", "低于150捆"),
        ({"low": 0.5, "high": 1, "unit": "share"}, "50.0% to 100.0%", "50.0%至100.0%"),
        ({"low": 1, "high": 2, "digits": 1, "unit": ""}, "1.0 to 2.0", "1.0至2.0"),
        ({}, "no finite bound", "无有限界"),
        ({"kind": "exact"}, "not available", "无法给出"),
    ])  # fmt: skip
    def test_ends_are_said_in_words(self, ends, en, zh):
        assert interval_text(record(**ends), LABELS, "en") == en
        assert interval_text(record(**ends), LABELS, "zh") == zh


class TestResult:
    def test_exact_number_stands_alone(self):
        exact = record(150, 150, 150, kind="exact")
        assert result_text(exact, LABELS, "en") == "150 sheaves"
        assert result_text(exact, LABELS, "zh", "value") == "150捆"

    def test_estimate_comes_with_kind_and_interval(self):
        whole = record(150, 149.5, 150.5, digits=1)
        assert result_text(whole, LABELS, "en") == "150.0 sheaves (rounding 149.5 to 150.5)"
        assert result_text(whole, LABELS, "zh") == "150.0捆（舍入区间149.5至150.5）"

    def test_parts_are_given_alone(self):
        whole = record(150, 149.5, 150.5, digits=1)
        assert result_text(whole, LABELS, "en", "value") == "150.0 sheaves"
        assert result_text(whole, LABELS, "en", "interval") == "149.5 to 150.5 sheaves"

    def test_interval_without_an_estimate_comes_with_its_kind(self):
        bare = record(low=75, high=150)
        assert result_text(bare, LABELS, "en") == "75 to 150 sheaves (rounding)"
        assert result_text(bare, LABELS, "zh") == "75至150捆（舍入区间）"
        assert result_text(bare, LABELS, "en", "value") == "75 to 150 sheaves"

    @pytest.mark.parametrize("part", ["", "value", "interval"])
    def test_missing_result_is_said_to_be_missing(self, part):
        assert result_text(record(kind="exact"), LABELS, "en", part) == "not available"
        assert result_text(record(kind="exact"), LABELS, "zh", part) == "无法给出"


class TestEnds:
    @pytest.mark.parametrize(
        ("value", "low", "high", "unit", "digits", "text"),
        [
            # at two decimals the ends would read 1.90 and 1.91
            (1.90, 1.895, 1.905, "", 2, "1.90 (rounding 1.895 to 1.905)"),
            (0.948, 0.9455, 0.9505, "share", None, "94.8% (rounding 94.55% to 95.05%)"),
            (1074.84, 1074.03, 1075.68, "", 1, "1,074.8 (rounding 1,074.0 to 1,075.7)"),
            (-2.16, -2.36, -1.97, "", 2, "\N{MINUS SIGN}2.16 (rounding "
             "\N{MINUS SIGN}2.36 to \N{MINUS SIGN}1.97)"),
            # all of them round to what is shown
            (1.8948, 1.8947, 1.8949, "", 3, "1.895"),
            (0.1361, 0.134, 0.138, "", 2, "0.14 (rounding 0.134 to 0.138)"),
            (1.74974, 1.74971, 1.74977, "", 3, "1.750"),
            (0.0648, 0.06478, 0.06481, "share", None, "6.5%"),
        ],
    )  # fmt: skip
    def test_ends_are_told_as_exactly_as_the_width_asks(self, value, low, high, unit, digits, text):
        shown = record(value, low, high, unit=unit, digits=digits)
        assert result_text(shown, LABELS, "en") == text

    def test_register_keeps_ends_that_prose_leaves_out(self):
        narrow = record(1.74974, 1.74971, 1.74977, unit="", digits=3)
        assert interval_text(narrow, LABELS, "en") == "1.74971 to 1.74977"
