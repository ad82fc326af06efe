"""The statements that specifications answer: only such as could fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.inputs import check_choice
from indicators.intervals import Interval
from indicators.urban_rural_convergence import CHINA, ZHEJIANG, closing, gap_direction

ANSWERS = ("yes", "no", "undecided")


@dataclass(frozen=True)
class Statement:
    """A statement about the pace of a place.

    `compared_with` is the place that it is set beside, empty for none; `judge` gives the chapter's
    word for an interval, and `holds` and `fails` are its words for yes and for no.
    """

    compared_with: str
    judge: Callable[[Interval], str]
    holds: str
    fails: str


STATEMENTS = {
    "faster_than_china": Statement(CHINA, closing, "faster", "slower"),
    "faster_than_zhejiang": Statement(ZHEJIANG, closing, "faster", "slower"),
    "gap_widened": Statement("", gap_direction, "widened", "narrowed"),
}
_FELL = (
    "on the integrated survey every printed ratio of these places is lower than the one before, so "
    "that no choice could give another answer"
)
# What nothing could contradict is no test.
BY_CONSTRUCTION = dict.fromkeys(("ratio_fell", "log_ratio_fell", "gap_share_fell"), _FELL)


def statement(name: str) -> Statement:
    """The statement of this name. Raises ValueError for one that is true by construction, with the
    reason, and for an unknown one.

    >>> statement("ratio_fell")
    Traceback (most recent call last):
    ValueError: statement = 'ratio_fell' is true by construction: on the integrated survey every \
printed ratio of these places is lower than the one before, so that no choice could give another \
answer; allowed: faster_than_china, faster_than_zhejiang, gap_widened
    """
    if name in BY_CONSTRUCTION:
        raise ValueError(
            f"statement = {name!r} is true by construction: {BY_CONSTRUCTION[name]}; "
            f"allowed: {', '.join(STATEMENTS)}"
        )
    return STATEMENTS[check_choice("statement", name, tuple(STATEMENTS))]


def answer(name: str, found: Interval) -> str:
    """Whether a statement holds (`yes`), fails (`no`), or is `undecided`: rounding reaches 0.

    >>> answer("faster_than_china", Interval(-0.3, 0.1, "rounding_interval", -0.1))
    'undecided'
    """
    said = statement(name)
    return {said.holds: "yes", said.fails: "no"}.get(said.judge(found), "undecided")
