"""Whether a notebook's kernel can be forked here, and with which environment and options."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any


@dataclass(frozen=True)
class Kernel:
    """What a kernel of this Python needs besides being forked."""

    options: tuple[str, ...]
    variables: Mapping[str, str]

    def environment(self, outer: Mapping[str, str]) -> dict[str, str]:
        """As Jupyter makes it for a kernel that it starts."""
        own = {name: Template(v).safe_substitute(outer) for name, v in self.variables.items()}
        return {**outer, **own, "JPY_PARENT_PID": str(os.getpid())}


def unfit_reason(kernel_name: str) -> str:
    """Why a notebook with this kernel cannot be forked here; empty where it can."""
    kernel = forked_kernel(kernel_name)
    return kernel if isinstance(kernel, str) else ""


def forked_kernel(name: str) -> Kernel | str:
    """The kernel, or why it cannot be forked here."""
    if not sys.platform.startswith("linux"):
        return f"forking is not safe on {sys.platform}"
    if not hasattr(os, "pidfd_open"):
        return "this Python cannot watch a process by descriptor"
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return f"there is no kernel {name!r}"
    return _of_this_python(name, spec)


def _of_this_python(name: str, spec: Any) -> Kernel | str:
    program, *rest = spec.argv
    # Jupyter replaces a bare name by the Python that it runs in
    bare = ("python", f"python{sys.version_info[0]}", "python{}.{}".format(*sys.version_info[:2]))
    own = program in bare or _same_python(program)
    launch = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    options = rest[: -len(launch)]
    if not own or rest[-len(launch) :] != launch or not all(o.startswith("-X") for o in options):
        return f"the kernel {name!r} is not this Python's: {' '.join(spec.argv)}"
    return Kernel(tuple(options), dict(spec.env))


def _same_python(program: str) -> bool:
    """Whether it has the same packages: names of one Python in one folder do."""
    theirs, ours = os.path.expanduser(program), sys.executable
    same_folder = os.path.realpath(os.path.dirname(theirs)) == os.path.realpath(
        os.path.dirname(ours)
    )
    return same_folder and os.path.realpath(theirs) == os.path.realpath(ours)
