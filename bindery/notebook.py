"""How a notebook speaks to the book: figure, table, result, note, refusal.

In plain Jupyter and plain papermill these display, in the language that the parameter `lang`
names, and write nothing. In a build the same calls also record what the pages of every edition
need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bindery import drawing
from bindery.numbers import measure
from bindery.project import LANGUAGES
from bindery.record import checksum, source_ids
from bindery.session import Session, results, running_session
from bindery.shown import (
    figure_title,
    mark,
    shown_note,
    shown_refusal,
    shown_result,
    shown_table,
)
from bindery.tabular import cell_value
from bindery.words import require_words

__all__ = ["figure", "note", "refusal", "result", "table"]


def figure(id: str, chart: Callable, data: Any, **options: Any) -> None:
    """Publish what `chart(data, lang=..., **options)` draws.

    `data` is exactly what is drawn, with a column `source_id`; it becomes the figure's CSV. In a
    build the figure is drawn in every language as SVG, PDF and PNG.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    session = running_session()
    entry = session.entry("figures", id)
    drawing.check_drawn(id, data)
    require_words(session.labels, "columns", data.columns)
    files, shown = {}, {}
    for lang in LANGUAGES if session.recorder else (session.lang,):
        wanted = [form for form in drawing.FORMS if session.draws(lang, form)]
        if session.recorder and not wanted:
            continue
        drawn = drawing.draw(session.project, chart, data, lang, options)
        if session.recorder:
            made = drawing.exports(session.project, drawn, wanted)
            for form, content in made.items():
                files[f"{lang}.{form}"] = session.recorder.add_file(id, f"{lang}.{form}", content)
            if lang == session.lang:
                shown = {"image/svg+xml": made["svg"].decode()}
        else:
            screen = drawing.image(session.project, drawn, "png", drawing.SCREEN_DPI)
            shown = {"image/png": screen}
        plt.close(drawn)
    if session.recorder:
        _record_figure(session, id, chart, data, files)
    shown["text/plain"] = figure_title(entry, session.fill)
    display(shown, raw=True, metadata=mark("figure", id))


def _record_figure(
    session: Session, local: str, chart: Callable, data: Any, files: dict[str, str]
) -> None:
    text = data.to_csv(index=False, lineterminator="\n").encode()
    name, source = drawing.chart_source(chart)
    style = session.project.style.read_bytes() if session.project.style else b""
    session.recorder.add(
        "figure",
        local,
        {
            "files": files | {"data.csv": session.recorder.add_file(local, "data.csv", text)},
            "chart": name,
            "chart_sha256": checksum(source.encode()),
            "style_sha256": checksum(style),
            "sources": source_ids(data["source_id"]),
            **_plain_rows(data),
        },
    )


def _plain_rows(frame: Any) -> dict[str, list]:
    return {
        "columns": [str(column) for column in frame.columns],
        "rows": [[cell_value(value) for value in row] for row in frame.itertuples(index=False)],
    }


def table(id: str, frame: Any) -> None:
    """Publish a table; heads, units and the names of values come from the label table."""
    session = running_session()
    entry = session.entry("tables", id)
    require_words(session.labels, "columns", frame.columns)
    facts = {
        **_plain_rows(frame),
        "sources": source_ids(frame["source_id"]) if "source_id" in frame.columns else [],
    }
    if session.recorder:
        session.recorder.add("table", id, facts)
    session.show("table", id, shown_table(facts, entry, session.fill, session.labels, session.lang))


def result(
    id: str,
    value: Any,
    unit: str,
    n: int | None = None,
    sources: Iterable[str] = (),
    digits: int | None = None,
) -> None:
    """Publish a number or an interval under an id that prose, captions and notes can use.

    `unit` is a key of the label table, `share` for a fraction shown in percent, or "" for none.
    `sources` are source ids; a bare number has the kind `exact`.
    """
    session = running_session()
    entry = session.entry("results", id)
    ids = [sources] if isinstance(sources, str) else sources
    facts = measure(value) | {
        "unit": unit,
        "n": None if n is None else int(n),
        "digits": digits,
        "sources": source_ids(ids),
    }
    results[id] = facts
    if session.recorder:
        session.recorder.add("result", id, facts)
    shown = shown_result(facts, entry, session.fill, session.labels, session.lang)
    session.show("result", id, shown)


def note(id: str) -> None:
    """Show a text of the registry; its slots hold results and parameters.

    In plain Jupyter a result that is computed further down stays "…" until the cell is run again.
    """
    session = running_session()
    entry = session.entry("notes", id)
    if session.recorder:
        session.recorder.add("note", id, {})
    session.show("note", id, shown_note(entry, session.fill))


def refusal(gate: Any) -> None:
    """Show why a method is not used; nothing where its conditions are met."""
    if gate.passed:
        return
    session = running_session()
    facts = {
        key: {lang: str(getattr(gate, key)[lang]) for lang in LANGUAGES}
        for key in ("condition", "found", "opens")
    }
    method = str(gate.method)
    if session.recorder:
        session.publish_once(method)
        session.recorder.add("refusal", method, facts)
    shown = shown_refusal(method, facts, session.labels, session.lang)
    session.show("refusal", method, shown)
