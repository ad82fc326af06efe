"""Nothing leaks between children, or into their parent."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil

LEAVE_TRACES = """
import os, random, signal, sys, warnings
import matplotlib, numpy, pandas
matplotlib.rcParams["lines.linewidth"] = 77
pandas.set_option("display.max_rows", 7)
sys.modules["left_behind"] = sys
pandas.left_behind = True
os.environ["LEFT_BEHIND"] = "1"
os.chdir("/")
os.umask(0o077)
random.seed(1); numpy.random.seed(1)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
warnings.simplefilter("ignore")
sys.path.append("left_behind"); sys.argv.append("left_behind")
kept = os.open("/dev/null", os.O_RDONLY)
import builtins; builtins.left_behind = 1
import decimal; decimal.getcontext().prec = 3
""".strip()
LOOK = """
import os, random, signal, sys, warnings
import matplotlib, numpy, pandas
print(matplotlib.rcParams["lines.linewidth"], pandas.get_option("display.max_rows"))
print("left_behind" in sys.modules, hasattr(pandas, "left_behind"), "LEFT_BEHIND" in os.environ)
print(os.getcwd() == "/", os.umask(0o022), signal.getsignal(signal.SIGUSR1))
print(any(entry[:3] == ("ignore", None, Warning) for entry in warnings.filters))
print("left_behind" in sys.path, "left_behind" in sys.argv, "left_behind" in dir(__builtins__))
import decimal; print(decimal.getcontext().prec)
""".strip()
# what a child has open: the standard three with their copies and pipes, its connection, its loops
OPEN = "\n".join(
    [
        "import os",
        "ends = [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')",
        "        if os.path.exists(f'/proc/self/fd/{n}')]",
        "sorted(end.split(':')[0] for end in ends)",
    ]
)


def test_children_know_nothing_of_each_other(run, parent):
    before = run([LOOK], parent=parent).text(0)
    assert run([LEAVE_TRACES], parent=parent).error is None
    assert run([LOOK], parent=parent).text(0) == before


def test_chance_differs_from_child_to_child(run, parent):
    draw = "import random, numpy\nrandom.random(), numpy.random.random()"
    drawn = [run([draw], parent=parent).text(0) for _ in range(3)]
    assert len(set(drawn)) == 3
    secret = "import multiprocessing\nbytes(multiprocessing.current_process().authkey).hex()"
    assert run([secret], parent=parent).text(0) != run([secret], parent=parent).text(0)


def test_a_child_holds_only_descriptors_of_its_own(run, parent):
    opened = run([OPEN], parent=parent).text(0)
    assert run([OPEN], parent=parent).text(0) == opened
    with ThreadPoolExecutor(1) as pool:
        started = threading.Event()
        other = pool.submit(_long_one, run, parent, started)
        started.wait()
        # another child runs meanwhile
        assert run([OPEN], parent=parent).text(0) == opened
        assert other.result().error is None
    assert opened.count("socket") == 7


def _long_one(run, parent, started):
    started.set()
    return run(["import time; time.sleep(2)"], parent=parent)


def test_no_child_opens_a_port(run, parent):
    kinds = "import psutil\n[(c.family.name, c.status) for c in psutil.Process().net_connections()]"
    assert run([kinds], parent=parent).text(0) == "[]"
    asleep = "import zmq\nprint(zmq.Context._instance)"
    assert run([asleep], parent=parent).text(0) == "None\n"


def test_the_parent_stays_as_it_was(run, parent):
    run(["1"], parent=parent)
    process = zygote()
    before = (process.num_threads(), process.num_fds(), process.cwd(), process.environ())
    run([LEAVE_TRACES], parent=parent)
    assert (process.num_threads(), process.num_fds(), process.cwd(), process.environ()) == before
    assert process.num_threads() == 1
    assert process.net_connections() == []
    assert os.getsid(process.pid) == process.pid
    assert process.children() == []


def zygote() -> psutil.Process:
    """The parent that the tests share: the oldest."""
    candidates = [
        child
        for child in psutil.Process().children()
        if any("bindery.warmfork.zygote" in word for word in child.cmdline())
    ]
    return min(candidates, key=psutil.Process.create_time)


def test_output_of_a_run_goes_nowhere_else(run, parent, capfd):
    cells = ["import os, time\nos.write(1, b'raw')\nos.system('echo sh >&2')\ntime.sleep(0.3)"]
    run(cells, parent=parent)
    assert capfd.readouterr() == ("", "")


def test_threads_fork_at_once(run, parent):
    with ThreadPoolExecutor(3) as pool:
        runs = [pool.submit(run, [str(n)], parent=parent, cwd=None) for n in range(6)]
        assert [made.result().text(0) for made in runs] == [str(n) for n in range(6)]
