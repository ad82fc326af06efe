"""Translation of hand-written prose: one gettext catalogue, and the gate against drift.

Messages come from the pages of `book/`, the markdown of the notebooks and the captions of
`_toc.yml`. Everything generated is bilingual by construction and never enters the catalogue.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path, PurePath

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bindery.cache.files import write_whole
from bindery.faults import BinderyError, Fault
from bindery.project import Project
from bindery.yamlfile import read_yaml

SPHINX_LANGUAGES = {"en": "en", "zh": "zh_CN"}
SOURCE_LANGUAGE = "en"
_UNWANTED_HEADERS = tuple(
    f'"{name}: '
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


def catalogue_path(project: Project, lang: str) -> Path:
    folder = project.prose / "translations" / SPHINX_LANGUAGES[lang] / "LC_MESSAGES"
    return folder / "book.po"


def read_catalogue(project: Project, lang: str) -> Catalog:
    """The translations into a language; an empty catalogue where there is no file yet."""
    path = catalogue_path(project, lang)
    if not path.is_file():
        return Catalog(locale=SPHINX_LANGUAGES[lang])
    try:
        return read_po(BytesIO(path.read_bytes()), locale=SPHINX_LANGUAGES[lang])
    except ValueError as error:
        raise BinderyError(
            f"{project.relative(path)}: not readable as a gettext catalogue in UTF-8: {error}"
        ) from None


def caption_translation(project: Project, caption: str, lang: str) -> str:
    """A caption of the table of contents in a language; the caption itself where none exists."""
    if lang == SOURCE_LANGUAGE:
        return caption
    message = read_catalogue(project, lang).get(caption)
    return str(message.string) if message and message.string else caption


def message_template(project: Project, extracted: Catalog) -> Catalog:
    """The messages of the prose and of the table of contents, each with the files that say it."""
    template = Catalog()
    for message in extracted:
        if message.id:
            files = sorted({PurePath(location[0]).name for location in message.locations})
            template.add(message.id, locations=[(file, 0) for file in files])
    for part in read_yaml(project.root / "_toc.yml", "_toc.yml").get("parts", []):
        if "caption" in part:
            template.add(part["caption"], locations=[("_toc.yml", 0)])
    return template


def drift(template: Catalog, catalogue: Catalog, file: str) -> list[Fault]:
    """Messages of the prose that a catalogue lacks, leaves empty or marks as fuzzy."""
    faults = []
    for message in template:
        if not message.id:
            continue
        known = catalogue.get(message.id)
        state = (
            "no translation"
            if known is None or not known.string
            else "a translation marked fuzzy"
            if known.fuzzy
            else ""
        )
        if state:
            origin = ", ".join(sorted({str(location[0]) for location in message.locations}))
            faults.append(
                Fault(
                    file,
                    f"{state} of {str(message.id)[:80]!r}",
                    "a translation",
                    f"run `bindery catalogue`, then translate the block of {origin}",
                )
            )
    return faults


def require_complete(project: Project, template: Catalog, lang: str) -> None:
    """Stop where the prose has moved on and its translation has not."""
    file = project.relative(catalogue_path(project, lang))
    faults = drift(template, read_catalogue(project, lang), file)
    if faults:
        raise BinderyError(f"the {lang} edition lacks {len(faults)} translations", faults)


def update(project: Project, template: Catalog, lang: str) -> int:
    """Bring a catalogue up to date with the prose; new messages are empty. Counts what to do."""
    path = catalogue_path(project, lang)
    catalogue = read_catalogue(project, lang)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = (
        "# Translation of the hand-written prose; kept up by `bindery catalogue`."
    )
    catalogue.fuzzy = False
    stream = BytesIO()
    write_po(stream, catalogue, width=0, sort_by_file=True, include_lineno=False)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    # dates and names of a template would make every update a change
    kept = [line for line in lines if not line.startswith(_UNWANTED_HEADERS)]
    write_whole(path, "".join(kept))
    return len(drift(template, catalogue, project.relative(path)))
