"""Call Jupyter Book: a stage becomes HTML, a folder of sources becomes a message template."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Lock

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bindery.catalogue import SOURCE_LANGUAGE, message_template
from bindery.execute import import_path
from bindery.faults import BinderyError, without_colours
from bindery.parameters import notebook_names
from bindery.project import Project
from bindery.publish import remove, require_room
from bindery.stage import copy_prose, write_flat_contents, write_settings

# what is imported does not depend on the book; it waits for the words of a command, or for none
_PROGRAM = """
import json, sys
from bindery.lifetime import end_with_parent
end_with_parent(int(sys.argv[1]))
from bindery.sphinx.speed import compute_once
compute_once()
from jupyter_book.cli.main import main
import bindery.sphinx, jupyter_book.sphinx, myst_nb.sphinx_ext, sphinx_book_theme
import sphinx.builders.html, sphinxcontrib.bibtex
if words := sys.stdin.readline():
    main(json.loads(words))
"""


def render(press: Press, stage: Path, target: Path) -> None:
    """Render a stage into `target`; any warning is an error and nothing is left behind."""
    work = press.project.build / "render" / stage.name
    remove(work)
    press.run(stage, work, "-W", "-n", "--keep-going")
    html = work / "_build" / "html"
    if not (html / "index.html").is_file() or not (html / "index.html").stat().st_size:
        raise BinderyError(f"the {stage.name} edition came out empty: no index.html was made")
    shutil.rmtree(html / ".doctrees", ignore_errors=True)
    (html / ".buildinfo").unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    html.rename(target)
    remove(work)


def extract_messages(project: Project) -> Catalog:
    """Every message of the hand-written prose, as a catalogue without translations."""
    stage = project.build / "stage" / "messages"
    remove(stage)
    copy_prose(project, stage)
    for notebook in notebook_names(project):
        shutil.copy2(project.notebooks / f"{notebook}.ipynb", stage)
    write_settings(project, stage, SOURCE_LANGUAGE)
    write_flat_contents(project, stage)
    work = project.build / "render" / "messages"
    remove(work)
    # references to what only a run publishes cannot resolve here: no -n, no -W
    with Press(project) as press:
        press.run(stage, work, "--builder", "custom", "--custom-builder", "gettext")
    with (work / "_build" / "gettext" / "book.pot").open("rb") as stream:
        template = message_template(project, read_po(stream))
    remove(work)
    remove(stage)
    return template


class Press:
    """Jupyter Book in a process of its own, on the environment of this one; for one rendering.

    It imports what it needs while there is no stage yet.
    """

    def __init__(self, project: Project):
        self.project = project
        self._listening = Lock()
        environment = os.environ | {"PYTHONPATH": import_path(project), "NO_COLOR": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, stage: Path, work: Path, *options: str) -> None:
        """Build a stage; raises BinderyError with what Jupyter Book said where it fails."""
        words = ["build", str(stage), "--path-output", str(work), "-q", *options]
        with self._listening:
            said, _ = self._process.communicate(json.dumps(words) + "\n")
        if self._process.returncode:
            # of a full disk Jupyter Book tells only what came of it
            require_room(self.project)
            report = without_colours(said).replace(f"{stage}{os.sep}", "")
            told = [line for line in report.splitlines() if "WARNING" in line or "ERROR" in line]
            shown = "\n".join(f"  {line}" for line in (told or report.splitlines()[-25:]))
            raise BinderyError(
                f"Jupyter Book could not make the {stage.name} pages without a warning\n{shown}"
            )

    def close(self) -> None:
        """End it, whatever it does, be it for another thread."""
        self._process.kill()
        with self._listening:
            self._process.communicate()

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
