"""What may go wrong is told in words, ends, and leaves nothing running."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from bindery.warmfork import ParentEndedError, WarmParent

# newer Pythons warn of a fork in a process that has threads, as every kernel's has
FORK = "import os, time, warnings\nwarnings.simplefilter('ignore')\npid = os.fork()\n"


@pytest.fixture
def own_parent():
    with WarmParent() as made:
        yield made


def gone(pid: int) -> bool:
    """Whether a process has ended within some seconds; a zombie has."""
    try:
        psutil.Process(pid).wait(15)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("import os; os._exit(3)", "ended itself with exit status 3"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL; the system does so"),
        ("import ctypes; ctypes.string_at(0)", "was ended by SIGSEGV"),
        # it may stumble over that by itself, or be ended because it cannot be heard any more
        ("import os; os.closerange(3, 100)", "Kernel died: "),
    ],
)
def test_a_process_that_ends_itself_is_told(cell, told, run, parent):
    got = run(["print('before', flush=True)", cell, "'never'"], parent=parent)
    assert isinstance(got.error, DeadKernelError)
    assert told in str(got.error)
    assert got.text(0) == "before\n"
    assert run(["1"], parent=parent).text(0) == "1"


def test_a_cell_that_never_ends(run, parent):
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    for cell in ("while True: pass", deaf, "import asyncio\nawait asyncio.sleep(1000)"):
        got = run(
            [f"import os; print(os.getpid(), flush=True)\n{cell}"],
            parent=parent,
            execution_timeout=1,
        )
        assert isinstance(got.error, CellTimeoutError)
        assert gone(int(got.text(0)))


def test_memory_has_a_limit(run, parent):
    cells = ["x = bytearray(3 << 30)", "print('alive')"]
    got = run([(cells[0], "raises-exception"), cells[1]], parent=parent, memory=1 << 30)
    assert got.error is None or "MemoryError" in str(got.error)
    assert got.outputs(0)[0].ename == "MemoryError"
    assert got.text(1) == "alive\n"


def test_a_cell_that_eats_memory_ends(run, parent):
    got = run(
        ["kept = []\nwhile True: kept.append('x' * 1_000_000)"], parent=parent, memory=1 << 30
    )
    assert "MemoryError" in str(got.error) or isinstance(got.error, DeadKernelError)


def test_a_notebook_that_forks(run, parent):
    fork = f"{FORK}print('both', flush=True)\nif pid: time.sleep(0.5)"
    got = run([fork, "print('one')", "os.waitpid(pid, 0)[1]"], parent=parent)
    assert got.error is None
    assert sorted(got.text(0)) == sorted("both\n" * 2)
    assert (got.text(1), got.text(2)) == ("one\n", "0")


def test_nothing_that_a_cell_starts_outlives_it(run, parent):
    deaf = "bash -c \"trap '' INT TERM; sleep 1000\""
    start = f"import shlex, subprocess\nprint(subprocess.Popen(shlex.split({deaf!r})).pid)"
    assert gone(int(run([start], parent=parent).text(0)))
    fork = f"{FORK}if not pid: time.sleep(1000)\nprint(pid)"
    assert gone(int(run([fork], parent=parent).text(0)))


@pytest.mark.long
def test_much_output_is_taken_in_whole(run, parent):
    process = psutil.Process()
    process.memory_info()
    got = run(["for _ in range(100):\n    print('x' * 999_999)"], parent=parent)
    assert sum(len(output.text) for output in got.outputs(0)) == 100_000_000


def test_a_parent_that_was_ended_between_runs_is_started_again(run, own_parent):
    run(["1"], parent=own_parent)
    os.kill(_process(own_parent).pid, signal.SIGKILL)
    assert run(["2"], parent=own_parent).text(0) == "2"


def test_a_parent_that_is_ended_during_a_run_is_told(run, own_parent):
    started = "import os, subprocess\nsleeping = subprocess.Popen(['sleep', '1000'])\n"
    cells = [
        f"{started}print(os.getpid(), sleeping.pid, os.getppid(), flush=True)",
        "while True: pass",
    ]
    own_parent.start()
    process = _process(own_parent)
    ender = threading.Thread(target=_end_with_child, args=(process,))
    ender.start()
    got = run(cells, parent=own_parent)
    ender.join()
    assert isinstance(got.error, ParentEndedError)
    assert "the warm parent was ended" in str(got.error)
    child, leftover, forked_by = map(int, got.text(0).split())
    assert forked_by == process.pid
    assert gone(child)
    assert gone(leftover)
    assert run(["2"], parent=own_parent).text(0) == "2"


def _process(parent: WarmParent) -> psutil.Process:
    return psutil.Process(parent._process.pid)


def _end_with_child(process: psutil.Process) -> None:
    deadline = time.monotonic() + 60
    while not _has_grandchild(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.kill()


def _has_grandchild(process: psutil.Process) -> bool:
    # what a module starts while it is imported may be gone before it is looked at
    with contextlib.suppress(psutil.NoSuchProcess):
        return any(child.children() for child in process.children())
    return False


CALLER = """
    import sys, nbformat, papermill
    from papermill.engines import papermill_engines
    from bindery.warmfork import WarmForkEngine
    papermill_engines.register("warmfork", WarmForkEngine)
    cells = [nbformat.v4.new_code_cell(source) for source in sys.argv[1:]]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), "in.ipynb")
    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="warmfork",
        kernel_name="python3", progress_bar=False)
