"""A whole book is published or nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bindery import publish as publishing
from bindery.faults import BinderyError
from bindery.publish import PARTS, build_lock, fresh_folder, publish, remove, settle


@pytest.fixture
def made():
    """Fills a folder with a finished book whose every file says so."""

    def fill(folder, name="new"):
        for part in PARTS:
            path = folder / part if part.endswith(".json") else folder / part / "file"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name} {part}", encoding="utf-8")
        return folder

    return fill


def book(build):
    """What each part of the published book says, None where there is none."""
    files = [build / part if part.endswith(".json") else build / part / "file" for part in PARTS]
    return [path.read_text(encoding="utf-8") if path.is_file() else None for path in files]


NEW, OLD = [f"new {part}" for part in PARTS], [f"old {part}" for part in PARTS]


@pytest.fixture
def build(sample, made):
    """The build folder with an old book in it."""
    return made(sample.build, "old")


def test_finished_book_takes_the_place_of_the_old_one(sample, build, made):
    publish(sample, made(fresh_folder(sample)))
    assert book(build) == NEW
    assert {path.name for path in build.iterdir()} == set(PARTS)


def test_first_book_needs_no_old_one(sample, made):
    sample.build.mkdir()
    publish(sample, made(fresh_folder(sample)))
    assert book(sample.build) == NEW


@pytest.mark.parametrize("part", PARTS)
def test_book_that_lacks_a_part_is_not_published(sample, build, made, part):
    folder = made(fresh_folder(sample))
    remove(folder / part)
    with pytest.raises(BinderyError) as caught:
        publish(sample, folder)
    assert str(caught.value) == f"the build lacks {part}; nothing was published"
    assert book(build) == OLD


def test_every_missing_part_is_named(sample, build):
    with pytest.raises(
        BinderyError,
        match=r"lacks figures, tables, runs, tables\.json, results\.json, snapshot\.json, html; ",
    ):
        publish(sample, fresh_folder(sample))
    assert book(build) == OLD


def test_folder_of_an_interrupted_build_is_thrown_away(sample, build, made):
    made(fresh_folder(sample))
    folder = fresh_folder(sample)
    assert list(folder.iterdir()) == []
    assert book(build) == OLD


def test_files_that_no_build_makes_stay(sample, build, made):
    (build / "variants").mkdir()
    publish(sample, made(fresh_folder(sample)))
    assert (build / "variants").is_dir()


class TestInterruptWhilePublishing:
    """The moves are renames: 2 for each part. Interrupt before each of them, then settle."""

    @pytest.fixture
    def interrupted_after(self, sample, build, made, monkeypatch):
        def run(moves: int):
            folder, done = made(fresh_folder(sample)), []
            rename = type(folder).rename

            def counted(path, target):
                if len(done) == moves:
                    raise KeyboardInterrupt
                done.append(target)
                return rename(path, target)

            with monkeypatch.context() as patch:
                patch.setattr(type(folder), "rename", counted)
                with pytest.raises(KeyboardInterrupt):
                    publish(sample, folder)
            return build

        return run

    @pytest.mark.parametrize("moves", range(2 * len(PARTS)))
    def test_next_call_ends_what_was_begun(self, sample, interrupted_after, moves):
        build = interrupted_after(moves)
        settle(sample)
        assert book(build) == NEW
        assert {path.name for path in build.iterdir()} == set(PARTS)

    @pytest.mark.parametrize("moves", [0, 1, 5])
    def test_at_every_point_each_part_exists_somewhere_as_a_whole(self, interrupted_after, moves):
        build = interrupted_after(moves)
        for part, old, new in zip(PARTS, OLD, NEW, strict=True):
            name = part if part.endswith(".json") else f"{part}/file"
            texts = {path.read_text(encoding="utf-8") for path in build.glob(f"**/{name}")}
            assert new in texts
            assert texts <= {old, new}

    def test_interrupt_before_the_mark_leaves_the_old_book(self, sample, build, made, monkeypatch):
        folder = made(fresh_folder(sample))

        def interrupt(*_, **__):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(type(folder), "touch", interrupt)
            with pytest.raises(KeyboardInterrupt):
                publish(sample, folder)
        settle(sample)
        assert book(build) == OLD
        assert not folder.exists()

    def test_interrupt_while_tidying_up_is_settled(self, sample, build, made, monkeypatch):
        def interrupt(*_):
            raise KeyboardInterrupt

        folder = made(fresh_folder(sample))
        with monkeypatch.context() as patch:
            # the parts have moved when the first folder is taken away as a whole
            patch.setattr(publishing.shutil, "rmtree", interrupt)
            with pytest.raises(KeyboardInterrupt):
                publish(sample, folder)
        settle(sample)
        assert book(build) == NEW
        assert {path.name for path in build.iterdir()} == set(PARTS)

    def test_settling_twice_changes_nothing(self, sample, build, made):
        publish(sample, made(fresh_folder(sample)))
        settle(sample)
        assert book(build) == NEW


class TestLock:
    def test_second_builder_is_told(self, sample):
        with build_lock(sample), pytest.raises(BinderyError) as caught, build_lock(sample):
            pass
        assert str(caught.value) == "another build of this project is running; wait for it to end"

    def test_lock_is_free_after_a_failure(self, sample):
        with pytest.raises(BinderyError, match="first"), build_lock(sample):
            raise BinderyError("first")
        with build_lock(sample):
            assert sample.build.is_dir()

    def test_lock_of_a_killed_builder_is_free(self, sample, environment):
        code = (
            "import os, signal\n"
            "from bindery.project import find_project\n"
            "from bindery.publish import build_lock\n"
            "with build_lock(find_project()):\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=sample.root, env=environment)
        assert done.returncode == -9
        with build_lock(sample):
            assert (sample.build / ".lock").exists()

    def test_command_tells_the_second_builder_and_changes_nothing(
        self, sample, old_book, contents, bindery
    ):
        before = contents(old_book)
        with build_lock(sample):
            done = bindery(sample, "build")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "bindery: another build of this project is running; wait for it to end\n"
        )
        assert before.items() <= contents(old_book).items()


def test_build_folder_that_cannot_be_made_is_a_readable_error(sample, bindery):
    # a file in its place: unlike a missing permission, it stops root too
    sample.build.write_text("in the way", encoding="utf-8")
    done = bindery(sample, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"bindery: {sample.build}: File exists; nothing was published\n"


def test_build_folder_without_permission_is_a_readable_error(sample, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(sample.build), "mkdir", refuse)
    with pytest.raises(BinderyError) as caught, build_lock(sample):
        pass
    assert str(caught.value) == (
        f"{sample.build}: not writable; allowed: a folder this user can write"
    )


class TestRemove:
    def test_file_folder_and_nothing_are_removed(self, tmp_path):
        (tmp_path / "folder" / "inner").mkdir(parents=True)
        (tmp_path / "file").touch()
        for name in ("folder", "file", "nothing"):
            remove(tmp_path / name)
        assert list(tmp_path.iterdir()) == []
