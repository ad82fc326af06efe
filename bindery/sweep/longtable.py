"""The table of a sweep of the book: a line for each row and result, in the order of the grid.

It holds what follows from the rows alone, no times and no keys: the same rows are the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bindery.faults import BinderyError, nearest
from bindery.sweep.declared import DeclaredSweep

if TYPE_CHECKING:
    from pandas import DataFrame

    from bindery.sweep.outcome import Outcome

# what became of a result in a row: a row need not publish what others do, and may refuse a method
PUBLISHED, ABSENT, REFUSED = "published", "absent", "refused"
ROW, LANG = "row", "lang"
_NUMBERS = ("value", "low", "high")
COLUMNS = ("result", "status", *_NUMBERS, "kind", "unit", "n", "source_id")


def long_table(sweep: DeclaredSweep, outcomes: Mapping[int, Outcome]) -> str:
    """The table as CSV text; `outcomes` are those of the rows that were run.

    Raises BinderyError where no row publishes a result that the sweep is to tell.
    """
    published = dict.fromkeys(
        local for row in sweep.runs for local in outcomes[row].results
    )  # in the order of the notebook, which a row may leave early
    unknown = [local for local in sweep.results if local not in published]
    if unknown:
        raise BinderyError(
            f"the sweep {sweep.name}: no row publishes {', '.join(map(repr, unknown))}; "
            f"{nearest(unknown[0], list(published))}"
        )
    told = sweep.results or list(published)
    names = [name for name in sweep.plan(1).values if name != LANG]
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow([ROW, *names, *COLUMNS])
    for row, first in enumerate(sweep.first, start=1):
        values = sweep.plan(row).values
        given = [row, *(_text(values[name]) for name in names)]
        table.writerows([*given, *cells] for cells in _lines(outcomes[first], told))
    return stream.getvalue()


def _lines(outcome: Outcome, told: Sequence[str]) -> Iterator[list[Any]]:
    for local in told:
        if (found := outcome.results.get(local)) is None:
            yield [local, ABSENT, *[None] * (len(COLUMNS) - 2)]
        else:
            ends = [found[name] for name in (*_NUMBERS, "kind", "unit", "n")]
            yield [local, PUBLISHED, *ends, ";".join(found["sources"])]
    for method in outcome.refusals:
        yield [method, REFUSED, *[None] * (len(COLUMNS) - 2)]


def _text(value: Any) -> Any:
    """A parameter as the command line takes it."""
    plain = isinstance(value, str) or value is None
    return value if plain else json.dumps(value, ensure_ascii=False)


def read_long_table(path: Path) -> DataFrame:
    """The table; parameters are texts, as the command line takes them."""
    from pandas import read_csv

    with path.open(encoding="utf-8", newline="") as stream:
        found = read_csv(stream, dtype=str, keep_default_na=False)
    for name in (*_NUMBERS, "n"):
        # each by itself: pandas' own reading of decimals is faster, and not exact
        found[name] = found[name].mask(found[name].eq("")).map(float)
    return found.astype({ROW: int, "n": "Int64"})
