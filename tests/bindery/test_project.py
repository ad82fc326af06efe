"""Where a project lies, and what its settings say."""

from __future__ import annotations

import os
import py_compile

import pytest

from bindery.faults import BinderyError
from bindery.project import find_project

SETTINGS = '[tool.bindery]\ndata = "d"\nnotebooks = "n"\nprose = "p"\n'


@pytest.fixture
def refused(tmp_path):
    """The message with which a pyproject.toml is refused."""

    def read(content: str) -> str:
        (tmp_path / "pyproject.toml").write_text(content, encoding="utf-8")
        with pytest.raises(BinderyError) as caught:
            find_project(tmp_path)
        return str(caught.value)

    return read


def test_folders_are_relative_to_the_root(tmp_path):
    (tmp_path / "pyproject.toml").write_text(SETTINGS + 'style = "s.mplstyle"\n', encoding="utf-8")
    project = find_project(tmp_path)
    assert (project.root, project.data, project.style) == (
        tmp_path,
        tmp_path / "d",
        tmp_path / "s.mplstyle",
    )
    assert project.build == tmp_path / "_build"
    assert project.registry == tmp_path / "p" / "figures.yml"
    assert (project.fonts, project.checks, project.sources) == (None, "", "sources")


def test_project_is_found_from_a_folder_inside(pristine):
    assert find_project(pristine.notebooks) == pristine


def test_settings_of_another_tool_are_no_project(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (inner / "pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
    assert find_project(inner).root == tmp_path


def test_environment_names_the_project_of_a_notebook(pristine, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BINDERY_PROJECT", str(pristine.root))
    assert find_project() == pristine


def test_outside_every_project_is_told(tmp_path):
    with pytest.raises(BinderyError) as caught:
        find_project(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: no pyproject.toml with a [tool.bindery] table here or in a folder above. "
        "Call bindery from inside a project."
    )


def test_unknown_and_missing_settings_are_told_together(refused):
    assert refused('[tool.bindery]\ndata = "d"\nnotebook = "n"\nprose = "p"\n') == (
        "[tool.bindery] cannot be read\n"
        "  pyproject.toml: found 'notebook'; allowed: a setting of [tool.bindery]\n"
        "    remedy: did you mean 'notebooks'? known: data, notebooks, prose, checks, labels, "
        "style, fonts, sources, cell_timeout, memory_limit, lock, cache_limit, preload\n"
        "  pyproject.toml: found no notebooks; allowed: a folder\n"
        '    remedy: notebooks = "notebooks"'
    )


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("fonts = 5", "found fonts = 5; allowed: a text"),
        ('cell_timeout = "long"', "found cell_timeout = 'long'; allowed: a whole number"),
        ("cell_timeout = true", "found cell_timeout = True; allowed: a whole number of seconds"),
        ("memory_limit = 1.5", "found memory_limit = 1.5; allowed: a whole number of megabytes"),
        ('preload = "pandas"', "found preload = 'pandas'; allowed: a list of names of modules"),
    ],
)
def test_setting_of_a_wrong_type_is_told(refused, setting, told):
    assert told in refused(SETTINGS + setting + "\n")


def test_file_that_is_no_toml_is_named_with_its_line(refused, tmp_path):
    message = refused("[tool.bindery\n")
    assert message.startswith(f"{tmp_path / 'pyproject.toml'}: not readable as TOML: ")
    assert "line 1" in message


def test_paths_are_named_from_the_root(pristine):
    assert pristine.relative(pristine.data / "fields.csv") == "data/fields.csv"


class TestReferences:
    def test_object_is_imported_from_the_project(self, sample):
        assert sample.attribute("fields.labels:LABELS")["units"]["sheaves"]["zh"] == "捆"

    def test_old_bytecode_is_not_taken_for_the_module(self, sample):
        path = sample.root / "fields" / "weather.py"
        path.write_text('RAIN = "little"\n', encoding="utf-8")
        py_compile.compile(str(path), doraise=True)
        times = path.stat()
        # as long, and in the same moment
        path.write_text('RAIN = "plenty"\n', encoding="utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert sample.attribute("fields.weather:RAIN") == "plenty"

    @pytest.mark.parametrize(
        "reference",
        [
            "fields.nothing:LABELS",
            "fields.labels:NOTHING",
            "fields.labels",
            "",
            ":x",
        ],
    )
    def test_reference_to_nothing_is_a_readable_error(self, sample, reference):
        with pytest.raises(BinderyError) as caught:
            sample.attribute(reference)
        assert str(caught.value).startswith(
            f"pyproject.toml, [tool.bindery]: cannot find {reference!r} ("
        )
        assert str(caught.value).endswith("allowed: module:name")
