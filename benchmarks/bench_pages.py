"""How soon a page of the built book can be used, opened from a server on this machine.

Run from the project's root with `make bench`. A page can be used when its text is seen and its
scripts answer. Every page is opened once, and those that took longest again.
"""

from __future__ import annotations

import functools
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench_build import BINDERY, seconds
from measures import note, row
from playwright.sync_api import Browser, sync_playwright

from bindery.project import find_project

# what Debian, Ubuntu, Fedora and Google call it
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SLOWEST, _TIMES = 6, 5
_USABLE = """() => Math.max(
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd)"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that has gone on takes no more."""


def main() -> None:
    project = find_project()
    # the published book, made anew where it is stale
    seconds(BINDERY, project.root)
    with served(project.build / "html") as address, browser() as opened:
        note(usable(project.build / "html", address, opened))


def usable(html: Path, address: str, opened: Browser) -> list[dict[str, object]]:
    """The page in the middle, and the slowest."""
    found = [path.relative_to(html).as_posix() for path in html.glob("*/**/*.html")]
    pages = [name for name in found if "/_static/" not in name]
    once = {page: seconds_until_usable(opened, f"{address}/{page}") for page in pages}
    slowest = sorted(once, key=once.__getitem__)[-_SLOWEST:]
    again = {
        page: statistics.median(
            seconds_until_usable(opened, f"{address}/{page}") for _ in range(_TIMES)
        )
        for page in slowest
    }
    for page, took in sorted(again.items(), key=lambda one: -one[1]):
        print(f"{page}: {took:.2f} s")
    return [
        row("page-usable", statistics.median(once.values()), "seconds", 1),
        row("page-usable-slowest", max(again.values()), "seconds", 1),
    ]


def seconds_until_usable(opened: Browser, address: str) -> float:
    """For a reader who comes for the first time: nothing is in the browser's memory."""
    context = opened.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        return page.evaluate(_USABLE) / 1000
    finally:
        context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Silent, directory=folder)
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        sys.exit(f"no browser: none of {', '.join(_NAMES)} is on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        yield started
        started.close()


if __name__ == "__main__":
    main()
