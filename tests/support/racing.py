"""Two people who press at the same moment: each in a thread and a transaction of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from iom.core.database import transaction
from iom.core.errors import DomainError

Act = Callable[[Session], object]


def race(engine: Engine, *acts: Act) -> list[str]:
    """Carry all out at once; return for each "done" or the name of its refusal, in the order given."""
    barrier = threading.Barrier(len(acts))

    def run(act: Act) -> str:
        barrier.wait(timeout=10)
        try:
            with transaction(engine) as session:
                act(session)
        except DomainError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
