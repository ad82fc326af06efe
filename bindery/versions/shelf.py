"""The published versions of a book: `book/versions/<version>.json`, each written once."""

from __future__ import annotations

from pathlib import Path

from packaging.version import InvalidVersion, Version

from bindery.cache.files import write_whole
from bindery.citation.facts import Cited, result_content
from bindery.faults import BinderyError, nearest
from bindery.project import Project
from bindery.publication import read_publication
from bindery.versions.compare import Differences, compare
from bindery.versions.snapshot import Snapshot, read_snapshot, snapshot_text
from bindery.versions.told import told_lines

BUILT = "built"
SNAPSHOT = "snapshot.json"
_RESTORE = "restore the file, for instance from version control"
_BUILD = "run: bindery build"


def shelf(project: Project) -> Path:
    return project.prose / "versions"


def read_versions(project: Project) -> list[Snapshot]:
    """All published versions, the oldest first."""
    found = []
    for file in shelf(project).glob("*.json"):
        name = project.relative(file)
        snapshot = read_snapshot(file, name, _RESTORE)
        if snapshot["version"] != file.stem:
            raise BinderyError(
                f"{name}: found version {snapshot['version']}; allowed: version {file.stem}, "
                f"as the file is called; {_RESTORE}"
            )
        found.append((_order(file.stem, name), snapshot))
    return [snapshot for _, snapshot in sorted(found, key=lambda pair: pair[0])]


def _order(version: str, where: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion:
        raise BinderyError(
            f"{where}: found the version {version!r}; allowed: numbers with points between them, "
            "such as 1.2.0, so that versions have an order"
        ) from None


def read_built(project: Project) -> Snapshot:
    """The snapshot of the book as it is built."""
    return _read_in(project.build, project.relative(project.build))


def _read_in(folder: Path, name: str) -> Snapshot:
    file = folder / SNAPSHOT
    if not file.is_file():
        raise BinderyError(f"{name}/{SNAPSHOT}: there is no such file: no book is built; {_BUILD}")
    return read_snapshot(file, f"{name}/{SNAPSHOT}", _BUILD)


def find_version(project: Project, name: str) -> Snapshot:
    """A published version, `built` for the built book, or the path of a snapshot or of a `_build`.

    Raises BinderyError where there is none of this name.
    """
    if name == BUILT:
        return read_built(project)
    known = {snapshot["version"]: snapshot for snapshot in read_versions(project)}
    if name in known:
        return known[name]
    path = Path(name)
    if path.is_dir():
        return _read_in(path, name.rstrip("/"))
    if path.is_file():
        return read_snapshot(path, name, _RESTORE)
    raise BinderyError(
        f"{name}: no version of this name; allowed: a version in {project.relative(shelf(project))}"
        f", {BUILT!r}, or the path of a snapshot or of a _build folder; "
        f"{nearest(name, [*known, BUILT])}"
    )


def published_version(project: Project, version: str) -> Snapshot | None:
    """A version as it was published; None where it is not."""
    file = shelf(project) / f"{version}.json"
    return read_snapshot(file, project.relative(file), _RESTORE) if file.is_file() else None


def holds(snapshot: Snapshot | None, cited: Cited) -> bool:
    """Whether a version published a figure, a table or a result as it is cited."""
    part = (snapshot or {}).get(f"{cited.kind}s", {}).get(cited.identifier)
    if part is None:
        return False
    if "sha256" in part:
        return part["sha256"] == cited.content
    named = {key: cited.published[key] for key in ("id", "local")}
    return result_content({**part, **named}) == cited.content


def keep_version(project: Project) -> tuple[Path, bool]:
    """Keep the built book as the version that it says it is; whether it was not kept before.

    Raises BinderyError where this version is kept with other content: what is published never
    changes.
    """
    built = read_built(project)
    version, facts = built["version"], project.relative(project.prose / "publication.yml")
    stated = read_publication(project)["version"]
    if version != stated:
        raise BinderyError(
            f"{facts}: found version {stated}; the book is built as version {version}; {_BUILD}"
        )
    order = _order(version, facts)
    file = shelf(project) / f"{version}.json"
    kept = read_versions(project)
    for snapshot in kept:
        if snapshot["version"] == version:
            if found := compare(snapshot, built):
                raise _changed(project, file, found)
            return file, False
    if kept and (last := kept[-1]["version"]) and order < Version(last):
        raise BinderyError(f"{facts}: found version {version}; allowed: one after {last}")
    write_whole(file, snapshot_text(built))
    return file, True


def _changed(project: Project, file: Path, found: Differences) -> BinderyError:
    lines = "\n".join(f"  {line}" for line in told_lines(found) if line)
    return BinderyError(
        f"{project.relative(file)}: this version is published already, and what is built differs; "
        f"raise the version in {project.relative(project.prose / 'publication.yml')} and build "
        f"again\n{lines}"
    )
