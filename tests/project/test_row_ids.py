"""Pages and versions name a row of the data as the statistics do."""

from __future__ import annotations

import pytest

from bindery.datarows import read_tables
from bindery.project import find_project
from indicators import tables


@pytest.fixture(scope="module")
def named(root):
    return read_tables(find_project(root))


def test_every_row_has_one_name_and_both_packages_say_it(named):
    assert {name: list(table.rows) for name, table in named.items()} == {
        name: tables.load(name)["row_id"].tolist() for name in named
    }


def test_names_of_rows_can_stand_in_a_paper(named):
    odd = [row for table in named.values() for row in table.rows if not row.isascii() or " " in row]
    assert odd == []
