"""The book itself, built once for all tests from the real tables, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from bindery.pages import read_pages
from bindery.project import find_project

LANGUAGES = ("en", "zh")
# Everything of a build but the pages, which take half of its time.
WITHOUT_PAGES = """
import bindery.build as b
from bindery.cli import main
from bindery.editions import Editions
Editions._edition = lambda self, book, lang: lang
b._join_editions = lambda book, html: html.mkdir()
main()
"""


@pytest.fixture(scope="session")
def bindery() -> Callable[..., subprocess.CompletedProcess]:
    """Runs the command in a folder, with the code of that folder."""

    def run(folder: Path, *words: str, pages: bool = True) -> subprocess.CompletedProcess:
        program = ["-m", "bindery.cli"] if pages else ["-c", WITHOUT_PAGES]
        environment = os.environ | {"PYTHONPATH": str(folder)}
        command = [sys.executable, *program, *words]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="session")
def copy_project(root, present) -> Callable[..., Path]:
    """Copies the project, or a copy of it, to a folder that does not exist yet."""

    def copy(folder: Path, source: Path = root) -> Path:
        for path in present:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, folder / path)
        return folder

    return copy


@pytest.fixture(scope="session")
def book(made_once, copy_project, bindery) -> Path:
    """A copy of the project with its book built, in a folder whose name asks for care."""

    def make(folder: Path) -> None:
        built = bindery(copy_project(folder), "build")
        assert built.returncode == 0, built.stderr
        assert "warning" not in built.stderr.lower(), built.stderr
        assert "the book: _build/html/index.html" in built.stdout

    return made_once("书 本", make)[0]


@pytest.fixture(scope="session")
def html(book) -> Path:
    return book / "_build" / "html"


@pytest.fixture(scope="session")
def runs(root) -> list[dict]:
    """The pages that notebooks make, those of families as well: page, notebook, parameters."""
    return [
        {"page": page.name, "notebook": page.notebook, "parameters": page.parameters.given}
        for page in read_pages(find_project(root))
    ]


@pytest.fixture(scope="session")
def registry(root) -> dict:
    return yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def article(html) -> Callable[[str, str], Tag]:
    """What a page of an edition says, without what stands around it on every page."""

    @cache
    def read(lang: str, page: str) -> Tag:
        text = (html / lang / f"{page}.html").read_text(encoding="utf-8")
        found = re.search(r"<article\b.*</article>", text, re.S)
        return BeautifulSoup(found[0], "lxml").article

    return read


@pytest.fixture(params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture
def articles(lang, runs, article) -> dict[str, Tag]:
    """The pages of notebooks in an edition, by name and in the order of runs.yml."""
    return {run["page"]: article(lang, run["page"]) for run in runs}
