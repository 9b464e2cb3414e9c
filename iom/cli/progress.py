"""Progress of long commands: a bar on a terminal, elsewhere a line every ten seconds even within one step."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click
from tqdm import tqdm

LINE_EVERY_S = 10.0


@contextmanager
def progress(label: str, total: int, line_every_s: float = LINE_EVERY_S) -> Iterator[Callable[[int], object]]:
    """Give a function that takes how many steps were just done; a single long step gets its lines too."""
    if sys.stderr.isatty():
        with tqdm(total=total, desc=label, leave=False, file=sys.stderr) as bar:
            yield bar.update
        return
    done = [0]
    over = Event()

    def advance(steps: int) -> None:
        done[0] += steps

    def report() -> None:
        while not over.wait(line_every_s):
            click.echo(f"{label}: {done[0]}/{total}", err=True)

    reporter = Thread(target=report, daemon=True)
    reporter.start()
    try:
        yield advance
    finally:
        over.set()
        reporter.join()
