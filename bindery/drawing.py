"""Draw a chart in one language and save it so that the same input gives the same bytes."""

from __future__ import annotations

import inspect
import io
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bindery.cache.files import digest
from bindery.faults import BinderyError
from bindery.fonts import fonts_found_once, register_fonts
from bindery.kinds import check_kinds
from bindery.project import Project

# Laid out once, a figure stays as it is: with any layout engine every saving draws it twice.
_LAID_OUT = {"figure.constrained_layout.use": False, "figure.autolayout": False}
# How each form is saved: dates and program names would make two builds differ.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
FORMS = tuple(_METADATA)
# width and height in inches; a height that is None is what the words need
Size = tuple[float, float | None]
EXPORT_DPI = 300
SCREEN_DPI = 110
# for lists of figures: beside every PNG, so much smaller, in so many colours
PREVIEW = "preview.png"
_PREVIEW_SHARE, _PREVIEW_COLOURS = 3, 32


def drawn_names(langs: Sequence[str], forms: Sequence[str]) -> list[str]:
    """The names of the files of a figure that is drawn in these languages and forms.

    >>> drawn_names(["en"], ["svg", "png"])
    ['en.svg', 'en.png', 'en.preview.png']
    """
    made = [*forms, *([PREVIEW] if "png" in forms else [])]
    return [f"{lang}.{form}" for lang in langs for form in made]


def check_drawn(identifier: str, data: Any) -> None:
    """The data of a figure must name their sources, and the kind of each interval."""
    if "source_id" not in getattr(data, "columns", ()):
        raise BinderyError(
            f"figure {identifier!r}: found data without a column source_id; "
            "allowed: a table whose every row names its source"
        )
    check_kinds(f"figure {identifier!r}", data)


@contextmanager
def _styled(project: Project, *more: Mapping[str, Any]) -> Iterator[None]:
    """matplotlib's own defaults, then the project's style; nothing of the caller's."""
    import matplotlib.pyplot as plt

    # without a salt the ids inside an SVG are random; journals refuse fonts of the type 3
    own = {"svg.hashsalt": "bindery", "pdf.fonttype": 42}
    styles = [own, *([str(project.style)] if project.style else []), *more]
    with plt.style.context(styles, after_reset=True), fonts_found_once():
        yield


def draw(
    project: Project, chart: Callable, data: Any, lang: str, options: dict, size: Size | None = None
) -> Any:
    """The figure that `chart` draws in the project's style; the caller closes it.

    It has the size that the chart gives it, or `size`; a chart that follows the width of the style
    (`figure.figsize`) is told the one that is asked for.
    """
    import matplotlib.pyplot as plt

    if project.fonts:
        register_fonts(project.fonts)
    with _styled(project):
        if size:
            plt.rcParams["figure.figsize"] = size[0], plt.rcParams["figure.figsize"][1]
        drawn = chart(data, lang=lang, **options)
        figure = getattr(drawn, "figure", drawn)
        if size:
            # a build needs none of it
            from bindery.fitting import fit

            fit(figure, *size)
        elif engine := figure.get_layout_engine():
            engine.execute(figure)
    with plt.rc_context(_LAID_OUT):
        figure.set_layout_engine(None)
    return figure


def exports(project: Project, figure: Any, forms: Sequence[str] = FORMS) -> dict[str, bytes]:
    """The bytes of a drawn figure in several forms; a PNG comes with its PDF and a preview.

    The PNG is the PDF, rendered: matplotlib would draw the figure a third time, and more slowly.
    """
    made = {form: image(project, figure, form, EXPORT_DPI) for form in forms if form != "png"}
    return made | (_rendered(made["pdf"]) if "png" in forms else {})


def image(project: Project, figure: Any, form: str, dpi: int) -> bytes:
    """The bytes of a drawn figure as matplotlib saves it: svg, pdf or png."""
    stream = io.BytesIO()
    with _styled(project, _LAID_OUT):
        figure.savefig(stream, format=form, dpi=dpi, metadata=_METADATA[form])
    return stream.getvalue()


def _rendered(pdf: bytes) -> dict[str, bytes]:
    """The one page of a PDF as PNG at the resolution of exports, and as its preview."""
    from PIL.Image import Quantize
    from pypdfium2 import PdfDocument

    stream, small = io.BytesIO(), io.BytesIO()
    # a PDF has 72 points to the inch; harder compression is slow and makes drawings no smaller
    with PdfDocument(pdf) as document:
        picture = document[0].render(scale=EXPORT_DPI / 72, rev_byteorder=True).to_pil()
        picture.save(stream, "png", dpi=(EXPORT_DPI, EXPORT_DPI), compress_level=1)
        reduced = picture.convert("RGB").reduce(_PREVIEW_SHARE)
        # with Chinese words an SVG weighs three times as much
        reduced.quantize(_PREVIEW_COLOURS, method=Quantize.FASTOCTREE).save(small, "png")
    return {"png": stream.getvalue(), PREVIEW: small.getvalue()}


def screen_picture(project: Project, chart: Callable, data: Any, lang: str, options: dict) -> bytes:
    """A chart as PNG for the screen."""
    import matplotlib.pyplot as plt

    figure = draw(project, chart, data, lang, options)
    try:
        return image(project, figure, "png", SCREEN_DPI)
    finally:
        plt.close(figure)


def chart_source(identifier: str, chart: Callable) -> tuple[str, str]:
    """The name of a chart function, by which another process finds it; the checksum of its code."""
    found: Any = sys.modules.get(chart.__module__)
    for part in chart.__qualname__.split("."):
        found = getattr(found, part, None)
    if found is not chart or chart.__module__ == "__main__":
        raise BinderyError(
            f"figure {identifier!r}: found the chart {chart.__qualname__}, which no module holds; "
            "allowed: a function of a module, for a book draws its figures after the run"
        )
    source = inspect.getsource(chart)
    return f"{chart.__module__}:{chart.__qualname__}", digest(source)


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is said by warnings and logs, which would otherwise reach nobody."""
    logged: dict[str, None] = {}

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged[record.getMessage()] = None

    ear, said = Ear(logging.WARNING), []
    logging.getLogger().addHandler(ear)
    try:
        with warnings.catch_warnings(record=True) as caught:
            yield said
    finally:
        logging.getLogger().removeHandler(ear)
        said += [*logged, *dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught)]
