"""From a sentence of the article to its claims, their evidence and figures, and back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from indicators.claims_audit import VERDICTS
from indicators.labels import label

PAGE = "claims_audit"
CARD, SENTENCE = f"{PAGE}-claims-", f"{PAGE}-sentences-"


def read_rows(root: Path, table: str) -> list[dict[str, str]]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def claims(root) -> dict[str, dict[str, str]]:
    return {row["claim_id"]: row for row in read_rows(root, "claims")}


@pytest.fixture
def audit(lang, article):
    return article(lang, PAGE)


@pytest.fixture
def cards(audit) -> dict:
    """The card of each claim."""
    table = audit.find("table", id=CARD.removesuffix("-"))
    return {row["id"].removeprefix(CARD): row for row in table.find_all("tr", id=True)}


def anchors(tag) -> set[str]:
    """What the links inside a tag lead to, without the page that it stands on."""
    return {link["href"].partition("#")[2] for link in tag.find_all("a", href=True)}


def about(content) -> dict[str, set[str]]:
    """The claims that each figure and table of a page says it is about."""
    found = {}
    for word in content.find_all("strong", string=["About", "涉及"]):
        above = word.find_previous(["figure", "table"], id=True)
        found[above["id"]] = {anchor.removeprefix(CARD) for anchor in anchors(word.parent)}
    return found


def test_every_claim_has_a_card_in_the_order_of_the_table(cards, claims):
    assert len(claims) == 58
    assert list(cards) == list(claims)


def test_every_card_shows_a_verdict_of_the_closed_list(cards, lang):
    allowed = {label("values", verdict, lang) for verdict in VERDICTS}
    shown = {claim: card.select_one(".column-1 .cell-text").text for claim, card in cards.items()}
    assert set(shown.values()) <= allowed
    assert len(set(shown.values())) > 2


def test_sentences_lead_to_their_claims_and_claims_to_their_sentence(root, audit, cards, claims):
    table = audit.find("table", id=SENTENCE.removesuffix("-"))
    rows = {row["id"].removeprefix(SENTENCE): row for row in table.find_all("tr", id=True)}
    assert list(rows) == [row["sentence"] for row in read_rows(root, "sentences")]
    for sentence, row in rows.items():
        led = {anchor.removeprefix(CARD) for anchor in anchors(row)}
        assert led == {name for name, claim in claims.items() if claim["sentence"] == sentence}
    for claim, card in cards.items():
        assert f"{SENTENCE}{claims[claim]['sentence']}" in anchors(card)


def test_every_claim_leads_to_its_sources(cards, lang, article):
    listed = {tag["id"] for tag in article(lang, "sources").select("[id^=source-]")}
    for claim, card in cards.items():
        led = {anchor for anchor in anchors(card) if anchor.startswith("source-")}
        assert led, claim
        assert led <= listed, claim


def test_claims_and_what_is_shown_of_them_lead_to_each_other(cards, articles):
    shown = {}
    for content in articles.values():
        shown |= about(content)
    published = {
        tag["id"] for content in articles.values() for tag in content(["figure", "table"], id=True)
    }
    for claim, card in cards.items():
        led = {anchor for anchor in anchors(card) if anchor in published}
        assert led == {name for name, claims in shown.items() if claim in claims}, claim


def test_what_the_registry_says_a_figure_is_about_stands_below_it(book, runs, registry, articles):
    for run in runs:
        content = articles[run["page"]]
        record = book / "_build" / "runs" / run["page"] / "run.json"
        values = json.loads(record.read_text(encoding="utf-8"))["parameters"].items()
        sections = registry[run["notebook"]]
        said = {
            f"{run['page']}-{local.replace('_', '-')}": set(entry["about"])
            for local, entry in (sections.get("figures", {}) | sections.get("tables", {})).items()
            if "about" in entry and entry.get("about_where", {}).items() <= values
        }
        published = {tag["id"] for tag in content(["figure", "table"], id=True)}
        assert about(content) == {name: said[name] for name in said if name in published}


def test_every_claim_that_could_fail_has_a_figure(cards, lang):
    untested = {label("values", verdict, lang) for verdict in ("not_testable", "label")}
    for claim, card in cards.items():
        if card.select_one(".column-1 .cell-text").text not in untested:
            assert card.select('a[href*="claims_audit-compared"]'), claim
