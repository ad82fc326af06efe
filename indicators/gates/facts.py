"""What a fact may be, by its name: conditions compare counts, marks, flags and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from indicators.inputs import is_whole, shown

_COUNTS = (
    "bases base compared computed data_sets exact figures indicators lists months n pairs "
    "past_years points rates results span stated steps targets undecided units windows year years"
)
_MARKS = "amount income indicator rate universe weights year_amount"
_FLAGS = "asked both changed claimed fits share weighted"


def _count(fact: Any) -> bool:
    return is_whole(fact) and fact >= 0


def _flag(fact: Any) -> bool:
    return type(fact).__name__ in ("bool", "bool_")


def _mark(fact: Any) -> bool:
    return isinstance(fact, str)


def _list(fact: Any) -> bool:
    return isinstance(fact, tuple | list)


_FORMS: dict[Callable[[Any], bool], str] = {
    _count: "a whole number from 0 up",
    _flag: "True or False",
    _mark: "a word, or '' where there is none",
    _list: "a tuple, empty where nothing is missing",
}
FACTS: Mapping[str, tuple[Callable[[Any], bool], ...]] = {
    **dict.fromkeys(_COUNTS.split(), (_count,)),
    **dict.fromkeys(_MARKS.split(), (_mark,)),
    **dict.fromkeys(_FLAGS.split(), (_flag,)),
    "missing": (_list, _count),
    "money_unit": (_count,),
    "plan": (_mark, _flag),
    "run": (_list,),
}
# None where it is not known, or was not tested.
OPTIONAL: Mapping[str, tuple[Callable[[Any], bool], ...]] = {
    "curved": (_flag,),
    "correlated": (_flag,),
    "fitted": (_flag,),
    "sample": (_count,),
    "total": (_count,),
}


def fact_fault(name: str, fact: Any) -> str:
    """What is wrong with a fact, or "".

    >>> fact_fault("n", 5), fact_fault("total", None)
    ('', '')
    >>> fact_fault("n", "5")
    "n = '5'; allowed: a whole number from 0 up"
    """
    forms = FACTS.get(name) or OPTIONAL.get(name)
    if forms is None:
        raise LookupError(f"nobody has said what the fact {name} may be; say it in FACTS")
    if any(form(fact) for form in forms) or (fact is None and name in OPTIONAL):
        return ""
    allowed = [_FORMS[form] for form in forms] + (["None"] if name in OPTIONAL else [])
    return f"{name} = {shown(fact)}; allowed: {', or '.join(allowed)}"
