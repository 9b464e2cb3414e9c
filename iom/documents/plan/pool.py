"""Plans for many people on all processors."""

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread

from iom.documents.plan.people import Desk, PersonInput, PlannedPerson, PlanSettings, plan_person
from iom.documents.plan.signals import interrupts_held_back

CHUNK = 10  # people given to a process at once: enough to pay for the journey, few enough for even progress
FEW = 50  # people up to whom the start of other processes would take longer than their help is worth


@dataclass(frozen=True, slots=True)
class _Work:
    """Everything that a process of the pool needs, told once."""

    people: tuple[PersonInput, ...]
    desk: Desk
    settings: PlanSettings


_here: tuple[_Work, Path] | None = None  # in a process of the pool: the work and its file, without which the work is called off


def plan_all(
    people: Sequence[PersonInput], desk: Desk, settings: PlanSettings, scratch: Path, advance: Callable[[int], object]
) -> list[PlannedPerson]:
    """Return the plans of all people in their order.

    Parameters
    ----------
    people : in any number
    desk, settings : the same for everybody
    scratch : a folder of this run alone
    advance : is told how many plans were just made

    Raises
    ------
    BrokenProcessPool : a process of the pool died
    """
    work = _Work(tuple(people), desk, settings)
    workers = min(_processors(), -(-len(people) // CHUNK))
    if workers <= 1 or len(people) <= FEW:
        return list(_one_by_one(work, advance))
    found = _in_chunks(work, scratch / "work", workers, advance)
    return [plan for start in sorted(found) for plan in found[start]]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one_by_one(work: _Work, advance: Callable[[int], object]) -> Iterator[PlannedPerson]:
    for person in work.people:
        yield plan_person(person, work.desk, work.settings)
        advance(1)


def _in_chunks(work: _Work, path: Path, workers: int, advance: Callable[[int], object]) -> dict[int, list[PlannedPerson]]:
    """Return the plans of every chunk by its first place; when it ends, by an error too, no process is left."""
    # By a file, and places instead of people in the queue: whoever writes more into a pipe than it holds waits for a reader
    # for ever when that process has died.
    path.write_bytes(pickle.dumps(work))
    found: dict[int, list[PlannedPerson]] = {}
    # Fresh processes: a fork of a program with threads may inherit a lock that nobody will ever release.
    with ProcessPoolExecutor(workers, get_context("spawn"), _prepare, (str(path),)) as pool:
        try:
            # Ctrl-C reaches every process of the terminal; it is the business of the first one alone.
            with interrupts_held_back():
                jobs = {pool.submit(_plan, start): start for start in range(0, len(work.people), CHUNK)}
            for job in as_completed(jobs):
                found[jobs[job]] = job.result()
                advance(len(found[jobs[job]]))
        except BaseException:
            path.unlink(missing_ok=True)  # without it no process begins another person
            pool.shutdown(cancel_futures=True)
            raise
    return found


def _prepare(name: str) -> None:
    global _here  # each process of the pool reads the file once
    Thread(target=_end_with_parent, daemon=True).start()
    path = Path(name)
    try:
        _here = pickle.loads(path.read_bytes()), path  # noqa: S301 written a moment ago by the first process into its own folder
    except FileNotFoundError:
        os._exit(0)  # the work was called off while this process came up


def _end_with_parent() -> None:
    """End this process when the first one is gone: killed at once, it cannot say goodbye, and the wait for work would never end."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _plan(start: int) -> list[PlannedPerson]:
    assert _here is not None
    work, path = _here
    chunk = work.people[start : start + CHUNK]
    return [plan_person(person, work.desk, work.settings) for person in chunk if path.exists()]
