"""Places side by side: from the results of a sweep, and the charts of it."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn_words import shown_words, words_outside, words_touching

from indicators import place_comparison as comparison
from indicators.charts import WIDTH
from indicators.charts import place_comparison as charts

CHINA, ZHEJIANG = "100000", "330000"
SOURCES = pd.DataFrame(
    {
        "source_id": ["office", "press", "article"],
        "grade": ["A", "C", "D"],
        "kind": ["yearbook", "press", "article"],
    }
)
# a place with both comparisons, one that China's is enough for, and Zhejiang, which has no other
ENDS = {
    ("330200", "china"): [(-0.2, -0.1), (-0.1, 0.1), (0.1, 0.2), (-9, -8)],
    ("330200", "zhejiang"): [(-0.2, -0.1), (-0.4, -0.3), (-0.1, -0.05), (-9, -8)],
    ("330300", "china"): [(0.1, 0.2), (0.1, 0.2), (0.1, 0.2), (7, 8)],
    ("330000", "china"): [(0, 0.2), (-0.1, 0), (0.1, 0.2), (7, 8)],
}
# yes, no, undecided over all choices, and over the strictest
COUNTS = {
    ("330200", "china"): [(58, 110, 10), (0, 22, 3)],
    ("330200", "zhejiang"): [(3, 1, 0), (2, 0, 1)],
    ("330300", "china"): [(4, 47, 5), (0, 0, 6)],
}


def line(row, place, result, value, low=None, high=None, source="office", **given):
    ends = {"low": value if low is None else low, "high": value if high is None else high}
    return {"row": row, "place": place, "result": result, "status": "published", "value": value,
            "kind": "exact", "source_id": source, **ends, **given}  # fmt: skip


@pytest.fixture
def paces_sweep() -> pd.DataFrame:
    lines, seen = [], set()
    for (place, other), ends in ENDS.items():
        if place not in seen:
            seen.add(place)
            lines += [line(1, place, name, year) for name, year in
                      (("first_year", 2014.0), ("last_year", 2022.0))]  # fmt: skip
        for end, (low, high) in zip(comparison.MEASURES.values(), ends, strict=True):
            made = line(1, place, f"over_{other}_{end}", (low + high) / 2, low, high)
            lines.append(made | {"kind": "rounding_interval", "source_id": "office;press"})
    lines.append(line(1, "330000", "over_zhejiang_log", None) | {"status": "absent"})
    return pd.DataFrame(lines)


@pytest.fixture
def answers_sweep() -> pd.DataFrame:
    lines = []
    for (place, other), rows in COUNTS.items():
        for row, (extra, counts) in enumerate(zip(("both", "none"), rows, strict=True), start=1):
            for said, count in zip(comparison.ANSWERS, counts, strict=True):
                lines.append(line(row, place, f"{other}_{said}", count, source="article",
                                  extra=extra))  # fmt: skip
    return pd.DataFrame(lines)


def test_paces_stand_left_or_right_of_zero_only_with_their_whole_interval(paces_sweep):
    paces = comparison.relative_paces(paces_sweep, SOURCES)
    closed = {
        key: rows["closed"].tolist()
        for key, rows in paces.groupby(["place_code", "compared_with"], sort=False)
    }
    assert closed == {
        ("330200", CHINA): ["faster", "no_difference", "slower", "faster"],
        ("330200", ZHEJIANG): ["faster"] * 4,
        ("330300", CHINA): ["slower"] * 4,
        # an end at zero holds zero
        ("330000", CHINA): ["no_difference", "no_difference", "slower", "slower"],
    }
    # the weakest of its sources, by grade
    assert set(paces["evidence"]) == {"copied"}
    assert set(zip(paces["first_year"], paces["last_year"], strict=True)) == {(2014, 2022)}


def test_one_comparison_alone(paces_sweep, answers_sweep):
    paces = comparison.relative_paces(paces_sweep, SOURCES, "zhejiang")
    assert set(paces["place_code"]) == {"330200"}
    answers = comparison.strictness_answers(answers_sweep, SOURCES, "zhejiang")
    assert set(answers["compared_with"]) == {ZHEJIANG}


def test_the_order_of_lines_changes_nothing_but_the_order_of_places(paces_sweep):
    paces = comparison.relative_paces(paces_sweep, SOURCES)
    turned = comparison.relative_paces(paces_sweep.iloc[::-1], SOURCES)
    keys = ["place_code", "compared_with", "measure"]
    one, two = (table.sort_values(keys, ignore_index=True) for table in (paces, turned))
    pd.testing.assert_frame_equal(one, two)


def test_counts_of_places(paces_sweep):
    paces = comparison.relative_paces(paces_sweep, SOURCES)
    found = comparison.faster_places(paces, "china")
    counts = {name: interval.estimate for name, interval in found.results.items()}
    # the logarithms of the three lie at 0, 0.15 and -0.05
    ends = {"least": pytest.approx(-0.05), "most": pytest.approx(0.15)}
    assert counts == {"places": 3, "all": 0, "some": 1, "none": 2} | ends
    assert comparison.faster_places(paces, "zhejiang")["all"].estimate == 1
    table = comparison.pace_table(paces)
    assert table["faster"].tolist() == [2, 4, 0, 0]
    assert (table["ratio"][0].low, table["ratio"][0].kind) == (-0.2, "rounding_interval")


def test_answers_of_a_place_agree_or_not(answers_sweep):
    answers = comparison.strictness_answers(answers_sweep, SOURCES)
    assert answers["results"].tolist() == [178, 4, 25, 3, 56, 6]
    assert set(answers["evidence"]) == {"claimed"}
    found = comparison.settled_places(answers, "china")
    counts = {name: interval.estimate for name, interval in found.results.items()}
    assert counts == {
        "places": 2,
        "all_options_yes": 0, "all_options_no": 0, "all_options_both": 2,
        # of the second place rounding leaves all results open
        "strictest_options_yes": 0, "strictest_options_no": 1, "strictest_options_both": 0,
    }  # fmt: skip
    assert comparison.settled_places(answers, "zhejiang")["strictest_options_yes"].estimate == 1


@pytest.mark.parametrize("method", [comparison.relative_paces, comparison.strictness_answers])
def test_other_tables_are_refused(method, answers_sweep):
    with pytest.raises(ValueError, match="sweep"):
        method(answers_sweep.drop(columns="status"), SOURCES)
    with pytest.raises(ValueError, match="compared_with"):
        method(answers_sweep, SOURCES, "jiangsu")
    with pytest.raises(ValueError, match="a table with published results"):
        method(answers_sweep.assign(status="absent"), SOURCES)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("compared_with", ["both", "china", "zhejiang"])
def test_charts_say_whole_words_in_their_language(
    style, paces_sweep, answers_sweep, compared_with, lang
):
    figures = [
        charts.relative_paces(
            comparison.relative_paces(paces_sweep, SOURCES, compared_with), lang=lang
        ),
        charts.strictness_answers(
            comparison.strictness_answers(answers_sweep, SOURCES, compared_with), lang=lang
        ),
    ]
    for figure in figures:
        plt.close(figure)
        assert figure.get_size_inches()[0] == WIDTH
        assert words_outside(figure) == []
        assert words_touching(figure) == []
        foreign = re.compile("[A-Za-z]{2}" if lang == "zh" else "[一-鿿]")
        assert [text for text in shown_words(figure) if foreign.search(text)] == []


def test_bars_show_all_results_and_leave_an_empty_place_empty(style, answers_sweep):
    answers = comparison.strictness_answers(answers_sweep, SOURCES)
    figure = charts.strictness_answers(answers, lang="en")
    plt.close(figure)
    china, zhejiang = figure.axes
    lengths = [round(sum(bar.get_width() for bar in axes.patches), 9) for axes in (china, zhejiang)]
    assert lengths == [4, 2]
    assert {"58", "110", "10"} & set(shown_words(figure)) == {"58", "110"}
