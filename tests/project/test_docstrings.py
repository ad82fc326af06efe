"""Every public function of the statistics says what it means and shows it in an example.

The examples run with the tests: pytest collects those of every module under `testpaths`.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

EXAMPLE = re.compile(r"^\s*>>> ", re.M)


def definitions(root: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """The functions and classes of modules whose names do not begin with `_`, by file and name."""
    for path in sorted((root / "indicators").rglob("*.py")):
        file = path.relative_to(root).as_posix()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield f"{file}:{node.name}", node


def public_functions(root: Path) -> Iterator[tuple[str, str]]:
    """Name and docstring of what a package lists in `__all__`, or a module that stands alone has.

    What only the modules of one package use among themselves is not public.
    """
    for path in sorted((root / "indicators").glob("*")):
        single = path.suffix == ".py" and path.stem != "__init__"
        if not single and not (path / "__init__.py").is_file():
            continue
        module = import_module(f"indicators.{path.stem}")
        names = getattr(module, "__all__", vars(module))
        for name in sorted(names):
            found = getattr(module, name)
            here = getattr(found, "__module__", None) or ""
            own = inspect.isfunction(found) and here.startswith(module.__name__)
            if own and not name.startswith("_"):
                yield f"{path.stem}.{name}", found.__doc__ or ""


def test_the_examples_run_with_the_tests(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    options = settings["tool"]["pytest"]["ini_options"]
    assert "--doctest-modules" in options["addopts"]
    assert "indicators" in options["testpaths"]


def test_every_public_name_says_what_it_means(root):
    unsaid = [name for name, node in definitions(root) if not ast.get_docstring(node)]
    assert unsaid == []


def test_every_public_function_shows_an_example(root):
    functions = [
        (name, text) for name, text in public_functions(root)
        if not name.startswith(("charts.", "labels."))
    ]  # fmt: skip
    assert len(functions) > 150
    assert [name for name, text in functions if not EXAMPLE.search(text)] == []
