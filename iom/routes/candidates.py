"""Needs, candidates and conditions of one person, and the route instance that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iom.profiles.priority import Need, choose_for_route
from iom.routes.instance import Instance, ItemId, RouteItemSpec
from iom.routes.reasons import Barred, Obstacle

WEIGHT_STEPS = 10
"""Weights are whole numbers from 1 to this, the largest for the deficit with the highest priority (method, section 3)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may become an item of the route; for streams of one programme there is one candidate each, in one group.

    An item with a single day has it as `start` and `end`, or as either of them.
    """

    id: ItemId
    kind: str
    hours: int  # academic hours
    cover: Mapping[str, int]  # code of a need → per cent of its gap
    hours_estimated: bool = False
    price: int = 0  # roubles
    load: int = 0  # 2 away from work, 1 beside it on fixed days, 0 at any time
    start: date | None = None
    end: date | None = None
    seats_left: int | None = None  # None where seats are not counted
    requires: tuple[ItemId, ...] = ()  # what is completed already is left out
    group: str | int | None = None
    obstacles: tuple[str, ...] = ()  # codes of what makes the person ineligible


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the person and the season allow."""

    hours_max: int
    hours_min: int = 0
    money_max: int | None = None
    items_max: int | None = 8
    load_max: int | None = 2
    must: tuple[ItemId, ...] = ()
    forbidden: tuple[ItemId, ...] = ()
    kind_min: Mapping[str, int] = field(default_factory=dict)
    kind_max: Mapping[str, int] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    blocked: tuple[tuple[date, date], ...] = ()  # days on which the person cannot leave work, both ends included
    needs_max: int = 5


@dataclass(frozen=True)
class Case:
    """The instance of one person together with what its indexes mean and what had to stay outside of it."""

    instance: Instance
    codes: tuple[str, ...]  # code of the need behind each weight
    barred: tuple[Barred, ...]
    postponed: tuple[str, ...]  # needs with less priority than those taken
    pinned_but_barred: tuple[ItemId, ...]


def make_case(needs: Iterable[Need], candidates: Sequence[Candidate], conditions: Conditions) -> Case:
    """Return the instance of a person; needs with equal codes count once, with the highest priority.

    Raises
    ------
    ValueError : two candidates with one id
    """
    if len({candidate.id for candidate in candidates}) < len(candidates):
        raise ValueError("candidates must have different ids")
    ordered = choose_for_route(needs, limit=10**6)
    unique = list({need.competency_code: need for need in reversed(ordered)}.values())[::-1]
    taken = unique[: conditions.needs_max]
    codes = tuple(need.competency_code for need in taken)
    barriers = {candidate.id: barriers_of(candidate, conditions) for candidate in candidates}
    specs = {candidate.id: _spec(candidate, codes) for candidate in candidates}
    free = [candidate.id for candidate in candidates if not barriers[candidate.id]]
    return Case(
        instance=_instance(taken, [specs[item_id] for item_id in free], conditions),
        codes=codes,
        barred=tuple(Barred(specs[item_id], barred) for item_id, barred in barriers.items() if barred),
        postponed=tuple(need.competency_code for need in unique[conditions.needs_max :]),
        pinned_but_barred=tuple(item_id for item_id in conditions.must if item_id not in set(free)),
    )


def weights_of(priorities: Sequence[float]) -> tuple[int, ...]:
    """Return whole weights in proportion to priorities.

    Parameters
    ----------
    priorities : importance × severity × mark of each deficit taken, 0 or more

    Returns
    -------
    tuple of int, 1..10: max(1, round half up of 10 · priority / largest), 1 for all when every priority is 0

    Notes
    -----
    Method, section 3. Whole weights make Z whole, and so equality of two routes exact.
    """
    largest = max(priorities, default=0.0)
    if largest <= 0:
        return (1,) * len(priorities)
    # Rounded first, so that a half reached by another order of factors is still a half.
    return tuple(max(1, int(round(WEIGHT_STEPS * priority / largest, 9) + 0.5)) for priority in priorities)


def barriers_of(candidate: Candidate, conditions: Conditions) -> frozenset[Obstacle]:
    """Return everything that keeps a candidate out of any route in this period; what clashes with other items is not here."""
    barriers = set()
    if not _is_in_time(candidate, conditions):
        barriers.add(Obstacle.DATES)
    if candidate.seats_left is not None and candidate.seats_left <= 0:
        barriers.add(Obstacle.SEATS)
    if candidate.obstacles:
        barriers.add(Obstacle.ELIGIBILITY)
    return frozenset(barriers)


def days_of(candidate: Candidate) -> tuple[date, date] | None:
    """Return the first and the last day, or None for a candidate without dates."""
    first, last = candidate.start or candidate.end, candidate.end or candidate.start
    return None if first is None or last is None else (first, last)


def _is_in_time(candidate: Candidate, conditions: Conditions) -> bool:
    days = days_of(candidate)
    if days is None:
        return True
    first, last = days
    if conditions.starts_on is not None and first < conditions.starts_on:
        return False
    if conditions.ends_on is not None and last > conditions.ends_on:
        return False
    # Work at one's own pace may go around the days off; fixed days may not.
    return candidate.load == 0 or not any(first <= until and since <= last for since, until in conditions.blocked)


def _spec(candidate: Candidate, codes: Sequence[str]) -> RouteItemSpec:
    days = days_of(candidate)
    return RouteItemSpec(
        id=candidate.id,
        kind=candidate.kind,
        hours=candidate.hours,
        price=candidate.price,
        load=candidate.load,
        start=days[0].toordinal() if days else None,
        end=days[1].toordinal() if days else None,
        cover={index: candidate.cover[code] for index, code in enumerate(codes) if candidate.cover.get(code)},
        requires=candidate.requires,
        group=candidate.group,
    )


def _instance(taken: Sequence[Need], items: Sequence[RouteItemSpec], conditions: Conditions) -> Instance:
    offered = {item.id for item in items}
    return Instance(
        id="proposal",
        weights=weights_of([need.priority for need in taken]),
        hours_max=conditions.hours_max,
        items=tuple(items),
        hours_min=conditions.hours_min,
        money_max=conditions.money_max,
        items_max=conditions.items_max,
        load_max=conditions.load_max,
        must=tuple(item_id for item_id in conditions.must if item_id in offered),
        forbidden=conditions.forbidden,
        kind_min=conditions.kind_min,
        kind_max=conditions.kind_max,
        has_calendar_dates=True,
    )
