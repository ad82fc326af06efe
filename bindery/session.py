"""The notebook that is running: its project, its parameters, its words, where it records."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bindery.cache.quiet import unrecorded
from bindery.faults import BinderyError
from bindery.parameters import Parameters, notebook_names, read_parameters, read_schema
from bindery.plan import DRAWN_VARIABLE
from bindery.project import Project, find_project
from bindery.record import Recorder
from bindery.registry import Registry, fill_slots, read_registry, slot_values
from bindery.shown import mark
from bindery.words import read_labels

RUN_VARIABLE = "BINDERY_RUN"
NOTEBOOK_VARIABLE = "BINDERY_NOTEBOOK"

# what this process, which runs one notebook, has published so far
results: dict[str, dict[str, Any]] = {}
published: set[str] = set()


@dataclass(frozen=True)
class Session:
    """The notebook that is running: its project, parameters and words."""

    project: Project
    parameters: Parameters
    recorder: Recorder | None

    @property
    def notebook(self) -> str:
        return self.parameters.notebook

    @property
    def lang(self) -> str:
        return self.parameters.lang

    @cached_property
    def labels(self) -> Any:
        return read_labels(self.project)

    @cached_property
    def registry(self) -> Registry:
        # words that are shown, and given anew after the run
        with unrecorded():
            return _registry(self.project, self.project.registry.read_bytes())

    def draws(self, lang: str, form: str) -> bool:
        """Whether a file of a figure is wanted: all of them, unless the build says which."""
        wanted = os.environ.get(DRAWN_VARIABLE)
        return wanted is None or f"{lang}.{form}" in wanted.split()

    def entry(self, kind: str, local: str) -> Any:
        """The words of a local id; in a build, publishing one id twice is an error."""
        words = self.registry.entry(self.notebook, kind, local)
        if self.recorder:
            self.publish_once(local)
        return words

    def publish_once(self, local: str) -> None:
        if local in published:
            raise BinderyError(f"{self.notebook} publishes {local!r} twice; allowed: once")
        published.add(local)

    def fill(self, text: Mapping[str, str]) -> str:
        """A text with the results so far and the parameters in its slots."""
        value = slot_values(self.parameters, results.get, self.labels, self.lang)
        return fill_slots(text[self.lang], value, "…")[0]

    def show(self, kind: str, local: str, bundle: Mapping[str, str]) -> None:
        from IPython.display import display

        display(dict(bundle), raw=True, metadata=mark(kind, local))


@cache
def _registry(project: Project, _content: bytes) -> Registry:
    return read_registry(project)


def running_session() -> Session:
    """The session of the call: read afresh in plain Jupyter, where a person may change anything."""
    folder = os.environ.get(RUN_VARIABLE)
    return _recording_session(folder) if folder else _read_session(None)


@cache
def _recording_session(folder: str) -> Session:
    """The session of a run in a build: nothing that it rests on changes until the run ends."""
    # what is imported by now stays to the end; drawing makes the collector look through it often
    gc.freeze()
    return _read_session(Recorder(Path(folder)))


def _read_session(recorder: Recorder | None) -> Session:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise BinderyError("bindery.notebook works inside a notebook; there is no IPython here")
    project = find_project()
    notebook = os.environ.get(NOTEBOOK_VARIABLE) or _running_notebook(project, shell.user_ns)
    names = read_schema(project, notebook)["properties"]
    given = {name: shell.user_ns[name] for name in names if name in shell.user_ns}
    # the notebook has its values; what they are called is for the slots of texts
    with unrecorded():
        return Session(project, read_parameters(project, notebook, given), recorder)


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
