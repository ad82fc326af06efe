"""Kept results: served whole or not at all, whatever happened to the disk."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery.cache import store as store_module
from bindery.cache.files import PART, canonical, digest
from bindery.cache.inputs import Digests
from bindery.cache.recipe import named_recipe
from bindery.cache.room import clear, end_call, read_uses
from bindery.cache.store import Store

from .conftest import PACKAGE, Book


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, warnings: list[str]) -> Callable[[], Store]:
    """Opens the same store as another call of the command would."""
    return lambda: Store(tmp_path / "cache", Digests(tmp_path), warnings.append)


def _run_folder(folder: Path, *contents: str) -> Path:
    for number, content in enumerate(contents):
        path = folder / f"f{number}" / "x.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def _files(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def test_a_value_without_files(store, warnings) -> None:
    recipe = named_recipe("data check", digest("all tables"))
    assert store().find(recipe) is None
    store().keep(recipe, {}, None, {"faults": ["一"]})
    assert store().find(recipe).facts == {"faults": ["一"]}
    assert store().find(named_recipe("data check", digest("other"))) is None
    assert store().find(named_recipe("translation", digest("all tables"))) is None
    assert warnings == []


def test_a_step_may_have_inputs_of_its_own(store, tmp_path) -> None:
    recipe = named_recipe("data check", "")
    table = tmp_path / "table.csv"
    for content in "a", "b":
        table.write_text(content)
        inputs = {"files": {"table.csv": digest(content)}}
        assert store().find(recipe) is None
        store().keep(recipe, inputs, None, f"verdict on {content}")
    assert store().find(recipe).facts == "verdict on b"
    table.write_text("a")
    assert store().find(recipe).facts == "verdict on a"


def test_results_that_rest_on_the_same_share_the_list_of_it(store, tmp_path) -> None:
    inputs = {"files": {f"absent {number}": None for number in range(1000)}}
    for name in "a", "b", "c":
        store().keep(named_recipe(name, ""), inputs, None, name)
    sizes = [path.stat().st_size for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    # one list, three entries, the lock
    assert len([size for size in sizes if size > 10_000]) == 1
    assert sum(sizes) - max(sizes) < 2000
    assert store().find(named_recipe("b", "")).inputs == inputs
    (tmp_path / "absent 7").touch()
    assert not any(store().find(named_recipe(name, "")) for name in "abc")


def test_files_come_back_as_they_were(store, tmp_path) -> None:
    recipe = named_recipe("x", "")
    made = _run_folder(tmp_path / "run", "a", "b", "a")
    store().keep(recipe, {}, made, None)
    found = store()
    entry = found.find(recipe)
    assert found.restore(entry, tmp_path / "back")
    assert _files(tmp_path / "back") == _files(made)
    assert found.read(entry, "f1/x.svg") == b"b"
    objects = [path for path in (tmp_path / "cache" / "objects").rglob("*") if path.is_file()]
    # two of the three files are equal; the list of inputs is one as well
    assert len(objects) == 3


# what befalls the cache of a built book
DAMAGES = {
    "object changed": lambda book: _each(book, "objects", lambda p: p.write_bytes(b"x" * _len(p))),
    "object truncated": lambda book: _each(book, "objects", lambda p: os.truncate(p, 1)),
    "object emptied": lambda book: _each(book, "objects", lambda p: os.truncate(p, 0)),
    "object gone": lambda book: _each(book, "objects", lambda p: p.unlink()),
    "entry truncated": lambda book: _each(book, "entries", lambda p: os.truncate(p, 40)),
    "entry emptied": lambda book: _each(book, "entries", lambda p: os.truncate(p, 0)),
    "entry is no object": lambda book: _each(book, "entries", lambda p: p.write_text("[]")),
    "entry is not text": lambda book: _each(book, "entries", lambda p: p.write_bytes(b"\xff\0")),
    "entry nested deeply": lambda book: _each(book, "entries", lambda p: p.write_text("[" * 9999)),
    "entry says another checksum": lambda book: _edit_entry(book, files={}),
    "entry of another version": lambda book: _sign_entry(book, format=0),
    "entry of another key": lambda book: _sign_entry(book, key="0" * 64),
    "entry that leads out": lambda book: _sign_entry(book, files={"../x": ["0" * 64, 1]}),
    "entry without inputs": lambda book: _sign_entry(book, inputs=None),
    "entry is a folder": lambda book: _each(book, "entries", lambda p: (p.unlink(), p.mkdir())),
}


def _len(path: Path) -> int:
    return path.stat().st_size


def _each(book: Book, folder: str, damage: Callable[[Path], object]) -> None:
    for path in [path for path in (book.cache / folder).rglob("*") if path.is_file()]:
        damage(path)


def _edit_entry(book: Book, **changes: object) -> None:
    def edit(path: Path) -> None:
        path.write_text(canonical(json.loads(path.read_text()) | changes))

    _each(book, "entries", edit)


def _sign_entry(book: Book, **changes: object) -> None:
    """Somebody's entry, whole in itself."""

    def edit(path: Path) -> None:
        said = json.loads(path.read_text()) | changes
        del said["digest"]
        name = digest(canonical(said))
        path.unlink()
        path.with_name(f"{name}.json").write_text(canonical(said | {"digest": name}))

    _each(book, "entries", edit)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_result_is_made_anew_with_a_warning(book: Book, name: str) -> None:
    first = book.build()[1]
    DAMAGES[name](book)
    if name != "object changed":
        assert book.status().reason == "the kept result is damaged"
    book.warnings.clear()
    assert book.build() == (True, first)
    (warning,) = book.warnings
    assert warning.startswith("a kept result cannot be used and is made anew: its ")
    book.warnings.clear()
    assert book.build() == (False, first)
    assert book.warnings == []