"""
TELL = "import os\nwith open('pids', 'w') as told: told.write(f'{os.getpid()} {os.getppid()}')\n"
DEAF = "import signal\nfor n in (2, 15, 1): signal.signal(n, signal.SIG_IGN)\n"


@pytest.mark.parametrize("last", ["1/0", "1"])
def test_a_notebook_ends_in_order_however_soon_it_is_asked_to(last, run, parent):
    late = """
        import atexit, pathlib, time
        kernel = get_ipython().kernel
        after = kernel.post_handler_hook
        def slowly():
            time.sleep(0.3)
            after()
        kernel.post_handler_hook = slowly
        atexit.register(pathlib.Path("ended").write_text, "in order")
    """
    got = run([textwrap.dedent(late), last], parent=parent)
    assert got.files == {"ended": "in order"}


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_outlives_the_caller(end, tmp_path, root):
    cells = [TELL + DEAF + "os.rename('pids', 'told')\nwhile True: pass"]
    caller = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CALLER), *cells],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (tmp_path / "told").exists():
        assert caller.poll() is None
        time.sleep(0.05)
    child, parent = map(int, (tmp_path / "told").read_text().split())
    # the whole group, as a terminal does it; the parent has a group of its own
    os.killpg(caller.pid, end)
    caller.wait()
    assert gone(child)
    assert gone(parent)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"folder": "/no/such/folder"}, "No such file or directory: '/no/such/folder'"),
        ({"before": ("no_such_module:f", 1)}, "No module named 'no_such_module'"),
        ({"before": ("json:loads", "{")}, "JSONDecodeError"),
        ({"extra_arguments": ["--IPKernelApp.nothing"]}, "exit status 2"),
    ],
)
def test_a_child_that_cannot_start_says_why(settings, told, run, parent):
    got = run(["1"], parent=parent, **settings)
    assert isinstance(got.error, RuntimeError)
    assert told in str(got.error)


def test_a_parent_that_cannot_start_says_why(run, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('this is not json')\n")
    with WarmParent(environment={**os.environ, "PYTHONPATH": str(tmp_path)}) as broken:
        got = run(["1"], parent=broken)
    assert isinstance(got.error, ParentEndedError)
    assert "this is not json" in str(got.error)


def test_a_parent_that_waits_for_ever_is_not_waited_for(run, tmp_path):
    (tmp_path / "waits.py").write_text("import time\ntime.sleep(1000)\n")
    with WarmParent(["waits"], {**os.environ, "PYTHONPATH": str(tmp_path)}) as waiting:
        got = run(["1"], parent=waiting, start_timeout=2)
        _process(waiting).kill()
    assert isinstance(got.error, TimeoutError)
    assert "did not fork within 2 seconds" in str(got.error)


def test_a_module_that_fails_is_the_matter_of_the_notebook(run, tmp_path):
    (tmp_path / "fails.py").write_text("raise ValueError('at import')\n")
    with WarmParent(["fails", "nowhere"], {**os.environ, "PYTHONPATH": str(tmp_path)}) as made:
        got = run(
            [("import fails", "raises-exception"), "2"], parent=made, environment=made.environment
        )
    assert got.text(0) == "at import"
    assert got.text(1) == "2"


@pytest.mark.long
def test_three_hundred_forks_leave_nothing(parent, tmp_path):
    import asyncio

    from bindery.warmfork.client import ForkedManager

    async def one() -> None:
        manager = ForkedManager(lambda *_: parent.fork(os.environ, tmp_path))
        manager.start_kernel()
        client = manager.client()
        await client.wait_for_ready(60)
        await manager.shutdown_kernel()
        client.stop_channels()

    def held() -> tuple:
        process = _process(parent)
        return psutil.Process().num_fds(), process.num_fds(), process.children()

    def settled() -> tuple:
        """The parent tells of an end first, and then closes what it held for the child."""
        patience, last = time.monotonic() + 10, ()
        while (now := held()) != last and time.monotonic() < patience:
            last = now
            time.sleep(0.3)
        return now

    asyncio.run(one())
    before = settled()
    for _ in range(300):
        asyncio.run(one())
    assert settled() == before
