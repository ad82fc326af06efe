"""Published ids: stable, ASCII, `<page>-<local id>`, the same in both editions."""

from __future__ import annotations

import re

from bindery.faults import BinderyError

PAGE = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9]+)*")
# the page that holds the register of results
REGISTER = "results"


def published_id(page: str, local: str) -> str:
    """The id under which a page publishes what the notebook calls `local`.

    >>> published_id("harvest", "yield_per_field")
    'harvest-yield-per-field'
    """
    return f"{page}-{local.replace('_', '-')}"


def version_page(version: str) -> str:
    """The page of a published version, as its edition names it.

    >>> version_page("1.2.0")
    'versions/1.2.0'
    """
    return f"versions/{version}"


def row_anchor(table: str, row: str) -> str:
    """The anchor of a row of a published table.

    >>> row_anchor("harvest-all-years", "north field")
    'harvest-all-years-north-field'
    """
    return f"{table}-{re.sub(r'[^A-Za-z0-9.]+', '-', row)}"


def check_page_id(page: str, notebook: str) -> str:
    if not PAGE.fullmatch(page) or notebook not in page:
        raise BinderyError(
            f"notebooks/runs.yml: found the page id {page!r}; allowed: lower-case ASCII words that "
            f"contain the notebook's stem {notebook!r}, such as {notebook!r} or '{notebook}-north'"
        )
    return page
