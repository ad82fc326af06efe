"""What pages say of the sweeps of a book: their rows, and what larger ones would cost."""

from __future__ import annotations

from typing import Any

from bindery.collect import Book
from bindery.parameters import Rules
from bindery.registers import read_benchmarks
from bindery.sweep.declared import DeclaredSweep
from bindery.words import word

# of more rows, a page shows the first; the file has all
_SHOWN = 100


def sweep_facts(book: Book, lang: str) -> dict[str, Any]:
    """Of each sweep its notebook, the number of its rows, and the values that rows differ in."""
    return {sweep.name: _rows(book, sweep, lang) for sweep in book.sweeps}


def _rows(book: Book, sweep: DeclaredSweep, lang: str) -> dict[str, Any]:
    rules = Rules(book.project, sweep.notebook)
    first = sweep.plan(1).values
    differing = [
        name for name in first if any(plan.values[name] != first[name] for plan in sweep.rows)
    ]
    title = "title" if lang == "en" else f"title_{lang}"
    rows = []
    for number, plan in enumerate(sweep.rows[:_SHOWN], start=1):
        parameters = rules.check(plan.given)
        rows.append([str(number), *(parameters.text(name, lang) for name in differing)])
    return {
        "notebook": sweep.notebook,
        "count": len(sweep.rows),
        "head": [word("row", lang), *(rules.properties[name][title] for name in differing)],
        "rows": rows,
    }


def measured_costs(book: Book) -> dict[str, float | None]:
    """What a row was measured to cost, None where it was not: its seconds in one process, and how
    many times longer it takes on a cluster.
    """
    found = {row["id"]: row["value"] for row in read_benchmarks(book)["rows"]}
    return {name: found.get(name) for name in ("sweep-row", "sweep-cluster")}
