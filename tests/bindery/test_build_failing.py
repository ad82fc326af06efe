"""A build that fails says why, ends with a status that is not 0, and leaves the last good book."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time

import psutil
import pytest

from bindery.build import _check, build
from bindery.execute import warm_parent
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.report import Reporter

PUBLISHED = ("figures", "tables", "runs", "tables.json", "results.json", "snapshot.json", "html")
# the end of what is said where the one page fails
ALONE = "bindery: 1 of 1 pages cannot be published, for the faults told above: harvest\n"


@pytest.fixture
def project(sample, edit):
    """The sample with one page, so that one kernel is started."""
    runs = sample.notebooks / "runs.yml"
    runs.write_text("- {page: harvest, notebook: harvest}\n", encoding="utf-8")
    return sample


@pytest.fixture
def failing(sample, old_book, contents, bindery):
    """Builds, and gives back what was said; the old book must not have changed by a byte."""

    def run():
        before = contents(old_book)
        done = bindery(sample, "build")
        after = {name: mark for name, mark in contents(old_book).items()
                 if name.split("/")[0] in PUBLISHED}  # fmt: skip
        assert after == before
        assert done.returncode == 1
        assert re.search(r"^bindery: ", done.stderr, re.M)
        assert "nbclient" not in done.stderr
        return done

    return run


def change_cell(project, edit, old, new):
    edit(project.notebooks / "harvest.ipynb", old.replace('"', '\\"'), new.replace('"', '\\"'))


class TestNotebook:
    def test_cell_that_raises_is_named_with_notebook_cell_and_line(self, sample, failing, edit):
        change_cell(
            sample, edit, 'result("last", last', 'result("last", int(last) / (field != "south")'
        )
        done = failing()
        assert done.stderr.startswith(
            "harvest-south: notebooks/harvest.ipynb failed in its code cell 5, line 2\n"
            "  ZeroDivisionError: division by zero\n"
        )
        assert done.stderr.endswith(
            "\nbindery: 1 of 2 pages cannot be published, for the faults told above: "
            "harvest-south\n"
        )
        assert 'result("last", int(last) / (field != "south"), "sheaves"' in done.stderr
        assert "\x1b[" not in done.stderr
        # the other one has finished
        assert re.search(r"^  harvest: [\d.]+ s, 2 drawings [\d.]+ s$", done.stdout, re.M)
        assert "  harvest-south: failed\n" in done.stdout

    def test_kernel_that_ends_itself_is_told(self, project, failing, edit):
        change_cell(project, edit, "years = harvests(field)", "import os; os.kill(os.getpid(), 9)")
        assert failing().stderr == (
            "harvest: the run of harvest ended early: Kernel died: the notebook's process was "
            f"ended by SIGKILL; the system does so when memory runs out\n{ALONE}"
        )

    def test_cell_that_runs_too_long_is_told(self, project, failing, edit):
        edit(project.root / "pyproject.toml", "cell_timeout = 20", "cell_timeout = 2")
        change_cell(project, edit, "years = harvests(field)", "import time; time.sleep(60)")
        said = failing().stderr
        assert said.startswith("harvest: the run of harvest ended early: ")
        assert "timed out" in said
        assert "Traceback" not in said

    def test_warning_is_not_published(self, project, failing, edit):
        change_cell(
            project,
            edit,
            "years = harvests(field)",
            "import sys; sys.stderr.write('old'); years = harvests(field)",
        )
        said = failing().stderr
        assert said.startswith("harvest: notebooks/harvest.ipynb warned in its code cell ")
        assert said.endswith(f": old\n{ALONE}")

    def test_parent_that_is_killed_is_told(self, project, failing, edit):
        change_cell(project, edit, "years = harvests(field)", "import os; os.kill(os.getppid(), 9)")
        assert failing().stderr == (
            "harvest: the run of harvest ended early: the warm parent was ended, and the "
            f"notebook's process with it\n{ALONE}"
        )

    def test_module_that_cannot_be_imported_is_told(self, project, failing, edit):
        edit(project.root / "fields" / "harvest.py", "import pandas as pd", "import pandaz as pd")
        said = failing().stderr
        assert "notebooks/harvest.ipynb failed in its code cell 1" in said
        assert "ModuleNotFoundError: No module named 'pandaz'" in said


class TestPublished:
    def test_unknown_source_of_a_result_is_named(self, project, failing, edit):
        change_cell(project, edit, 'n=len(years), sources=years["source_id"]', 'sources=["gossip"]')
        assert failing().stderr == (
            "bindery: gossip: not in data/sources.csv; "
            "add the publication there before a number rests on it\n"
        )

    def test_caption_slot_without_its_result_is_named(self, project, failing, edit):
        edit(
            project.registry, "  results:\n", "  results:\n    lost: {label: {en: Lost, zh: 失}}\n"
        )
        edit(project.registry, "The last year gave {last}.", "The last year lost {lost}.")
        assert failing().stderr == (
            "bindery: harvest: the text 'The last year lost {lost}.' needs lost, which the run did "
            "not publish; publish it, or do not show this text with these parameters\n"
        )

    def test_ids_that_the_registry_lacks_are_named_together(self, project, failing, edit):
        change_cell(project, edit, 'note("answer")', 'note("anser")')
        change_cell(project, edit, 'result("last"', 'result("lust"')
        assert failing().stderr == (
            "bindery: book/figures.yml: harvest has no result 'lust'; did you mean 'last'? "
            "known: last, kept\n"
            "book/figures.yml: harvest has no note 'anser'; did you mean 'answer'? known: answer\n"
        )


class TestPages:
    def test_broken_references_and_missing_translations_are_told_together(
        self, sample, failing, edit
    ):
        index = sample.prose / "index.md"
        edit(index, "{fig}`harvest-sheaves-by-year`", "{fig}`harvest-sheaves-by-yeer`")
        edit(index, "{result}`harvest-last`", "{result}`harvest-lost`")
        lines = failing().stderr.splitlines()
        # as the first of several tasks to fail, any of them may stand first
        lines[0] = lines[0].removeprefix("bindery: ")
        for lang in ("en", "zh"):
            start = lines.index(f"Jupyter Book could not make the {lang} pages without a warning")
            told = "\n".join(lines[start + 1 : start + 3])
            assert "index.md:3: WARNING: " in told
            assert (
                "no published result 'harvest-lost'; did you mean 'harvest-last'? known: "
                "harvest-kept, harvest-last, harvest-south-kept, harvest-south-last"
            ) in told
            assert "harvest-sheaves-by-yeer" in told
        assert "the zh edition lacks 1 translations" in lines

    def test_missing_translation_alone_stops_the_build(
        self, project, old_book, contents, environment, edit
    ):
        catalogue = project.prose / "translations" / "zh_CN" / "LC_MESSAGES" / "book.po"
        edit(catalogue, 'msgstr "页面"', 'msgstr ""')
        # the editions themselves are left out
        code = (
            "import bindery.build as b\n"
            "from bindery.cli import main\n"
            "b.Editions._edition = lambda self, book, lang: lang\n"
            "main(['build'])\n"
        )
        before = contents(old_book / "html")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=project.root, env=environment, capture_output=True,
            text=True,
        )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr == (
            "bindery: the zh edition lacks 1 translations\n"
            "  book/translations/zh_CN/LC_MESSAGES/book.po: found no translation of 'Pages'; "
            "allowed: a translation\n"
            "    remedy: run `bindery catalogue`, then translate the block of _toc.yml\n"
        )
        assert contents(old_book / "html") == before


class TestBeforeAnyKernel:
    """What is wrong before a run is told without one."""

    @pytest.fixture
    def refused(self, sample, old_book, contents, monkeypatch):
        def run():
            before = contents(old_book)
            monkeypatch.setattr("bindery.build.PageRuns", lambda *_: pytest.fail("it was run"))
            with warm_parent(sample) as parent, pytest.raises(BinderyError) as caught:
                build(Kept(sample, pytest.fail), parent, Reporter(quiet=True), 1)
            assert before.items() <= contents(old_book).items()
            return str(caught.value)

        return run

    def test_page_with_parameters_that_are_refused(self, sample, refused, edit):
        edit(sample.notebooks / "runs.yml", "South field", "Fallow field")
        assert "notebooks/runs.yml, harvest-south: found the parameters of harvest" in refused()

    def test_registry_with_an_unknown_slot(self, sample, refused, edit):
        edit(sample.registry, "{last}", "{lest}")
        assert "found the slot {lest}" in refused()

    def test_labels_that_do_not_exist(self, sample, refused, edit):
        edit(sample.root / "fields" / "labels.py", "LABELS", "WORDS")
        assert "cannot find 'fields.labels:LABELS'" in refused()

    def test_publication_with_a_fault(self, sample, refused, edit):
        edit(sample.prose / "publication.yml", "year: 1902", "year: soon")
        assert "book/publication.yml has faults" in refused()

    def test_table_that_a_parameter_needs_is_checked_as_data(self, sample, refused, edit):
        (sample.data / "fields.csv").unlink()
        assert refused() == (
            "the data cannot be used\n  data/fields.csv: found no such file; "
            "allowed: the file that the descriptor names\n    remedy: restore it"
        )


class TestData:
    """The data is checked while the first notebooks run."""

    def test_faults_of_the_data_are_told_and_not_what_comes_of_them(self, sample, edit, bindery):
        edit(sample.data / "fields.csv", "150,", "many,")
        change_cell(sample, edit, "years = harvests(field)", "years = harvests(field) / 0")
        done = bindery(sample, "build")
        assert (done.returncode, done.stderr) == (
            1,
            "bindery: the data cannot be used\n"
            "  data/fields.csv, row 3, sheaves: found 'many'; allowed: type is \"number\"\n",
        )
        assert not (sample.build / "html").exists()


def test_rows_that_break_a_rule_are_warned_of_and_do_not_stop_the_build(sample, edit, capsys):
    edit(sample.data / "fields.csv", "150", "1500")
    with warm_parent(sample) as parent:
        _check(Kept(sample, pytest.fail), parent, Reporter())
    assert capsys.readouterr().err == (
        "warning: data/fields.csv, row 3, sheaves: found 1500; allowed: below 1,000\n"
        "    rule: a field yields less than 1,000 sheaves\n"
        "    remedy: count again\n"
        "warning: 1 rows break a rule of the project; the book is built from them all the same. "
        "`bindery check` lists them and fails.\n"
    )


class TestEnded:
    """The build is ended from outside while a cell runs."""

    @pytest.fixture
    def ended(self, project, old_book, contents, environment, edit):
        def run(number):
            reached = project.root / "reached"
            slow = f'open({str(reached)!r}, "w").close(); import time; time.sleep(300)'
            change_cell(project, edit, "years = harvests(field)", slow)
            before = contents(old_book)
            building = psutil.Popen(
                [sys.executable, "-m", "bindery.cli", "build"], cwd=project.root, env=environment,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            end = time.monotonic() + 60
            while not reached.exists() and building.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
            started = building.children(recursive=True)
            building.send_signal(number)
            _, said = building.communicate(timeout=60)
            _, alive = psutil.wait_procs(started, timeout=20)
            for process in alive:
                process.kill()
            after = {name: mark for name, mark in contents(old_book).items()
                     if name.split("/")[0] in PUBLISHED}  # fmt: skip
            return building.returncode, said, started, alive, after == before

        return run

    def test_interrupt_ends_with_its_status_a_text_and_no_process(self, ended):
        status, said, started, alive, untouched = ended(signal.SIGINT)
        assert (status, said) == (130, "bindery: interrupted; nothing was published\n")
        assert len(started) >= 2
        assert alive == []
        assert untouched

    @pytest.mark.parametrize(
        "number", [pytest.param(signal.SIGTERM, marks=pytest.mark.long), signal.SIGKILL]
    )
    def test_end_without_warning_leaves_no_process_either(self, ended, number):
        status, _, started, alive, untouched = ended(number)
        assert status != 0
        assert len(started) >= 2
        assert alive == []
        assert untouched
