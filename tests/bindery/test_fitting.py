"""Another size: letters stay as they are, words are wrapped, and what does not fit is told."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from bindery.fitting import fit
from bindery.unfit import unfit_words

NARROW = 89 / 25.4


@pytest.fixture
def figure():
    """A figure of one panel, laid out by its words."""
    made, axes = plt.subplots(figsize=(6, 3), layout="constrained")
    axes.plot([1990, 2020], [1, 2])
    yield made
    plt.close(made)


def test_figure_has_the_size_that_is_asked_for(figure):
    fit(figure, NARROW, 2)
    assert tuple(figure.get_size_inches()) == pytest.approx((NARROW, 2))


def test_letters_keep_their_size(figure):
    title = figure.axes[0].set_title("Every year", fontsize=8.5)
    fit(figure, NARROW, None)
    assert title.get_fontsize() == 8.5


# the font of this test lacks these characters
@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize(
    "words",
    ["Sheaves of all the fields north of the river, in every year since the flood", "麦捆，" * 40],
)
def test_title_is_wrapped_and_no_line_begins_with_a_closing_sign(figure, words):
    title = figure.axes[0].set_title(words, loc="left")
    fit(figure, NARROW, None)
    lines = title.get_text().split("\n")
    assert len(lines) > 1
    assert not [line for line in lines if line.startswith("，")]
    assert "".join(title.get_text().split()) == "".join(words.split())
    assert unfit_words(figure) == []


def test_legend_has_as_many_columns_as_fit_and_all_its_entries(figure):
    names = [f"the field number {number}" for number in range(5)]
    handles = [plt.Line2D([], [], label=name) for name in names]
    legend = figure.legend(handles=handles, loc="outside lower left", ncols=5)
    fit(figure, NARROW, None)
    assert [text.get_text() for text in legend.get_texts()] == names
    assert unfit_words(figure) == []


def test_names_of_rows_leave_room_for_the_panel(figure):
    axes = figure.axes[0]
    axes.set_yticks([1, 2], ["the field beyond the mill and the northern brook", "the other one"])
    fit(figure, NARROW, None)
    assert axes.bbox.width > figure.bbox.width / 3
    assert unfit_words(figure) == []


def test_ticks_thin_out_where_their_labels_touch(figure):
    axes = figure.axes[0]
    axes.set_xticks(range(1990, 2021, 2))
    fit(figure, NARROW, None)
    shown = [label.get_text() for label in axes.get_xticklabels() if label.get_visible()]
    assert shown[:2] != ["1990", "1992"]
    assert unfit_words(figure) == []


def test_free_height_grows_until_the_panel_is_as_high_as_it_was(figure):
    figure.axes[0].set_title(
        "Sheaves of all the fields north of the river since the flood", loc="left"
    )
    figure.get_layout_engine().execute(figure)
    before = figure.axes[0].bbox.height
    fit(figure, 2, None)
    assert figure.axes[0].bbox.height >= 0.98 * before
    assert figure.get_figheight() > 3


def test_names_of_panels_below_each_other_do_not_meet():
    figure, panels = plt.subplots(2, 1, figsize=(6, 4), layout="constrained")
    for axes in panels:
        axes.set_ylabel("Sheaves of all the fields north of the river")
    fit(figure, NARROW, 3)
    assert {axes.yaxis.label.get_text().count("\n") for axes in panels} != {0}
    assert unfit_words(figure) == []
    plt.close(figure)


def test_words_that_do_not_fit_are_told(figure):
    axes = figure.axes[0]
    axes.text(2005, 1.5, "one")
    axes.text(2005, 1.5, "other")
    axes.text(0.5, 1.4, "far above", transform=axes.transAxes)
    figure.set_layout_engine(None)
    assert unfit_words(figure) == ["one", "other", "far above"]
