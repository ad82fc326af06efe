"""The project's fonts: known to matplotlib, and found without much search."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# what a chart may set while it is drawn, and by which the name of a kind of font finds others
_KINDS = tuple(
    f"font.{kind}" for kind in ("serif", "sans-serif", "cursive", "fantasy", "monospace")
)


@cache
def register_fonts(folder: Path) -> None:
    """Have matplotlib know the fonts of a folder."""
    from matplotlib import font_manager

    for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
        font_manager.fontManager.addfont(path)


@contextmanager
def fonts_found_once() -> Iterator[None]:
    """Meanwhile no fonts are registered: those of the same look are searched for once.

    matplotlib asks for them whenever it measures a text, which it does many times for each, and
    its own memory of the answer costs more than most of the measuring. Each time it also reads
    from the fonts how high a line is.
    """
    from matplotlib import rcParams, text
    from matplotlib.font_manager import fontManager

    find, open_font = fontManager._find_fonts_by_props, text.get_font
    known: dict[Hashable, Any] = {}

    def found(look: Any, *given: Any, **named: Any) -> Any:
        # a look can be changed later; by its hash of now it equals others
        asked = (hash(look), given, *named.items(), *(tuple(rcParams[kind]) for kind in _KINDS))
        if asked not in known:
            known[asked] = find(look, *given, **named)
        return known[asked]

    @cache
    def lines(paths: tuple[Any, ...]) -> SimpleNamespace:
        return SimpleNamespace(get_sfnt_table=cache(open_font(paths).get_sfnt_table))

    fontManager._find_fonts_by_props = found
    text.get_font = lambda paths: lines(tuple(paths))
    try:
        yield
    finally:
        del fontManager._find_fonts_by_props
        text.get_font = open_font
