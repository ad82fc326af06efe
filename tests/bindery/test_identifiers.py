"""Published ids are ASCII, stable, and name their page."""

import pytest

from bindery.faults import BinderyError
from bindery.identifiers import check_page_id, published_id


def test_published_id_joins_page_and_local_id():
    assert published_id("harvest-south", "sheaves_by_year") == "harvest-south-sheaves-by-year"


@pytest.mark.parametrize(
    "page", ["harvest", "harvest-south", "harvest-south-1901", "early_harvest"]
)
def test_page_id_with_the_stem_is_allowed(page):
    assert check_page_id(page, "harvest") == page


@pytest.mark.parametrize(
    "page",
    [
        "",
        "south",
        "Harvest",
        "harvest south",
        "harvest/south",
        "../harvest",
        "harvest-",
        "harvest--a",
        "harvest.html",
        "harvest-田",
        "1harvest",
        "harvest\n",
        "_harvest",
    ],
)
def test_page_id_of_another_form_is_refused_and_the_form_shown(page):
    with pytest.raises(BinderyError) as caught:
        check_page_id(page, "harvest")
    message = str(caught.value)
    assert message.startswith(f"notebooks/runs.yml: found the page id {page!r}; allowed: ")
    assert "'harvest' or 'harvest-north'" in message
