"""Places side by side, from the results of one notebook for each of them.

Tables come in as `bindery.notebook.sweep` gives them: a line for each row of the sweep and each
result, with `status` published where the row has it. Paces are compared only as differences over
the same years: those of two places have windows of their own, and say nothing of each other.
"""

from __future__ import annotations

from pandas import DataFrame

from indicators.evidence import mark_rows, weakest
from indicators.findings import Findings, exact_interval
from indicators.inputs import check_choice, check_table, check_together, refuse, shown
from indicators.intervals import Interval
from indicators.urban_rural_convergence import CHINA, ZHEJIANG
from indicators.urban_rural_convergence.choices import PACE_UNITS

# what a place may be compared with, and what it is called in the ids of results
COMPARED = {"china": CHINA, "zhejiang": ZHEJIANG}
# measure -> the end of the id under which a page publishes its difference
MEASURES = {"ratio": "ratio", "log_ratio": "log", "gap_share": "excess", "yuan_gap": "yuan"}
ANSWERS = ("yes", "no", "undecided")
STRICTNESS = ("all_options", "strictest_options")
_SWEEP = ("row", "place", "result", "status", "value", "low", "high", "kind", "source_id")


def relative_paces(sweep: DataFrame, sources: DataFrame, compared_with: str = "both") -> DataFrame:
    """The pace of each place minus that of China or Zhejiang over the same years, by measure.

    `sweep` holds the results of the pages on places; `compared_with` is china, zhejiang or both.
    Columns: place_code, compared_with (a code), measure, first_year and last_year of the place's
    own window, low, estimate, high, unit, kind, closed (faster, slower, or no_difference where the
    rounding interval holds zero), evidence (the weakest that the sources allow), source_id. A place
    without such a result has no row. Raises ValueError for no such tables and no such choice.

    >>> lines = [("first_year", 2014.0), ("last_year", 2022.0), ("over_china_log", -0.2)]
    >>> sweep = DataFrame(lines, columns=["result", "value"]).assign(row=1, place="330200")
    >>> sweep = sweep.assign(low=[2014, 2022, -0.3], high=[2014, 2022, -0.1], status="published")
    >>> sweep = sweep.assign(kind="rounding_interval", source_id="s")
    >>> sources = DataFrame({"source_id": ["s"], "grade": "A", "kind": "yearbook"})
    >>> paces = relative_paces(sweep, sources)
    >>> paces[["measure", "first_year", "estimate", "closed", "evidence"]].values.tolist()
    [['log_ratio', 2014, -0.2, 'faster', 'printed']]
    """
    compared = _compared(sweep, compared_with)
    found = []
    for place, rows in _published(sweep).groupby("place", sort=False):
        results = rows.set_index("result")
        for other, code in compared.items():
            for measure, end in MEASURES.items():
                if (name := f"over_{other}_{end}") in results.index:
                    line = results.loc[name]
                    ends = {"low": line["low"], "estimate": line["value"], "high": line["high"]}
                    years = results.loc[["first_year", "last_year"], "value"].astype(int)
                    found.append(
                        {"place_code": place, "compared_with": code, "measure": measure}
                        | years.to_dict()
                        | ends
                        | {"unit": PACE_UNITS[measure], "kind": line["kind"]}
                        | {"closed": _closed(line["low"], line["high"])}
                        | {"source_id": line["source_id"]}
                    )
    return _with_evidence(DataFrame(found), sources)


