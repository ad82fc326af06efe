"""The command as a person types it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bindery.cli import main
from bindery.faults import BinderyError
from bindery.parameters import read_parameters
from bindery.variant import variant_name


@pytest.fixture
def typed(sample):
    """Types a command that starts no kernel."""

    def run(*words):
        return CliRunner().invoke(main, words)

    return run


class TestHelp:
    def test_commands_are_listed_with_what_they_do(self, typed):
        done = typed("-h")
        assert done.exit_code == 0
        lines = re.sub(r" +", " ", done.output).splitlines()
        for line in (
            " build Run the notebooks of all pages where something changed, and...",
            " catalogue Bring the translation catalogue up to date with the prose.",
            " check Check data, parameters, registry and pages; list every fault.",
            " run Run one NOTEBOOK with other parameters; the book is not changed.",
            " sweep Run one NOTEBOOK with every row of a grid, into one table.",
        ):
            assert line in lines

    @pytest.mark.parametrize(
        ("command", "options"),
        [
            ("build", ["-j, --jobs", "--quiet"]),
            ("run", ["-p, --parameter NAME=VALUE", "-f, --file", "--quiet"]),
            (
                "sweep",
                ["--grid FILE", "-j, --jobs", "--scheduler ADDRESS", "--notebooks", "--fail-fast",
                 "--out FOLDER", "--quiet"],
            ),
            ("check", []),
            ("catalogue", []),
        ],
    )  # fmt: skip
    def test_options_of_each_command_are_told(self, typed, command, options):
        done = typed(command, "--help")
        assert done.exit_code == 0
        assert all(option in done.output for option in options)

    def test_unknown_command_is_told(self, typed):
        done = typed("bild")
        assert done.exit_code == 2
        assert "No such command 'bild'" in done.output


@pytest.mark.parametrize(
    "command",
    [
        *(["build"], ["check"], ["cite"], ["catalogue"], ["run", "harvest"]),
        ["sweep", "harvest", "--grid", "g"],
    ],
)
def test_outside_a_project_every_command_says_so(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "g").touch()
    monkeypatch.delenv("BINDERY_PROJECT", raising=False)
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"bindery: {tmp_path}: no pyproject.toml with a [tool.bindery] table here or in a folder "
        "above. Call bindery from inside a project.\n"
    )


class TestRunRefused:
    def test_unknown_notebook_is_told_the_nearest(self, typed):
        done = typed("run", "harvets")
        assert done.exit_code == 1
        assert done.stderr == (
            "bindery: there is no notebook 'harvets'; did you mean 'harvest'? known: harvest\n"
        )

    def test_parameter_without_a_value_is_told_its_form(self, typed):
        done = typed("run", "harvest", "-p", "share")
        assert done.exit_code == 2
        assert "-p 'share': write name=value" in done.stderr

    def test_file_of_parameters_must_be_a_mapping(self, typed, sample):
        (sample.root / "given.yml").write_text("- share\n", encoding="utf-8")
        done = typed("run", "harvest", "-f", "given.yml")
        assert (done.exit_code, done.stderr) == (
            1,
            "bindery: given.yml: found no mapping; allowed: lines `name: value`\n",
        )

    def test_file_that_does_not_exist_is_told(self, typed):
        done = typed("run", "harvest", "-f", "given.yml")
        assert done.exit_code == 2
        assert "'given.yml' does not exist" in done.stderr

    def test_jobs_must_be_at_least_one(self, typed):
        done = typed("build", "--jobs", "0")
        assert done.exit_code == 2
        assert "0 is not in the range x>=1" in done.stderr


class TestCheck:
    def test_sound_project_has_no_faults(self, typed):
        done = typed("check")
        assert (done.exit_code, done.stdout, done.stderr) == (0, "no faults\n", "")

    def test_faults_of_data_registry_pages_and_publication_come_together(self, typed, sample, edit):
        edit(sample.data / "fields.csv", "150", "1500")
        edit(sample.registry, "{last}", "{lest}")
        edit(sample.notebooks / "runs.yml", "South field", "Sauth field")
        edit(sample.prose / "publication.yml", "1902", "soon")
        done = typed("check")
        assert (done.exit_code, done.stderr) == (1, "bindery: 4 faults\n")
        for told in ("found 1500; allowed: below 1,000", "{lest}", "'Sauth field'", "'soon'"):
            assert told in done.stdout

    def test_exempt_rows_are_listed_and_are_no_faults(self, typed, sample, edit):
        edit(sample.data / "plots.csv", "west,", "glasshouse,")
        edit(sample.data / "fields.csv", "west,1900,60", "glasshouse,1900,6000")
        edit(sample.data / "fields.csv", "west,", "glasshouse,")
        done = typed("check")
        assert done.exit_code == 0
        assert done.stdout.startswith(
            "1 rows are exempt from a rule because their status is not normal:\n"
            "  data/fields.csv, row 6, sheaves: found 6000"
        )
        assert done.stdout.endswith("no faults\n")

    def test_notebook_whose_cell_and_schema_differ_is_found(self, typed, sample, edit):
        edit(sample.notebooks / "harvest.ipynb", "share = 0.5", "part = 0.5")
        done = typed("check")
        assert done.exit_code == 1
        assert "found 'part' in the cell or in the schema alone" in done.stdout


class TestName:
    def test_same_values_have_the_same_name_in_any_order_and_form(self, pristine):
        first = read_parameters(pristine, "harvest", {"field": "south", "share": "0.25"})
        second = read_parameters(pristine, "harvest", {"share": 0.25, "field": "South field"})
        assert variant_name(first) == variant_name(second)
        assert re.fullmatch(r"harvest-[0-9a-f]{10}", variant_name(first))

    def test_other_values_have_another_name(self, pristine):
        names = {variant_name(read_parameters(pristine, "harvest", {"share": share}))
                 for share in (0.25, 0.5, 1)}  # fmt: skip
        assert len(names) == 3


class TestRun:
    """Real runs: each starts a kernel."""

    @pytest.fixture
    def ran(self, once, bindery):
        """A project after a run named by its stem, with values from a file and a command line."""

        def make(project):
            (project.root / "given.yml").write_text("field: 南田\nshare: 0.1\n", encoding="utf-8")
            done = bindery(project, "run", "harvest", "-f", "given.yml", "-p", "share=0.25")
            assert (done.returncode, done.stderr) == (0, "")
            return done.stdout

        return once("variants", make)

    @pytest.fixture
    def copied(self, ran, sample):
        """A copy of that project which a test may change."""
        shutil.copytree(ran[0].build, sample.build)
        return sample

    @staticmethod
    def folder(project):
        (folder,) = (project.build / "variants").iterdir()
        return folder

    def test_results_refusals_and_the_place_of_the_notebook_are_said(self, ran):
        told = re.sub(r"[0-9a-f]{10}", "ID", re.sub(r"[\d.]+ s$", "T", ran[1], flags=re.M))
        assert told.splitlines() == [
            "harvest-ID ...",
            "  Last harvest, South field: 90 sheaves",
            "  Kept: 22.50 to 90.00 sheaves (scenario range)",
            "  forecast: Not shown, because a condition is not met: 2 years",
            "time: harvest-ID T",
            "executed notebook: _build/variants/harvest-ID/notebook.ipynb",
        ]

    def test_folder_holds_notebook_parameters_record_and_figures(self, ran):
        folder = self.folder(ran[0])
        assert {path.name for path in folder.iterdir()} == {
            "notebook.ipynb",
            "parameters.json",
            "record.jsonl",
            "figures",
        }
        assert json.loads((folder / "parameters.json").read_text(encoding="utf-8")) == {
            "field": "south",
            "share": 0.25,
            "lang": "en",
        }

    def test_executed_notebook_shows_the_values_it_was_run_with(self, ran):
        text = (self.folder(ran[0]) / "notebook.ipynb").read_text(encoding="utf-8")
        (injected,) = [
            cell for cell in json.loads(text)["cells"]
            if "injected-parameters" in cell["metadata"].get("tags", [])
        ]  # fmt: skip
        assert "".join(injected["source"]).splitlines()[1:] == ['field = "south"', "share = 0.25"]

    def test_book_is_not_changed(self, ran):
        assert {path.name for path in ran[0].build.iterdir()} <= {
            "variants", "fontcache", "cache",
        }  # fmt: skip

    def test_same_values_by_path_from_a_folder_below_make_the_same_files(
        self, copied, bindery, contents
    ):
        before = contents(copied.build / "variants")
        inside = replace(copied, root=copied.notebooks)
        words = ["run", "harvest.ipynb", "-p", "share=0.25", "-p", "field=South field", "--quiet"]
        done = bindery(inside, *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert contents(copied.build / "variants") == before

    def test_pages_are_told_of_a_variant_as_long_as_it_holds(
        self, sample, bindery, edit, environment
    ):
        # run here: a kept run holds for a project that lies so to the code of this package
        bindery(sample, "run", "harvest", "-p", "field=south", "-p", "share=0.25")
        # in a process like that of the run: which packages there are follows from its path
        program = (
            "from pathlib import Path; from bindery.kept import Kept\n"
            "from bindery.project import find_project; from bindery.variant import write_variants\n"
            "write_variants(Kept(find_project(), print), Path('_build/html').absolute())"
        )

        def told():
            (sample.build / "html" / "notebooks").mkdir(parents=True, exist_ok=True)
            words = [sys.executable, "-c", program]
            subprocess.run(words, cwd=sample.root, env=environment, check=True)
            script = (sample.build / "html" / "variants.js").read_text(encoding="utf-8")
            return json.loads(script.removeprefix("window.binderyVariants = ").rstrip(";\n"))

        (sample.build / "variants" / "gone-0123456789").mkdir()
        name = next((sample.build / "variants").glob("harvest-*")).name
        address = f"../notebooks/{name}.ipynb"
        given = {"field": "south", "share": 0.25}
        assert told() == [{"notebook": "harvest", "given": given, "address": address}]
        assert (sample.build / "html" / "en" / address).resolve().is_file()
        # of other results than the run that holds now
        record = sample.build / "variants" / name / "record.jsonl"
        content = record.read_bytes()
        record.write_bytes(content.replace(b"90", b"91"))
        assert told() == []
        record.write_bytes(content)
        edit(sample.data / "fields.csv", "south,1901,90", "south,1901,91")
        assert told() == []

    def test_failing_run_leaves_the_earlier_one_and_nothing_else(
        self, copied, bindery, contents, edit
    ):
        before = contents(copied.build / "variants")
        edit(
            copied.root / "fields" / "harvest.py",
            "return rows[",
            "raise OSError('rain')\n    rows[",
        )
        done = bindery(copied, "run", "harvest", "-p", "share=0.25", "-p", "field=south")
        assert done.returncode == 1
        assert "OSError: rain" in done.stderr
        assert contents(copied.build / "variants") == before
        assert self.folder(copied).is_dir()


@pytest.mark.parametrize(("raised", "status", "told"), [
    (BinderyError("a fault"), 1, "bindery: a fault\n"),
    (OSError(28, "No space left on device", "x"), 1,
     "bindery: x: No space left on device; nothing was published\n"),
    (OSError(28, "No space left on device"), 1,
     "bindery: No space left on device; nothing was published\n"),
])  # fmt: skip
def test_failure_is_a_message_and_a_status(sample, monkeypatch, raised, status, told):
    def fail(*_):
        raise raised

    monkeypatch.setattr("bindery.errand.kept_answer", fail)
    done = CliRunner().invoke(main, ["check"])
    assert (done.exit_code, done.stdout, done.stderr) == (status, "", told)
