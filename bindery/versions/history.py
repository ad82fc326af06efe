"""The versions of a book in their order, with what moved from each to the next."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from bindery.faults import BinderyError, Fault, nearest
from bindery.project import Project
from bindery.registry import fill_slots
from bindery.versions.compare import Differences, compare
from bindery.versions.shelf import read_versions, shelf
from bindery.versions.snapshot import Snapshot
from bindery.yamlfile import BILINGUAL, read_yaml, shape_faults

ERRATA = "errata.yml"
_BEFORE = "before"
_SHAPE = {"type": "object", "additionalProperties": BILINGUAL}


@dataclass(frozen=True)
class History:
    """The published versions, the oldest first, and the book as it is built now."""

    kept: Sequence[Snapshot]
    built: Snapshot
    errata: Mapping[str, Mapping[str, str]]

    @cached_property
    def steps(self) -> list[Differences]:
        """What moved from each version to the next, the newest step first.

        The last step leads to the built book, unless this is the last version as it was published.
        """
        states = [*self.kept, self.built]
        steps = [compare(*pair) for pair in pairwise(states)]
        if steps and self._is_current(self.kept[-1]) and not steps[-1]:
            steps.pop()
        return steps[::-1]

    @cached_property
    def since(self) -> dict[str, Differences]:
        """What moved from each published version to the built book."""
        return {one["version"]: compare(one, self.built) for one in self.kept}

    @property
    def current(self) -> Snapshot | None:
        """The version that is built, as it was published; None where it is not."""
        return next(filter(self._is_current, self.kept), None)

    def _is_current(self, snapshot: Snapshot) -> bool:
        return snapshot["version"] == self.built["version"]

    @property
    def published(self) -> bool:
        """Whether the version that is built has been published, as it is or otherwise."""
        return self.current is not None

    @property
    def edited(self) -> bool:
        """Whether the version that is built was published otherwise."""
        return bool(self.published and self.steps and self._is_current(self.steps[0].old))

    @property
    def superseded(self) -> list[Snapshot]:
        """The published versions before the one that is built."""
        return [snapshot for snapshot in self.kept if not self._is_current(snapshot)]

    def erratum(self, step: Differences, lang: str) -> str:
        """The hand-written words on a step; empty where there are none.

        `{id}` is a result as the newer version has it, `{id.before}` as the older one had it.
        """
        version = step.new["version"]
        if version not in self.errata or step.old["version"] == version:
            return ""
        states = {part["version"]: part for part in [*self.kept, self.built][::-1]}
        old, new = (states[one["version"]]["results"] for one in (step.old, step.new))

        def value(name: str, part: str) -> str | None:
            found = {"": new, _BEFORE: old}.get(part, {}).get(name)
            return found and found["words"][lang]["text"]

        filled, unfilled = fill_slots(self.errata[version][lang], value, "")
        if unfilled:
            name = unfilled[0].partition(".")[0]
            raise BinderyError(
                f"{ERRATA}, {version} > {lang}: found the slots {', '.join(unfilled)}; allowed: "
                f"the id of a result, alone or with .{_BEFORE}; {nearest(name, sorted(new))}"
            )
        return filled


def read_history(project: Project, built: Snapshot) -> History:
    """All versions of a book that has just been run."""
    kept = read_versions(project)
    known = [snapshot["version"] for snapshot in kept]
    # nothing precedes the first
    later = list(dict.fromkeys([*known, built["version"]]))[1:]
    file = shelf(project) / ERRATA
    if not file.is_file():
        return History(kept, built, {})
    name = project.relative(file)
    errata = read_yaml(file, name) or {}
    faults = shape_faults(name, errata, _SHAPE, "texts in both languages by version")
    if not faults:
        faults = [
            Fault(name, version, "a version that follows a published one", nearest(version, later))
            for version in errata
            if version not in later
        ]
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return History(kept, built, errata)


def copy_versions(project: Project, folder: Path) -> None:
    """The published snapshots, to be downloaded; no folder where there is none."""
    for file in sorted(shelf(project).glob("*.json")):
        folder.mkdir(exist_ok=True)
        shutil.copy2(file, folder)
