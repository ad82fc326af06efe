"""Figures are drawn after the run, in a process of their own, and kept by what they show."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from bindery.cache.inputs import Digests, changed
from bindery.execute import warm_parent
from bindery.faults import BinderyError
from bindery.figures import draw_figures
from bindery.kept import Kept
from bindery.record import Recorder, read_record

DATA = pd.DataFrame(
    {"field": "north", "year": [1900, 1901], "sheaves": [120, 150], "source_id": "farm-diary"}
)
CHARTS = """

def tinted(data, lang, colour):
    from fields.colours import COLOURS

    axes = bars(data, lang)
    axes.set_facecolor(COLOURS[colour])
    return axes


def wordy(data, lang):
    axes = bars(data, lang)
    axes.set_title("\\U00020000")
    return axes


def absent(data, lang):
    return bars(data.rename(columns={"sheaves": "ears"}), lang)


def slow(data, lang):
    import time

    time.sleep(60)


def self_ending(data, lang):
    import os

    os._exit(3)
"""


@pytest.fixture
def farm(sample):
    with (sample.root / "fields" / "harvest.py").open("a", encoding="utf-8") as stream:
        stream.write(CHARTS)
    colours = "COLOURS = {'corn': '#ffee00'}\n"
    (sample.root / "fields" / "colours.py").write_text(colours, encoding="utf-8")
    return sample


@pytest.fixture
def parent(farm):
    with warm_parent(farm) as started:
        yield started


@pytest.fixture
def drawn(farm, parent, tmp_path):
    """Draws figures of one run; each call is a run of its own, and a call of the command."""
    number = 0

    def draw(figures, langs=("en", "zh"), forms=("svg",)):
        nonlocal number
        number += 1
        folder = tmp_path / f"run {number} 田"
        folder.mkdir()
        recorder = Recorder(folder)
        for local, (chart, data, options) in figures.items():
            recorder.add("figure", local, {})
            recorder.add_drawing(local, f"fields.harvest:{chart}", data, options)
        warned = []
        kept = Kept(farm, warned.append)
        record = read_record(f"page-{number}", "harvest", folder, 0)
        made = draw_figures(kept, parent, record, langs, forms)
        assert warned == []
        return made, record

    return draw


def names(record, local="bars"):
    return [path.name for path in record.figure_files(local)]


def test_figure_is_drawn_in_the_languages_and_forms_asked_for(drawn):
    made, record = drawn({"bars": ("bars", DATA, {})}, forms=("svg", "pdf", "png"))
    assert names(record) == [
        "data.csv", "en.pdf", "en.png", "en.preview.png", "en.svg",
        "zh.pdf", "zh.png", "zh.preview.png", "zh.svg",
    ]  # fmt: skip
    assert made.new == 2
    assert (record.folder / "figures" / "bars" / "en.png").read_bytes()[:4] == b"\x89PNG"


def test_second_run_with_the_same_figure_takes_its_drawing(drawn):
    _, first = drawn({"bars": ("bars", DATA, {})})
    made, second = drawn({"other": ("bars", DATA.copy(), {})})
    assert made.new == 0
    for lang in ("en", "zh"):
        assert (first.folder / f"figures/bars/{lang}.svg").read_bytes() == (
            second.folder / f"figures/other/{lang}.svg"
        ).read_bytes()


@pytest.mark.parametrize(
    "figure",
    [
        ("bars", DATA.assign(sheaves=[120, 151]), {}),
        ("bars", DATA.iloc[::-1], {}),
        ("tinted", DATA, {"colour": "corn"}),
    ],
    ids=["data", "order of rows", "chart"],
)
def test_other_figure_is_drawn(drawn, figure):
    _, first = drawn({"bars": ("bars", DATA, {})}, langs=("en",))
    made, second = drawn({"bars": figure}, langs=("en",))
    assert made.new == 1
    first, second = [one.folder / "figures" / "bars" / "en.svg" for one in (first, second)]
    assert first.read_bytes() != second.read_bytes()


def test_language_and_form_that_were_not_asked_for_are_drawn_when_they_are(drawn):
    drawn({"bars": ("bars", DATA, {})}, langs=("en",))
    made, record = drawn({"bars": ("bars", DATA, {})}, forms=("pdf",))
    assert (made.new, names(record)) == (2, ["data.csv", "en.pdf", "zh.pdf"])
    assert drawn({"bars": ("bars", DATA, {})})[0].new == 1


def test_what_a_chart_imports_when_it_draws_is_known(farm, drawn, edit):
    figure = {"bars": ("tinted", DATA, {"colour": "corn"})}
    made, first = drawn(figure, langs=("en",))
    assert "fields/colours.py" in made.inputs["files"]
    edit(farm.root / "fields" / "colours.py", "#ffee00", "#ffdd00")
    assert changed(made.inputs, Digests(farm.root)) == ["fields/colours.py changed"]
    made, second = drawn(figure, langs=("en",))
    assert made.new == 1
    assert b"#ffdd00" in (second.folder / "figures" / "bars" / "en.svg").read_bytes()
    edit(farm.root / "fields" / "colours.py", "#ffdd00", "#ffee00")
    made, third = drawn(figure, langs=("en",))
    assert made.new == 0
    pictures = [one.folder / "figures" / "bars" / "en.svg" for one in (first, third)]
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


def test_run_without_figures_draws_nothing(drawn):
    made, _ = drawn({})
    assert (made.new, list(made.recipes), made.inputs) == (0, [], {})


def test_faults_of_several_figures_are_told_together_with_page_language_and_line(drawn):
    figures = {
        "one": ("absent", DATA, {}),
        "two": ("bars", DATA, {}),
        "three": ("tinted", DATA, {"colour": "rye"}),
    }
    with pytest.raises(BinderyError) as caught:
        drawn(figures, langs=("en",))
    said = str(caught.value)
    assert "page-1: the figure one cannot be drawn in en: KeyError: 'sheaves'\n" in said
    assert "page-1: the figure three cannot be drawn in en: KeyError: 'rye'\n" in said
    assert 'fields/harvest.py", line ' in said
    assert "axes.set_facecolor(COLOURS[colour])" in said
    assert "figure two" not in said
    # nothing of a call that failed is kept
    assert drawn({"two": ("bars", DATA, {})}, langs=("en",))[0].new == 1


def test_sign_that_no_font_has_is_a_fault(drawn):
    with pytest.raises(BinderyError) as caught:
        drawn({"bars": ("wordy", DATA, {})}, langs=("zh",))
    assert str(caught.value).startswith(
        "page-1: the figure bars warned when it was drawn in zh: UserWarning: Glyph 131072 "
    )


@pytest.mark.long
def test_chart_that_takes_too_long_is_ended(farm, parent, tmp_path):
    folder = tmp_path / "slow"
    folder.mkdir()
    recorder = Recorder(folder)
    recorder.add("figure", "bars", {})
    recorder.add_drawing("bars", "fields.harvest:slow", DATA, {})
    hasty = Kept(replace(farm, cell_timeout=1), pytest.fail)
    with pytest.raises(BinderyError) as caught:
        draw_figures(hasty, parent, read_record("page", "harvest", folder, 0), ("en",))
    assert str(caught.value) == (
        "page: its figures cannot be drawn: bindery.figures:draw_all ended early: "
        "it took longer than 1 s"
    )


@pytest.mark.long
def test_chart_that_ends_its_process_is_told(drawn):
    with pytest.raises(BinderyError) as caught:
        drawn({"bars": ("self_ending", DATA, {})}, langs=("en",))
    assert str(caught.value) == (
        "page-1: its figures cannot be drawn: bindery.figures:draw_all ended early: "
        "the notebook's process ended itself with exit status 3"
    )
