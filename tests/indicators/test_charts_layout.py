"""Where panels and words stand on the page, and in a figure that is narrower."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from indicators.charts import INK, NARROW, WIDTH, figure_width, is_narrow
from indicators.charts.layout import columns, panel_pair, write_row

COLUMN = 89 / 25.4  # inches, of a journal


@pytest.fixture(autouse=True)
def styled(style):
    """With the book's style; a test that changes it leaves it as it was."""
    with plt.rc_context():
        yield
    plt.close("all")


def narrow() -> None:
    plt.rcParams["figure.figsize"] = COLUMN, 3


def test_a_figure_is_as_wide_as_the_style_says():
    assert figure_width() == WIDTH
    assert not is_narrow()
    narrow()
    assert figure_width() == COLUMN
    assert is_narrow()


@pytest.mark.parametrize(("width", "expected"), [(NARROW * WIDTH, False), (5.66, True)])
def test_where_a_figure_begins_to_be_narrow(width, expected):
    plt.rcParams["figure.figsize"] = width, 3
    assert is_narrow() is expected


def test_two_panels_stand_side_by_side_or_below_each_other():
    figure, (left, right) = panel_pair(3, (2, 2.5), [2, 1], sharey=True)
    assert tuple(figure.get_size_inches()) == pytest.approx((WIDTH, 3))
    assert left.get_position().x1 < right.get_position().x0
    assert left.get_subplotspec().get_gridspec().get_width_ratios() == [2, 1]
    narrow()
    figure, (upper, lower) = panel_pair(3, (2, 2.5), [2, 1], sharey=True)
    assert tuple(figure.get_size_inches()) == pytest.approx((COLUMN, 4.5))
    assert upper.get_position().y0 > lower.get_position().y1
    assert upper.get_shared_y_axes().joined(upper, lower)


@pytest.mark.parametrize(("panels", "wanted", "expected"), [(4, 2, 2), (1, 2, 1), (3, 3, 3)])
def test_panels_in_a_line(panels, wanted, expected):
    assert columns(panels, wanted) == expected
    narrow()
    assert columns(panels, wanted) == 1


@pytest.mark.parametrize(
    ("words", "places"),
    [("a", [(0, "left")]), ("ab", [(0, "left"), (1, "right")]),
     ("abc", [(0, "left"), (0.5, "center"), (1, "right")])],
)  # fmt: skip
def test_words_of_a_row_are_spread_over_the_panel_and_stand_above_it(words, places):
    figure, axes = plt.subplots()
    axes.set_ylim(5, -1)
    write_row(axes, 2, *((letter, INK) for letter in words))
    figure.draw_without_rendering()
    assert [text.get_text() for text in axes.texts] == list(words)
    assert [(text.xy[0], text.get_ha()) for text in axes.texts] == places
    level = axes.transData.transform((0, 2))[1]
    assert all(text.get_window_extent().y0 > level for text in axes.texts)
