"""The page of methods: every function that it names exists, and every work is cited and listed."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

NAMED = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
CITED = re.compile(r"\{cite\}`([^`]+)`")


def named_functions(text: str) -> list[str]:
    """What a text names in backticks as `module.name`.

    >>> named_functions("Computed by `gates.require`; see `HC3`.")
    ['gates.require']
    """
    return sorted(set(NAMED.findall(text)))


def prose(root: Path) -> str:
    pages = [path.read_text(encoding="utf-8") for path in sorted((root / "book").glob("*.md"))]
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        pages += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return "\n".join(pages)


def test_every_function_that_the_page_names_exists(root):
    text = (root / "book" / "methods.md").read_text(encoding="utf-8")
    missing = []
    for name in named_functions(text):
        module, _, function = name.rpartition(".")
        if not callable(getattr(import_module(f"indicators.{module}"), function, None)):
            missing.append(name)
    assert missing == []


def test_every_work_is_cited_and_every_citation_is_listed(root):
    entries = (root / "book" / "references.bib").read_text(encoding="utf-8")
    listed = re.findall(r"^@\w+\{([^,]+),", entries, re.M)
    cited = {key.strip() for keys in CITED.findall(prose(root)) for key in keys.split(",")}
    assert len(listed) == len(set(listed))
    assert set(listed) == cited


def test_a_displayed_formula_stands_on_one_line_and_once(root):
    text = (root / "book" / "methods.md").read_text(encoding="utf-8")
    formulas = re.findall(r"^\$\$(.+)\$\$$", text, re.M)
    assert text.count("$$") == 2 * len(formulas)
    assert len(formulas) == len(set(formulas)) > 0
