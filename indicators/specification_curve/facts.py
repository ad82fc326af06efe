"""What the specifications of a page hold for the gates."""

from __future__ import annotations

from pandas import DataFrame

from indicators.specification_curve.counts import count_specifications


def gate_facts(compared: list[DataFrame], scenarios: DataFrame) -> dict[str, dict[str, int]]:
    """Facts for `gates.require`: distinct results and data sets of the two curves.

    `compared` as from `pace_specifications`, of the statements that compare; `scenarios` as from
    `scenario_specifications`.

    >>> none = {"result": [], "row_ids": [], "source_id": []}
    >>> table = DataFrame(none | {"evidence_allowed": [], "grades": [], "taken": []}, dtype=object)
    >>> gate_facts([table], table)["pace_curve"]
    {'results': 0, 'data_sets': 0}
    """
    return {"pace_curve": _facts(*compared), "scenario_curve": _facts(scenarios)}


def _facts(*tables: DataFrame) -> dict[str, int]:
    counts = count_specifications(*tables)
    return {name: int(counts[name].estimate) for name in ("results", "data_sets")}
