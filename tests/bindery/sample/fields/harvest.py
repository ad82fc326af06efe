"""The analysis and the chart of the sample project."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

FILE = Path(__file__).parent.parent / "data" / "fields.csv"


@dataclass(frozen=True)
class Range:
    low: float
    high: float
    kind: str = "scenario_range"
    estimate: float | None = None
    level: float | None = None
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True)
class Gate:
    method: str
    passed: bool
    condition: dict
    found: dict
    opens: dict


def harvests(field: str) -> pd.DataFrame:
    rows = pd.read_csv(FILE)
    return rows[rows["field"] == field].reset_index(drop=True)


def bars(data: pd.DataFrame, lang: str):
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(figsize=(4, 2.5), layout="constrained")
    axes.bar(data["year"].astype(str), data["sheaves"])
    axes.set_ylabel({"en": "Sheaves", "zh": "Sheaves (zh)"}[lang])
    return axes


def forecast_gate(years: int) -> Gate:
    def both(text: str) -> dict:
        return {"en": text, "zh": f"（{text}）"}

    return Gate(
        "forecast", years >= 10, both("ten years"), both(f"{years} years"), both("more years")
    )
