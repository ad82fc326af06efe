"""Charts of the chapter on service coverage: both languages, whole words, evidence told apart."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_outside,
    words_touching,
)
from matplotlib.figure import Figure

from indicators import evidence, tables
from indicators import service_coverage as coverage
from indicators.charts import WIDTH
from indicators.charts import service_coverage as charts

HAN = re.compile("[一-鿿]")
# Between them: claims, copies, breaks, lower bounds, a full column and a single panel.
# Charts that a page would draw as the city does are left out.
ALIKE = {
    "city-total": {"voucher_amount", "service_series", "published_evidence"},
    "province": {"implied_villages", "voucher_amount"},
    "country": {"identified_sets", "implied_villages", "voucher_amount", "published_evidence"},
    "one-panel": {"identified_sets", "implied_villages", "voucher_amount"},
}
PAGES = {
    "city": {"place": "330100"},
    "city-total": {"place": "330100", "villages": 2100, "claim": "F11"},
    "province": {"place": "330000", "threshold": 0.6},
    "country": {"place": "100000"},
    "one-panel": {"place": "330900"},
}


def drawn_tables(page: str) -> dict[str, tuple]:
    """The table and the options of each chart that the page shows."""
    sources, claims = tables.load("sources"), tables.load("claims")
    services = evidence.mark_rows(tables.load("services"), sources)
    targets = coverage.mark_targets(tables.load("targets"), sources)
    choices = coverage.Choices(**PAGES[page])
    statements = coverage.coverage_statements(services, claims, choices)
    counts = coverage.village_counts(claims, services, choices)
    vouchers = coverage.voucher_readings(claims, choices)
    return {
        "identified_sets": (statements, {"threshold": choices.threshold}),
        "implied_villages": (counts.table, {"total": choices.total}),
        "voucher_amount": (coverage.voucher_bars(vouchers), {}),
        "service_series": (
            coverage.service_series(services, targets, choices),
            {"place": choices.place},
        ),
        "published_evidence": (coverage.published_evidence(services, choices), {}),
    }


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for page in PAGES:
        for name, (table, options) in drawn_tables(page).items():
            if name in ALIKE.get(page, ()):
                continue
            before = table.copy()
            for lang in ("en", "zh"):
                drawn[page, name, lang] = getattr(charts, name)(table, lang=lang, **options)
                plt.close(drawn[page, name, lang])
            assert table.equals(before), "a chart leaves its table alone"
    return drawn


def test_every_chart_is_drawn_as_wide_as_the_page(figures):
    assert {name for page, name, _ in figures if page == "city"} == set(charts.__all__)
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}


def test_each_language_has_its_words(figures):
    for (page, name, lang), figure in figures.items():
        said = shown_words(figure)
        assert [text for text in said if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|\{", text)] == []
        if lang == "en":
            assert [text for text in said if HAN.search(text)] == [], (page, name)
        else:
            # grades are letters in both languages
            left = [text for text in said if re.search("[A-Za-z]", text)]
            assert [text for text in left if not re.fullmatch("[A-D]级来源", text)] == [], page
            assert any(HAN.search(text) for text in said)


def test_words_are_whole_and_apart(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key
        assert words_touching(figure) == [], key


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def test_a_number_stands_out_from_its_tile():
    from indicators.charts.service_coverage.published import GRADES

    ink = contrast_with_white("#262626")
    for colour in GRADES.values():
        assert ink / contrast_with_white(colour) >= 4.5


def test_the_claim_is_told_in_words(figures):
    city = shown_words(figures["city", "identified_sets", "en"])
    assert {"at least 95%", "more than 70%", "asked about: 95%"} <= set(city)
    assert city.count("not identified") == 1
    assert "95%以上" in shown_words(figures["city", "identified_sets", "zh"])
    # the village claim of the article comes first where it is that of the page
    assert "Villages meeting both thresholds" in shown_words(
        figures["city-total", "identified_sets", "en"]
    )


def test_drawn_numbers_are_those_of_the_table(figures):
    assert any(
        "1,501 to 1,683 villages" in text
        for text in shown_words(figures["city", "implied_villages", "en"])
    )
    assert "2,100 villages" in shown_words(figures["city-total", "implied_villages", "en"])
    amounts = "\n".join(shown_words(figures["city", "voucher_amount", "en"]))
    assert "193.5 to 228.8 (rounding interval)" in amounts
    assert "600 to 1,000 (identified set)" in amounts
    assert {"Life expectancy (years)", "83.88", "83.12"} <= set(
        shown_words(figures["city", "service_series", "en"])
    )


def test_every_series_has_a_panel(figures):
    panels = [axes for axes in figures["city", "service_series", "en"].axes if axes.axison]
    assert len(panels) == 20
    assert len(figures["one-panel", "service_series", "en"].axes) == 1


def test_legends_name_what_is_drawn(figures):
    city = set(shown_words(figures["city", "service_series", "en"]))
    named = ["printed", "copy or secondary source", "derived", "suspect", "target"]
    named += ["break in the series", "replaced later (pale)", "part of a year (small)"]
    assert set(named) <= city
    assert "lower bound" not in city
    assert "lower bound" in shown_words(figures["province", "service_series", "en"])
    tiles = set(shown_words(figures["city", "published_evidence", "en"]))
    assert {"grade A", "grade D", "claims of the article alone"} <= tiles
