from __future__ import annotations

import os

import pytest

from bindery.warmfork import WarmParent


def test_an_environment_suits_that_differs_in_nothing_read_at_a_start():
    parent = WarmParent(environment={"HOME": "/h", "OMP_NUM_THREADS": "1", "TMPDIR": "/t"})
    assert parent.suits({"HOME": "/h", "TMPDIR": "/other", "OWN": "1"})
    assert parent.suits({"HOME": "/h", "OMP_NUM_THREADS": "1"})
    assert not parent.suits({"HOME": "/h", "OMP_NUM_THREADS": "2"})
    assert not parent.suits({"HOME": "/other"})
    assert not parent.suits({"HOME": "/h", "PYTHONHASHSEED": "0"})
    assert not parent.suits({"HOME": "/h", "MPLBACKEND": "agg"})


def test_a_shared_parent_stays_while_a_child_of_it_runs(run, monkeypatch):
    from bindery.warmfork import execution

    monkeypatch.setattr(execution, "_shared", [])
    pid = "import os\nprint(os.getppid())"
    first = run([pid]).text(0)
    assert run([pid]).text(0) == first
    child = execution._shared[0].fork(os.environ, "/")
    monkeypatch.setenv("PYTHONHASHSEED", "5")
    assert run([pid, "import sys\nprint(sys.flags.hash_randomization)"]).text(0) != first
    assert len(execution._shared) == 2
    child.kill()
    while child.exit_code() is None:
        pass
    child.close()
    monkeypatch.setenv("PYTHONHASHSEED", "6")
    run([pid])
    assert len(execution._shared) == 1
    execution._close_shared()


def test_the_caller_may_be_forked(run, parent):
    run(["1"], parent=parent)
    pid = os.fork()
    if not pid:
        code = 1
        try:
            with WarmParent() as own:
                child = own.fork(os.environ, "/")
                child.kill()
                other = parent.fork(os.environ, "/")
                other.kill()
                parent.close()
                code = 0
        finally:
            os._exit(code)
    assert os.waitpid(pid, 0)[1] == 0
    assert run(["2"], parent=parent).text(0) == "2"


def test_a_request_may_be_long(run, parent):
    environment = {**os.environ, **{f"LONG_{n}": "x" * 100_000 for n in range(15)}}
    cell = "import os\nsum(len(os.environ[f'LONG_{n}']) for n in range(15))"
    assert run([cell], parent=parent, environment=environment).text(0) == "1500000"


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
def test_mathematics_is_pinned_to_one_thread(name):
    assert WarmParent(environment={}).environment[name] == "1"
    assert WarmParent(environment={name: "3"}).environment[name] == "3"


def test_a_notebook_that_ends_well_ends_its_process_well(run, parent, monkeypatch):
    children, fork = [], parent.fork
    monkeypatch.setattr(parent, "fork", lambda *asked: children.append(fork(*asked)) or children[0])
    run(["kept = open('kept.txt', 'w')"], parent=parent)
    assert [child.exit_code() for child in children] == [0]


def test_closing_ends_children(parent):
    with WarmParent() as own:
        child = own.fork(os.environ, "/")
        assert own.busy
    while child.exit_code() is None:
        pass
    assert child.exit_code() == -9
    child.close()
