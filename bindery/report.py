"""Progress that a person likes: a bar on a terminal, plain lines where there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm


class Reporter:
    """Says what is done and how long each part took; quiet ones say only warnings."""

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

    @contextmanager
    def part(self, name: str, steps: int = 0) -> Iterator[None]:
        """A part of the work; with `steps`, a bar on a terminal."""
        began = time.monotonic()
        self.say(f"{name} ...")
        # disable=None: no bar where the output is not a terminal
        with tqdm(
            total=steps, desc=name, leave=False, disable=None if steps and not self.quiet else True
        ) as self._bar:
            yield
        self._bar = None
        self.seconds[name] = time.monotonic() - began

    def step(self, text: str) -> None:
        self.say(f"  {text}")
        if self._bar is not None:
            self._bar.update()

    def timing(self) -> str:
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())
