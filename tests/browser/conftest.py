"""A real browser, for what only one can tell."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

# as root and offline, and calling nobody
_SETTINGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium, headless. Where it is missing: skipped, but a failure where CI is true."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if not found:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no browser: install Chromium and the Python package playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_SETTINGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator:
    """An empty page of its own; an error in its console is a failure."""
    context = browser.new_context()
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []
