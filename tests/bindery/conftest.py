"""A whole project of its own, small and about something else, that these tests copy and build."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import nbformat
import pytest

from bindery.cache.files import write_whole
from bindery.collect import Book
from bindery.execute import EXECUTED
from bindery.pages import Page
from bindery.parameters import read_parameters
from bindery.project import Project, find_project
from bindery.record import Recorder, read_record
from bindery.registry import read_registry
from bindery.words import read_labels

SAMPLE = Path(__file__).parent / "sample"
# the folder that holds the package, for processes that start in a copy of the sample
PACKAGE = Path(__file__).resolve().parents[2]

Command = Callable[..., subprocess.CompletedProcess]


def _copy(target: Path) -> Project:
    shutil.copytree(SAMPLE, target, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    return find_project(target)


def _forget_modules() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "fields"]:
        del sys.modules[name]


@pytest.fixture(scope="session")
def copy_sample() -> Callable[[Path], Project]:
    """Copies the sample project to a folder that does not exist yet."""
    return _copy


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A fresh copy of the sample project; the working folder is its root."""
    project = _copy(tmp_path / "farm")
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(sys, "path", [str(project.root), *sys.path])
    _forget_modules()
    yield project
    _forget_modules()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the sample project that nobody changes."""
    return _copy(tmp_path_factory.mktemp("pristine") / "farm")


@pytest.fixture(scope="session")
def environment() -> Iterator[dict[str, str]]:
    """The environment of a process that a person starts inside a copy of the sample."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BINDERY_")}
    # killed builds leave their scratch; pytest's own folders are too deep for the path of a socket
    with tempfile.TemporaryDirectory(prefix="t-") as scratch:
        yield kept | {"PYTHONPATH": str(PACKAGE), "TMPDIR": scratch}


@pytest.fixture(scope="session")
def bindery(environment: dict[str, str]) -> Command:
    """Runs the real command in a project's folder and waits for it to end."""

    def run(project: Project, *words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "bindery.cli", *words]
        return subprocess.run(
            command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=300
        )

    return run


@pytest.fixture(scope="session")
def once(made_once: Callable[[str, Callable], tuple]) -> Callable[[str, Callable], tuple]:
    """Makes a project once for all tests; `make` is called with a fresh copy of the sample."""

    def get(name: str, make: Callable[[Project], object]) -> tuple[Project, object]:
        folder, made = made_once(name, lambda folder: make(_copy(folder / "farm")))
        return find_project(folder / "farm"), made

    return get


@pytest.fixture(scope="session")
def built(once: Callable, bindery: Command) -> tuple[Project, str]:
    """The sample as the real command built it, and what the command said."""

    def make(project: Project) -> str:
        done = bindery(project, "build")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return once("built", make)


@pytest.fixture(scope="session")
def edit() -> Callable[[Path, str, str], None]:
    """Replaces a text that a file holds; a text that it does not hold is an error."""

    def replace(path: Path, old: str, new: str) -> None:
        content = path.read_text(encoding="utf-8")
        assert old in content, f"{path.name} holds no {old!r}"
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, str]]:
    """Tells the checksum of every file below a folder, and of nothing else."""

    def read(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    return read


@pytest.fixture
def old_book(sample: Project) -> Path:
    """A book built earlier, as far as anything that must not touch it can tell."""
    build = sample.build
    for name in (
        "html/index.html",
        "html/en/harvest.html",
        "figures/harvest-x/en.svg",
        "runs/harvest/run.json",
    ):
        path = build / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the old {name}", encoding="utf-8")
    (build / "results.json").write_text("[]", encoding="utf-8")
    return build


@pytest.fixture
def recorded(sample: Project, tmp_path: Path) -> Callable[..., Book]:
    """Makes a book from runs that were never run: what they publish is stated by the test.

    `entries` are (kind, local id, facts) of the page `harvest`; facts complete what is usual.
    """
    usual = {
        "figure": {
            "chart": "fields.harvest:bars", "chart_sha256": "c", "sources": ["farm-diary"],
            "columns": ["field", "source_id", "sheaves"],
            "rows": [["north", "farm-diary", 150]],
        },
        "table": {"columns": ["field", "sheaves"], "rows": [["north", 150]], "sources": []},
        "result": {
            "value": 150, "low": 150, "high": 150, "kind": "exact", "level": None,
            "unit": "sheaves", "low_closed": True, "high_closed": True, "n": None, "digits": None,
            "period": "",
            "sources": ["farm-diary"],
        },
        "note": {},
        "refusal": {
            key: {"en": key, "zh": f"（{key}）"} for key in ("condition", "found", "opens")
        },
    }  # fmt: skip

    def make(*entries: tuple, given: dict | None = None, cells: Iterable = ()) -> Book:
        folder = tmp_path / "work" / "harvest"
        folder.mkdir(parents=True)
        recorder = Recorder(folder)
        for kind, local, facts in entries:
            if kind == "figure":
                for name in ("en.svg", "zh.svg", "data.csv"):
                    write_whole(folder / "figures" / local / name, f"{local} {name}")
            recorder.add(kind, local, usual[kind] | facts)
        nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / EXECUTED)
        page = Page("harvest", read_parameters(sample, "harvest", given))
        record = read_record("harvest", "harvest", folder, 1.25, engine="warmfork")
        labels = read_labels(sample)
        registry, records = read_registry(sample), {"harvest": record}
        return Book(sample, registry, labels, [page], records, drawn=["zh.svg", "en.svg"])

    return make