def pace_table(paces: DataFrame) -> DataFrame:
    """The same with a row for each place and comparison, and a column for each measure.

    `paces` as from `relative_paces`. Columns: place_code, compared_with, first_year, last_year, the
    measures as intervals, faster (in how many of them the place closed faster), evidence,
    source_id.

    >>> paces = DataFrame({"place_code": "330200", "compared_with": "100000"}, index=[0])
    >>> paces = paces.assign(measure="ratio", first_year=2014, last_year=2022, closed="faster")
    >>> paces = paces.assign(low=-0.2, estimate=-0.1, high=0.0, kind="rounding_interval")
    >>> table = pace_table(paces.assign(evidence="printed", source_id="s"))
    >>> table["ratio"][0].low, table["yuan_gap"][0], int(table["faster"][0])
    (-0.2, None, 1)
    """
    lines = []
    for (place, code), rows in paces.groupby(["place_code", "compared_with"], sort=False):
        first = rows.iloc[0]
        cells = {
            row.measure: Interval(row.low, row.high, row.kind, row.estimate)
            for row in rows.itertuples()
        }
        lines.append(
            {"place_code": place, "compared_with": code}
            | {name: first[name] for name in ("first_year", "last_year")}
            | {measure: cells.get(measure) for measure in MEASURES}
            | {"faster": rows["closed"].eq("faster").sum(), "evidence": weakest(*rows["evidence"])}
            | {"source_id": _joined(rows["source_id"])}
        )
    return DataFrame(lines)


def faster_places(paces: DataFrame, other: str) -> Findings:
    """How many places closed faster than China, or than Zhejiang, and in how many measures.

    `paces` as from `relative_paces`; `other` is china or zhejiang. Results: `places`, and of these
    those faster in `all` measures, in `none`, and in `some`; the `least` and the `most` of the
    differences in the logarithm of the ratio, each with its interval. Table: the paces that were
    counted.

    >>> paces = DataFrame({"place_code": ["a", "a", "b"], "closed": ["faster", "slower", "faster"]})
    >>> paces = paces.assign(measure=["log_ratio", "ratio", "log_ratio"], kind="rounding_interval")
    >>> paces = paces.assign(estimate=[-0.2, 0.1, -0.1], low=-0.3, high=0.2, source_id="s")
    >>> found = faster_places(paces.assign(compared_with="100000"), "china")
    >>> [found[name].estimate for name in ("places", "all", "some", "none", "least", "most")]
    [2.0, 1.0, 1.0, 0.0, -0.2, -0.1]
    """
    check_choice("other", other, tuple(COMPARED))
    rows = paces[paces["compared_with"].eq(COMPARED[other])]
    faster = rows.groupby("place_code")["closed"].agg(lambda closed: closed.eq("faster").mean())
    counts = {"all": faster.eq(1).sum(), "none": faster.eq(0).sum()}
    counts |= {"places": len(faster), "some": len(faster) - sum(counts.values())}
    found = {name: exact_interval(count) for name, count in counts.items()}
    logs = rows[rows["measure"].eq("log_ratio")].sort_values("estimate")
    for name, line in zip(("least", "most"), logs.iloc[[0, -1]].itertuples(), strict=True):
        found[name] = Interval(line.low, line.high, line.kind, line.estimate)
    return Findings(found, rows.reset_index(drop=True), _joined(rows["source_id"]))


def strictness_answers(
    sweep: DataFrame, sources: DataFrame, compared_with: str = "both"
) -> DataFrame:
    """The answers of each place over all defensible choices, and over the strictest of them.

    `sweep` holds the counts of the notebook on specifications, whose rows differ in place and in
    what is allowed. Columns: place_code, compared_with, strictness (strictest_options where nothing
    stands beside printed figures), results, yes, no, undecided, evidence, source_id. Raises
    ValueError for no such tables and no such choice.

    >>> names = ["china_yes", "china_no", "china_undecided"]
    >>> sweep = DataFrame({"result": names, "value": [3.0, 1.0, 0.0]})
    >>> sweep = sweep.assign(row=1, place="330200", extra="none", status="published", kind="exact")
    >>> sweep = sweep.assign(low=sweep["value"], high=sweep["value"], source_id="s")
    >>> sources = DataFrame({"source_id": ["s"], "grade": "C", "kind": "press"})
    >>> found = strictness_answers(sweep, sources)
    >>> found[["strictness", "results", "yes", "evidence"]].values.tolist()
    [['strictest_options', 4, 3, 'copied']]
    """
    compared = _compared(sweep, compared_with)
    check_table("sweep", sweep, ("extra",))
    found = []
    for (place, extra), rows in _published(sweep).groupby(["place", "extra"], sort=False):
        results = rows.set_index("result")
        for other, code in compared.items():
            names = [f"{other}_{said}" for said in ANSWERS]
            if set(names) <= set(results.index):
                counts = results.loc[names, "value"].astype(int).tolist()
                found.append(
                    {"place_code": place, "compared_with": code}
                    | {"strictness": STRICTNESS[extra == "none"], "results": sum(counts)}
                    | dict(zip(ANSWERS, counts, strict=True))
                    | {"source_id": _joined(results.loc[names, "source_id"])}
                )
    return _with_evidence(DataFrame(found), sources)


