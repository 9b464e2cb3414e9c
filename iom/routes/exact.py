"""The exact search: a route problem as a CP-SAT model that may be asked several questions in turn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ortools.sat.python import cp_model

from iom.routes.rules import Problem, Row

_SEED = 20_260_901
"""Any fixed number: with one worker the same model then always gives the same answer."""


class Answer(StrEnum):
    PROVED = "proved"  # the best, or any when nothing was to be maximised
    FOUND = "found"  # time ran out with a route in hand
    NONE = "none"  # proved that there is no such route
    UNKNOWN = "unknown"  # time ran out with empty hands


class OutOfTimeError(Exception):
    """The limit passed before any route that keeps the rules was found, and before it was proved that there is none."""


@dataclass(frozen=True)
class Found:
    """What a search came to: chosen positions, and the proved upper bound of what was maximised."""

    answer: Answer
    places: tuple[int, ...] = ()
    bound: float = 0.0

    @property
    def has_route(self) -> bool:
        return self.answer in (Answer.PROVED, Answer.FOUND)


@dataclass(frozen=True)
class Aim:
    """A linear quantity to be maximised: one factor for each candidate and one for each unit of value Z."""

    per_place: Mapping[int, int]
    per_value: int = 0

    def of(self, places: Iterable[int]) -> int:
        """Return the part of the quantity that comes from candidates by themselves."""
        return sum(self.per_place.get(place, 0) for place in places)


class ExactSearch:
    """A model over some of the candidates; rules may be added, questions asked."""

    def __init__(self, problem: Problem, places: Iterable[int]) -> None:
        self.problem = problem
        self.places = sorted(places)
        self._model: Any = cp_model.CpModel()
        self._chosen = {place: self._model.new_bool_var("") for place in self.places}
        self._fills: list[cp_model.IntVar] = []
        self._worths: list[int] = []
        for row in problem.rows:
            self.require(row)
        self._add_value()

    def require(self, row: Row) -> None:
        """Keep one more row; candidates outside the model count as not chosen."""
        terms = [(self._chosen[place], factor) for place, factor in row.terms if place in self._chosen]
        self._bound(terms, row.low, row.high)

    def require_value(self, at_least: int) -> None:
        """Keep Z at or over a floor."""
        self._bound(self._terms(self._value_aim()), at_least, None)

    def require_aim(self, aim: Aim, at_least: int) -> None:
        """Keep a quantity at or over a floor."""
        self._bound(self._terms(aim), at_least, None)

    def require_earlier(self, places: Sequence[int]) -> None:
        """Keep only choices that come before this one: equal to it up to some position, and holding that position where it does not."""
        self._model.add_bool_or(self._turns_before(places))

    def require_better(self, aim: Aim, places: Sequence[int]) -> None:
        """Keep only choices with a larger aim than this one, or with the same aim that come before it; prefer the larger."""
        is_earlier = self._model.new_bool_var("")
        self._model.add_bool_or([~is_earlier, *self._turns_before(places)])
        self._bound([*self._terms(aim), (is_earlier, 1)], self.amount(aim, places) + 1, None)

    def amount(self, aim: Aim, places: Iterable[int]) -> int:
        """Return the aim of a choice."""
        chosen = list(places)
        return aim.of(chosen) + aim.per_value * self.problem.value(chosen)

    def _turns_before(self, places: Sequence[int]) -> list[Any]:
        """Return a condition for each chosen position: everything before it as in this choice up to where another one comes in."""
        turns = [self._model.new_bool_var("") for _ in places]
        for turn, until in zip(turns, places, strict=True):
            before = [place for place in self.places if place < until]
            last = max((place for place in places if place < until), default=-1)
            for place in before:
                if place in places:
                    self._model.add_implication(turn, self._chosen[place])
                elif place < last:
                    self._model.add_implication(turn, ~self._chosen[place])
            self._model.add_bool_or([~turn, *(self._chosen[place] for place in before if place > last)])
        return turns

    def any_route(self, seconds: float) -> Found:
        """Return some choice that keeps all rows."""
        self._model.clear_objective()
        return self._run(seconds, has_aim=False)

    def best_value(self, seconds: float) -> Found:
        """Return a choice with the largest Z."""
        return self.best(self._value_aim(), seconds)

    def best(self, aim: Aim, seconds: float) -> Found:
        """Return a choice with the largest aim."""
        terms = self._terms(aim)
        self._model.clear_objective()
        self._model.maximize(_weighted(terms))
        return self._run(seconds, has_aim=True)

    def _value_aim(self) -> Aim:
        return Aim({}, per_value=1)

    def _add_value(self) -> None:
        instance = self.problem.instance
        for need, weight in enumerate(instance.weights):
            terms = [
                (variable, self.problem.items[place].cover[need])
                for place, variable in self._chosen.items()
                if need in self.problem.items[place].cover
            ]
            if weight and terms:
                fills = [self._model.new_int_var(0, length, "") for length, _ in instance.segments]
                self._bound([*terms, *((fill, -1) for fill in fills)], 0, None)
                self._fills += fills
                self._worths += [weight * slope for _, slope in instance.segments]

    def _terms(self, aim: Aim) -> list[tuple[cp_model.IntVar, int]]:
        """Return the aim over variables of the model: Z is the worth of fills less rho for each hour."""
        terms = []
        cost = self.problem.instance.rho * aim.per_value
        for place, variable in self._chosen.items():
            factor = aim.per_place.get(place, 0) - cost * self.problem.items[place].hours
            if factor:
                terms.append((variable, factor))
        if aim.per_value:
            terms += [(fill, aim.per_value * worth) for fill, worth in zip(self._fills, self._worths, strict=True)]
        return terms

    def _bound(self, terms: Sequence[tuple[cp_model.IntVar, int]], low: int | None, high: int | None) -> None:
        if low is not None:
            self._model.add(_weighted(terms) >= low)
        if high is not None:
            self._model.add(_weighted(terms) <= high)

    def _run(self, seconds: float, has_aim: bool) -> Found:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = _SEED
        solver.parameters.max_time_in_seconds = max(0.0, seconds)
        solver.parameters.symmetry_level = 0  # together with no probing a tenth faster on 300 candidates, measured
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.cp_model_presolve = has_aim  # a yes-or-no question is answered sooner as it stands, measured
        solver.parameters.catch_sigint_signal = False  # searches run in worker threads, where handlers may not be set
        status = solver.solve(self._model)
        if status == cp_model.INFEASIBLE:
            return Found(Answer.NONE)
        if status == cp_model.UNKNOWN:
            return Found(Answer.UNKNOWN)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise ArithmeticError(solver.status_name(status))
        places = tuple(place for place, variable in self._chosen.items() if solver.boolean_value(variable))
        answer = Answer.PROVED if status == cp_model.OPTIMAL else Answer.FOUND
        return Found(answer, places, float(solver.best_objective_bound) if has_aim else 0.0)


def _weighted(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([variable for variable, _ in terms], [factor for _, factor in terms])
