"""Charts are drawn in the project's style alone, and saved in the same bytes each time."""

from __future__ import annotations

import inspect
import io
import re
from dataclasses import replace

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image, ImageChops

from bindery.cache.files import digest
from bindery.drawing import FORMS, PREVIEW, chart_source, check_drawn, draw, exports, image
from bindery.faults import BinderyError

DATA = pd.DataFrame({"year": [1900, 1901], "sheaves": [120, 150], "source_id": ["a", "b"]})


def chart(data, lang, color="C0"):
    _, axes = plt.subplots(figsize=(2, 1))
    axes.bar(data["year"], data["sheaves"], color=color)
    axes.set_title(lang)
    return axes


@pytest.fixture
def drawn(pristine):
    figures = []

    def make(project=pristine, chart=chart, **options):
        figures.append(draw(project, chart, DATA, "en", options))
        return figures[-1]

    yield make
    for figure in figures:
        plt.close(figure)


@pytest.mark.parametrize("form", FORMS)
def test_same_chart_is_the_same_bytes(pristine, drawn, form):
    first = image(pristine, drawn(), form, 50)
    assert image(pristine, drawn(), form, 50) == first


@pytest.mark.parametrize(
    ("form", "mark"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_each_form_is_what_its_name_says(pristine, drawn, form, mark):
    assert image(pristine, drawn(), form, 50).startswith(mark)


def test_exports_come_in_every_form_and_in_the_same_bytes(pristine, drawn):
    first = exports(pristine, drawn())
    assert tuple(first) == (*FORMS, PREVIEW)
    assert exports(pristine, drawn()) == first
    assert not re.search(rb"<dc:date>|/CreationDate|/Producer|Software", b"".join(first.values()))


def test_exported_picture_shows_the_pdf_at_full_resolution(pristine, drawn):
    with Image.open(io.BytesIO(exports(pristine, drawn())["png"])) as picture:
        assert picture.size == (600, 300)
        assert [round(dpi) for dpi in picture.info["dpi"]] == [300, 300]
        shown = picture.convert("RGB").reduce(6)
    with Image.open(io.BytesIO(image(pristine, drawn(), "png", 300))) as picture:
        expected = picture.convert("RGB").reduce(6)
    difference = ImageChops.difference(shown, expected).convert("L")
    # the edges of bars and letters fall on other pixels
    assert sum(difference.histogram()[64:]) < 0.02 * 100 * 50


@pytest.mark.parametrize("form", FORMS)
def test_files_hold_neither_date_nor_name_of_a_program(pristine, drawn, form):
    content = image(pristine, drawn(), form, 50)
    assert not re.search(rb"<dc:date>|/CreationDate|/Producer|Software|Matplotlib v", content)


def test_settings_of_the_caller_do_not_reach_the_figure(pristine, drawn):
    plain = image(pristine, drawn(), "png", 50)
    with mpl.rc_context({"axes.facecolor": "red", "font.size": 30}):
        assert image(pristine, drawn(), "png", 50) == plain


def test_style_of_the_project_reaches_the_figure_and_not_the_caller(pristine, drawn, tmp_path):
    style = tmp_path / "style.mplstyle"
    style.write_text("axes.facecolor: 123456\n", encoding="utf-8")
    before = mpl.rcParams["axes.facecolor"]
    figure = drawn(replace(pristine, style=style))
    assert mpl.colors.to_hex(figure.axes[0].get_facecolor()) == "#123456"
    assert mpl.rcParams["axes.facecolor"] == before


def test_chart_may_give_back_a_figure_of_several_panels(drawn):
    def panels(data, lang):
        figure, _ = plt.subplots(1, 2)
        return figure

    assert len(drawn(chart=panels).axes) == 2


def test_options_reach_the_chart(drawn):
    (bar, _) = drawn(color="#ff0000").axes[0].patches
    assert mpl.colors.to_hex(bar.get_facecolor()) == "#ff0000"


@pytest.mark.parametrize("data", [DATA.drop(columns="source_id"), [1, 2], None])
def test_data_must_name_its_sources(data):
    with pytest.raises(BinderyError) as caught:
        check_drawn("bars", data)
    assert str(caught.value) == (
        "figure 'bars': found data without a column source_id; "
        "allowed: a table whose every row names its source"
    )


def test_a_drawn_interval_needs_its_kind():
    with pytest.raises(BinderyError, match=r"^figure 'bars': found an interval without its kind"):
        check_drawn("bars", DATA.assign(low=1, high=2))


def test_data_with_sources_is_accepted():
    assert check_drawn("bars", DATA) is None


def test_source_of_a_chart_is_its_code():
    name, source = chart_source("bars", chart)
    assert name.endswith("test_drawing:chart")
    assert source == digest(inspect.getsource(chart))


def test_chart_that_no_module_holds_is_refused():
    def inner(data, lang):
        raise NotImplementedError

    with pytest.raises(BinderyError) as caught:
        chart_source("bars", inner)
    assert str(caught.value) == (
        "figure 'bars': found the chart "
        "test_chart_that_no_module_holds_is_refused.<locals>.inner, which no module holds; "
        "allowed: a function of a module, for a book draws its figures after the run"
    )


@pytest.mark.parametrize("size", [None, (1.5, None), (1.5, 3)])
def test_chart_is_told_the_width_that_is_asked_for(pristine, size):
    told = []

    def follow(data, lang):
        told.append(tuple(plt.rcParams["figure.figsize"]))
        return chart(data, lang)

    before = plt.rcParams["figure.figsize"]
    plt.close(draw(pristine, follow, DATA, "en", {}, size))
    width, height = mpl.rcParamsDefault["figure.figsize"]
    assert told == [(size[0] if size else width, height)]
    assert plt.rcParams["figure.figsize"] == before
