"""Processor time of repeated work: waiting for other processes of a busy machine does not count."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def processor_ms(work: Callable[[Thing], object], things: Iterable[Thing], advance: Callable[[int], object]) -> list[float]:
    """Return the milliseconds of processor time that the work took on each thing."""
    spent = []
    for thing in things:
        started = time.process_time()
        work(thing)
        spent.append(1000 * (time.process_time() - started))
        advance(1)
    return spent
