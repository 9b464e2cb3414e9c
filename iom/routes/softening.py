"""What has to give when the limits contradict each other: minimum hours first, then minimums by kind, then pinned items."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from iom.routes.exact import Aim, Answer, ExactSearch, OutOfTimeError
from iom.routes.instance import Instance, ItemId
from iom.routes.lifting import lifted
from iom.routes.rules import Problem, Rule, prepare

_LIFTED_ALONE = (Rule.HOURS_MAX, Rule.MONEY, Rule.ITEMS, Rule.LOAD, Rule.KIND_MAX, Rule.FORBIDDEN, Rule.REQUIRES)


@dataclass(frozen=True)
class GaveWay:
    """One demand that could not be met: what was asked and what is possible (hours, items of a kind, or 1 and 0 for a pinned item)."""

    rule: Rule
    subject: ItemId | None  # the kind or the pinned item
    asked: int
    possible: int


def soften(instance: Instance, seconds_left: Callable[[], float]) -> tuple[Instance, tuple[GaveWay, ...]]:
    """Return the instance with as little taken off its demands as possible, and what was taken off.

    Pinned items are kept before minimums by kind, and these before the minimum of hours. Money stands last in that order and never
    has to give: without those demands the empty route costs nothing. All other rules stay hard.

    Raises
    ------
    OutOfTimeError : time ran out before it was proved how much can be kept
    """
    bare = replace(instance, hours_min=0, kind_min={}, must=())
    problem = prepare(bare)
    search = ExactSearch(problem, range(len(problem.items)))
    pinned = set(instance.must)
    kept = _most(search, Aim({place: 1 for place, item in enumerate(problem.items) if item.id in pinned}), len(pinned), seconds_left)
    kinds = {kind: _most(search, _aim_at_kind(problem, kind), asked, seconds_left) for kind, asked in sorted(instance.kind_min.items())}
    hours = _most(search, Aim({place: item.hours for place, item in enumerate(problem.items)}), instance.hours_min, seconds_left)
    # Of equally many pinned items, those with which the route is worth most.
    chosen = problem.ids_of(search.best_value(seconds_left()).places) if kept else ()
    relaxed = replace(bare, hours_min=hours, kind_min=kinds, must=tuple(item_id for item_id in instance.must if item_id in chosen))
    return relaxed, _differences(instance, relaxed)


def yielded(instance: Instance, gave_way: Iterable[GaveWay]) -> Instance:
    """Return the instance with its demands lowered to what is possible."""
    possible = {(gave.rule, gave.subject): gave.possible for gave in gave_way}
    return replace(
        instance,
        hours_min=possible.get((Rule.HOURS_MIN, None), instance.hours_min),
        kind_min={kind: possible.get((Rule.KIND_MIN, kind), least) for kind, least in instance.kind_min.items()},
        must=tuple(item_id for item_id in instance.must if (Rule.MUST, item_id) not in possible),
    )


def find_clashes(instance: Instance, seconds_left: Callable[[], float]) -> tuple[Rule, ...]:
    """Return the limits any one of which, lifted alone, would let all demands be met."""
    return tuple(rule for rule in _LIFTED_ALONE if _has_route(lifted(instance, rule), seconds_left))


def _has_route(instance: Instance, seconds_left: Callable[[], float]) -> bool:
    problem = prepare(instance)
    return ExactSearch(problem, range(len(problem.items))).any_route(seconds_left()).has_route


def _most(search: ExactSearch, aim: Aim, asked: int, seconds_left: Callable[[], float]) -> int:
    """Return how much of a demand can be met at most, and hold the search to it."""
    if asked <= 0:
        return 0
    found = search.best(aim, seconds_left())
    if found.answer is not Answer.PROVED:
        raise OutOfTimeError
    possible = min(asked, aim.of(found.places))
    search.require_aim(aim, possible)
    return possible


def _aim_at_kind(problem: Problem, kind: str) -> Aim:
    return Aim({place: 1 for place, item in enumerate(problem.items) if item.kind == kind})


def _differences(asked: Instance, relaxed: Instance) -> tuple[GaveWay, ...]:
    gave_way = []
    if relaxed.hours_min < asked.hours_min:
        gave_way.append(GaveWay(Rule.HOURS_MIN, None, asked.hours_min, relaxed.hours_min))
    gave_way += _kind_differences(asked.kind_min, relaxed.kind_min)
    gave_way += [GaveWay(Rule.MUST, item_id, 1, 0) for item_id in asked.must if item_id not in relaxed.must]
    return tuple(gave_way)


def _kind_differences(asked: Mapping[str, int], relaxed: Mapping[str, int]) -> list[GaveWay]:
    return [GaveWay(Rule.KIND_MIN, kind, asked[kind], relaxed[kind]) for kind in sorted(asked) if relaxed[kind] < asked[kind]]
