"""One route proposal: how long the proof of the best one takes, by size of the problem."""

import time
from collections.abc import Callable
from statistics import median

from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.cli.bench.load import quantile
from iom.routes.made import made_instance
from iom.routes.optimiser import Status, solve

CANDIDATES = (100, 300, 600)
BUDGETED = 300  # the size that the design names
DEFICITS = 12
INSTANCES = 20
BAR_MS = 100
STEPS = INSTANCES * len(CANDIDATES)
ALL = 100.0


def measure_optimiser(advance: Callable[[int], object]) -> Table:
    """Return median and 95 % quantile of processor time, and the share proven optimal."""
    solve(made_instance(0, CANDIDATES[0], DEFICITS))  # loads the solver's library
    return Table("optimiser", tuple(_row(candidates, advance) for candidates in CANDIDATES))


def _row(candidates: int, advance: Callable[[int], object]) -> Row:
    spent, proven = [], 0
    for seed in range(1, INSTANCES + 1):
        instance = made_instance(seed, candidates, DEFICITS)
        started = time.process_time()
        solution = solve(instance)
        spent.append(1000 * (time.process_time() - started))
        proven += solution.status is Status.OPTIMAL
        advance(1)
    is_budgeted = candidates == BUDGETED
    return Row(
        f"{candidates} x {DEFICITS}",
        (
            Figure("median", median(spent), Unit.MILLISECONDS, BAR_MS if is_budgeted else None),
            Figure("p95", quantile(spent, 0.95), Unit.MILLISECONDS),
            Figure("optimal", ALL * proven / INSTANCES, Unit.PERCENT, ALL if is_budgeted else None, is_floor=True),
        ),
    )