def test_what_lies_around_is_no_result(book: Book) -> None:
    first = book.build()
    (book.cache / "entries" / "notes.txt").write_text("x")
    (book.cache / "entries" / book.recipe().key / f".x{PART}").write_text("x")
    (book.cache / "objects" / "zz").mkdir()
    assert book.build() == (False, first[1])
    assert book.warnings == []


@pytest.mark.parametrize("place", ["cache", "cache/entries", "cache/objects", "cache/pages"])
def test_a_place_that_cannot_be_written_costs_only_the_keeping(book: Book, place: str) -> None:
    path = book.root / "_build" / place
    path.parent.mkdir(parents=True)
    path.write_text("a file where a folder should be")
    ran, out = book.build()
    assert (ran, out[0]) == (True, 60)
    assert book.warnings
    assert all("File exists" in text or "Not a directory" in text for text in book.warnings)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_read_only_cache_costs_only_the_keeping(book: Book) -> None:
    book.cache.mkdir(parents=True)
    book.cache.chmod(0o500)
    assert book.build()[0]
    assert any("Permission denied" in text for text in book.warnings)
    book.cache.chmod(0o700)


def test_a_full_disk_costs_only_the_keeping(store, tmp_path, warnings, monkeypatch) -> None:
    whole = store_module.write_whole
    written = []

    def write(path: str, content: bytes) -> None:
        if len(written) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        written.append(path)
        whole(path, content)

    monkeypatch.setattr(store_module, "write_whole", write)
    recipe = named_recipe("x", "")
    made = _run_folder(tmp_path / "run", "a", "b", "c", "d")
    assert store().keep(recipe, {}, made, None) is None
    assert len(warnings) == 1
    assert "a result is used but not kept: No space left on device" in warnings[0]
    assert store().find(recipe) is None
    monkeypatch.undo()
    assert store().keep(recipe, {}, made, None)
    found = store()
    assert found.restore(found.find(recipe), tmp_path / "back")


def test_a_write_that_stops_half_way_leaves_nothing(tmp_path: Path) -> None:
    """With a limit on the size of files: a write is cut, as on a full disk."""
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from bindery.cache.inputs import Digests\nfrom bindery.cache.recipe import named_recipe\n"
        "from bindery.cache.store import Store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "store = Store('cache', Digests('.'), print)\n"
        "assert store.keep(named_recipe('x', ''), {}, Path('run'), None) is None"
    )
    _run_folder(tmp_path / "run", "small", "x" * 5000)
    environment = os.environ | {"PYTHONPATH": PACKAGE}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("a result is used but not kept: File too large")
    assert [path for path in (tmp_path / "cache").rglob("*") if PART in path.name] == []


