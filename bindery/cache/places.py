"""Which paths matter to a run: by where they lie."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable

_DEVICES = "full null ptmx random stderr stdin stdout tty urandom zero".split()
# devices and the kernel's own view of the process; time zone and language of a run are fixed by its
# environment, so what these files say cannot differ while Python and the environment are the same
_PSEUDO = (
    *("/dev/fd/", "/dev/pts/", "/proc/", "/sys/"),
    *(f"/dev/{name}/" for name in _DEVICES),
    *("/usr/share/zoneinfo/", "/etc/localtime/", "/etc/timezone/"),
    *("/usr/share/locale/", "/usr/lib/locale/", "/usr/share/i18n/", "/etc/locale.alias/"),
)


def prefixes(paths: Iterable[str]) -> tuple[str, ...]:
    """What the paths below these begin with, as they are written and as they really lie."""
    found = set()
    for path in filter(None, paths):
        found |= {os.path.abspath(path), os.path.realpath(path)}
    return tuple(sorted(path.rstrip("/") + "/" for path in found))


def installed() -> tuple[str, ...]:
    """Where the standard library and installed packages lie: the lock and Python's version say it.

    Packages installed as links into a work tree do not lie there.
    """
    known = sysconfig.get_paths()
    places = ("stdlib", "platstdlib", "purelib", "platlib")
    # Python looks for its library there first, whether it is there or not
    packed = os.path.join(
        sys.base_prefix, sys.platlibdir, "python{}{}.zip".format(*sys.version_info)
    )
    packages = [*site.getsitepackages([sys.prefix, sys.base_prefix]), site.getusersitepackages()]
    return prefixes([*(known[name] for name in places), packed, *packages])


def absolute(path: object, folder: int | None = None) -> str | None:
    """The whole path of what a program named; None where that is no path of a file system.

    `folder` is the descriptor of the folder that a relative path starts from.
    """
    if isinstance(path, int):
        found = os.readlink(f"/proc/self/fd/{path}")
        return found if found.startswith("/") else None
    text = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0:
        text = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), text)
    if ".." in text.split("/"):
        # after a link, the folder above is not what the text says
        return os.path.realpath(text)
    return os.path.abspath(text)


class Places:
    """Tells the paths that a run depends on from those that it does not."""

    def __init__(self, root: str, own: Iterable[str]):
        self.root = root.rstrip("/")
        self._root = self.root + "/"
        self._above = tuple(path + "/" for path in _parents(root))
        self.covered = installed() + _PSEUDO
        self._written = prefixes(own) + _PSEUDO
        self._unread = self.covered + prefixes(own)

    def local(self, path: str) -> bool:
        """Whether code there is the project's own, or somebody's work tree."""
        return not (path + "/").startswith(self.covered)

    def read_matters(self, path: str) -> bool:
        """Not for what the run made itself."""
        return not (path + "/").startswith(self._unread)

    def write_matters(self, path: str) -> bool:
        return not (path + "/").startswith(self._written)

    def holds_project(self, path: str) -> bool:
        return path + "/" in self._above

    def name(self, path: str) -> str:
        """Relative to the project where the path lies inside: a moved project keeps its results."""
        if path == self.root:
            return ""
        return path[len(self._root) :] if path.startswith(self._root) else path


def _parents(root: str) -> list[str]:
    found = [root.rstrip("/")]
    while found[-1]:
        found.append(found[-1].rpartition("/")[0])
    return found
