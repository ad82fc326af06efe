"""The forms in which a citation is written, by the names that a user types."""

from __future__ import annotations

from collections.abc import Callable

from bindery.citation.bibtex import bibtex_text
from bindery.citation.csl import csl_text
from bindery.citation.facts import Cited
from bindery.citation.gbt7714 import gbt7714_text
from bindery.citation.latex import latex_text
from bindery.citation.ris import ris_text
from bindery.citation.sentence import sentence_text
from bindery.citation.text import citation_text

FORMATS: dict[str, Callable[[Cited], str]] = {
    "text": citation_text,
    "bibtex": bibtex_text,
    "ris": ris_text,
    "csl-json": csl_text,
    "latex": latex_text,
    "gbt7714": gbt7714_text,
    "sentence": sentence_text,
}
