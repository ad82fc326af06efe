"""Rows on a Dask cluster: real schedulers and workers, started as the README says, on loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from bindery.execute import warm_parent
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.pages import Page
from bindery.parameters import read_parameters
from bindery.plan import Plan
from bindery.project import Project
from bindery.runs import kept_run, new_run
from bindery.sweep import cluster as module
from bindery.sweep.cluster import Ran, run_on_cluster
from bindery.sweep.delivery import Delivery
from bindery.sweep.parcel import pack

# the folder that holds the package
PACKAGE = Path(module.__file__).resolve().parents[2]
DASK = Path(sys.executable).with_name("dask")


class Cluster:
    """A scheduler and its workers, each a process that a person would start."""

    def __init__(self, folder: Path, *security: str):
        self.folder, self.security = folder, security
        # nothing of the project can be found there
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
        } | {"TMPDIR": str(folder)}
        self.workers: list[subprocess.Popen] = []
        said = folder / "scheduler.json"
        self.scheduler = self._start(
            *("scheduler", "--host", "127.0.0.1", "--port", "0"),
            *("--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(said)),
        )
        self.address = json.loads(_waited(lambda: said.read_text() if said.is_file() else ""))[
            "address"
        ]

    def _start(self, *words: str, **environment: str) -> subprocess.Popen:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [DASK, *words, *self.security],
                cwd=self.folder,
                env=self.environment | environment,
                stderr=log,
            )

    def start_worker(self, *words: str, shelf: str = "w", **environment: str) -> subprocess.Popen:
        worker = self._start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"),
            *("--local-directory", str(self.folder / shelf), *words),
            **environment,
        )
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        # workers first: they take leave of the scheduler
        for process in self.workers:
            process.terminate()
        for process in self.workers:
            process.wait()
        self.scheduler.kill()
        self.scheduler.wait()


def _waited(find: Callable[[], object], seconds: float = 60) -> object:
    """What is found in the end; everything here takes as long as the machine lets it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


