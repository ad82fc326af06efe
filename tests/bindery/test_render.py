"""Jupyter Book is called in a process of its own; its warnings are tested on a whole build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from bindery.execute import import_path
from bindery.faults import BinderyError
from bindery.render import Press, render


@pytest.fixture
def stage(sample):
    """A stage of one page."""
    folder = sample.build / "stage" / "en"
    folder.mkdir(parents=True)
    (folder / "_config.yml").write_text(
        "title: x\nonly_build_toc_files: true\nexecute: {execute_notebooks: 'off'}\n",
        encoding="utf-8",
    )
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (folder / "index.md").write_text("# Title\n", encoding="utf-8")
    return folder


def test_contents_that_name_a_missing_page_are_an_error(sample, stage):
    (stage / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters: [{file: barn}]\n", encoding="utf-8"
    )
    with pytest.raises(BinderyError) as caught:
        render(Press(sample), stage, sample.build / "made")
    lines = str(caught.value).splitlines()
    assert lines[0] == "Jupyter Book could not make the en pages without a warning"
    assert "barn" in lines[1]
    assert not (sample.build / "made").exists()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_are_those_that_jupyter_book_makes_by_itself(built, contents, tmp_path, lang):
    project, _ = built
    program = "from jupyter_book.cli.main import main; main()"
    stage = project.build / "stage" / lang
    words = ("build", str(stage), "--path-output", str(tmp_path), "-q", "-W", "-n")
    environment = os.environ | {"PYTHONPATH": import_path(project)}
    subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, check=True, capture_output=True
    )
    html = tmp_path / "_build" / "html"
    shutil.rmtree(html / ".doctrees", ignore_errors=True)
    (html / ".buildinfo").unlink()
    assert contents(html) == contents(project.build / "html" / lang)
