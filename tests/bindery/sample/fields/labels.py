"""The words of the sample project."""


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


LABELS = {
    "columns": {
        "field": _both("Field", "田"),
        "year": _both("Year", "年"),
        "sheaves": _both("Sheaves", "捆数"),
        "source_id": _both("Source", "来源"),
    },
    "units": {"sheaves": _both("sheaves", "捆")},
    "kinds": {
        "exact": _both("exact", "精确值"),
        "scenario_range": _both("scenario range", "情景范围"),
    },
    "values": {
        "north": _both("North field", "北田"),
        "south": _both("South field", "南田"),
        "forecast": _both("Forecast", "预测"),
    },
}
