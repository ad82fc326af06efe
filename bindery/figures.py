"""The figures of a run: drawn after it, in a process of their own, and kept by what they show.

So a run that only computes draws nothing, one figure of several runs is drawn once, and another
language, form or width needs no new run.
"""

from __future__ import annotations

import gc
import pickle
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bindery.cache.files import file_digest
from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe, drawing_recipe
from bindery.drawing import FORMS, draw, exports, heard
from bindery.errand import answer
from bindery.faults import BinderyError
from bindery.kept import Kept, joined
from bindery.priority import stand_behind
from bindery.project import Project
from bindery.record import RunRecord, drawing_file
from bindery.warmfork import WarmParent

# of the chart that failed; above it stands only what called it
_TOLD_FRAMES = 4
# how far drawing stands behind other work, in steps of the system's scheduler
_BEHIND = 10


@dataclass(frozen=True)
class Drawn:
    """What the figures of a run were drawn by, and what the drawings rest on, if that is known.

    `new` were not kept; it took so many `seconds` to have all.
    """

    recipes: Sequence[Recipe]
    new: int
    seconds: float
    inputs: Inputs | None


def draw_figures(
    kept: Kept,
    parent: WarmParent,
    record: RunRecord,
    langs: Sequence[str],
    forms: Sequence[str] = FORMS,
) -> Drawn:
    """Put `LANG.FORM` of every figure into the record's folder; what is not kept is drawn.

    Raises one BinderyError that tells of every figure that cannot be drawn, or warns.
    """
    began = time.monotonic()
    parts: list[Inputs] = []
    recipes, wanted = [], []
    for local in record.published("figure"):
        drawing = file_digest(drawing_file(record.folder, local))
        for lang in langs:
            recipe = drawing_recipe(drawing, lang, forms)
            recipes.append(recipe)
            place = record.folder / "drawings" / f"{local}.{lang}"
            entry = kept.store.find(recipe)
            if entry is not None and kept.store.restore(entry, place):
                parts.append(entry.inputs)
                _show(place, record, local)
            else:
                wanted.append((local, lang, recipe, place))
    if not wanted:
        return Drawn(recipes, 0, time.monotonic() - began, joined(*parts))
    asked = [
        {"local": local, "lang": lang, "forms": list(forms), "place": str(place),
         "drawing": str(drawing_file(record.folder, local))}
        for local, lang, _, place in wanted
    ]  # fmt: skip
    patience = kept.project.cell_timeout * len(asked)
    try:
        faults, inputs = answer(
            *(kept.project, parent, "bindery.figures:draw_all", asked),
            own=[str(record.folder)],
            seconds=patience,
        )
    except BinderyError as error:
        raise BinderyError(f"{record.page}: its figures cannot be drawn: {error}") from None
    if faults:
        raise BinderyError("\n".join(f"{record.page}: {fault}" for fault in faults))
    seconds = time.monotonic() - began
    for local, _, recipe, place in wanted:
        if inputs is not None:
            kept.store.keep(recipe, inputs, place, None)
        _show(place, record, local)
    rest = None if inputs is None else joined(*parts, inputs)
    return Drawn(recipes, len(wanted), seconds, rest)


def _show(place: Path, record: RunRecord, local: str) -> None:
    for path in place.iterdir():
        path.rename(record.folder / "figures" / local / path.name)
    place.rmdir()


def draw_all(project: Project, wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    """In a process of its own: draw, and tell the faults of each drawing that has some."""
    import matplotlib.pyplot as plt

    # what is imported by now stays; drawing makes so much that the collector would look often
    gc.freeze()
    gc.set_threshold(50_000, 20, 1000)
    # the backend of notebooks would be imported by each process, and only shows figures there
    plt.switch_backend("agg")
    # pages are rendered meanwhile, one after another, and are waited for longer
    stand_behind(_BEHIND)
    return [fault for one in wanted for fault in _drawing_faults(project, one)]


def _drawing_faults(project: Project, one: Mapping[str, Any]) -> Iterator[str]:
    import matplotlib.pyplot as plt

    what = f"the figure {one['local']}"
    with heard() as warned:
        try:
            chart, data, options = pickle.loads(Path(one["drawing"]).read_bytes())
            figure = draw(project, project.attribute(chart), data, one["lang"], options)
            made = exports(project, figure, one["forms"])
        # whatever a chart raises is its fault, and is told
        except Exception as error:  # noqa: BLE001
            frames = traceback.format_tb(error.__traceback__)[-_TOLD_FRAMES:]
            excerpt = "".join(f"    {line}\n" for line in "".join(frames).splitlines())
            said = f"{type(error).__name__}: {error}"
            yield f"{what} cannot be drawn in {one['lang']}: {said}\n{excerpt}".rstrip()
        else:
            # a disk that refuses is no fault of the chart
            place = Path(one["place"])
            place.mkdir(parents=True)
            for form, content in made.items():
                (place / f"{one['lang']}.{form}").write_bytes(content)
        finally:
            # also of a chart that raised: twenty left open would be warned of
            plt.close("all")
    # to be mended, not published: mostly a sign that no font has
    yield from (f"{what} warned when it was drawn in {one['lang']}: {text}" for text in warned)