@pytest.fixture
def start_cluster() -> Iterator[Callable[..., Cluster]]:
    with tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as folder:
        started = []

        def start(*security: str) -> Cluster:
            started.append(Cluster(Path(folder), *security))
            return started[-1]

        yield start
        for cluster in started:
            cluster.close()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One that tests leave as it is; its workers share a machine, and so a shelf."""
    with tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder))
        for _ in range(2):
            cluster.start_worker()
        yield cluster
        cluster.close()


@pytest.fixture
def farm(tmp_path: Path, copy_sample: Callable[[Path], Project]) -> Project:
    return copy_sample(tmp_path / "农场 'a b' %20" / 'the "farm"')


def _plans(project: Project, count: int, **given: object) -> list[Plan]:
    return [
        Page(f"row {row}", read_parameters(project, "harvest", {"share": row / 100} | given)).plan
        for row in range(1, count + 1)
    ]


def _run(project: Project, plans: list[Plan], cluster: Cluster) -> tuple[dict[str, Ran], list[str]]:
    """The rows by their names, and what a person was told."""
    said: list[str] = []
    kept = Kept(project, said.append)
    ran = {one.plan.page: one for one in run_on_cluster(kept, plans, cluster.address, said.append)}
    assert len(ran) == len(plans)
    return ran, said


def _sent(said: list[str]) -> list[str]:
    return [line for line in said if " sent to " in line]


def _value(ran: Ran, name: str = "kept") -> float:
    return ran.record.published("result")[name]["value"]


def test_a_row_is_the_same_wherever_it_runs(cluster: Cluster, farm: Project, tmp_path: Path):
    (plan,) = _plans(farm, 1)
    with warm_parent(farm) as parent:
        here, inputs = new_run(Kept(farm, print), plan, tmp_path / "here", parent)
    names = ["notebook.ipynb", "record.jsonl"]
    contents = [(here.folder / name).read_bytes() for name in names]

    for there in run_on_cluster(Kept(farm, print), [plan], cluster.address, print):
        assert [(there.record.folder / name).read_bytes() for name in names] == contents
        # paths as well: so the next call finds it kept, as if it had run here
        assert there.inputs == inputs
        facts = {"seconds": 1, "engine": there.record.engine}
        shutil.rmtree(farm.build / "cache")
        kept = Kept(farm, print)
        assert kept_run(kept, plan, tmp_path / "none") is None
        kept.store.keep(there.recipe, there.inputs, there.record.folder, facts)
        assert kept_run(Kept(farm, print), plan, tmp_path / "kept") is not None


@pytest.mark.long
def test_only_what_changed_travels_again(cluster: Cluster, farm: Project, edit: Callable):
    plans = _plans(farm, 2)
    first, said = _run(farm, plans, cluster)
    assert said[0].startswith("dashboard: http://127.0.0.1:")
    # workers may still be on their way
    assert [line for line in said if line.endswith((" row at once", " rows at once"))]
    # fields.csv: the last harvest of the north field
    assert [_value(first[plan.page], "last") for plan in plans] == [150, 150]

    _, said = _run(farm, plans, cluster)
    assert _sent(said) == []

    edit(farm.data / "fields.csv", "north,1901,150", "north,1901,151")
    again, said = _run(farm, plans, cluster)
    # two workers, one disk
    assert _sent(said) == ["1 file (0.0 MB) sent to 1 machine"]
    assert [_value(again[plan.page], "last") for plan in plans] == [151, 151]


@pytest.mark.long
def test_what_a_worker_s_machine_has_damaged_is_sent_again(cluster: Cluster, farm: Project):
    plans = _plans(farm, 1)
    _run(farm, plans, cluster)
    data = farm.data / "fields.csv"
    for kept in (cluster.folder / "w").rglob("project/data/fields.csv"):
        kept.chmod(0o644)
        kept.write_text("damaged")
    ran, said = _run(farm, plans, cluster)
    assert [line.split(" (")[0] for line in _sent(said)] == ["1 file"]
    assert _value(ran["row 1"], "last") == 150
    assert data.read_text().startswith("field,year")


@pytest.mark.long
def test_a_row_that_fails_is_an_answer(cluster: Cluster, farm: Project, edit: Callable):
    edit(farm.root / "fields" / "harvest.py", "rows = pd.read_csv(FILE)", "raise OSError(FILE)")
    ran, _ = _run(farm, _plans(farm, 1), cluster)
    failed = ran["row 1"]
    assert failed.record is None
    assert "row 1: notebooks/harvest.ipynb failed in its code cell" in failed.error
    # the path is told as it is here
    assert f"OSError: {farm.data / 'fields.csv'}" in failed.error
    # known as well as for a row that ran: the same again would fail again
    assert "fields/harvest.py" in failed.inputs["files"]


@pytest.mark.long
def test_a_notebook_edited_meanwhile_is_not_kept(cluster: Cluster, farm: Project, edit: Callable):
    rows = run_on_cluster(Kept(farm, print), _plans(farm, 3), cluster.address, print)
    assert next(rows).inputs is not None
    edit(farm.notebooks / "harvest.ipynb", '"cells": [', '"cells":  [')
    assert [ran.inputs for ran in rows] == [None] * 2


@pytest.mark.long
def test_a_file_that_does_not_travel_is_told(cluster: Cluster, farm: Project, tmp_path: Path):
    outside, hidden = tmp_path / "panel.csv", farm.root / ".own" / "panel.csv"
    hidden.parent.mkdir()
    for path in (outside, hidden, farm.data / "panel.csv"):
        path.touch()
    (plan,) = _plans(farm, 1)
    for value in (str(outside), ".own/panel.csv", str(farm.data / "panel.csv")):
        with pytest.raises(BinderyError) as raised:
            _run(farm, [replace(plan, given={"field": value})], cluster)
        assert str(raised.value) == (
            f"a row cannot run on a cluster\n  row 1: found field = {value!r}, a file that is on "
            "this machine alone; allowed: a file in the project's folder, by a path from there, "
            "and no hidden one"
        )


@pytest.mark.long
def test_no_rows_is_no_fault(cluster: Cluster, farm: Project):
    assert _run(farm, [], cluster)[0] == {}


@pytest.mark.long
def test_a_worker_with_other_packages_is_refused(cluster: Cluster, farm: Project, tmp_path: Path):
    package = tmp_path / "site" / "sheaf_counter-1.2.dist-info" / "METADATA"
    package.parent.mkdir(parents=True)
    package.write_text("Metadata-Version: 2.1\nName: sheaf_counter\nVersion: 1.2\n")
    worker = cluster.start_worker(PYTHONPATH=str(tmp_path / "site"))
    try:
        with pytest.raises(BinderyError) as raised:
            # it may come at any time
            _waited(lambda: _run(farm, _plans(farm, 1), cluster) and False)
    finally:
        worker.kill()
        worker.wait()
    text = str(raised.value)
    assert text.startswith("what is installed on the cluster is not what is installed here")
    assert "found sheaf-counter 1.2; allowed: sheaf-counter missing" in text
    assert "remedy: install the same lock there, requirements.txt of this project" in text


@pytest.mark.long
def test_a_killed_worker_costs_only_time(start_cluster: Callable, farm: Project):
    cluster = start_cluster()
    first = cluster.start_worker("--no-nanny")
    rows = run_on_cluster(Kept(farm, print), _plans(farm, 5), cluster.address, print)
    ran = [next(rows).plan.page]
    cluster.start_worker(shelf="another machine's")
    first.send_signal(signal.SIGKILL)
    ran += [one.plan.page for one in rows]
    assert sorted(ran) == [f"row {row}" for row in range(1, 6)]
    # what it had started ended with it
    _waited(lambda: not _processes(cluster.folder / "w"))


@pytest.mark.long
def test_the_end_of_the_scheduler_is_told(start_cluster: Callable, farm: Project):
    cluster = start_cluster()
    kept = Kept(farm, print)
    with pytest.raises(BinderyError) as raised:
        list(run_on_cluster(kept, _plans(farm, 1), cluster.address, print, patience=0.5))
    assert str(raised.value) == (
        f"{cluster.address}: the Dask scheduler has had no worker for 0.5 seconds; "
        f"start workers with `dask worker {cluster.address}`"
    )
    worker = cluster.start_worker()
    rows = run_on_cluster(kept, _plans(farm, 8), cluster.address, print)
    next(rows)
    # it would wait for the scheduler before it ends
    worker.kill()
    cluster.scheduler.kill()
    with pytest.raises(BinderyError) as raised:
        list(rows)
    assert str(raised.value) == (
        f"{cluster.address}: the Dask scheduler is gone; start it and its workers again"
    )


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
def test_certificates_come_from_the_settings_of_dask(
    start_cluster: Callable, farm: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import dask

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    words = "--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key
    cluster = start_cluster(*map(str, words), "--protocol", "tls")
    cluster.start_worker()
    assert cluster.address.startswith("tls://")
    monkeypatch.setattr(module, "_ANSWER", 2)
    with pytest.raises(BinderyError, match="needs the certificates of this cluster in Dask's"):
        _run(farm, _plans(farm, 1), cluster)
    settings = {
        "distributed.comm.tls.ca-file": str(certificate),
        "distributed.comm.tls.client.cert": str(certificate),
        "distributed.comm.tls.client.key": str(key),
    }
    with dask.config.set(settings):
        ran, _ = _run(farm, _plans(farm, 1), cluster)
    assert _value(ran["row 1"], "last") == 150


@pytest.mark.long
def test_a_sweep_that_is_given_up_leaves_nothing(cluster: Cluster, farm: Project):
    rows = run_on_cluster(Kept(farm, print), _plans(farm, 40), cluster.address, print)
    next(rows)
    assert _processes(cluster.folder / "w")
    rows.close()
    _waited(lambda: not _processes(cluster.folder / "w"))


@pytest.mark.long
def test_a_process_of_rows_that_nobody_asks_ends(farm: Project, tmp_path: Path):
    ours, theirs = socket.socketpair()
    program = "from bindery.sweep import rowserver; rowserver._IDLE = 0.1; rowserver.main()"
    words = str(theirs.fileno()), str(farm.root), str(tmp_path)
    with ours, theirs:
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=PACKAGE,
            pass_fds=[theirs.fileno()],
            capture_output=True,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def _processes(folder: Path) -> list[str]:
    """The processes of rows that run from parcels in a folder."""
    # ps would cut its lines where the environment says how wide a terminal is
    commands = (process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"]))
    return [" ".join(words) for words in commands if "-c" in words and f"{folder}/" in str(words)]


@pytest.mark.long
def test_another_python_is_refused(farm: Project):
    class Client:
        """Of a cluster on other machines, as Dask tells of them."""

        def get_versions(self) -> dict[str, Any]:
            return {
                "client": said("3.13.1.final.0"),
                "scheduler": said("3.13.1.final.0"),
                "workers": {"tcp://10.0.0.5:1": said("3.12.9.final.0")},
            }

    def said(python: str) -> dict[str, Any]:
        host = {"python": python, "OS": "Linux", "machine": "aarch64"}
        return {"host": host, "packages": {"distributed": "2026.8.0"}}

    delivery = Delivery(Client(), pack(farm), "bindery-1", farm.lock, print)
    with pytest.raises(BinderyError) as raised:
        delivery.start()
    assert str(raised.value) == (
        "what is installed on the cluster is not what is installed here, so its numbers would not "
        "be those of this machine\n"
        "  worker tcp://10.0.0.5:1: found Python 3.12.9.final.0 with distributed 2026.8.0 on Linux "
        "aarch64; allowed: Python 3.13.1.final.0 with distributed 2026.8.0 on Linux aarch64\n"
        "    remedy: start it with the same Python and the same lock, on the same kind of machine"
    )


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://here", "http://127.0.0.1:8786", ""])
def test_an_address_that_is_none(address: str, farm: Project):
    with pytest.raises(BinderyError) as raised:
        list(run_on_cluster(Kept(farm, print), [], address, print))
    assert str(raised.value) == (
        f"--scheduler {address!r}: allowed: tcp://HOST:PORT or tls://HOST:PORT, "
        "as `dask scheduler` prints it"
    )


@pytest.mark.long
def test_nobody_answers(farm: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_ANSWER", 0.5)
    # port 1 of this machine: nothing listens there
    with pytest.raises(BinderyError) as raised:
        list(run_on_cluster(Kept(farm, print), [], "tcp://127.0.0.1:1", print))
    assert str(raised.value).startswith("tcp://127.0.0.1:1: no Dask scheduler answers (")
    assert "start one with `dask scheduler`, which prints its address" in str(raised.value)
