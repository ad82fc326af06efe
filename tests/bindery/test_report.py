"""What a person is told while a book is made."""

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
