"""A real browser, and a book in it: served on this machine, and opened from disk."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# what Debian, Ubuntu, Fedora and Google call it
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SAMPLE = Path(__file__).parents[1] / "bindery" / "sample"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's Chromium; without one the trials are skipped, and under CI they fail."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    told = f"no browser: none of {', '.join(_NAMES)} is on this machine (apt install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One for all trials of a process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield started
        started.close()


def _build(root: Path) -> str:
    command = [sys.executable, "-m", "bindery.cli", "build", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return str(root / "_build" / "html")


@pytest.fixture(scope="session")
def sample(chromium: str, made_once: Callable) -> Path:
    """The built pages of the sample project of bindery's tests."""

    def make(folder: Path) -> str:
        ignored = shutil.ignore_patterns("__pycache__", "_build")
        shutil.copytree(SAMPLE, folder, ignore=ignored)
        return _build(folder)

    return Path(made_once("browsed", make)[1])


@pytest.fixture(scope="session")
def book(chromium: str, made_once: Callable, root: Path) -> Path:
    """The built pages of this project: those of the last build, made anew where they are stale."""
    return Path(made_once("book", lambda folder: _build(root))[1])


class _Silent(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on a free port of this machine; gives back its address."""
    servers: dict[Path, ThreadingHTTPServer] = {}

    def address(folder: Path) -> str:
        if folder not in servers:
            handler = functools.partial(_Silent, directory=folder)
            servers[folder] = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            servers[folder].daemon_threads = True
            threading.Thread(target=servers[folder].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[folder].server_port}"

    yield address
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new reader, who may have settings of a browser, such as a width."""
    contexts: list[BrowserContext] = []

    def opened(address: str, width: int = 1440, **settings: object) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **settings))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    script = resources.files("axe_playwright_python") / "axe.min.js"
    return script.read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of its own; an error in its console is a failure."""
    context = browser.new_context()
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []
