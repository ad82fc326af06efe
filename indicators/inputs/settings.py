"""Single settings, words and tables: each check raises one ValueError or hands the value back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

_LONGEST = 60
# Squares and products of what is larger leave the floats; so do those of a list that is smaller.
LARGEST, SMALLEST = 1e60, 1e-60


def check_together(*checks: Callable[[], Any]) -> list[Any]:
    """What the checks give back, or one ValueError with the faults of all of them.

    >>> check_together(lambda: check_level(95), lambda: check_whole("n", 0, 1))
    Traceback (most recent call last):
    ValueError: level = 95; allowed: above 0 and below 1, as 0.95. n = 0; allowed: a whole number \
from 1 up
    """
    results, faults = [], []
    for check in checks:
        try:
            results.append(check())
        except ValueError as fault:
            faults.append(str(fault))
    refuse(faults)
    return results


def refuse(faults: Iterable[str]) -> None:
    """Raises ValueError with these faults, each once, if there are any.

    >>> refuse([])
    """
    if told := list(dict.fromkeys(faults)):
        raise ValueError(". ".join(told))


def shown(found: Any) -> str:
    """What was found, short enough for a message.

    >>> shown(np.float64(95)), shown("x"), shown(np.zeros((2, 3)))
    ('95.0', "'x'", 'ndarray of shape (2, 3)')
    """
    if isinstance(found, np.generic):
        found = found.item()
    if isinstance(found, np.ndarray | pd.DataFrame | pd.Series):
        return f"{type(found).__name__} of shape {found.shape}"
    text = repr(found)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}… ({type(found).__name__})"


def unknown(word: str, known: Iterable[str]) -> str:
    """A word that is not among the known ones, with the nearest of these.

    >>> unknown("wilsn", ["wilson", "jeffreys"])
    "'wilsn' (nearest: wilson)"
    """
    folded = {item.casefold(): item for item in known}
    close = get_close_matches(word.strip().casefold(), folded, cutoff=0.5)
    nearest = ", ".join(folded[item] for item in close)
    return f"{word!r}" + (f" (nearest: {nearest})" if nearest else "")


def check_choice(name: str, found: Any, allowed: Sequence[str]) -> str:
    """Raises ValueError for anything but one of these words, naming the nearest.

    >>> check_choice("measure", "t", ("t", "l"))
    't'
    """
    if isinstance(found, str) and found in allowed:
        return found
    said = unknown(found, allowed) if isinstance(found, str) else shown(found)
    raise ValueError(f"{name} = {said}; allowed: {', '.join(allowed)}")


def check_words(name: str, found: Any) -> tuple[str, ...]:
    """Raises ValueError for anything but a list of words; one word alone is none.

    >>> check_words("status", ["normal", "suspect"])
    ('normal', 'suspect')
    """
    if isinstance(found, list | tuple | set | frozenset) and all(
        isinstance(word, str) for word in found
    ):
        return tuple(found)
    raise ValueError(f"{name} = {shown(found)}; allowed: a list of words")


def check_flag(name: str, found: Any) -> bool:
    """Raises ValueError for anything but True or False.

    >>> check_flag("percent", True)
    True
    """
    if isinstance(found, bool | np.bool_):
        return bool(found)
    raise ValueError(f"{name} = {shown(found)}; allowed: True or False")


def is_number(found: Any) -> bool:
    """Whether this is one number; infinite ones are, nan, truth values and text are none.

    >>> is_number(1.5), is_number(True), is_number("1.5"), is_number(float("nan"))
    (True, False, False, False)
    """
    if isinstance(found, float):  # most are, and an abstract class takes longer to ask
        return found == found
    if isinstance(found, Decimal):
        return not found.is_nan()
    return isinstance(found, Real) and not isinstance(found, bool) and found == found


def as_float(number: Real | Decimal) -> float:
    """A number as a float; what no float can hold is infinite.

    >>> as_float(10**400), as_float(Decimal("0.5"))
    (inf, 0.5)
    """
    try:
        return float(number)
    except OverflowError:
        return np.inf if number > 0 else -np.inf


def check_number(
    name: str, found: Any, above: float = -np.inf, allowed: str = "a finite number"
) -> float:
    """Raises ValueError for anything but a finite number, above a bound if one is given.

    >>> check_number("years", 25, above=0)
    25.0
    """
    number = as_float(found) if is_number(found) else np.nan
    if abs(number) <= LARGEST and number > above:
        return number
    allowed += f" above {above:g}" if np.isfinite(above) else ""
    allowed += f", of a size up to {LARGEST:g}" if abs(number) > LARGEST else ""
    raise ValueError(f"{name} = {shown(found)}; allowed: {allowed}")


def is_whole(found: Any) -> bool:
    """Whether this is a whole number, of whatever type.

    >>> is_whole(20.0), is_whole(2.5), is_whole(True)
    (True, False, False)
    """
    return is_number(found) and abs(found) < np.inf and found == int(found)


def check_whole(name: str, found: Any, least: int, most: int | None = None) -> int:
    """Raises ValueError for anything but a whole number in these limits, both of them allowed.

    >>> check_whole("total", 20.0, 1)
    20
    """
    if is_whole(found) and found >= least and (most is None or found <= most):
        return int(found)
    limits = f"from {least} up" if most is None else f"from {least} to {most}"
    raise ValueError(f"{name} = {shown(found)}; allowed: a whole number {limits}")


def check_level(level: float) -> float:
    """Raises ValueError for a level that is no probability between 0 and 1.

    >>> check_level(0.95)
    0.95
    """
    if is_number(level) and 0 < level < 1:
        return float(level)
    raise ValueError(f"level = {shown(level)}; allowed: above 0 and below 1, as 0.95")


def check_table(name: str, found: Any, columns: Iterable[str]) -> pd.DataFrame:
    """Raises ValueError for anything but a DataFrame with these columns.

    >>> len(check_table("claims", pd.DataFrame({"claim_id": ["F10"]}), ["claim_id"]))
    1
    """
    if not isinstance(found, pd.DataFrame):
        raise ValueError(f"{name} = {shown(found)}; allowed: a DataFrame, as from tables.load")
    if missing := [column for column in columns if column not in found.columns]:
        raise ValueError(f"{name} has no column {', '.join(missing)}; allowed: as from tables.load")
    return found
