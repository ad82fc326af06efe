"""Jupyter Book is called in a process of its own; its warnings are tested on a whole build."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.render import render


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
        render(sample, stage, sample.build / "made")
    lines = str(caught.value).splitlines()
    assert lines[0] == "Jupyter Book could not make the en pages without a warning"
    assert "barn" in lines[1]
    assert not (sample.build / "made").exists()
