"""Progress that a person likes: a bar on a terminal, plain lines where there is none."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

# how often, in seconds, a line says how far many rows have come, where there is no bar
_SAID_EVERY = 10
_LINE = "{n_fmt} of {total_fmt} rows, {rate_noinv_fmt}, {remaining} left{postfix}"


class Reporter:
    """Says what is done and how long each part took; quiet ones say only warnings and faults."""

    def __init__(self, quiet: bool = False):
        self.quiet = quiet
        self.seconds: dict[str, float] = {}
        self._bar: tqdm | None = None

    def say(self, text: str) -> None:
        if not self.quiet:
            tqdm.write(text, file=sys.stdout)
            sys.stdout.flush()

    def warn(self, text: str) -> None:
        tqdm.write(f"warning: {text}", file=sys.stderr)

    def fail(self, text: str) -> None:
        """A fault, as soon as it is known; the call will fail when the rest is done."""
        tqdm.write(text, file=sys.stderr)

    @contextmanager
    def part(self, name: str, steps: int = 0) -> Iterator[None]:
        """A part of the work; with `steps`, a bar on a terminal."""
        began = time.monotonic()
        self.begin(name, steps)
        # disable=None: no bar where the output is not a terminal
        with tqdm(
            total=steps, desc=name, leave=False, disable=None if self._bars(steps) else True
        ) as self._bar:
            yield
        self._bar = None
        self.seconds[name] = time.monotonic() - began

    def _bars(self, steps: int) -> bool:
        return bool(steps) and not self.quiet

    def begin(self, name: str, steps: int) -> None:
        self.say(f"{name} ...")

    def step(self, text: str, **facts: Any) -> None:
        """One step is done; `facts` say the same to a program."""
        self.say(f"  {text}")
        if self._bar is not None:
            self._bar.update()

    def advance(self) -> None:
        """One step of many is done, of which nothing is said."""
        if self._bar is not None:
            self._bar.update()

    @contextmanager
    def rows(
        self, name: str, total: int, done: int, failed: int
    ) -> Iterator[Callable[[bool], None]]:
        """Many rows, some of which are done; what it gives is called for each: did it fail?

        Shows how fast they go, what is left and how many failed: in a bar on a terminal, otherwise
        in a line now and then.
        """
        count, failures, began = done, failed, time.monotonic()
        said = began

        def advance(this_failed: bool) -> None:
            nonlocal count, failures, said
            count, failures = count + 1, failures + this_failed
            told = f"{failures} failed"
            bar.set_postfix_str(told, refresh=False)
            bar.update()
            now = time.monotonic()
            if bar.disable and now - said >= _SAID_EVERY:
                said, form = now, {"unit": " rows", "bar_format": _LINE}
                passed = now - began
                line = tqdm.format_meter(count, total, passed, initial=done, postfix=told, **form)
                self.say(f"  {line}")

        # disable=None: no bar where the output is not a terminal
        with tqdm(
            total=total,
            initial=done,
            desc=name,
            unit=" rows",
            bar_format=f"{{l_bar}}{{bar}}| {_LINE}",
            leave=False,
            disable=None if self._bars(total) else True,
        ) as bar:
            yield advance
        self.seconds[name] = time.monotonic() - began

    def timing(self) -> str:
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())


class JsonReporter(Reporter):
    """The same for a program: one JSON object in each line of the standard output."""

    def say(self, text: str) -> None:
        self._write("said", text=text)

    def warn(self, text: str) -> None:
        self._write("warning", text=text)

    def fail(self, text: str) -> None:
        self._write("fault", text=text)

    def begin(self, name: str, steps: int) -> None:
        self._write("part", name=name, steps=steps)

    def step(self, text: str, **facts: Any) -> None:
        self._write("step", text=text, **facts)

    def _bars(self, steps: int) -> bool:
        return False

    def _write(self, event: str, **facts: Any) -> None:
        sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
