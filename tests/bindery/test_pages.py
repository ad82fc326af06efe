"""`notebooks/runs.yml`: which notebook with which values makes which page."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.pages import read_pages


@pytest.fixture
def refused(sample):
    """The message with which a content of runs.yml is refused."""

    def read(content: str) -> str:
        (sample.notebooks / "runs.yml").write_text(content, encoding="utf-8")
        with pytest.raises(BinderyError) as caught:
            read_pages(sample)
        return str(caught.value)

    return read


def test_pages_come_in_order_with_checked_parameters(pristine):
    pages = read_pages(pristine)
    assert [(page.name, page.notebook) for page in pages] == [
        ("harvest", "harvest"),
        ("harvest-south", "harvest"),
    ]
    # a name of the table of plots has become its code
    assert [page.parameters.given for page in pages] == [{}, {"field": "south"}]


def test_missing_file_is_named(sample):
    (sample.notebooks / "runs.yml").unlink()
    with pytest.raises(BinderyError, match=r"^notebooks/runs\.yml: there is no such file$"):
        read_pages(sample)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "found None is not of type 'array'"),
        ("[]", "found []"),
        ("page: harvest", "is not of type 'array'"),
        ("- {page: harvest}", "0: found 'notebook' is a required property"),
        ("- {page: harvest, notebook: harvest, kernel: r}", "0: found Additional properties"),
        (
            "- {page: harvest, notebook: harvest, parameters: [1]}",
            "0 > parameters: found [1] is not",
        ),
        ("- {page: 1, notebook: harvest}", "0 > page: found 1 is not of type 'string'"),
    ],
)
def test_other_shape_is_refused_with_its_place(refused, content, found):
    message = refused(content)
    assert message.startswith("notebooks/runs.yml has faults\n  notebooks/runs.yml")
    assert found in message
    assert "allowed: a list of {page, notebook, parameters}" in message


def test_page_id_without_the_notebook_s_stem_is_refused(refused):
    message = refused("- {page: south, notebook: harvest}")
    assert "found the page id 'south'; allowed: lower-case ASCII words" in message


def test_unknown_notebook_is_told_the_nearest(refused):
    message = refused("- {page: harvests, notebook: harvests}")
    assert "there is no notebook 'harvests'; did you mean 'harvest'? known: harvest" in message


def test_page_listed_twice_is_refused(refused):
    message = refused("- {page: harvest, notebook: harvest}\n- {page: harvest, notebook: harvest}")
    assert (
        "notebooks/runs.yml, harvest: found the page harvest is listed twice; allowed: once"
        in message
    )


def test_faults_of_parameters_name_their_page(refused):
    message = refused("- {page: harvest-x, notebook: harvest, parameters: {share: 2}}")
    assert (
        "notebooks/runs.yml, harvest-x: found the parameters of harvest cannot be used" in message
    )
    assert "found share = 2; allowed: number, from 0, to 1" in message


def test_faults_of_all_pages_are_in_one_error(refused):
    message = refused(
        "- {page: harvest-x, notebook: harvest, parameters: {share: 2}}\n"
        "- {page: harvest-y, notebook: harvest, parameters: {fields: south}}\n"
        "- {page: other, notebook: harvest}"
    )
    for part in ("share = 2", "'fields'", "'other'"):
        assert part in message


# Families: pages that are the rows of a sweep

FIELDS = "- {sweep: fields, notebook: harvest, grid: {field: [南田, west], share: [0.5, 0.25]}}\n"


def test_family_has_a_page_for_each_row(sample):
    (sample.notebooks / "sweeps.yml").write_text(FIELDS, encoding="utf-8")
    runs = "- {page: 'harvest-{field}-{share}', sweep: fields}\n"
    (sample.notebooks / "runs.yml").write_text(runs, encoding="utf-8")
    pages = read_pages(sample)
    # in the order of the grid; as the value is called in English, by its letters and digits
    assert [page.name for page in pages] == [
        "harvest-southfield-05", "harvest-southfield-025", "harvest-westfield-05",
        "harvest-westfield-025",
    ]  # fmt: skip
    assert pages[0].parameters.given == {"field": "south"}
    assert pages[3].parameters.given == {"field": "west", "share": 0.25}


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("{page: 'harvest-{field}', sweep: field}", "no sweep 'field'; did you mean 'fields'?"),
        ("{page: 'harvest-{plot}', sweep: fields}", "no parameter 'plot'; known: field, share"),
        ("{page: 'harvest-{field}', sweep: fields}", "harvest-southfield is listed twice"),
        ("{page: '{field}', sweep: fields}", "found the page id 'southfield'; allowed: lower-case"),
        ("{page: harvest, sweep: fields, notebook: harvest}", "has too many properties"),
    ],
)
def test_family_without_its_sweep_or_its_ids_is_refused(sample, refused, entry, found):
    (sample.notebooks / "sweeps.yml").write_text(FIELDS, encoding="utf-8")
    assert found in refused(f"- {entry}\n")


def test_page_of_a_notebook_that_reads_an_unknown_sweep_is_refused(refused, sample, edit):
    edit(sample.notebooks / "harvest.schema.json", '"x-data"', '"x-sweeps": ["fields"], "x-data"')
    message = refused("- {page: harvest, notebook: harvest}")
    assert "harvest: found harvest reads the sweep 'fields'; known: nothing" in message
