"""Whether the rows of published data say of what kind their intervals are."""

from __future__ import annotations

import re
from typing import Any

from bindery.faults import BinderyError

_LOW = re.compile("(^|_)low$")


def check_kinds(what: str, data: Any) -> None:
    """Refuse a table with an interval whose row does not say of what kind it is.

    The columns `low` and `high`, and `<name>_low` and `<name>_high`, are the ends of an interval;
    the column `kind` is its kind. `what` is what the data are called in the message.
    """
    if bare := _without_kind(data):
        first, *others = bare
        more = f" and {len(others):,} more" if others else ""
        raise BinderyError(
            f"{what}: found an interval without its kind, in row {first + 1}{more}; "
            "allowed: data with a column kind, which says of what kind the interval of a row is"
        )


def _without_kind(data: Any) -> list[int]:
    """The places of the rows that hold an end of an interval, and not its kind."""
    names = {*map(str, data.columns)}
    pairs = [(name, name.removesuffix("low") + "high") for name in names if _LOW.search(name)]
    ends = [end for pair in pairs if names.issuperset(pair) for end in pair]
    bare = data[ends].notna().any(axis=1)
    if "kind" in names:
        bare &= data["kind"].isna() | data["kind"].eq("")
    return bare.to_numpy().nonzero()[0].tolist()
