"""How a notebook speaks to the book: figure, table, result, note, refusal; and sweep, to read.

In plain Jupyter and plain papermill these display, in the language that the parameter `lang`
names, and write nothing. In a run for a book the same calls record what the pages of every edition
need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from bindery.drawing import check_drawn
from bindery.kinds import check_kinds
from bindery.numbers import measure
from bindery.periods import period_key
from bindery.project import LANGUAGES
from bindery.record import source_ids
from bindery.session import running_session
from bindery.sweep.longtable import read_long_table
from bindery.tabular import cell_value
from bindery.words import require_words

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["figure", "note", "refusal", "result", "sweep", "table"]


def figure(id: str, chart: Callable, data: Any, **options: Any) -> None:
    """Publish what `chart(data, lang=..., **options)` draws.

    `data` is exactly what is drawn, with a column `source_id`; it becomes the figure's CSV. Where
    columns `low` and `high`, or `<name>_low` and `<name>_high`, hold an interval, a column `kind`
    says of which kind it is. For a book the figure is drawn after the run, in every language as
    SVG, PDF and PNG; so `chart` is a function of a module, and data and options can be pickled.
    """
    session = running_session()
    if session.results_only:
        session.publish("figure", id, {})
        return
    check_drawn(id, data)
    require_words(session.labels, "columns", data.columns)
    facts = {**_plain_rows(data), "sources": source_ids(data["source_id"])}
    session.publish_figure(id, chart, data, options, facts)


def _plain_rows(frame: Any) -> dict[str, list]:
    return {
        "columns": [str(column) for column in frame.columns],
        "rows": [[cell_value(value) for value in row] for row in frame.itertuples(index=False)],
    }


def table(id: str, frame: Any) -> None:
    """Publish a table; heads, units and the names of values come from the label table.

    Intervals that stand in columns of their own have a kind, as in `figure`.
    """
    session = running_session()
    if session.results_only:
        session.publish("table", id, {})
        return
    check_kinds(f"table {id!r}", frame)
    require_words(session.labels, "columns", frame.columns)
    sources = source_ids(frame["source_id"]) if "source_id" in frame.columns else []
    session.publish("table", id, {**_plain_rows(frame), "sources": sources})


def result(
    id: str,
    value: Any,
    unit: str,
    n: int | None = None,
    sources: Iterable[str] = (),
    digits: int | None = None,
    period: Any = None,
) -> None:
    """Publish a number or an interval under an id that prose, captions and notes can use.

    `unit` is a key of the label table, `share` for a fraction shown in percent, or "" for none.
    `sources` are source ids; a bare number has the kind `exact`. `period` is the time that it is
    about: a year, or a text as "2015-2023" or "2023H1", or several of these, such as a column of
    years, for the years from the first to the last.
    """
    ids = [sources] if isinstance(sources, str) else sources
    facts = measure(value) | {
        "unit": unit,
        "n": None if n is None else int(n),
        "digits": digits,
        "sources": source_ids(ids),
        "period": period_key(id, period),
    }
    running_session().publish("result", id, facts)


def note(id: str) -> None:
    """Show a text of the registry; its slots hold results and parameters.

    In plain Jupyter a result that is computed further down stays "…" until the cell is run again.
    """
    running_session().publish("note", id, {})


def refusal(gate: Any) -> None:
    """Show why a method is not used; nothing where its conditions are met."""
    if gate.passed:
        return
    facts = {
        key: {lang: str(getattr(gate, key)[lang]) for lang in LANGUAGES}
        for key in ("condition", "found", "opens")
    }
    running_session().publish("refusal", str(gate.method), facts)


def sweep(name: str) -> DataFrame:
    """The results of a sweep of the book (`notebooks/sweeps.yml`): a line for each row and result.

    Columns: row, counted from 1; the parameters of the swept notebook, as texts that the command
    line takes; result, its local id, or the name of a method that was refused; status: published,
    absent (other rows publish this result) or refused; value, low, high, kind, unit, n and
    source_id of what was published. A build runs the rows before the pages that read them, whose
    notebooks declare it as `x-sweeps` in their schema. Raises BinderyError where that is missing
    and, in plain Jupyter and papermill, where no build has made the table as it would be now.
    """
    return read_long_table(running_session().sweep_table(name))
