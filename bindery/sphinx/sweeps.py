"""The sweeps of a book: their rows where prose asks for them, and what a larger one would cost."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from bindery.faults import nearest
from bindery.sphinx.nodes import FactsDirective, details, link, paragraph
from bindery.sphinx.tables import table


class SweepRows(FactsDirective):
    """The rows of a sweep, folded, and its table for download."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in self.facts["sweeps"]:
            hint = nearest(name, list(self.facts["sweeps"]))
            raise self.error(f"{name}: no sweep of this book; {hint}")
        facts = self.facts["sweeps"][name]
        up = "../" * (self.env.docname.count("/") + 1)
        file = paragraph(
            nodes.strong("", self.word("download")),
            " · ",
            link("CSV", f"{up}sweeps/{name}.csv"),
            " · ",
            nodes.literal("", name),
            classes=["downloads"],
        )
        said = self.word("rows_of").format(facts["count"], facts["notebook"])
        return [details(said, table(facts["head"], facts["rows"])), file]


class SweepCost(FactsDirective):
    """What rows of a sweep would cost, calculated from what was measured of fewer."""

    option_spec = dict.fromkeys(("units", "runs", "workers"), directives.positive_int)

    def set_nodes(self) -> list[nodes.Node]:
        missing = [name for name in self.option_spec if name not in self.options]
        if missing:
            raise self.error(f"no {', '.join(missing)}; allowed: :units:, :runs: and :workers:")
        costs = self.facts["sweep_costs"]
        rows = cost_rows(costs, **self.options, words=self.facts["words"])
        if not rows:
            return [paragraph(self.word("not_measured"))]
        head = [self.word(key) for key in ("measured_what", "value", "how_known")]
        return [table(head, rows, [False, True, False], classes=["benchmarks"])]


def cost_rows(
    costs: Mapping[str, float | None], units: int, runs: int, workers: int, words: Mapping[str, str]
) -> list[list[str]]:
    """A calculation, step by step: what, how much, and whether it is assumed, measured or follows.

    Empty where something has not been measured.

    >>> names = ("units", "runs_each", "rows_all", "row_seconds", "on_cluster", "workers")
    >>> names += ("time_all", "time_waited", "assumed", "measured", "calculated")
    >>> words = {name: name for name in names}
    >>> words |= {unit: "{}" for unit in ("unit_seconds", "unit_times")}
    >>> words |= {"unit_hours": "{} h", "unit_minutes": "{} min"}
    >>> costs = {"sweep-row": 0.36, "sweep-cluster": 1.25}
    >>> rows = cost_rows(costs, 200, 50, 10, words)
    >>> [how_much for _, how_much, _ in rows]
    ['200', '50', '10,000', '0.36', '1.25', '1.2 h', '10', '7.5 min']
    >>> cost_rows({"sweep-row": None, "sweep-cluster": 1.1}, 1, 1, 1, words)
    []
    """
    row, cluster = costs["sweep-row"], costs["sweep-cluster"]
    if row is None or cluster is None:
        return []
    hours = units * runs * row * cluster / 3600
    steps = [
        ("units", f"{units:,}", "assumed"),
        ("runs_each", f"{runs:,}", "assumed"),
        ("rows_all", f"{units * runs:,}", "calculated"),
        ("row_seconds", words["unit_seconds"].format(f"{row:.2g}"), "measured"),
        ("on_cluster", words["unit_times"].format(f"{cluster:.3g}"), "measured"),
        ("time_all", _duration(hours, words), "calculated"),
        ("workers", f"{workers:,}", "assumed"),
        ("time_waited", _duration(hours / workers, words), "calculated"),
    ]
    return [[words[what], how_much, words[how]] for what, how_much, how in steps]


def _duration(hours: float, words: Mapping[str, str]) -> str:
    unit, number = ("unit_minutes", 60 * hours) if hours < 1 else ("unit_hours", hours)
    return words[unit].format(f"{number:.2g}" if number < 100 else f"{number:,.0f}")


def add_to(app: Sphinx) -> None:
    app.add_directive("sweep-rows", SweepRows)
    app.add_directive("sweep-cost", SweepCost)
