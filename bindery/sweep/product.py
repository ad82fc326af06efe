"""The rows of a sweep as every combination of values, from a mapping in YAML."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from bindery.faults import Fault
from bindery.parameters import Rules

EXCLUDE = "exclude"
# a slip in a step would ask for more than a machine can hold
MOST_ROWS = 1_000_000
_ENDS = ("from", "to", "step")
_ALLOWED = "a list of values, or a range {from, to, step}"


def product_rows(
    rules: Rules,
    content: Mapping[str, Any],
    file: str,
    lines: Mapping[str, Sequence[int]],
    faults: list[Fault],
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each combination; faults of the mapping go to `faults`, with their `lines` in the file.

    A combination stands in no line, so it comes with 0.
    """
    reading = _Reading(rules, file, lines, faults)
    excluded = content.get(EXCLUDE, [])
    sound = {
        name: reading.axis(name, values) for name, values in content.items() if name != EXCLUDE
    }
    # where a parameter has no sound value, the others are checked with its default
    axes = {name: values for name, values in sound.items() if values}
    if (rows := math.prod(map(len, axes.values()))) > MOST_ROWS:
        reading.fault(f"{rows:,} combinations", f"at most {MOST_ROWS:,}")
        return
    exclusions = reading.exclusions(excluded, sound)
    all_sound = not faults
    yield from ((0, row) for row in _combinations(axes, exclusions))
    # a value with a fault may be the one that is excluded
    for exclusion in exclusions if all_sound else ():
        if not exclusion.used:
            found = f"{exclusion.text}, which no row has"
            reading.fault(found, "what a row has", line=exclusion.line)


class _Exclusion:
    """Values that together make no row."""

    def __init__(self, values: Mapping[str, Any], text: str, line: int):
        # as texts: 1, 1.0 and True are equal
        self._texts = {name: repr(value) for name, value in values.items()}
        self.text = text
        self.line = line
        self.used = False

    def covers(self, texts: Mapping[str, str]) -> bool:
        found = all(texts.get(name) == text for name, text in self._texts.items())
        self.used |= found
        return found


def _combinations(
    axes: Mapping[str, Sequence[Any]], exclusions: Sequence[_Exclusion]
) -> Iterator[Mapping[str, Any]]:
    pairs = [[(value, repr(value)) for value in values] for values in axes.values()]
    for combination in product(*pairs):
        texts = dict(zip(axes, (text for _, text in combination), strict=True))
        # not any(...): each that covers a row is of use
        if not [exclusion for exclusion in exclusions if exclusion.covers(texts)]:
            yield dict(zip(axes, (value for value, _ in combination), strict=True))


class _Reading:
    """One file, with the place of each value, and the faults found so far."""

    def __init__(
        self, rules: Rules, file: str, lines: Mapping[str, Sequence[int]], faults: list[Fault]
    ):
        self.rules = rules
        self.file = file
        self.lines = lines
        self.faults = faults

    def fault(self, found: str, allowed: str, remedy: str = "", line: int = 0) -> None:
        self.faults.append(Fault(self.file, found, allowed, remedy, line))

    def _line(self, name: Any, position: int = 0) -> int:
        """Of a key, 0, or of one of the values below it, counted from 1."""
        found = self.lines.get(str(name), [0])
        return found[position if position < len(found) else 0]

    def axis(self, name: Any, values: Any) -> list[Any]:
        """The sound values of one parameter, with keys for names."""
        line = self._line(name)
        if name not in self.rules.properties:
            self._add(self.rules.unknown(name), line)
            return []
        if isinstance(values, dict) and set(values) == set(_ENDS):
            values = self._range(name, **{f"{end}_": values[end] for end in _ENDS})
        elif not isinstance(values, list) or not values:
            self.fault(f"{name}: {values!r}", _ALLOWED, f"for one value, write [{values}]", line)
            return []
        found = [self.rules.given_value(name, value) for value in values]
        for position, one in enumerate(found, start=1):
            self._add(one.fault, self._line(name, position))
        return [one.value for one in found if not one.fault]

    def _add(self, fault: Fault | None, line: int) -> None:
        if fault:
            self.fault(fault.found, fault.allowed, fault.remedy, line)

    def _range(self, name: str, from_: Any, to_: Any, step_: Any) -> list[int | float]:
        """Both ends, where the step meets the second; counted in decimals, as they are written."""
        line, ends = self._line(name), (from_, to_, step_)
        text = f"{name}: from {from_} to {to_} by {step_}"
        if any(type(end) not in (int, float) or not math.isfinite(end) for end in ends):
            self.fault(text, "a range of finite numbers", line=line)
            return []
        start, stop, step = (Decimal(repr(end)) for end in ends)
        if step <= 0 or stop < start:
            self.fault(
                text, "a step above 0, and an end that is not below the beginning", line=line
            )
            return []
        count = int((stop - start) // step) + 1
        if count > MOST_ROWS:
            self.fault(f"{text}, {count:,} values", f"at most {MOST_ROWS:,}", line=line)
            return []
        whole = all(type(end) is int for end in ends)
        return [(int if whole else float)(start + step * number) for number in range(count)]

    def exclusions(self, listed: Any, names: Container[Any]) -> list[_Exclusion]:
        allowed = "a list of mappings from parameters of this file to one value each"
        if not isinstance(listed, list) or not all(isinstance(one, dict) and one for one in listed):
            self.fault(f"{EXCLUDE}: {listed!r}", allowed, line=self._line(EXCLUDE))
            return []
        found = []
        for position, one in enumerate(listed, start=1):
            line = self._line(EXCLUDE, position)
            text = f"{EXCLUDE} {', '.join(f'{name} = {value!r}' for name, value in one.items())}"
            unknown = [name for name in one if name not in names]
            if unknown:
                self.fault(f"{text}, but no {unknown[0]!r} above", allowed, line=line)
                continue
            values = {name: self.rules.given_value(name, value) for name, value in one.items()}
            for value in values.values():
                self._add(value.fault, line)
            plain = {name: value.value for name, value in values.items()}
            found.append(_Exclusion(plain, text, line))
        return found
