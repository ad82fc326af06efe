"""A condition of a method, and what a method that is refused leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Texts = dict[str, str]


@dataclass(frozen=True)
class Gate:
    """Whether a method may be used here; `bool(gate)` is `passed`.

    `condition`, `found` and `opens` (which data would open it) are texts in en and zh.
    """

    method: str
    passed: bool
    condition: Texts
    found: Texts
    opens: Texts

    def __bool__(self) -> bool:
        return self.passed


@dataclass(frozen=True)
class Condition:
    """A row of the table: the facts it asks for, the test, and the texts."""

    facts: tuple[str, ...]
    test: Callable[[Mapping[str, Any]], bool]
    condition: Texts
    found: Callable[[Mapping[str, Any], str], str]
    opens: Texts
