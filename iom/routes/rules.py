"""The rules of a route as linear rows over its candidates: one statement of them for the relaxation and for the exact search."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from iom.routes.instance import Instance, ItemId, RouteItemSpec, id_order
from iom.routes.value import objective_of


class Rule(StrEnum):
    HOURS_MAX = "hours_max"
    HOURS_MIN = "hours_min"
    MONEY = "money"
    ITEMS = "items"
    LOAD = "load"
    REQUIRES = "requires"
    ORDER = "order"  # a dated prerequisite must end before its item starts
    GROUP = "group"
    KIND_MIN = "kind_min"
    KIND_MAX = "kind_max"
    MUST = "must"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Row:
    """low ≤ Σ coefficient · x ≤ high over positions of candidates; None is no bound on that side."""

    rule: Rule
    terms: tuple[tuple[int, int], ...]
    low: int | None = None
    high: int | None = None

    def holds(self, chosen: Collection[int]) -> bool:
        """Tell whether a choice of positions keeps the row."""
        total = sum(factor for place, factor in self.terms if place in chosen)
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


@dataclass(frozen=True)
class Problem:
    """An instance made ready: candidates that are possible at all, sorted by id, and the rows over their positions."""

    instance: Instance
    items: tuple[RouteItemSpec, ...]
    rows: tuple[Row, ...]

    def keeps(self, places: Iterable[int]) -> bool:
        """Tell whether a choice keeps every row."""
        chosen = set(places)
        return all(row.holds(chosen) for row in self.rows)

    def ids_of(self, places: Iterable[int]) -> tuple[ItemId, ...]:
        """Return ids in the order of positions."""
        return tuple(self.items[place].id for place in sorted(places))

    def value(self, places: Iterable[int]) -> int:
        """Return Z of a choice."""
        return objective_of(self.instance, self.ids_of(places))

    def closed_under_requires(self, positions: Iterable[int]) -> set[int]:
        """Return the positions with all their prerequisites, near and far."""
        place = {item.id: position for position, item in enumerate(self.items)}
        closed: set[int] = set()
        waiting = list(positions)
        while waiting:
            position = waiting.pop()
            if position not in closed:
                closed.add(position)
                waiting.extend(place[before] for before in self.items[position].requires)
        return closed


def prepare(instance: Instance) -> Problem:
    """Return the problem over possible candidates; an item that no route can hold is left out."""
    items = possible_items(instance)
    return Problem(instance, items, tuple(rows_of(instance, items)))


def possible_items(instance: Instance) -> tuple[RouteItemSpec, ...]:
    """Return candidates that are not excluded by themselves, sorted by id.

    Excluded are forbidden items, those over a limit alone, and those whose prerequisite is missing, excluded or not over in time.
    """
    forbidden = set(instance.forbidden)
    left = {item.id: item for item in instance.items if item.id not in forbidden and _fits_alone(instance, item)}
    while lost := [item.id for item in left.values() if not _prerequisites_possible(item, left)]:
        for item_id in lost:
            del left[item_id]
    return tuple(sorted(left.values(), key=lambda item: id_order(item.id)))


def is_over_before(before: RouteItemSpec, item: RouteItemSpec) -> bool:
    """Tell whether a prerequisite ends before its item starts; true when either has no dates."""
    return before.end is None or item.start is None or before.end < item.start


def busiest_days(items: Sequence[RouteItemSpec]) -> Iterator[list[int]]:
    """Yield positions of items with load that run together, once for each largest set of them.

    A set of running items can only grow on a start day, so start days are enough; one whose items all still run
    on the next start day is part of that day's set.
    """
    dated = [(place, item.start, item.end) for place, item in enumerate(items) if item.load and item.start is not None]
    days = sorted({start for _, start, _ in dated})
    for day, following in zip_longest(days, days[1:]):
        running = [(place, end) for place, start, end in dated if end is not None and start <= day <= end]
        if following is None or any(end < following for _, end in running):
            yield [place for place, _ in running]


def _fits_alone(instance: Instance, item: RouteItemSpec) -> bool:
    too_long = item.hours > instance.hours_max
    too_dear = instance.money_max is not None and item.price > instance.money_max
    too_heavy = instance.load_max is not None and item.start is not None and item.load > instance.load_max
    return not (too_long or too_dear or too_heavy)


def _prerequisites_possible(item: RouteItemSpec, left: dict[ItemId, RouteItemSpec]) -> bool:
    return all(before in left and is_over_before(left[before], item) for before in item.requires)


def rows_of(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    """Yield every rule of the instance over these items, also over items that are possible in no route."""
    yield from _budget_rows(instance, items)
    yield from _load_rows(instance, items)
    yield from _group_rows(items)
    yield from _requires_rows(items)
    yield from _kind_rows(instance, items)
    yield from _must_rows(instance, items)
    yield from _impossible_rows(instance, items)


def _budget_rows(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    hours = tuple((place, item.hours) for place, item in enumerate(items) if item.hours)
    yield Row(Rule.HOURS_MAX, hours, high=instance.hours_max)
    if instance.hours_min:
        yield Row(Rule.HOURS_MIN, hours, low=instance.hours_min)
    if instance.money_max is not None:
        yield Row(Rule.MONEY, tuple((place, item.price) for place, item in enumerate(items) if item.price), high=instance.money_max)
    if instance.items_max is not None:
        yield Row(Rule.ITEMS, tuple((place, 1) for place in range(len(items))), high=instance.items_max)


def _load_rows(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    if instance.load_max is None:
        return
    for running in busiest_days(items):
        if sum(items[place].load for place in running) > instance.load_max:
            yield Row(Rule.LOAD, tuple((place, items[place].load) for place in running), high=instance.load_max)


def _group_rows(items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    streams: defaultdict[str | int, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        if item.group is not None:
            streams[item.group].append(place)
    for places in streams.values():
        if len(places) > 1:
            yield Row(Rule.GROUP, tuple((place, 1) for place in places), high=1)


def _requires_rows(items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    place_of = {item.id: place for place, item in enumerate(items)}
    for place, item in enumerate(items):
        for before in sorted({place_of[before] for before in item.requires if before in place_of} - {place}):
            yield Row(Rule.REQUIRES, ((place, 1), (before, -1)), high=0)


def _kind_rows(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    for kind in sorted(instance.kind_min.keys() | instance.kind_max.keys()):
        terms = tuple((place, 1) for place, item in enumerate(items) if item.kind == kind)
        if instance.kind_min.get(kind, 0) > 0:
            yield Row(Rule.KIND_MIN, terms, low=instance.kind_min[kind])
        if kind in instance.kind_max:
            yield Row(Rule.KIND_MAX, terms, high=instance.kind_max[kind])


def _must_rows(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    place_of = {item.id: place for place, item in enumerate(items)}
    for item_id in sorted(set(instance.must), key=id_order):
        terms = ((place_of[item_id], 1),) if item_id in place_of else ()
        yield Row(Rule.MUST, terms, low=1)


def _impossible_rows(instance: Instance, items: tuple[RouteItemSpec, ...]) -> Iterator[Row]:
    """Yield rows of items that must stay out by themselves; `prepare` leaves such items out beforehand."""
    by_id = {item.id: item for item in items}
    for place, item in enumerate(items):
        if item.id in instance.forbidden:
            yield Row(Rule.FORBIDDEN, ((place, 1),), high=0)
        if any(before not in by_id for before in item.requires):
            yield Row(Rule.REQUIRES, ((place, 1),), high=0)
        if not all(is_over_before(by_id[before], item) for before in item.requires if before in by_id):
            yield Row(Rule.ORDER, ((place, 1),), high=0)
