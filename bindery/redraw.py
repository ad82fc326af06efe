"""A figure of the built book drawn anew: at the width of a journal, in one language, without a run.

Before it is drawn in another size it is drawn in its own, and must come out as it is published: so
it never shows what a changed chart makes of it.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from tqdm import tqdm

from bindery.cache.files import digest, write_whole
from bindery.citation.built import damaged, published_figures, read_published
from bindery.drawing import FORMS, Size, draw, exports, heard
from bindery.faults import BinderyError, Fault, nearest
from bindery.project import LANGUAGES, Project
from bindery.record import drawing_file
from bindery.unfit import unfit_words

_LENGTH = re.compile(r"(\d+(?:\.\d+)?) ?(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
# from half a column of a journal to a poster
_LEAST, _MOST = 40, 400
_TOLD_WORDS = 5


@dataclass(frozen=True)
class Wish:
    """What is asked for: a form, a language, and lengths as a person writes them, or none."""

    form: str
    lang: str
    width: str = ""
    height: str = ""


def redraw(
    project: Project,
    identifier: str,
    wish: Wish,
    output: Path | None,
    warn: Callable[[str], Any],
) -> str:
    """Write a figure to a file, by default `ID-LANG.FORM` in the working folder; say what it is.

    Raises BinderyError where what is asked for is not possible; then nothing is written.
    """
    width, height = _size(wish)
    known = published_figures(project)
    if identifier not in known:
        raise BinderyError(f"{identifier}: no figure of this id; {nearest(identifier, known)}")
    # a display is neither there nor needed
    mpl.use("agg")
    content, said = _drawn(project, identifier, wish, width, height, warn)
    output = output or Path(f"{identifier}-{wish.lang}.{wish.form}")
    write_whole(output.absolute(), content)
    return f"{output}: {said}"


def _size(wish: Wish) -> tuple[float | None, float | None]:
    """Width and height in inches; None where nothing is asked for."""
    faults = [
        Fault(f"--{name}", repr(value), ", ".join(allowed))
        for name, value, allowed in (("format", wish.form, FORMS), ("lang", wish.lang, LANGUAGES))
        if value not in allowed
    ]
    lengths: list[float | None] = []
    for name, text in (("width", wish.width), ("height", wish.height)):
        match = _LENGTH.fullmatch(text)
        length = float(match[1]) * _MILLIMETRES[match[2]] if match else None
        lengths.append(length and length / 25.4)
        if text and (length is None or not _LEAST <= length <= _MOST):
            allowed = f"{_LEAST} mm to {_MOST} mm, as 89mm, 8.9cm, 3.5in or 252pt"
            faults.append(Fault(f"--{name}", repr(text), allowed))
    if faults:
        raise BinderyError("the figure cannot be drawn so", faults)
    return lengths[0], lengths[1]


def _drawn(
    project: Project,
    identifier: str,
    wish: Wish,
    width: float | None,
    height: float | None,
    warn: Callable[[str], Any],
) -> tuple[bytes, str]:
    """The bytes of a figure in the form that is asked for, and its size in words."""
    import matplotlib.pyplot as plt

    recorded = _recorded(project, identifier)
    # disable=None: no bar where the output is not a terminal
    with tqdm(total=3, desc=identifier, leave=False, disable=None, delay=1) as bar, heard() as said:
        try:
            figure = _picture(project, identifier, recorded, wish.lang, None)
            _require_published(project, identifier, wish.lang, exports(project, figure, ["svg"]))
            bar.update()
            if width or height:
                size = width or figure.get_figwidth(), height
                figure = _picture(project, identifier, recorded, wish.lang, size)
            bar.update()
            forms = ["pdf", "png"] if wish.form == "png" else [wish.form]
            content = exports(project, figure, forms)[wish.form]
            unfit = unfit_words(figure) if width or height else []
            across, down = 25.4 * figure.get_size_inches()
            bar.update()
        finally:
            plt.close("all")
    if unfit:
        shown = "; ".join(unfit[:_TOLD_WORDS]) + ("; ..." if len(unfit) > _TOLD_WORDS else "")
        warn(f"words do not fit at {across:.4g} mm: {shown}; ask for a greater --width or --height")
    for text in () if unfit else said:
        warn(text)
    return content, f"{across:.4g} mm wide, {down:.4g} mm high"


def _recorded(project: Project, identifier: str) -> tuple[str, Any, dict]:
    """The chart, the data and the options that the run of a figure has recorded."""
    sheet = read_published(project, f"figures/{identifier}/figure.json")
    name = f"runs/{sheet['page']}"
    expected = read_published(project, f"{name}/run.json").get("drawings", {})
    file = drawing_file(project.build / name, sheet["local"])
    told = file.relative_to(project.build).as_posix()
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise damaged(project, told, "no such file") from None
    if digest(content) != expected.get(sheet["local"]):
        raise damaged(project, told, "another content than the run recorded")
    try:
        # data and options may need what the chart's project defines
        project.attribute(sheet["chart"])
        return pickle.loads(content)
    except BinderyError as error:
        raise _changed(identifier, str(error)) from None
    # whatever a class that has changed raises
    except Exception as error:  # noqa: BLE001
        raise _changed(identifier, f"{type(error).__name__}: {error}") from None


def _picture(
    project: Project, identifier: str, recorded: tuple[str, Any, dict], lang: str, size: Size | None
) -> Any:
    chart, data, options = recorded
    try:
        return draw(project, project.attribute(chart), data, lang, options, size)
    # whatever a chart raises
    except Exception as error:  # noqa: BLE001
        said = f"{type(error).__name__}: {error}"
        if size is None:
            raise _changed(identifier, said) from None
        raise BinderyError(
            f"{identifier}: cannot be drawn at this size ({said}); ask for a greater one"
        ) from None


def _require_published(
    project: Project, identifier: str, lang: str, made: dict[str, bytes]
) -> None:
    name = f"figures/{identifier}/{lang}.svg"
    try:
        published = (project.build / name).read_bytes()
    except FileNotFoundError:
        raise damaged(project, name, "no such file") from None
    if made["svg"] != published:
        raise _changed(identifier, "it comes out otherwise than it is published")


def _changed(identifier: str, found: str) -> BinderyError:
    return BinderyError(
        f"{identifier}: its chart, style or fonts have changed since the book was built ({found}); "
        "run: bindery build"
    )