_KEEPER = """
import random, sys
from pathlib import Path
from bindery.cache.inputs import Digests
from bindery.cache.recipe import named_recipe
from bindery.cache.room import end_call
from bindery.cache.store import Store

chance = random.Random(int(sys.argv[1]))
for turn in range(int(sys.argv[2])):
    store = Store("cache", Digests("."), lambda text: print(text, flush=True))
    number = chance.randrange(8)
    recipe = named_recipe(str(number), "")
    entry = store.find(recipe)
    back = Path(f"back{sys.argv[1]}-{turn}")
    if entry and store.restore(entry, back):
        assert (back / "f0" / "x.svg").read_text() == str(number) * 5000, number
    else:
        store.keep(recipe, {}, Path(f"run{number}"), turn)
    end_call(store.folder, store.used, 60_000)
    print("turn", flush=True)
"""


@pytest.fixture
def keeper(tmp_path: Path) -> Callable[..., subprocess.Popen]:
    """Starts a process that keeps and restores in the same store as others, in little room."""
    for number in range(8):
        _run_folder(tmp_path / f"run{number}", str(number) * 5000, f"{number}-" * 3000)

    def start(seed: int, turns: int) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", _KEEPER, str(seed), str(turns)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": PACKAGE},
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


def _intact(folder: Path) -> None:
    """Whatever the store still offers is right."""
    found = []
    for number in range(8):
        warned: list[str] = []
        store = Store(folder / "cache", Digests(folder), warned.append)
        entry = store.find(named_recipe(str(number), ""))
        if entry is not None:
            assert store.read(entry, "f0/x.svg") == str(number).encode() * 5000
            found.append(number)
    assert found


def test_several_at_once_do_not_corrupt_each_other(keeper, tmp_path: Path) -> None:
    processes = [keeper(seed, 60) for seed in range(3)]
    told = [process.communicate(timeout=120)[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert [lines.count("turn") for lines in told] == [60, 60, 60]
    _intact(tmp_path)


def test_a_process_may_be_killed_at_any_moment(keeper, tmp_path: Path) -> None:
    chance = random.Random(5)
    for seed in range(10):
        process = keeper(seed, 10_000)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        _intact(tmp_path)
    # and what the killed ones left is tidied
    store = Store(tmp_path / "cache", Digests(tmp_path), pytest.fail)
    end_call(store.folder, store.used, 0)
    assert [p.name for p in (tmp_path / "cache").rglob("*") if p.is_file() and PART in p.name] == []


def test_the_longest_unused_go_first(store, tmp_path, warnings) -> None:
    """Counted in calls of the command: the clock does not matter."""
    recipes = [named_recipe(str(number), "") for number in range(4)]
    for number, recipe in enumerate(recipes):
        call = store()
        call.keep(recipe, {}, _run_folder(tmp_path / f"run{number}", str(number) * 10_000), None)
        end_call(call.folder, call.used, 1 << 30)
    call = store()
    assert call.restore(call.find(recipes[0]), tmp_path / "back")
    end_call(call.folder, call.used, 25_000)
    kept = [number for number, recipe in enumerate(recipes) if store().find(recipe)]
    assert kept == [0, 3]
    assert sorted(read_uses(call.folder)["entries"].values()) == [4, 5]
    size = sum(p.stat().st_size for p in (tmp_path / "cache").rglob("*") if p.is_file())
    assert size <= 25_000
    assert warnings == []


def test_shared_files_stay_while_one_needs_them(store, tmp_path, warnings) -> None:
    for name in "a", "b":
        call = store()
        call.keep(named_recipe(name, ""), {}, _run_folder(tmp_path / "run", "x" * 10_000), name)
        end_call(call.folder, call.used, 1 << 30)
    call = store()
    end_call(call.folder, call.used, 10_700)
    found = store()
    assert found.find(named_recipe("a", "")) is None
    assert found.restore(found.find(named_recipe("b", "")), tmp_path / "back")
    assert warnings == []


@pytest.mark.parametrize("content", ["", "[]", '{"turn": "x"}', '{"turn": 1, "entries": []}', "\0"])
def test_a_damaged_count_of_uses_costs_nothing(book: Book, content: str) -> None:
    first = book.build()
    (book.cache / "uses.json").write_text(content)
    assert book.build() == (False, first[1])
    assert book.warnings == []


def test_cleared_it_is_empty_and_works(book: Book) -> None:
    first = book.build()
    assert clear(str(book.cache)) > 1000
    assert [path.name for path in book.cache.iterdir()] == [".lock"]
    assert book.build() == first
    assert clear(str(book.root / "nowhere")) == 0


def test_the_store_may_be_taken_away_whole(book: Book) -> None:
    first = book.build()
    for path in sorted(book.cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert book.status().reason == "never run"
    assert book.build() == first
