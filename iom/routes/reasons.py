"""Why a deficit stays uncovered: what was more important, or which single obstacle stands in the way and which candidate it bars."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from iom.routes.exact import Aim, ExactSearch, OutOfTimeError
from iom.routes.instance import Instance, ItemId, RouteItemSpec
from iom.routes.lifting import lifted
from iom.routes.optimiser import good_route
from iom.routes.rules import Problem, Row, Rule, prepare
from iom.routes.value import coverage_of, value_of

COVERED = 60
"""Per cent of the gap from which a deficit counts as covered (method, section 3)."""


class Obstacle(StrEnum):
    """What may stand in the way, in the order in which it is tried; the first six are those of the method."""

    PREREQUISITE = "prerequisite"
    DATES = "dates"
    SEATS = "seats"
    MONEY = "money"
    HOURS = "hours"
    ELIGIBILITY = "eligibility"
    ITEMS = "items"  # the number of items, or of items of a kind
    DEMANDS = "demands"  # pinned items, minimums of hours and kinds
    REMOVED = "removed"  # the person took the item out


class UncoveredReason(StrEnum):
    OUTWEIGHED = "outweighed"
    OBSTACLE = "obstacle"
    NO_PROGRAMME = "no_programme"
    POSTPONED = "postponed"  # not among the deficits taken into this route
    NOT_CHECKED = "not_checked"  # time ran out


@dataclass(frozen=True)
class Barred:
    """A candidate that cannot enter the instance, and everything that bars it (dates, seats, eligibility)."""

    item: RouteItemSpec
    barriers: frozenset[Obstacle]


@dataclass(frozen=True)
class Explanation:
    """The answer for one deficit.

    `reachable` is the most it could get alone under all the rules. `winners` are the deficits that would lose in a good route that
    covers it; there are none when it would only cost hours.
    `obstacles` holds the one obstacle whose removal helps, several only when no single one does; `candidates` are what would do it
    then, those that it bars first; `needed` is the hours or the money that a whole route with them takes.
    """

    reason: UncoveredReason
    reachable: int = 0
    winners: tuple[int, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    candidates: tuple[ItemId, ...] = ()
    needed: int | None = None


_LIFTS = {
    Obstacle.PREREQUISITE: (Rule.REQUIRES,),
    Obstacle.DATES: (Rule.LOAD,),
    Obstacle.MONEY: (Rule.MONEY,),
    Obstacle.HOURS: (Rule.HOURS_MAX,),
    Obstacle.ITEMS: (Rule.ITEMS, Rule.KIND_MAX),
    Obstacle.DEMANDS: (Rule.MUST, Rule.KIND_MIN, Rule.HOURS_MIN),
    Obstacle.REMOVED: (Rule.FORBIDDEN,),
}


def explain(
    instance: Instance, barred: Sequence[Barred], selected: Iterable[ItemId], need: int, seconds_left: Callable[[], float]
) -> Explanation:
    """Return why the route leaves a deficit under 60 per cent.

    Parameters
    ----------
    instance : the problem that the route solves; it must have a route
    barred : candidates outside of it
    selected : ids of the route
    need : index of the deficit
    seconds_left : what remains of the time limit
    """
    problem = prepare(instance)
    reachable = _reach(problem, need, seconds_left)
    if reachable >= COVERED:
        return _outweighed(problem, selected, need, reachable, seconds_left)
    for obstacle in Obstacle:
        relaxed = prepare(_without(instance, barred, {obstacle}))
        if _reach(relaxed, need, seconds_left) >= COVERED:
            return _named(problem, relaxed, need, reachable, (obstacle,), seconds_left)
    if _reach(prepare(_without(instance, barred, set(Obstacle))), need, seconds_left) < COVERED:
        reason = UncoveredReason.NO_PROGRAMME if seconds_left() > 0 else UncoveredReason.NOT_CHECKED
        return Explanation(reason, reachable)
    obstacles = _fewest_obstacles(instance, barred, need, seconds_left)
    return _named(problem, prepare(_without(instance, barred, set(obstacles))), need, reachable, obstacles, seconds_left)


def _without(instance: Instance, barred: Sequence[Barred], obstacles: set[Obstacle]) -> Instance:
    """Return the instance as it would be without these obstacles."""
    freed = tuple(one.item for one in barred if one.barriers <= obstacles)
    freer = replace(instance, items=instance.items + freed)
    for obstacle in obstacles & _LIFTS.keys():
        for rule in _LIFTS[obstacle]:
            freer = lifted(freer, rule)
    return freer


def _relevant(problem: Problem, need: int) -> list[int]:
    """Return positions that matter for one deficit; where the instance makes demands, everything may be wanted to meet them."""
    if any(row.low is not None for row in problem.rows):
        return list(range(len(problem.items)))
    return sorted(problem.closed_under_requires(place for place, item in enumerate(problem.items) if item.cover.get(need)))


def _cover_aim(problem: Problem, need: int) -> Aim:
    return Aim({place: item.cover[need] for place, item in enumerate(problem.items) if need in item.cover})


def _reach(problem: Problem, need: int, seconds_left: Callable[[], float]) -> int:
    """Return the largest coverage of a deficit alone; 0 too when time runs out before anything is found."""
    aim = _cover_aim(problem, need)
    if sum(aim.per_place.values()) == 0:
        return 0
    found = ExactSearch(problem, _relevant(problem, need)).best(aim, seconds_left())
    return aim.of(found.places)


def _covering(problem: Problem, need: int) -> Row:
    return Row(Rule.MUST, tuple(_cover_aim(problem, need).per_place.items()), low=COVERED)


def _outweighed(problem: Problem, selected: Iterable[ItemId], need: int, reachable: int, seconds_left: Callable[[], float]) -> Explanation:
    """Name the deficits that have less in a good route that covers this one, the greatest loss of weighted value first."""
    instance = problem.instance
    try:
        other = good_route(replace(problem, rows=(*problem.rows, _covering(problem, need))), seconds_left)
    except OutOfTimeError:
        other = None
    if other is None:
        return Explanation(UncoveredReason.NOT_CHECKED, reachable)
    now, then = coverage_of(instance, selected), coverage_of(instance, problem.ids_of(other.places))
    losses = [
        (weight * (value_of(before, instance.segments) - value_of(after, instance.segments)), index)
        for index, (weight, before, after) in enumerate(zip(instance.weights, now, then, strict=True))
    ]
    winners = tuple(index for loss, index in sorted(losses, key=lambda pair: (-pair[0], pair[1])) if loss > 0)
    return Explanation(UncoveredReason.OUTWEIGHED, reachable, winners)


def _fewest_obstacles(instance: Instance, barred: Sequence[Barred], need: int, seconds_left: Callable[[], float]) -> tuple[Obstacle, ...]:
    """Return obstacles that must all be removed: of all, each that is not needed is put back, the first ones in the order last."""
    removed = set(Obstacle)
    for obstacle in reversed(Obstacle):
        if _reach(prepare(_without(instance, barred, removed - {obstacle})), need, seconds_left) >= COVERED:
            removed.discard(obstacle)
    return tuple(obstacle for obstacle in Obstacle if obstacle in removed)


def _named(
    problem: Problem,
    relaxed: Problem,
    need: int,
    reachable: int,
    obstacles: tuple[Obstacle, ...],
    seconds_left: Callable[[], float],
) -> Explanation:
    """Name the candidates: as few as possible that were impossible before, then the least money or hours, then few items."""
    before = {item.id for item in problem.items}
    dearness = 1 + sum(item.price if Obstacle.MONEY in obstacles else item.hours for item in relaxed.items)
    costs = {
        place: (item.id not in before) * dearness + (item.price if Obstacle.MONEY in obstacles else item.hours)
        for place, item in enumerate(relaxed.items)
    }
    search = ExactSearch(relaxed, _relevant(relaxed, need))
    search.require(_covering(relaxed, need))
    items = len(costs) + 1
    found = search.best(Aim({place: -cost * items - 1 for place, cost in costs.items()}), seconds_left())
    if not found.has_route:
        return Explanation(UncoveredReason.NOT_CHECKED, reachable)
    chosen = [relaxed.items[place] for place in found.places]
    useful = [item for item in chosen if item.cover.get(need) or item.id not in before]
    useful.sort(key=lambda item: (item.id in before, -item.cover.get(need, 0)))
    needed = {Obstacle.HOURS: sum(item.hours for item in chosen), Obstacle.MONEY: sum(item.price for item in chosen)}
    amounts = [needed[obstacle] for obstacle in obstacles if obstacle in needed]
    return Explanation(
        UncoveredReason.OBSTACLE,
        reachable,
        obstacles=obstacles,
        candidates=tuple(item.id for item in useful),
        needed=amounts[0] if amounts else None,
    )
