"""What a watched run is seen to read, and what keeps its result from being kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from bindery.cache import trace
from bindery.cache.status import read_trace

from .conftest import PACKAGE, Book

Reasons = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import subprocess; subprocess.run(['true'])", "started a process (true)"),
        ("import os; os.system('true && true')", "started a process (true)"),
        ("import os; os.waitpid(os.fork() or os._exit(0), 0)", "started a process (a fork)"),
        (
            "import os; os.waitpid(os.posix_spawnp('true', ['true'], {}), 0)",
            "started a process (true)",
        ),
        (
            "from multiprocessing import resource_tracker; resource_tracker.ensure_running()",
            "started a process (python",
        ),
        (
            "import socket\n"
            "try:\n    socket.create_connection(('127.0.0.1', 1), 1)\n"
            "except OSError:\n    pass",
            "used the network (127.0.0.1)",
        ),
        (
            "import socket\n"
            "try:\n    socket.socket(socket.AF_UNIX).connect('/nowhere')\n"
            "except OSError:\n    pass",
            "used the network (/nowhere)",
        ),
        (
            "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
            "used the network (127.0.0.1)",
        ),
        ("open('data/new.csv', 'w')", "wrote data/new.csv"),
        ("open('data/income.csv', 'r+')", "wrote data/income.csv"),
        ("import os; os.open('data/new.csv', os.O_CREAT)", "wrote data/new.csv"),
        ("import os; os.remove('late.py')", "wrote late.py"),
        ("import os; os.rename('late.py', RUN + '/late.py')", "wrote late.py"),
        ("import os; os.symlink('a', 'b')", "wrote b"),
        ("import os; os.mkdir('new')", "wrote new"),
        ("import os; os.truncate('late.py', 0)", "wrote late.py"),
        ("import pathlib; pathlib.Path('late.py').chmod(0o600)", "wrote late.py"),
        ("import shutil; shutil.copy('late.py', 'later.py')", "wrote later.py"),
        (
            "import os; f = os.open('data', os.O_RDONLY)\n"
            "os.close(os.open('n', os.O_CREAT | os.O_WRONLY, dir_fd=f))",
            "wrote data/n",
        ),
        (
            "import os, threading; os.mkfifo(RUN + '/f')\nos.rename(RUN + '/f', 'f')\n"
            "threading.Thread(target=lambda: open('f', 'w')).start()\nopen('f').read()",
            "read f, which is no file",
        ),
    ],
)
def test_what_can_never_be_kept(reasons: Reasons, code: str, what: str) -> None:
    found = reasons(code)
    assert any(reason.startswith(what) for reason in found), found
    assert all(reason.endswith(", so it is never kept") for reason in found if what in reason)


@pytest.mark.parametrize(
    "code",
    [
        "open(RUN + '/x', 'w').write('x'); open(RUN + '/x').read()",
        "import os; open(os.devnull, 'w').write('x')",
        "import tempfile; tempfile.TemporaryDirectory().cleanup()",
        "import os; os.makedirs('data', exist_ok=True)",
        "import sqlite3; sqlite3.connect(':memory:').execute('select 1')",
        "import ctypes; ctypes.CDLL(None)",
        "import socket; socket.socketpair()",
        "import threading; t = threading.Thread(target=print); t.start(); t.join()",
        "import asyncio; asyncio.run(asyncio.sleep(0))",
        "open('/proc/self/status').read()",
    ],
)
def test_what_keeps_nothing_from_being_kept(reasons: Reasons, code: str) -> None:
    assert reasons(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('data/income.csv').read(); open('data/income.csv', 'a').write('x')",
        "from pathlib import Path; import os; Path('late.py').exists(); Path('late.py').unlink()",
        "import os\nopen('data/income.csv').read()\nt = os.stat('data/income.csv')\n"
        "open('data/income.csv', 'r+').write('HZ')\n"
        "os.utime('data/income.csv', ns=(t.st_atime_ns, t.st_mtime_ns))",
        "import late, os\nopen('late.py', 'a').write('#')",
        "import os\nos.listdir('data')\nopen('data/x', 'w').close()",
        "import os\nos.path.exists('x')\nopen('x', 'w').close()",
        "import colorsys\nopen('colorsys.py', 'w').close()",
    ],
)
def test_what_changes_during_the_run_is_seen(reasons: Reasons, code: str) -> None:
    assert any(reason.endswith("changed during the run, so it was not kept")
               for reason in reasons(code))  # fmt: skip


def test_a_change_that_is_undone_during_the_run_is_seen(reasons: Reasons) -> None:
    change = "subprocess.run(['sh', '-c', 'cp late.py x; echo 1 > late.py; mv x late.py'])"
    found = reasons(f"import subprocess\nopen('late.py').read()\n{change}")
    assert "late.py changed during the run, so it was not kept" in found


@pytest.mark.parametrize(
    ("code", "kind", "path"),
    [
        ("open(b'data/income.csv')", "files", "data/income.csv"),
        ("from pathlib import Path; Path('data/income.csv').read_bytes()", "files",
         "data/income.csv"),
        ("import os; os.open('data/income.csv', 0)", "files", "data/income.csv"),
        ("import os; os.open('income.csv', 0, dir_fd=os.open('data', 0))", "files",
         "data/income.csv"),
        ("import os; os.chdir('data'); open('income.csv')", "files", "data/income.csv"),
        ("open('tools/../data/income.csv')", "files", "data/income.csv"),
        ("import io; io.FileIO('data/income.csv')", "files", "data/income.csv"),
        ("import mmap, os\nmmap.mmap(os.open('data/income.csv', 0), 0, prot=mmap.PROT_READ)",
         "files", "data/income.csv"),
        ("import runpy; runpy.run_path('late.py')", "files", "late.py"),
        ("import importlib; importlib.import_module('late')", "files", "late.py"),
        ("import sqlite3; sqlite3.connect('data/income.csv')", "files", "data/income.csv"),
        ("import sqlite3; sqlite3.connect('file:data/income.csv?mode=ro', uri=True)", "files",
         "data/income.csv"),
        ("import ctypes\ntry:\n    ctypes.CDLL('./late.py')\nexcept OSError:\n    pass", "files",
         "late.py"),
        ("from bindery.cache.trace import note_read; note_read('late.py')", "files", "late.py"),
        ("import os; os.listdir('data/parts')", "folders", "data/parts"),
        ("import os; os.scandir(os.open('data/parts', 0))", "folders", "data/parts"),
        ("import os; os.chdir('data/parts'); os.listdir()", "folders", "data/parts"),
        ("import glob; glob.glob('data/parts/*.txt')", "folders", "data/parts"),
        ("from pathlib import Path; list(Path('data').rglob('*.txt'))", "folders", "data/parts"),
        ("import os; list(os.walk('data'))", "folders", "data/parts"),
        ("import os; list(os.fwalk('data'))", "folders", "data/parts"),
        ("import os; os.path.isfile('data/none')", "seen", "data/none"),
        ("import os; os.path.getsize('data/income.csv')", "seen", "data/income.csv"),
        ("import os; os.access('data/none', os.R_OK)", "seen", "data/none"),
        ("import glob; glob.glob('data/*/none.txt')", "seen", "data/parts/none.txt"),
        ("from pathlib import Path; Path('data/none').is_dir()", "seen", "data/none"),
        ("import shutil; shutil.which('none', path='data')", "seen", "data/none"),
        ("try:\n    open('data')\nexcept IsADirectoryError:\n    pass", "seen", "data"),
    ],
)  # fmt: skip
def test_what_is_read_is_seen(
    book: Book, reasons: Reasons, code: str, kind: str, path: str
) -> None:
    assert reasons(code) == []
    assert path in book.inputs[kind]


def test_installed_packages_are_not_recorded(book: Book, reasons: Reasons) -> None:
    code = "import yaml, email.mime.text, importlib.metadata as m; m.version('pytest')"
    assert reasons(code) == []
    places = [path for kind in book.inputs.values() for path in kind if "-packages" in path]
    assert places == []
    assert "" not in book.inputs["folders"]


def test_words_are_not_recorded_but_their_modules_are(book: Book, reasons: Reasons) -> None:
    code = (
        "from bindery.cache.trace import unrecorded\nimport os\n"
        "with unrecorded():\n    import late\n    open('book/figures.yml').read()\n"
        "    os.listdir('data/parts')\n    os.path.exists('none')\n"
        "open('data/income.csv').read()"
    )
    assert reasons(code) == []
    local = {path for path in book.inputs["files"] if not path.startswith("/")}
    assert local == {"late.py", "data/income.csv"}
    assert (book.inputs["folders"], "none" in book.inputs["seen"]) == ({}, False)


def test_words_may_not_be_written(reasons: Reasons) -> None:
    code = "from bindery.cache.trace import unrecorded\nwith unrecorded():\n    open('x', 'w')"
    assert reasons(code) == ["wrote x, so it is never kept"]


def test_bytecode_never_decides(book: Book) -> None:
    """Compiled code of other source, whose time and size fit the source that is there."""
    book.build()
    command = [sys.executable, "-c", "import late, tools.sums"]
    path = book.root / "late.py"
    path.write_text("OFFSET = 9\n")
    times = path.stat()
    environment = {name: text for name, text in os.environ.items() if name != _NO_BYTECODE}
    subprocess.run(command, cwd=book.root, env=environment, check=True)
    path.write_text("OFFSET = 5\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    plain = [sys.executable, "-c", "import late; print(late.OFFSET)"]
    assert subprocess.run(plain, cwd=book.root, capture_output=True, check=True).stdout == b"9\n"
    assert book.build()[1][2] == 5


_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None], ids=["empty", "other", "exchanged"])
def test_damaged_compiled_code_is_compiled_again(book: Book, damage: bytes | None) -> None:
    first = book.build()[1]
    files = sorted(path for path in (book.cache / "code").rglob("*") if path.is_file())
    assert len(files) > 3
    contents = [path.read_bytes() for path in files]
    for number, path in enumerate(files):
        path.write_bytes(contents[number - 1] if damage is None else damage)
    book.values["factor"] = 2.0
    assert book.build() == (True, first)
    assert [path.read_bytes() for path in files] == contents


def test_a_process_that_is_killed_tells_nothing(book: Book, reasons: Reasons) -> None:
    assert reasons("import os; os.kill(os.getpid(), 9)") == [
        "what it read was not told to the end, so it was not kept"
    ]


def test_a_forked_process_does_not_tell_in_place_of_the_run(reasons: Reasons) -> None:
    found = reasons("import os, sys\nif os.fork() == 0:\n    sys.exit()\nos.wait()\nopen('y', 'w')")
    assert "wrote y, so it is never kept" in found


def test_tracebacks_and_sources_are_as_ever(book: Book, reasons: Reasons) -> None:
    code = (
        "import inspect, tools.sums, traceback\n"
        "assert 'return rows()[0][0]' in inspect.getsource(tools.sums.first)\n"
        "try:\n    tools.sums.total(None)\nexcept TypeError as error:\n"
        "    frame = traceback.extract_tb(error.__traceback__)[-1]\n"
        "assert frame.line == 'return factor * sum(n for _, n in rows())', frame"
    )
    assert reasons(code) == []
    assert "tools/sums.py" in book.inputs["files"]


def test_a_module_that_loads_late_is_left_alone(reasons: Reasons) -> None:
    code = (
        "import sys, types\n"
        "class Late(types.ModuleType):\n"
        "    def __getattr__(self, name):\n        raise ImportError('too early')\n"
        "sys.modules['late_one'] = Late('late_one')\nsys.modules['nothing'] = None"
    )
    assert reasons(code) == []


def test_a_module_loaded_another_way_is_an_input(book: Book, reasons: Reasons) -> None:
    code = (
        "import importlib.util as u, sys\n"
        "spec = u.spec_from_file_location('other', 'late.py')\n"
        "sys.modules['other'] = module = u.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)"
    )
    assert reasons(code) == []
    assert "late.py" in book.inputs["files"]


def test_an_extension_module_is_local_code(book: Book, reasons: Reasons) -> None:
    import _ctypes_test

    shutil.copy(_ctypes_test.__file__, book.root)
    assert reasons("import _ctypes_test") == []
    assert os.path.basename(_ctypes_test.__file__) in book.inputs["files"]


def test_where_a_link_leads_is_seen(book: Book) -> None:
    book.write("2023.csv", "x")
    book.write("2024.csv", "y")
    link = book.root / "latest.csv"
    link.symlink_to("2023.csv")
    cell = "import json, os\njson.dump(os.readlink('latest.csv'), open(RUN + '/out.json', 'w'))"
    book.set_cells("factor = 2", cell)
    assert book.build() == (True, "2023.csv")
    link.unlink()
    link.symlink_to("2024.csv")
    assert book.build() == (True, "2024.csv")
    link.unlink()
    link.symlink_to("2023.csv")
    assert book.build() == (False, "2023.csv")


def test_a_link_that_leads_nowhere_is_absent(book: Book, reasons: Reasons) -> None:
    (book.root / "link.csv").symlink_to("none.csv")
    code = "try:\n    open('link.csv')\nexcept FileNotFoundError:\n    pass"
    assert reasons(code) == []
    assert book.inputs["files"]["link.csv"] is None


def test_links_are_followed(book: Book, reasons: Reasons) -> None:
    (book.root / "link.csv").symlink_to("data/income.csv")
    assert reasons("open('link.csv')") == []
    before = book.inputs["files"]["link.csv"]
    book.write("data/income.csv", "other")
    assert reasons("open('link.csv')") == []
    assert book.inputs["files"]["link.csv"] != before


def test_fonts_and_styles_are_seen(book: Book, reasons: Reasons) -> None:
    import matplotlib

    font = os.path.join(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    shutil.copy(font, book.root / "F.ttf")
    book.write("x.mplstyle", "lines.linewidth: 3\n")
    code = (
        "import os\nos.environ['MPLCONFIGDIR'] = RUN\nimport matplotlib\nmatplotlib.use('agg')\n"
        "from matplotlib import ft2font, style\nstyle.use('x.mplstyle')\nft2font.FT2Font('F.ttf')"
    )
    reasons(code)
    assert {"F.ttf", "x.mplstyle"} <= set(book.inputs["files"])


def test_a_trace_that_cannot_be_read_keeps_nothing(tmp_path) -> None:
    path = tmp_path / "trace.json"
    for content in ("", "[]", '{"inputs": {}, "reasons": []}', "\x00"):
        path.write_text(content)
        assert read_trace(path)[1]


def test_a_process_is_watched_once() -> None:
    code = (
        "from bindery.cache import trace\n"
        "s = {'root': '/', 'file': '/dev/null', 'own': [], 'code': None}\n"
        "trace.install(s)\ntry:\n    trace.install(s)\nexcept RuntimeError:\n    print('once')\n"
        "import os; os._exit(0)"
    )
    environment = os.environ | {"PYTHONPATH": PACKAGE}
    done = subprocess.run([sys.executable, "-uc", code], env=environment, capture_output=True)
    assert done.stdout == b"once\n"


def test_without_a_trace_nothing_happens() -> None:
    trace.note_read("nowhere")
    trace.finish()
    with trace.unrecorded():
        pass
