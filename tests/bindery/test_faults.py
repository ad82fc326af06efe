"""Faults say where, what was found, what is allowed, what to do."""

from bindery.faults import BinderyError, Fault, nearest


def test_fault_with_everything_says_everything():
    fault = Fault("data/a.csv", "'many'", "a number", "count", 3, "sheaves", "sheaves are counted")
    assert str(fault).splitlines() == [
        "data/a.csv, row 3, sheaves: found 'many'; allowed: a number",
        "    rule: sheaves are counted",
        "    remedy: count",
    ]


def test_fault_without_row_and_column_names_only_the_file():
    assert str(Fault("_toc.yml", "nothing", "a list")) == "_toc.yml: found nothing; allowed: a list"


def test_error_holds_and_says_every_fault():
    faults = [Fault("a", "1", "2"), Fault("b", "3", "4")]
    error = BinderyError("two things", faults)
    assert error.faults == tuple(faults)
    assert str(error) == "two things\n  a: found 1; allowed: 2\n  b: found 3; allowed: 4"


def test_error_without_faults_is_its_message():
    assert str(BinderyError("there is no such file")) == "there is no such file"


def test_nearest_ignores_case():
    assert nearest("SHARE", ["field", "share"]) == "did you mean 'share'? known: field, share"


def test_nearest_suggests_nothing_for_a_name_unlike_all():
    assert nearest("zzzz", ["field", "share"]) == "known: field, share"


def test_nearest_of_many_names_shows_a_few():
    known = [f"field_{number}" for number in range(100)]
    told = nearest("field_7", known)
    assert told.startswith("did you mean 'field_7'? known: field_7, ")
    assert told.endswith(" and 95 others")
    assert nearest("zzz", known) == (
        "known: field_0, field_1, field_2, field_3, field_4 and 95 others"
    )


def test_nearest_with_nothing_known_is_still_readable():
    assert nearest("field", []) == "known: nothing"
