"""What status says: why a page would run, and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.cache.status import recall, remember_failure

from .conftest import Book


def test_a_run_that_starts_a_process_says_so(book: Book) -> None:
    book.set_cells("factor = 2", "import subprocess; subprocess.run(['true'])")
    assert book.build()[0]
    row = book.status()
    assert (row.state, row.reason) == ("stale", "started a process (true), so it is never kept")
    assert row.seconds == 1.5
    assert book.build()[0]


def test_a_failed_run_is_remembered(book: Book) -> None:
    remember_failure(book.store(), "page", book.recipe(), {})
    row = book.status()
    assert (row.state, row.reason, row.seconds) == ("stale", "its last run failed", None)
    book.values.update(factor=3)
    assert book.status().reason == "parameter factor: 2 -> 3"


def test_a_failure_that_is_undone_is_no_reason(book: Book) -> None:
    book.build()
    kept = (book.root / "data" / "income.csv").read_text()
    book.write("data/income.csv", "hz,many\n")
    inputs = {"files": {"data/income.csv": book.store().digests.file("data/income.csv")}}
    remember_failure(book.store(), "page", book.recipe(), inputs)
    assert (book.status().reason, book.status().seconds) == ("its last run failed", 1.5)
    # nothing is built in between: what is published is as it was
    book.write("data/income.csv", kept)
    book.values.update(factor=3)
    assert book.status().reason == "parameter factor: 2 -> 3"


def test_a_run_that_goes_well_ends_the_failure(book: Book) -> None:
    book.set_cells("factor = 2", "import subprocess; subprocess.run(['true'])")
    remember_failure(book.store(), "page", book.recipe(), {})
    assert book.build()[0]
    assert book.status().reason == "started a process (true), so it is never kept"


def test_several_reasons_are_told_and_many_are_counted(book: Book) -> None:
    book.build()
    book.values.update(factor=3)
    book.write("data/income.csv", "hz,1\n")
    assert book.status().reason == "parameter factor: 2 -> 3; data/income.csv changed"
    for name in "abc":
        book.write(f"data/parts/{name}{name}", "")
    assert book.status().reason == (
        "parameter factor: 2 -> 3; data/income.csv changed; "
        "a new file in data/parts/: aa; and 2 more"
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("factor = 2",), "the number of code cells: 2 -> 1"),
        (("factor = 2", "x = 2"), "code cell 2 changed"),
        (("factor = 3", "x = 2"), "code cell 1 changed; code cell 2 changed"),
    ],
)
def test_the_cells_are_told(book: Book, cells: tuple[str, ...], reason: str) -> None:
    book.set_cells("factor = 2", "x = 1")
    book.build()
    book.set_cells(*cells)
    assert book.status().reason == reason


def test_reasons_are_told_against_what_was_last_used(book: Book) -> None:
    book.build()
    book.values.update(factor=3)
    book.build()
    book.values.clear()
    assert book.build()[0] is False
    book.write("data/income.csv", "hz,1\n")
    assert book.status().reason == "data/income.csv changed"


def test_a_result_that_made_room_is_gone(book: Book) -> None:
    book.limit = 0
    book.build()
    assert book.status().reason == "the kept result is gone"


@pytest.mark.parametrize("content", ["", "[]", '{"digest": "x"}', "\0", "[" * 9999])
def test_a_damaged_memory_costs_only_the_reason(book: Book, content: str) -> None:
    book.build()
    (book.cache / "pages" / "page.json").write_text(content)
    assert recall(book.store(), "page") is None
    assert book.status().state == "fresh"
    book.write("late.py", "OFFSET = 2\n")
    assert (book.status().reason, book.status().seconds) == ("never run", None)


def test_status_changes_nothing(book: Book) -> None:
    book.build()
    (entry,) = (book.cache / "entries").rglob("*.json")
    entry.write_text("damaged")

    def everything() -> dict[Path, tuple[bytes, int]]:
        files = [path for path in book.root.rglob("*") if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = everything()
    assert book.status().state == "stale"
    assert everything() == before
