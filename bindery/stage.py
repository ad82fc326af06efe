"""Lay out one edition for Jupyter Book: prose, executed notebooks, facts, settings.

Jupyter Book only renders what lies here. The stage holds everything, in one language, but the
figures: these lie beside the editions.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import nbformat
import yaml

from bindery.cache.files import canonical
from bindery.catalogue import SPHINX_LANGUAGES, caption_translation
from bindery.collect import Book
from bindery.execute import INJECTED
from bindery.facts import edition_facts
from bindery.project import Project
from bindery.publication import authors_text, read_publication
from bindery.publish import remove
from bindery.words import word
from bindery.yamlfile import read_yaml

FACTS = "bindery.json"
# what a page with formulas loads first
_FORMULAS = "mathjax-later.js"
_DIRECTIVES = {
    "figure": "published-figure",
    "table": "published-table",
    "note": "published-note",
    "refusal": "published-refusal",
}
_THEME_OPTIONS: dict[str, Any] = {
    "article_header_end": ["family.html", "edition-switch.html", "article-header-buttons.html"],
    # the sidebar has a search field; a second one in a bar of its own would only take room
    "navbar_persistent": [],
    # a place for advertisements otherwise
    "primary_sidebar_end": [],
    # the theme would offer the staged source; each page links its executed notebook instead
    "use_download_button": False,
}


def stage_edition(book: Book, lang: str, executed: Mapping[str, nbformat.NotebookNode]) -> Path:
    """Write the stage of one edition from the executed notebooks; give back its folder."""
    project = book.project
    folder = project.build / "stage" / lang
    remove(folder)
    copy_prose(project, folder)
    _copy_translations(project, folder)
    for page in book.pages:
        nbformat.write(staged_notebook(executed[page.name]), folder / f"{page.name}.ipynb")
    (folder / FACTS).write_text(canonical(edition_facts(book, lang)), encoding="utf-8")
    _copy_assets(project, folder)
    write_settings(project, folder, lang)
    return folder


def copy_prose(project: Project, folder: Path) -> None:
    """The hand-written pages and what they cite."""
    folder.mkdir(parents=True)
    for path in sorted([*project.prose.glob("*.md"), *project.prose.glob("*.bib")]):
        shutil.copy2(path, folder / path.name)
    pictures = project.prose / "images"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "images")


def _copy_translations(project: Project, folder: Path) -> None:
    translations = project.prose / "translations"
    if translations.is_dir():
        shutil.copytree(translations, folder / "translations")


def _copy_assets(project: Project, folder: Path) -> None:
    assets = resources.files("bindery") / "assets"
    with resources.as_file(assets) as path:
        shutil.copytree(path / "static", folder / "_static")
        shutil.copytree(path / "templates", folder / "_templates")
    # Jupyter Book puts every script in _static on every page; these belong to formulas only
    scripts = folder / "_extra" / "_static"
    scripts.mkdir(parents=True)
    mathjax = resources.files("sphinx-mathjax-offline") / "static" / "mathjax" / "tex-svg.js"
    (scripts / "mathjax.js").write_bytes(mathjax.read_bytes())
    (scripts / _FORMULAS).write_bytes((assets / _FORMULAS).read_bytes())


def staged_notebook(executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An executed notebook as a page: code folded, what it published set by directives.

    Published things follow their code in a cell of their own; other outputs stay. Code that shows
    nothing but results to be folded is joined with the code that follows: what a reader wants to
    see comes soon, and one fold holds what led to it.
    """
    staged = copy.deepcopy(executed)
    staged.cells = []
    tags = {tag for cell in executed.cells for tag in cell.metadata.get("tags", [])}
    last_of_parameters = INJECTED if INJECTED in tags else "parameters"
    waiting: list[nbformat.NotebookNode] = []
    for cell in [*copy.deepcopy(executed.cells), None]:
        if waiting and (cell is None or cell.cell_type != "code" or _shows(waiting[-1])):
            staged.cells += _code_and_shown(waiting, last_of_parameters, len(staged.cells))
            waiting = []
        if cell is not None and cell.cell_type == "code":
            waiting.append(cell)
        elif cell is not None:
            staged.cells.append(cell)
    return staged


def _marks(cell: nbformat.NotebookNode) -> list[Mapping[str, str]]:
    """What a cell published."""
    published = [output.get("metadata", {}).get("bindery") for output in cell.outputs]
    return [mark for mark in published if mark]


