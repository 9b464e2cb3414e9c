"""The linear relaxation: how good any route can be at most, and what taking one candidate costs against that."""

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from iom.routes.rules import Problem

_TOLERANCE = 1e-6
"""Relative; HiGHS works to 1e-7, so a bound is rounded in favour of keeping a candidate."""

_INFEASIBLE = 2
"""Status code of scipy.optimize.linprog."""


@dataclass(frozen=True)
class Relaxation:
    """An upper bound of Z, the share of each candidate in the relaxed route, and its reduced cost in units of Z."""

    bound: float
    shares: NDArray[np.float64]
    reduced_costs: NDArray[np.float64]

    @property
    def whole_bound(self) -> int:
        """Return the bound as an integer: Z is one, so the fraction cannot be reached."""
        return floor(self.bound + self._slack)

    def support(self) -> list[int]:
        """Return positions of candidates that the relaxed route uses."""
        return [int(place) for place in np.flatnonzero(self.shares > _TOLERANCE)]

    def by_promise(self) -> list[int]:
        """Return all positions: the support first, then by the smallest reduced cost, ties by position."""
        outside = self.shares <= _TOLERANCE
        return [int(place) for place in np.lexsort((np.arange(len(self.shares)), np.abs(self.reduced_costs).round(6), outside))]

    def able_to_reach(self, objective: int) -> list[int]:
        """Return positions of candidates that may stand in a route with Z of at least `objective`."""
        inside = self.shares > _TOLERANCE
        reachable = np.floor(self.bound + self.reduced_costs + self._slack) >= objective
        return [int(place) for place in np.flatnonzero(inside | reachable)]

    @property
    def _slack(self) -> float:
        return _TOLERANCE * max(1.0, abs(self.bound))


def relax(problem: Problem) -> Relaxation | None:
    """Return the relaxation, or None when even fractions of items cannot keep the rules.

    Parameters
    ----------
    problem : candidates and rows; x_i in 0..1, and for each deficit one variable a segment of V in 0..length

    Returns
    -------
    Relaxation; reduced costs are 0 or less for candidates at 0, 0 or more for those at 1. Should the solver give up, the relaxation
    says nothing: the largest Z there can be, and every candidate kept.

    Notes
    -----
    Dual simplex of HiGHS, so that the solution is a vertex and most reduced costs differ from 0. V is concave, hence its segments
    fill in order by themselves. Method, section 3, step 2.
    """
    instance = problem.instance
    costs = [instance.rho * item.hours for item in problem.items]
    fills = [-weight * slope for weight in instance.weights for _, slope in instance.segments]
    lengths = [length for _ in instance.weights for length, _ in instance.segments]
    matrix, limits = _inequalities(problem)
    if not costs and not fills:  # Nobody needs anything and nothing is offered: the solver wants at least one variable.
        return None if (limits < 0).any() else Relaxation(0.0, np.zeros(0), np.zeros(0))
    bounds = [(0, 1)] * len(costs) + [(0, length) for length in lengths]
    result: Any = linprog(
        np.array(costs + fills, dtype=float),
        A_ub=matrix,
        b_ub=limits,
        bounds=bounds,
        method="highs-ds",
    )
    if result.status == _INFEASIBLE:
        return None
    if not result.success:
        return Relaxation(-float(np.dot(fills, lengths)), np.ones(len(costs)), np.zeros(len(costs)))
    marginals = result.lower.marginals + result.upper.marginals
    return Relaxation(-float(result.fun), np.asarray(result.x[: len(costs)]), -np.asarray(marginals[: len(costs)]))


def _inequalities(problem: Problem) -> tuple[Any, NDArray[np.float64]]:
    """Return the matrix and right sides of all rows as «at most», the rows of coverage last."""
    triples: list[tuple[int, int, int]] = []
    limits: list[int] = []
    for row in problem.rows:
        for sign, limit in ((1, row.high), (-1, row.low)):
            if limit is not None:
                triples += [(len(limits), place, sign * factor) for place, factor in row.terms]
                limits.append(sign * limit)
    first_need = len(limits)
    instance = problem.instance
    for place, item in enumerate(problem.items):
        triples += [(first_need + need, place, -percent) for need, percent in item.cover.items()]
    for need in range(len(instance.weights)):
        first_fill = len(problem.items) + need * len(instance.segments)
        triples += [(first_need + need, first_fill + step, 1) for step in range(len(instance.segments))]
        limits.append(0)
    columns = len(problem.items) + len(instance.weights) * len(instance.segments)
    rows, places, factors = zip(*triples, strict=True) if triples else ((), (), ())
    matrix = csr_array((np.array(factors, dtype=float), (rows, places)), shape=(len(limits), columns))
    return matrix, np.array(limits, dtype=float)
