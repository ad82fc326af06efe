"""What a person is told while a book is made."""

import re

import pytest

from bindery import report
from bindery.report import Reporter


def test_parts_and_steps_are_said_in_order(capsys):
    reporter = Reporter()
    with reporter.part("notebooks", 1):
        reporter.step("harvest: done")
    assert capsys.readouterr().out == "notebooks ...\n  harvest: done\n"


def test_bar_is_drawn_only_on_a_terminal(capsys):
    with Reporter().part("notebooks", 3):
        pass
    assert capsys.readouterr().err == ""


def test_quiet_reporter_says_only_warnings(capsys):
    reporter = Reporter(quiet=True)
    with reporter.part("data"):
        reporter.say("text")
        reporter.step("step")
        reporter.warn("a row breaks a rule")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "warning: a row breaks a rule\n")


def test_time_of_each_part_is_told():
    reporter = Reporter(quiet=True)
    with reporter.part("data"):
        pass
    with reporter.part("pages"):
        pass
    assert reporter.timing() == "data 0.0 s, pages 0.0 s"


@pytest.fixture
def many(monkeypatch):
    """Tells three of five rows, one of which failed, where a line is said for each."""
    monkeypatch.setattr(report, "_SAID_EVERY", 0)

    def tell(reporter):
        with reporter.rows("harvest", 5, 2, 1) as advance:
            for failed in (False, True, False):
                advance(failed)

    return tell


def test_lines_say_rate_what_is_left_and_what_failed(many, capsys):
    many(Reporter())
    captured = capsys.readouterr()
    assert captured.err == ""
    lines = captured.out.splitlines()
    told = [re.sub(r"[0-9.]+ rows/s, [0-9:?]+ left", "rate", line) for line in lines]
    assert told == [f"  {n} of 5 rows, rate, {failed} failed" for n, failed in
                    ((3, 1), (4, 2), (5, 2))]  # fmt: skip


def test_now_and_then_is_not_at_every_row(capsys):
    with Reporter().rows("harvest", 2, 0, 0) as advance:
        advance(False)
    assert capsys.readouterr() == ("", "")


def test_quiet_reporter_says_nothing_of_rows(many, capsys):
    many(Reporter(quiet=True))
    assert capsys.readouterr() == ("", "")
