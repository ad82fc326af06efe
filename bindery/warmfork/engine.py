"""The engine as papermill knows it.

papermill loads this module while it is itself being imported, so nothing of it is imported here.
"""

from __future__ import annotations

from typing import Any


class WarmForkEngine:
    """papermill's own engine, but the kernel is forked from a warm parent.

    Where a fork is not safe, or the notebook asks for another kernel than this Python's,
    papermill's own engine runs; `metadata.papermill.engine` of the executed notebook says which
    ran, and why.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **settings: Any) -> Any:
        """As papermill's own engine; see `bindery.warmfork.execution` for the settings added."""
        from bindery.warmfork.execution import ForkingEngine

        return ForkingEngine.execute_notebook(nb, kernel_name, **settings)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        from papermill.utils import nb_language

        return nb_language(nb, language)
