"""Whatever a run rests on makes it stale, and undone, fresh again; nothing else does."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery.cache.places import Places
from bindery.cache.recipe import differences, installed_packages, notebook_recipe

from .conftest import CELLS, FILES, LOCK, Book


def _replaced(name: str, old: str, new: str) -> Callable[[Book], None]:
    assert old in FILES[name]
    return lambda book: book.write(name, FILES[name].replace(old, new))


def _same_second_same_size(name: str, old: str, new: str) -> Callable[[Book], None]:
    """The times of the file stay what they were: Python would take compiled code for up to date."""
    assert len(old) == len(new)

    def change(book: Book) -> None:
        path = book.root / name
        before = path.stat()
        _replaced(name, old, new)(book)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def _cells(position: int, old: str, new: str) -> Callable[[Book], None]:
    assert old in CELLS[position]
    changed = [*CELLS]
    changed[position] = CELLS[position].replace(old, new)
    return lambda book: book.set_cells(*changed)


# what changes -> how, and the reason that status gives
CHANGES = {
    "byte of data": (
        _replaced("data/income.csv", "10", "11"),
        "data/income.csv changed",
    ),
    "rows reordered": (
        lambda book: book.write("data/income.csv", "xs,20\nhz,10\n"),
        "data/income.csv changed",
    ),
    "data gone": (
        lambda book: (book.root / "data/parts/a.txt").unlink(),
        "a file less in data/parts/: a.txt",
    ),
    "module": (
        _replaced("tools/sums.py", "factor *", "1 + factor *"),
        "tools/sums.py changed",
    ),
    "relatively imported module": (
        _replaced("tools/parts.py", "int(n)", "1 + int(n)"),
        "tools/parts.py changed",
    ),
    "module imported in a function": (_replaced("late.py", "1", "12"), "late.py changed"),
    "module, same second and size": (
        _same_second_same_size("late.py", "1", "3"),
        "late.py changed",
    ),
    "package's first file": (
        lambda book: book.write("tools/__init__.py", "import builtins\nbuiltins.x = 1\n"),
        "tools/__init__.py changed",
    ),
    "parameter": (lambda book: book.values.update(factor=3), "parameter factor: 2 -> 3"),
    "default in the cell": (_cells(0, "2", "4"), "code cell 1 changed"),
    "code": (_cells(4, "sorted(", "list("), "code cell 5 changed"),
    "lock": (_replaced(LOCK, "2.4.1", "2.4.2"), f"{LOCK} changed"),
    "new file in a listed folder": (
        lambda book: book.write("data/parts/b.txt", ""),
        "a new file in data/parts/: b.txt",
    ),
    "absent file read": (
        lambda book: book.write("data/extra.csv", "more"),
        "data/extra.csv now exists",
    ),
    "absent file looked at": (
        lambda book: book.write("data/flag", ""),
        "data/flag now exists",
    ),
    "declared variable": (
        lambda book: book.variables.update(REGION="hz"),
        "variable REGION: none -> hz",
    ),
    "module that hides an installed one": (
        lambda book: book.write("colorsys.py", ""),
        "colorsys.py now exists",
    ),
    "package that hides a module": (
        lambda book: book.write("late/__init__.py", "OFFSET = 7\n"),
        "late/__init__.py now exists",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reruns_and_its_undoing_does_not(book: Book, name: str) -> None:
    change, reason = CHANGES[name]
    before = {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()}
    assert book.status().reason == "never run"
    assert book.build() == (True, [60, "hz", 1, "", ["a.txt"], False, None, True])
    first = book.build()
    assert (first[0], book.status().state) == (False, "fresh")
    change(book)
    row = book.status()
    assert (row.state, row.reason, row.seconds) == ("stale", reason, 1.5)
    assert book.build()[0]
    assert book.status().state == "fresh"
    _undo(book, before)
    row = book.status()
    assert (row.state, row.reason, row.seconds) == ("fresh", "", 0)
    assert book.build() == first
    assert book.warnings == []


def _undo(book: Book, before: dict[Path, bytes]) -> None:
    for path in [path for path in book.root.rglob("*") if path.is_file()]:
        if "_build" not in path.parts and path not in before:
            path.unlink()
    late = book.root / "late"
    if late.is_dir():
        for path in sorted(late.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        late.rmdir()
    for path, content in before.items():
        path.write_bytes(content)
    book.values.clear()
    book.variables.clear()


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("byte of data", 0, 62), ("relatively imported module", 0, 64), ("module", 0, 61),
        ("rows reordered", 1, "xs"), ("module, same second and size", 2, 3),
        ("module imported in a function", 2, 12), ("absent file read", 3, "more"),
        ("new file in a listed folder", 4, ["a.txt", "b.txt"]), ("absent file looked at", 5, True),
        ("declared variable", 6, "hz"), ("parameter", 0, 90), ("default in the cell", 0, 120),
        ("package that hides a module", 2, 7),
    ],
)  # fmt: skip
def test_a_rerun_sees_the_change(book: Book, name: str, change: int, found: object) -> None:
    book.build()
    CHANGES[name][0](book)
    assert book.build()[1][change] == found


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.write("book/figures.yml", "title: another\n"),
        lambda book: book.set_cells(*CELLS, prose="Other words."),
        lambda book: book.write("unrelated.py", "x = 1\n"),
        lambda book: book.write("tools/unrelated.py", "x = 1\n"),
        lambda book: book.write("data/unrelated.csv", "1"),
        lambda book: book.write("README.md", "1"),
        lambda book: (book.root / "data/income.csv").touch(),
        lambda book: book.write("data/parts/__pycache__/x.pyc", "1"),
        lambda book: book.write("tools/__pycache__/sums.cpython-311.pyc", "1"),
    ],
    ids=["caption", "prose", "module", "module in a package", "data", "readme", "times", "compiled",
         "bytecode"],
)  # fmt: skip
def test_what_does_not_matter_reruns_nothing(book: Book, change: Callable[[Book], None]) -> None:
    first = book.build()
    change(book)
    assert book.status().state == "fresh"
    assert book.build() == (False, first[1])


def test_each_of_several_states_is_kept(book: Book) -> None:
    seen = []
    for number in "10", "11", "12", "11", "10", "12":
        book.write("data/income.csv", f"hz,{number}\n")
        ran, out = book.build()
        seen.append((ran, out[0]))
    assert seen == [(True, 20), (True, 22), (True, 24), (False, 22), (False, 20), (False, 24)]


def test_the_same_code_under_another_name_is_another_notebook(book: Book) -> None:
    """A notebook is told its name; what it publishes is found by it."""
    key = book.recipe().key
    other = notebook_recipe(book.notebook, {"factor": 2}, book.root / LOCK, {})
    assert other.key == key
    renamed = book.notebook.rename(book.notebook.with_name("other.ipynb"))
    assert notebook_recipe(renamed, {"factor": 2}, book.root / LOCK, {}).key != key


def test_values_of_another_type_are_other_values(book: Book) -> None:
    keys = set()
    for value in (1, 1.0, True, "1", None):
        book.values["factor"] = value
        keys.add(book.recipe().key)
    assert len(keys) == 5


def test_an_installed_package_is_part_of_the_key(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    before = installed_packages.__wrapped__()
    (tmp_path / "some_package-1.2.dist-info").mkdir()
    (tmp_path / "leads_elsewhere.pth").write_text("/somewhere\n")
    added = dict(installed_packages.__wrapped__().items() - before.items())
    assert added["some_package"] == "1.2"
    assert set(added) == {"some_package", "leads_elsewhere.pth"}
    told = differences({"packages": before}, {"packages": before | added}, LOCK)
    assert "installed package some_package: none -> 1.2" in told


def test_a_project_in_memory_is_a_project(tmp_path: Path) -> None:
    """Devices are not read; files beside them are."""
    assert Places("/dev/shm/book", []).read_matters("/dev/shm/book/data.csv")
    assert Places("/dev/shm/book", []).write_matters("/dev/shm/book/data.csv")
    assert not Places("/x", []).write_matters("/dev/null")
    assert not Places("/x", []).read_matters("/dev/urandom")


def test_a_moved_project_keeps_its_results(book: Book) -> None:
    first = book.build()
    moved = book.root.with_name("moved")
    book.root.rename(moved)
    book.root = moved
    assert book.build() == (False, first[1])


def test_prose_with_code_in_it_is_prose(book: Book) -> None:
    book.build()
    content = json.loads(book.notebook.read_text())
    content["cells"].insert(1, {"cell_type": "raw", "source": "x = 1", "metadata": {}})
    for cell in content["cells"]:
        cell["outputs"] = ["of an earlier run"]
    book.notebook.write_text(json.dumps(content))
    assert book.build()[0] is False
