"""What a claim is compared with, and the rules that turn comparisons into a verdict."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.intervals import Interval

# What a comparison says if the two sides share no value.
RELATIONS = {
    "same_quantity": "inconsistent",  # the same thing, from elsewhere
    "limit": "inconsistent",  # what the figure cannot exceed, or fall below
    "reading": "ambiguous_definition",  # one reading of the words against another figure
    "earlier": "stale",  # the same count at an earlier date
    "context": "",  # something else: never decides
}
VERDICTS = (
    "inconsistent", "ambiguous_definition", "stale", "consistent", "not_testable", "label",
)  # fmt: skip
POWER_OVER = ("same_digits", "half_to_double")


@dataclass(frozen=True)
class Comparison:
    """A claim set beside something else.

    `text` is the arithmetic in both languages (`labels.both`). `compared` gives what a printed
    text stands for here, and `found` what it is compared with, in the same unit; for `earlier`,
    `printed` is the earlier text. `grade` is the worst of the sources; it is "" where the article
    is set beside itself alone (`internal`). `mentioned` are sources of figures that the text names
    without resting on them.
    """

    relation: str
    text: str
    evidence: str
    grade: str
    source_id: str
    compared: Callable[[str], Interval] | None = None
    found: Interval | None = None
    printed: str = ""
    mentioned: str = ""

    @property
    def internal(self) -> bool:
        return not self.grade

    @property
    def decides(self) -> bool:
        return self.relation != "context"

    def verdict(self, text: str) -> str:
        """The verdict if the article had printed `text`: one of VERDICTS, "" for context."""
        if not self.decides:
            return ""
        if self.relation == "earlier":
            if Decimal(text) == Decimal(self.printed):
                return "stale"
            # a count of all that was ever reached does not fall
            return "inconsistent" if Decimal(text) < Decimal(self.printed) else "consistent"
        return RELATIONS[self.relation] if self.side(text) else "consistent"

    def side(self, text: str) -> int:
        """Whether what `text` stands for lies below what it is compared with (-1), or above (1)."""
        ours = self.compared(text)
        if ours.overlaps(self.found):
            return 0
        return -1 if ours.low < self.found.low else 1


@dataclass(frozen=True)
class Judgement:
    """A verdict, what it rests on, and the power of the check (NaN: none).

    `counting` are the comparisons that some possible figure fails, `deciding` those of them that
    give the verdict. `power` is the share of the `possible` figures at which the check would have
    objected.
    """

    verdict: str
    counting: tuple[Comparison, ...] = ()
    deciding: tuple[Comparison, ...] = ()
    power: float = float("nan")
    possible: int = 0

    @property
    def grade(self) -> str:
        """The best grade among the comparisons that the verdict rests on; "" for the article."""
        return min((one.grade for one in self.deciding if one.grade), default="")

    @property
    def rests_on(self) -> str:
        """`external`, `from_article` (the article set beside itself), or `nothing`."""
        if not self.deciding:
            return "nothing"
        return "from_article" if all(one.internal for one in self.deciding) else "external"

    @property
    def provisional(self) -> bool:
        """Whether all evidence that decides is of grade C or D."""
        return self.grade in ("C", "D")


def possible_figures(printed: str, over: str = "same_digits") -> list[str]:
    """The figures that could have stood in place of a printed one, with as many decimals.

    `same_digits`: as many digits, the first not 0. `half_to_double`: from half of it to twice.

    >>> len(possible_figures("1.64")), possible_figures("1.64")[0]
    (900, '1.00')
    >>> possible_figures("6", "half_to_double")
    ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']
    """
    if over not in POWER_OVER:
        raise ValueError(f"power_over = {over!r}; allowed: {', '.join(POWER_OVER)}")
    digits = printed.replace(".", "").lstrip("0")
    decimals = len(printed.partition(".")[2])
    number = int(digits)
    if over == "same_digits":
        first, last = 10 ** (len(digits) - 1), 10 ** len(digits) - 1
    else:
        first, last = -(-number // 2), 2 * number
    return [f"{Decimal(one).scaleb(-decimals):f}" for one in range(first, last + 1)]


def judge(printed: str, comparisons: Sequence[Comparison], over: str = "same_digits") -> Judgement:
    """The verdict on a printed figure.

    A comparison counts only if some possible figure fails it. Then: `inconsistent`,
    `ambiguous_definition` or `stale`, in this order, if one says so, else `consistent`; without a
    comparison that counts, `not_testable`. A check that every possible figure fails tests the
    words and not the figure: it has no power. What is compared must rise, or fall, with the figure.

    >>> judge("551", []).verdict
    'not_testable'
    """
    deciding = [one for one in comparisons if one.decides]
    if not deciding:
        return Judgement("not_testable")
    figures = possible_figures(printed, over)
    passing = [_passing(one, figures) for one in deciding]
    counting = [
        (one, found)
        for one, found in zip(deciding, passing, strict=True)
        if len(found) < len(figures)
    ]
    if not counting:
        return Judgement("not_testable", possible=len(figures))
    said = [one.verdict(printed) for one, _ in counting]
    verdict = next(name for name in VERDICTS if name in said)
    deciding = tuple(one for (one, _), what in zip(counting, said, strict=True) if what == verdict)
    first = max(found.start for _, found in counting)
    last = min(found.stop for _, found in counting)
    passed = max(last - first, 0)
    power = 1 - passed / len(figures) if passed else float("nan")
    return Judgement(verdict, tuple(one for one, _ in counting), deciding, power, len(figures))


def _passing(comparison: Comparison, figures: Sequence[str]) -> range:
    """The positions of the figures that pass: a stretch, for what is compared moves one way."""
    if comparison.relation == "earlier":
        first = bisect_right(figures, Decimal(comparison.printed), key=Decimal)
        return range(first, len(figures))
    sign = -1 if comparison.side(figures[0]) > comparison.side(figures[-1]) else 1

    def side(text: str) -> int:
        return sign * comparison.side(text)

    return range(bisect_left(figures, 0, key=side), bisect_right(figures, 0, key=side))
