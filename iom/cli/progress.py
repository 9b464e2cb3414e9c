"""Progress of long commands: a bar on a terminal, a line every ten seconds elsewhere; always on standard error."""

import sys
import time
from collections.abc import Callable

import click
from tqdm import tqdm

SAY_EVERY = 10.0  # seconds


class Progress:
    """Shows how far each named part of the work is."""

    def __init__(self, line: Callable[[str, int, int], str]) -> None:
        self.line = line
        self.bar: tqdm | None = None
        self.label = ""
        self.said_at = 0.0

    def __call__(self, label: str, done: int, total: int) -> None:
        """Say that `done` of `total` of the part `label` are ready."""
        if not sys.stderr.isatty():
            self._say(label, done, total)
            return
        if label != self.label:
            self.close()
            self.bar = tqdm(total=total, desc=label, file=sys.stderr, leave=True)
            self.label = label
        if self.bar is not None:
            self.bar.update(done - self.bar.n)

    def _say(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if label != self.label or now - self.said_at >= SAY_EVERY or done == total:
            self.label, self.said_at = label, now
            click.echo(self.line(label, done, total), err=True)

    def close(self) -> None:
        """Leave the terminal clean."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None
