"""What travels to another machine, and how it is kept there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery.cache.files import digest
from bindery.faults import BinderyError
from bindery.project import Project
from bindery.sweep import parcel as parcel_module
from bindery.sweep import shelf as shelf_module
from bindery.sweep.parcel import CODE, PROJECT, Parcel, Translation, pack
from bindery.sweep.shelf import Shelf

PACKAGE = Path(parcel_module.__file__).resolve().parents[1]


@pytest.fixture
def farm(tmp_path: Path, copy_sample: Callable[[Path], Project]) -> Project:
    return copy_sample(tmp_path / "农场 'a b' %20" / 'the "farm"')


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[..., Shelf]:
    """A parcel on a shelf that other workers of the machine may share."""
    count = iter(range(100))

    def lay(parcel: Parcel, shelf: str = "shelf") -> Shelf:
        scratch = tmp_path / f"worker {next(count)}"
        folder = str(tmp_path / shelf)
        return Shelf(folder, parcel.digest, parcel.files, parcel.folders, str(scratch))

    return lay


def _send(parcel: Parcel, shelf: Shelf) -> list[str]:
    """The names of the files that had to be sent."""
    missing = shelf.missing()
    for piece in parcel.pieces(missing):
        shelf.receive(piece)
    if missing:
        shelf.assemble()
    assert shelf.faulty() == []
    return [name for name, checksum in parcel.files.items() if checksum in missing]


def _names(parcel: Parcel) -> set[str]:
    return {name for name in parcel.files if name.startswith(f"{PROJECT}/")}


def test_everything_travels_but_what_is_hidden_or_made(farm: Project):
    before = _names(pack(farm))
    assert {f"{PROJECT}/data/fields.csv", f"{PROJECT}/fields/harvest.py"} < before
    for name in (".git/config", ".env", "_build/html/index.html", "fields/__pycache__/a.pyc"):
        (farm.root / name).parent.mkdir(parents=True, exist_ok=True)
        (farm.root / name).touch()
    (farm.root / "own environment" / "lib").mkdir(parents=True)
    (farm.root / "own environment" / "pyvenv.cfg").touch()
    assert _names(pack(farm)) == before
    # of another folder of this name nobody knows
    (farm.data / "_build").mkdir()
    (farm.data / "_build" / "b.csv").touch()
    assert _names(pack(farm)) - before == {f"{PROJECT}/data/_build/b.csv"}


def test_an_empty_folder_travels_and_links_are_followed(farm: Project, tmp_path: Path):
    (farm.data / "empty").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "large.csv").write_text("a")
    (farm.data / "linked").symlink_to(elsewhere)
    # one that leads to a folder above, and one that leads nowhere
    (elsewhere / "round").symlink_to(farm.data)
    (elsewhere / "nowhere").symlink_to(tmp_path / "gone")
    parcel = pack(farm)
    assert f"{PROJECT}/data/empty" in parcel.folders
    linked = {name for name in _names(parcel) if name.startswith(f"{PROJECT}/data/linked/")}
    assert linked == {f"{PROJECT}/data/linked/large.csv"}


def test_this_package_travels_too(farm: Project):
    parcel = pack(farm)
    assert parcel.code == CODE
    assert f"{CODE}/bindery/sweep/rowserver.py" in parcel.files
    # as a part of the project where it is one
    part = Parcel(parcel.root, {}, (PROJECT, f"{PROJECT}/bindery"), {})
    assert part.code == PROJECT


def test_the_same_content_has_the_same_name(farm: Project, tmp_path: Path, copy_sample: Callable):
    parcel = pack(farm)
    assert pack(copy_sample(tmp_path / "another place")).digest == parcel.digest
    (farm.data / "empty").mkdir()
    assert pack(farm).digest != parcel.digest


def test_what_was_sent_is_what_was_packed(
    farm: Project, lay_out: Callable, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parcel_module, "_PIECE", 1000)
    contents = {"none.csv": b"", "exact.csv": b"x" * 2000, '田 "a".csv': os.urandom(2500)}
    for name, content in contents.items():
        (farm.data / name).write_bytes(content)
    parcel = pack(farm)
    shelf = lay_out(parcel)
    assert set(_send(parcel, shelf)) == set(parcel.files)
    assert all(
        sum(len(one[2]) for one in piece) < 2000 for piece in parcel.pieces(parcel.files.values())
    )
    for name, content in contents.items():
        assert Path(shelf.folder, PROJECT, "data", name).read_bytes() == content
    assert [Path(shelf.folder, name).is_dir() for name in parcel.folders] == [True] * len(
        parcel.folders
    )


def test_only_new_files_are_missing(farm: Project, lay_out: Callable, edit: Callable):
    parcel = pack(farm)
    _send(parcel, lay_out(parcel))
    # the next sweep, another worker of the machine, a restarted one
    assert lay_out(parcel).missing() == []
    edit(farm.data / "fields.csv", "north,1901,150", "north,1901,151")
    changed = pack(farm)
    assert _send(changed, lay_out(changed)) == [f"{PROJECT}/data/fields.csv"]
    # undone: it is still there
    edit(farm.data / "fields.csv", "north,1901,151", "north,1901,150")
    assert lay_out(pack(farm)).missing() == []
    # a copy of a file that is there needs no sending
    (farm.data / "copy.csv").write_bytes((farm.data / "plots.csv").read_bytes())
    copied = pack(farm)
    shelf = lay_out(copied)
    assert shelf.missing() == []
    assert shelf.faulty() == []


def test_two_workers_of_one_machine_may_lay_out_at_once(farm: Project, lay_out: Callable):
    parcel = pack(farm)
    first, second = lay_out(parcel), lay_out(parcel)
    for shelf in (first, second):
        missing = shelf.missing()
        assert missing
        for piece in parcel.pieces(missing):
            shelf.receive(piece)
    first.assemble()
    second.assemble()
    assert (first.faulty(), second.faulty()) == ([], [])


def test_damage_is_mended(farm: Project, lay_out: Callable):
    parcel = pack(farm)
    shelf = lay_out(parcel)
    _send(parcel, shelf)
    data = Path(shelf.folder, PROJECT, "data")
    for name in ("fields.csv", "plots.csv"):
        (data / name).unlink()
    (data / "fields.csv").write_text("damaged")
    # what a sweep that was killed left on its way
    Path(shelf.folder, "files.json").write_text("{")
    assert set(_send(parcel, lay_out(parcel))) == set(parcel.files)
    assert (data / "fields.csv").read_bytes() == (farm.data / "fields.csv").read_bytes()


def test_a_file_that_changes_on_its_way_stops_the_sweep(farm: Project, lay_out: Callable):
    parcel = pack(farm)
    path = farm.data / "fields.csv"
    path.write_text("other")
    with pytest.raises(BinderyError) as raised:
        _send(parcel, lay_out(parcel))
    assert str(raised.value) == (
        f"{path} changed while the sweep was starting, so nobody knows which of the two would run; "
        "call again"
    )


def test_room_is_made_of_what_nobody_holds(
    farm: Project, lay_out: Callable, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shelf_module, "_PARCELS", 2)
    shelves = []
    for number in range(4):
        (farm.data / "numbered.csv").write_text(str(number))
        parcel = pack(farm)
        shelves.append(lay_out(parcel))
        # all within the same second, maybe
        os.utime(f"{shelves[-1].folder}.lock", (number, number))
        if number != 1:
            # the worker has ended; that of the second still runs
            shelves[-1].release()
        _send(parcel, shelves[-1])
    assert [Path(shelf.folder).is_dir() for shelf in shelves] == [False, True, True, True]


def test_paths_of_a_worker_are_told_as_they_are_here():
    translation = Translation("/w/b1", '/home/x/the "farm"')
    assert translation.text("/w/b1/project/a.py: no") == '/home/x/the "farm"/a.py: no'
    assert translation.text("/w/b1/code/bindery/a.py") == f"{PACKAGE}/a.py"
    # in JSON, the quotes of a path are written otherwise
    content = translation.content("record.jsonl", '{"a": "/w/b1/project/田"}'.encode())
    assert content == '{"a": "/home/x/the \\"farm\\"/田"}'.encode()
    assert translation.content("data.csv", b"/w/b1/project") == b"/w/b1/project"


def test_inputs_name_this_package_where_it_lies_here(monkeypatch: pytest.MonkeyPatch):
    translation = Translation("/w/b1", "/home/x/farm")
    told = {
        "files": {"data/a.csv": digest("a"), "/w/b1/code/bindery/a.py": "1", "/etc/x": None},
        "modules": {"/w/b1/code": {"bindery": ["bindery/__init__.py"]}, "": {"a": []}},
    }
    here = str(PACKAGE.parent)
    assert translation.inputs(told) == {
        "files": {"data/a.csv": digest("a"), f"{PACKAGE}/a.py": "1", "/etc/x": None},
        "modules": {here: {"bindery": ["bindery/__init__.py"]}, "": {"a": []}},
    }
    # installed here, its files are no inputs: its version is in the key
    monkeypatch.setattr(parcel_module, "_is_installed", lambda: True)
    assert translation.inputs(told) == {
        "files": {"data/a.csv": digest("a"), "/etc/x": None},
        "modules": {"": {"a": []}},
    }
