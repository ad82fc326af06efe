"""No statistic is typed by hand: numbers in prose, captions and alt texts come from results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from bindery.registry import bilingual_parts

# What is no statistic although it has digits: code, mathematics, roles, links, slots.
NOT_PROSE = re.compile(
    r"```.*?```|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|\{[^{}]*\}|<[^>]*>|^> .*$", re.S | re.M
)
ALLOWED = re.compile(
    r"""
    Python\ 3\.\d+(?:,\ 3\.\d+)*(?:\ or\ 3\.\d+)? # what the book runs on
    | CC\ BY\ 4\.0                                # a licence
    | (?<!\d)(?:19|20)\d\d(?!\d)年?             # a year, also after a Chinese word
    | \d{1,2}月(?:底|\d{1,2}日)?                   # a month or a day
    | (?<!\d)\d\d岁及以上                         # an age, in the name of an indicator
    | ^\d\.\                                      # the number of a step
    """,
    re.X | re.M,
)


def typed_numbers(text: str) -> list[str]:
    """Numbers that a hand has typed into a text.

    >>> typed_numbers("In 2025 {result}`rate` rose to 125.6%.")
    ['125.6']
    """
    plain = ALLOWED.sub(" ", NOT_PROSE.sub(" ", text))
    return re.findall(r"\d+(?:[.,]\d+)*", plain)


def texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in [*sorted((root / "book").glob("*.md")), root / "README.md"]:
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield path.name, "".join(cell["source"])
    for path in sorted((root / "book" / "translations").rglob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                # a displayed formula stands in the catalogue bare, and the same in both languages
                if message.id and message.string != message.id:
                    yield path.name, str(message.string)


def registry_texts(content: dict) -> Iterator[tuple[str, str]]:
    for notebook, sections in content.items():
        for kind, entries in sections.items():
            for local, entry in entries.items():
                for part, words in bilingual_parts(entry).items():
                    for lang, text in words.items():
                        yield f"{notebook} {kind} {local} {part} {lang}", text


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("The ratio fell to 1.64.", ["1.64"]),
        ("完成率为125.6%。", ["125.6"]),
        ("551 projects", ["551"]),
        ("An article of December 2025", []),
        ("{result}`plan-2` and {fig}`3`", []),
        ("`-p money_unit=10` and $m/12$", []),
        ("2025年12月，截至11月底", []),
        ("称2024年为1.64，与2021年相比", ["1.64"]),
        ("20245 villages", ["20245"]),
        ("65岁及以上人口占比", []),
        ("年满65岁的占9.34%", ["65", "9.34"]),
        ("Python 3.11, 3.12 or 3.13", []),
    ],
)
def test_the_rule_tells_a_statistic_from_a_date_or_a_code(text, typed):
    assert typed_numbers(text) == typed


def test_no_statistic_is_typed_into_prose(root):
    found = {
        (name, number, text[:60]) for name, text in texts(root) for number in typed_numbers(text)
    }
    assert found == set()


def test_no_statistic_is_typed_into_an_erratum(root):
    file = root / "book" / "versions" / "errata.yml"
    errata = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    texts = [text for words in errata.values() for text in words.values()]
    assert [text for text in texts if typed_numbers(text)] == []


def test_no_statistic_is_typed_into_the_registry(root):
    content = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    found = {
        (path, number) for path, text in registry_texts(content) for number in typed_numbers(text)
    }
    assert found == set()