def _shows(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell has something to see that is not folded."""
    return len(cell.outputs) > sum(mark["kind"] == "result" for mark in _marks(cell))


def _code_and_shown(
    cells: list[nbformat.NotebookNode], last_of_parameters: str, number: int
) -> list[nbformat.NotebookNode]:
    """One cell with the code of several, and one with what they published."""
    marks = [mark for cell in cells for mark in _marks(cell)]
    tags = [tag for cell in cells for tag in cell.metadata.get("tags", [])]
    code = cells[-1]
    code.source = "\n\n".join(cell.source for cell in cells)
    code.metadata["tags"] = [*tags, "hide-input"]
    code.outputs = [
        output for output in code.outputs if "bindery" not in output.get("metadata", {})
    ]
    lines = ["```{parameter-table}\n```"] if last_of_parameters in tags else []
    lines += _directive_lines(marks)
    if not lines:
        return [code]
    return [code, nbformat.v4.new_markdown_cell("\n\n".join(lines), id=f"shown-{number + 1}")]


def _directive_lines(marks: list[Mapping[str, str]]) -> list[str]:
    """The directives for what a cell published; neighbouring results share one table."""
    lines: list[str] = []
    results: list[str] = []
    for mark in [*marks, {"kind": "end", "id": ""}]:
        if mark["kind"] == "result":
            results.append(mark["id"])
            continue
        if results:
            lines.append("```{published-results}\n" + "\n".join(results) + "\n```")
            results = []
        if mark["kind"] in _DIRECTIVES:
            lines.append(f"```{{{_DIRECTIVES[mark['kind']]}}} {mark['id']}\n```")
    return lines


def write_settings(project: Project, folder: Path, lang: str) -> None:
    """The edition's `_config.yml` and `_toc.yml`, derived from the project's."""
    publication = read_publication(project)
    config = read_yaml(project.root / "_config.yml", "_config.yml") or {}
    config |= {
        "title": publication["title"][lang],
        "author": authors_text(publication, lang),
        "copyright": str(publication["year"]),
        "only_build_toc_files": True,
        # papermill has executed everything; Jupyter Book must never do it again
        "execute": {"execute_notebooks": "off"},
    }
    # without one a browser asks for a file that is not there
    config["html"] = {"favicon": "_static/favicon.svg"} | (config.get("html") or {})
    sphinx = config.setdefault("sphinx", {})
    sphinx["extra_extensions"] = [*(sphinx.get("extra_extensions") or []), "bindery.sphinx"]
    sphinx["recursive_update"] = True
    own = sphinx.get("config") or {}
    searched = {"search_bar_text": word("search_book", lang)}
    theme = _THEME_OPTIONS | searched | own.pop("html_theme_options", {})
    sphinx["config"] = own | _sphinx_settings(lang) | {"html_theme_options": theme}
    _write_yaml(folder / "_config.yml", config)
    contents = read_yaml(project.root / "_toc.yml", "_toc.yml")
    for part in contents.get("parts", []):
        if "caption" in part:
            part["caption"] = caption_translation(project, part["caption"], lang)
    _write_yaml(folder / "_toc.yml", contents)


def write_flat_contents(project: Project, folder: Path) -> None:
    """A table of contents that names every source in the folder, each once."""
    root = read_yaml(project.root / "_toc.yml", "_toc.yml")["root"]
    others = sorted(
        {path.stem for path in [*folder.glob("*.md"), *folder.glob("*.ipynb")]} - {root}
    )
    contents = {"format": "jb-book", "root": root, "chapters": [{"file": name} for name in others]}
    _write_yaml(folder / "_toc.yml", contents)


def _sphinx_settings(lang: str) -> dict[str, Any]:
    return {
        "language": SPHINX_LANGUAGES[lang],
        "locale_dirs": ["translations"],
        "gettext_compact": "book",
        "bindery_facts": FACTS,
        "templates_path": ["_templates"],
        "mathjax_path": _FORMULAS,
        "html_extra_path": ["_extra"],
        # nothing is entered in it: the page would be a heading alone
        "html_use_index": False,
        "numfig": True,
        # otherwise the theme complains in the console of a mode that nobody set
        "html_context": {"default_mode": "auto"},
        "numfig_format": {
            # Chinese sets no space between the word and the number
            kind: f"{word(kind, lang)} %s" if lang == "en" else f"{word(kind, lang)}%s"
            for kind in ("figure", "table")
        },
        "nb_code_prompt_show": word("code_show", lang),
        "nb_code_prompt_hide": word("code_hide", lang),
    }


def _write_yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
