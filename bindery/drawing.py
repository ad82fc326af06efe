"""Draw a chart in one language and save it so that the same input gives the same bytes."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bindery.faults import BinderyError
from bindery.project import Project

# Laid out once, a figure stays as it is: with any layout engine every saving draws it twice.
_LAID_OUT = {"figure.constrained_layout.use": False, "figure.autolayout": False}
# How each form is saved. Dates and program names would make two builds differ; harder compression
# takes longer and makes drawings with few colours no smaller.
_SAVED: dict[str, dict[str, Any]] = {
    "svg": {"metadata": {"Date": None, "Creator": None}},
    "pdf": {"metadata": {"CreationDate": None, "Creator": None, "Producer": None}},
    "png": {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 3}},
}
FORMS = tuple(_SAVED)
EXPORT_DPI = 300
SCREEN_DPI = 110


@cache
def _register_fonts(folder: Path) -> None:
    from matplotlib import font_manager

    for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
        font_manager.fontManager.addfont(path)


def check_drawn(identifier: str, data: Any) -> None:
    """The data of a figure must say where each value comes from."""
    if "source_id" not in getattr(data, "columns", ()):
        raise BinderyError(
            f"figure {identifier!r}: found data without a column source_id; "
            "allowed: a table whose every row names its source"
        )


def _styles(project: Project) -> list[Any]:
    """matplotlib's own defaults, then the project's style; nothing of the caller's."""
    # without a salt the ids inside an SVG are random
    return [
        "default",
        {"svg.hashsalt": "bindery"},
        *([str(project.style)] if project.style else []),
    ]


def draw(project: Project, chart: Callable, data: Any, lang: str, options: dict) -> Any:
    """The figure that `chart` draws in the project's style; the caller closes it."""
    import matplotlib.pyplot as plt

    if project.fonts:
        _register_fonts(project.fonts)
    with plt.style.context(_styles(project), after_reset=True):
        drawn = chart(data, lang=lang, **options)
        figure = getattr(drawn, "figure", drawn)
        figure.draw_without_rendering()
    with plt.rc_context(_LAID_OUT):
        figure.set_layout_engine(None)
    return figure


def image(project: Project, figure: Any, form: str, dpi: int) -> bytes:
    """The bytes of a drawn figure as svg, pdf or png."""
    import matplotlib.pyplot as plt

    stream = io.BytesIO()
    with plt.style.context([*_styles(project), _LAID_OUT], after_reset=True):
        figure.savefig(stream, format=form, dpi=dpi, **_SAVED[form])
    return stream.getvalue()


def chart_source(chart: Callable) -> tuple[str, str]:
    """The name of a chart function, and its code."""
    return f"{chart.__module__}:{chart.__qualname__}", inspect.getsource(chart)