def settled_places(answers: DataFrame, other: str) -> Findings:
    """In how many places the answers agree, over all choices and over the strictest ones.

    `answers` as from `strictness_answers`; `other` is china or zhejiang. Results, each for
    `all_options` and `strictest_options`: `<strictness>_yes`, where a result says yes and none says
    no; `<strictness>_no`, the other way round; `<strictness>_both`, where some say yes and some no;
    and `places`. A place where rounding leaves all results open is in none of them. Table: the
    answers that were counted.

    >>> answers = DataFrame({"place_code": ["a", "b"], "yes": [3, 2], "no": [0, 1]})
    >>> answers = answers.assign(compared_with="100000", strictness="all_options", source_id="s")
    >>> found = settled_places(answers, "china")
    >>> [found[f"all_options_{said}"].estimate for said in ("yes", "no", "both")]
    [1.0, 0.0, 1.0]
    """
    check_choice("other", other, tuple(COMPARED))
    rows = answers[answers["compared_with"].eq(COMPARED[other])]
    yes, no = rows["yes"].gt(0), rows["no"].gt(0)
    counts = {"places": rows["place_code"].nunique()}
    for strictness in STRICTNESS:
        chosen = rows["strictness"].eq(strictness)
        counts |= {
            f"{strictness}_yes": (chosen & yes & ~no).sum(),
            f"{strictness}_no": (chosen & no & ~yes).sum(),
            f"{strictness}_both": (chosen & yes & no).sum(),
        }
    exact = {name: exact_interval(count) for name, count in counts.items()}
    return Findings(exact, rows.reset_index(drop=True), _joined(rows["source_id"]))


def _compared(sweep: DataFrame, compared_with: str) -> dict[str, str]:
    """What the places are compared with; the tables are checked as well."""
    check_together(
        lambda: check_table("sweep", sweep, _SWEEP),
        lambda: check_choice("compared_with", compared_with, (*COMPARED, "both")),
    )
    if not sweep["status"].eq("published").any():
        refuse([f"sweep = {shown(sweep)}; allowed: a table with published results"])
    return COMPARED if compared_with == "both" else {compared_with: COMPARED[compared_with]}


def _published(sweep: DataFrame) -> DataFrame:
    return sweep[sweep["status"].eq("published")]


def _closed(low: float, high: float) -> str:
    if high < 0:
        return "faster"
    return "slower" if low > 0 else "no_difference"


def _with_evidence(table: DataFrame, sources: DataFrame) -> DataFrame:
    """The weakest evidence that the sources of each row allow; derived figures are not among it."""
    ids = sorted({part for cell in table["source_id"] for part in cell.split(";")})
    rows = DataFrame({"source_id": ids}).assign(status="normal", origin="printed")
    marks = mark_rows(rows, sources).set_index("source_id")["evidence"]
    found = [weakest(*(marks[part] for part in cell.split(";"))) for cell in table["source_id"]]
    table.insert(table.columns.get_loc("source_id"), "evidence", found)
    return table


def _joined(cells: DataFrame) -> str:
    return ";".join(sorted({part for cell in cells for part in cell.split(";")}))
