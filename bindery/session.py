"""The notebook that is running, and where what it publishes goes.

In plain Jupyter it is shown, in the registry's words. In a run for a book it is set down; words and
drawings are given to it after the run, so that neither needs a new one.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, ClassVar

from bindery import drawing
from bindery.faults import BinderyError
from bindery.parameters import Parameters, notebook_names, read_parameters, read_schema
from bindery.plan import SWEEPS_VARIABLE
from bindery.project import Project, find_project
from bindery.record import Recorder
from bindery.registry import Registry, fill_slots, read_registry, slot_values
from bindery.shown import figure_title, mark, shown
from bindery.sweep.declared import table_file
from bindery.words import read_labels

RUN_VARIABLE = "BINDERY_RUN"
NOTEBOOK_VARIABLE = "BINDERY_NOTEBOOK"
RESULTS_ONLY_VARIABLE = "BINDERY_RESULTS_ONLY"

# what this process, which runs one notebook, has published so far
results: dict[str, Mapping[str, Any]] = {}
published: set[str] = set()


@dataclass(frozen=True)
class Recording:
    """A run for a book. What a thing is called is no matter of the run.

    Where only its results are wanted, no outputs are marked, and of figures and tables nothing is
    set down but that they were published.
    """

    project: Project
    notebook: str
    recorder: Recorder
    results_only: bool = False

    @cached_property
    def labels(self) -> Any:
        return read_labels(self.project)

    def publish(self, kind: str, local: str, facts: Mapping[str, Any]) -> None:
        """Set a thing down; its place among the outputs of the notebook is marked."""
        if local in published:
            raise BinderyError(f"{self.notebook} publishes {local!r} twice; allowed: once")
        published.add(local)
        self.recorder.add(kind, local, facts)
        if not self.results_only:
            _display({"text/plain": local}, kind, local)

    def sweep_table(self, name: str) -> Path:
        """Where the table of a sweep of the book lies; the build has laid it."""
        require_declared(self.notebook, name, os.environ.get(SWEEPS_VARIABLE, "").split())
        return table_file(self.project, name)

    def publish_figure(
        self, local: str, chart: Callable, data: Any, options: dict, facts: Mapping[str, Any]
    ) -> None:
        name, source = drawing.chart_source(local, chart)
        self.publish("figure", local, facts | {"chart": name, "chart_sha256": source})
        self.recorder.add_drawing(local, name, data, options)


@dataclass(frozen=True)
class Showing:
    """A notebook that a person runs: everything is shown at once and nothing is written."""

    project: Project
    parameters: Parameters
    results_only: ClassVar[bool] = False

    @property
    def notebook(self) -> str:
        return self.parameters.notebook

    @cached_property
    def labels(self) -> Any:
        return read_labels(self.project)

    @cached_property
    def registry(self) -> Registry:
        return _registry(self.project, self.project.registry.read_bytes())

    def publish(self, kind: str, local: str, facts: Mapping[str, Any]) -> None:
        lang = self.parameters.lang
        words = {} if kind == "refusal" else self.registry.entry(self.notebook, f"{kind}s", local)
        if kind == "result":
            results[local] = facts
        _display(shown(kind, local, facts, words, self.fill, self.labels, lang), kind, local)

    def sweep_table(self, name: str) -> Path:
        """Where the table of a sweep of the book lies, if it is the one that a build would make."""
        from bindery.kept import Kept
        from bindery.sweep.declaration import read_sweeps
        from bindery.sweep.standing import require_fresh

        require_declared(self.notebook, name, self.parameters.schema.get("x-sweeps", ()))
        require_fresh(Kept(self.project, warnings.warn), read_sweeps(self.project), [name])
        return table_file(self.project, name)

    def publish_figure(
        self, local: str, chart: Callable, data: Any, options: dict, _facts: Mapping[str, Any]
    ) -> None:
        words = self.registry.entry(self.notebook, "figures", local)
        picture = drawing.screen_picture(self.project, chart, data, self.parameters.lang, options)
        bundle = {"image/png": picture, "text/plain": figure_title(words, self.fill)}
        _display(bundle, "figure", local)

    def fill(self, text: Mapping[str, str]) -> str:
        """A text with the results so far and the parameters in its slots."""
        lang = self.parameters.lang
        value = slot_values(self.parameters, results.get, self.labels, lang)
        return fill_slots(text[lang], value, "…")[0]


def require_declared(notebook: str, name: str, declared: Collection[str]) -> None:
    """An error where a notebook reads a sweep of the book that it does not declare."""
    if name not in declared:
        raise BinderyError(
            f"{notebook} reads the sweep {name!r} and does not declare it; add it to the list "
            f'"x-sweeps" of notebooks/{notebook}.schema.json, so that its pages wait for the rows'
        )


@cache
def _registry(project: Project, _content: bytes) -> Registry:
    return read_registry(project)


def _display(bundle: Mapping[str, Any], kind: str, local: str) -> None:
    from IPython.display import display

    display(dict(bundle), raw=True, metadata=mark(kind, local))


def running_session() -> Recording | Showing:
    """The session of the call: read afresh in plain Jupyter, where a person may change anything."""
    folder = os.environ.get(RUN_VARIABLE)
    return _recording(folder) if folder else _showing()


@cache
def _recording(folder: str) -> Recording:
    notebook, results_only = os.environ[NOTEBOOK_VARIABLE], RESULTS_ONLY_VARIABLE in os.environ
    return Recording(find_project(), notebook, Recorder(Path(folder)), results_only)


def _showing() -> Showing:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise BinderyError("bindery.notebook works inside a notebook; there is no IPython here")
    project = find_project()
    notebook = os.environ.get(NOTEBOOK_VARIABLE) or _running_notebook(project, shell.user_ns)
    names = read_schema(project, notebook)["properties"]
    given = {name: shell.user_ns[name] for name in names if name in shell.user_ns}
    return Showing(project, read_parameters(project, notebook, given))


def _running_notebook(project: Project, names: dict[str, Any]) -> str:
    """The notebook whose cells this session has run: no host tells it in the same way."""
    history = {source.strip() for source in names.get("In", []) if source.strip()}
    scores = {}
    for stem in notebook_names(project):
        content = json.loads((project.notebooks / f"{stem}.ipynb").read_text(encoding="utf-8"))
        sources = {"".join(cell["source"]).strip() for cell in content["cells"]}
        scores[stem] = len(history & sources)
    best = max(scores, key=scores.get, default=None)
    if not best or not scores[best]:
        raise BinderyError(
            "cannot tell which notebook this is: no cell run so far stands in one of "
            f"{', '.join(scores)}; set the environment variable {NOTEBOOK_VARIABLE} to its stem"
        )
    return best
