"""Nothing points backwards: statistics know no book, and the binder knows no subject."""

from __future__ import annotations

import ast
import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDEN = {
    "indicators": {"bindery", "papermill", "nbformat", "nbclient", "jupyter_book", "sphinx"},
    "bindery": {"indicators"},
}
# Suffixes of place names: 杭州市 is also said 杭州.
LEVELS = re.compile("(自治县|[省市区县])$")
# Words that no reading of the tables gives, in the forms in which they would be written.
SUBJECT = [
    "prosperity", "hangzhou", "zhejiang", "china", "income", "incomes", "investment",
    "investments", "rural", "urban", "共同富裕", "收入", "投资",
]  # fmt: skip


def modules(root: Path, package: str) -> list[Path]:
    return sorted((root / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level names of all that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names |= {
                argument.value.split(".")[0]
                for argument in node.args
                if isinstance(argument, ast.Constant)
            }
    return names


@pytest.mark.parametrize("package", FORBIDDEN)
def test_no_module_imports_backwards(root, package):
    assert modules(root, package)
    found = {
        path.relative_to(root).as_posix(): sorted(imported(path) & FORBIDDEN[package])
        for path in modules(root, package)
    }
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_importing_a_package_loads_nothing_backwards(root, package):
    # in a process of its own, for the tests have loaded everything in this one
    names = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in modules(root, package)
        if path.stem != "__main__"
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print(*sorted({FORBIDDEN[package]!r} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(root)},
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


def test_the_package_of_statistics_is_light_to_import(root):
    body = ast.parse((root / "indicators" / "__init__.py").read_text(encoding="utf-8")).body
    assert [type(node) for node in body] == [ast.Expr], "a docstring and nothing else"


def subject_words(data: Path) -> list[str]:
    """Names of places, programmes and indicators that mean nothing outside this subject.

    Short names and single words are left out, for they are words of any subject (`count`).
    """
    words = set(SUBJECT)
    for row in read_rows(data / "places.csv"):
        english = row["name_en"].lower()
        if len(english) >= 6 or " " in english:
            words.add(english)
        short = LEVELS.sub("", row["name_zh"])
        words |= {name for name in (row["name_zh"], short) if len(name) >= 2}
    for table, columns in {
        "investment": ["programme", "indicator"],
        "income": ["indicator"],
        "services": ["indicator"],
        "targets": ["indicator"],
        "census": ["indicator"],
    }.items():
        for row in read_rows(data / f"{table}.csv"):
            for column in columns:
                words |= {name for name in row[column].split(".") if name.count("_") >= 1}
    return sorted(words)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def words_found(text: str, words: list[str]) -> list[str]:
    """The words that stand in a text as words; `_` and capitals separate words too.

    >>> words_found("urbanCount, the ratio_of_china; chinaware", ["china", "urban"])
    ['china', 'urban']
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text).lower()
    return [
        word
        for word in words
        # most words stand in no text at all, and a plain search is a hundred times faster
        if word in split and re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", split)
    ]


def test_the_binder_holds_no_word_about_the_subject(root):
    words = subject_words(root / "data")
    assert {"hangzhou", "杭州", "qian_xiang_wan_yi", "jingning she"} <= set(words)
    found = {}
    for path in sorted((root / "bindery").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.name + " " + path.read_bytes().decode("utf-8", errors="ignore")
            if seen := words_found(text, words):
                found[path.relative_to(root).as_posix()] = seen
    assert found == {}
