"""One figure, cited in every form, and a project whose book holds all that can be cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bindery.citation.facts import FIGURE, Cited
from bindery.collect import write_figures
from bindery.project import LANGUAGES, Project

PUBLICATION = {
    "title": {"en": "Sheaves: Every Year", "zh": "麦捆：各年"},
    "authors": [{"en": "A. Reaper", "zh": "甲"}, {"en": "B. Binder", "zh": "乙"}],
    "year": 1902,
    "version": "1.0",
    "licence_text": "CC-BY-4.0",
}


@pytest.fixture
def online() -> dict[str, str]:
    """Where a published book can be read."""
    return {"address": "https://example.org/sheaves/", "doi": "10.5555/x_1"}


@pytest.fixture
def odd() -> str:
    """A title with every sign that has a meaning in some form."""
    return 'R&D: 50% of {x_1}, }{ #2 "q" \\ ~a^b $5 麦捆“引”<b>'


@pytest.fixture
def labels() -> dict[str, Any]:
    """The label table of whoever publishes results."""
    return {
        "units": {"sheaves": {"en": "sheaves", "zh": "捆"}},
        "kinds": {
            "exact": {"en": "exact", "zh": "精确值"},
            "sampling_ci": {"en": "sampling confidence interval", "zh": "抽样置信区间"},
            "scenario_range": {"en": "scenario range", "zh": "情景范围"},
        },
    }


@pytest.fixture
def cite() -> Callable[..., Cited]:
    """Cites a figure of a book that has no address; what differs is stated by the test."""

    def make(lang: str = "en", publication: dict | None = None, **changes: Any) -> Cited:
        titles = {"en": "Sheaves by year", "zh": "各年捆数"}
        captions = {"en": "The last year gave 150.", "zh": "最后一年为150捆。"}
        drawn = {f"{lang}.{form}": "f" * 64 for form in ("pdf", "svg")}
        published = {
            "page": "harvest",
            "grade": "D",
            "columns": ["field", "year", "sheaves"],
            "files": drawn | {"data.csv": "d1" * 32},
            "words": {
                one: {
                    "title": titles[one],
                    "caption": captions[one],
                    "alt": "Bars.",
                    "limits": "One.",
                }
                for one in LANGUAGES
            },
            "results": [],
            "labels": {},
            "rows": 1200,
            "period": "1900/1901",
        }
        usual = {
            "kind": FIGURE,
            "identifier": "harvest-sheaves-by-year",
            "lang": lang,
            "title": titles[lang],
            "publication": PUBLICATION | (publication or {}),
            "content": "0123456789abcdef" * 4,
            "published": published,
        }
        return Cited(**usual | changes)

    return make


@pytest.fixture
def published(sample: Project, recorded: Callable) -> Project:
    """The sample with a book: a figure, a table, and two results."""
    book = recorded(("result", "last", {}), ("figure", "sheaves_by_year", {}))
    write_figures(book, sample.build / "figures")
    data = sample.build / "figures" / "harvest-sheaves-by-year" / "data.csv"
    data.write_text('year,note\n1900,"a\nb"\n1901,c\n', encoding="utf-8")
    (last,) = book.results.values()
    last |= {"grade": "A", "words": {"en": {"label": "Last harvest"}, "zh": {"label": "最近收成"}}}
    kept = last | {"id": "harvest-kept", "low": 75, "kind": "scenario_range", "grade": ""}
    table = {
        "id": "harvest-all-years",
        "page": "harvest",
        "words": {
            "en": {"title": "All years", "caption": "Every year."},
            "zh": {"title": "各年", "caption": "各年。"},
        },
        "head": {"en": ["Year"], "zh": ["年"]},
        "rows": 2,
        "period": "1900/1901",
        "grade": "A",
        "sha256": "e" * 64,
    }
    for lang in LANGUAGES:
        file = sample.build / "tables" / "harvest-all-years" / f"{lang}.tex"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"% the table in {lang}\n", encoding="utf-8")
    results = [last, kept]
    for name, content in (("results.json", results), ("tables.json", [table])):
        (sample.build / name).write_text(json.dumps(content), encoding="utf-8")
    return sample
