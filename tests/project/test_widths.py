"""Figures at the widths of journals: all their words are there, and none is cut or covered."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from bindery.drawing import draw
from bindery.project import find_project
from bindery.record import drawing_file
from bindery.unfit import unfit_words

# one column, one and a half, two: what journals ask for, in millimetres
WIDTHS = (89, 120, 183)
# one for each way to follow the width: panels below each other, words above rows, words beside
# points in more lines, fewer small panels in a line
FEW = (
    "urban_rural_convergence_china-theil-between", "claims_audit-compared",
    "investment_completion-rate-against-schedule", "service_coverage-service-series",
)  # fmt: skip
SMALLEST = 6  # points
NARROWEST = 18  # millimetres, for a panel with its scale


@pytest.fixture(scope="module")
def project(book):
    return find_project(book)


@pytest.fixture(scope="module")
def drawn(project):
    """Draws a published figure in a width, or as it is published."""

    @contextmanager
    def make(identifier: str, lang: str, width: float | None = None) -> Iterator:
        sheet = json.loads(
            (project.build / "figures" / identifier / "figure.json").read_text(encoding="utf-8")
        )
        file = drawing_file(project.build / "runs" / sheet["page"], sheet["local"])
        chart, data, options = pickle.loads(file.read_bytes())
        size = (width / 25.4, None) if width else None
        figure = draw(project, project.attribute(chart), data, lang, options, size)
        yield figure
        plt.close(figure)

    return make


def words_of(figure) -> list[str]:
    """What is written, without spaces and breaks; numbers of scales are fewer in a narrow one."""
    shown = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    return ["".join(words.split()) for words in shown if re.search(r"[^\W\d_]", words)]


def faults(drawn, identifier: str, lang: str, width: float) -> list[str]:
    with drawn(identifier, lang) as figure:
        published = words_of(figure)
    with drawn(identifier, lang, width) as figure:
        found = [f"does not fit: {words}" for words in unfit_words(figure)]
        written = words_of(figure)
        found += [
            f"is not there: {words}"
            for words in published
            if not any(words in others for others in written)
        ]
        found += [
            f"is too small: {text.get_text()}"
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text() and text.get_fontsize() < SMALLEST
        ]
        found += [
            f"a panel is only {across:.1f} mm wide"
            for across in (
                axes.bbox.width / figure.dpi * 25.4 for axes in figure.axes if axes.axison
            )
            if across < NARROWEST
        ]
    return found


@pytest.mark.parametrize("identifier", FEW)
def test_figure_fits_one_column(drawn, identifier, lang):
    assert faults(drawn, identifier, lang, WIDTHS[0]) == []


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_fits(project, drawn, lang, width):
    names = sorted(path.name for path in (project.build / "figures").iterdir())
    assert len(names) > len(FEW)
    told = {name: faults(drawn, name, lang, width) for name in names}
    assert {name: found for name, found in told.items() if found} == {}
