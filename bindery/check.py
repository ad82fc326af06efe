"""Everything that can be checked without running a notebook, reported together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindery.datacheck import check_data
from bindery.faults import BinderyError
from bindery.pages import read_pages
from bindery.parameters import notebook_names, read_parameters
from bindery.project import Project
from bindery.publication import read_publication
from bindery.registry import read_registry
from bindery.sweep.declaration import read_sweeps
from bindery.versions.shelf import read_versions
from bindery.words import read_labels


def plain_check(project: Project) -> list[Any]:
    """What `check_project` says, and how many faults it found."""
    said: list[str] = []
    return [check_project(project, said.append), said]


def check_project(project: Project, say: Callable[[str], None]) -> int:
    """Say every fault; give back their number. Rows that a rule leaves out are listed too."""
    report = check_data(project)
    for fault in (*report.schema, *report.rules):
        say(str(fault))
    if report.exempt:
        say(f"{len(report.exempt)} rows are exempt from a rule because their status is not normal:")
        for fault in report.exempt:
            say(f"  {fault}")
    faults = len(report.schema) + len(report.rules)
    return faults + _configuration_faults(project, say, readable=not report.schema)


def _configuration_faults(project: Project, say: Callable[[str], None], readable: bool) -> int:
    """Faults of settings, versions, labels and, where the data is readable, of parameters."""
    checks: list[Callable] = [
        lambda: read_registry(project),
        lambda: read_publication(project),
        lambda: read_versions(project),
        lambda: read_labels(project),
    ]
    if readable:
        checks.append(lambda: read_sweeps(project))
        checks.append(lambda: read_pages(project))
        checks += [
            lambda name=name: read_parameters(project, name) for name in notebook_names(project)
        ]
    faults = 0
    for part in checks:
        try:
            part()
        except BinderyError as error:
            say(str(error))
            faults += max(1, len(error.faults))
    return faults
