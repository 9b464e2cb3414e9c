"""When the items of a route are done: dated ones on their dates, the others spread so that no month is heavier than it must be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from iom.routes.instance import ItemId, id_order

HOURS_A_MONTH = 18
"""Hours of one undated item that fit into a month beside teaching: about four a week. An assumption, to be replaced by data."""

NEARLY_EQUAL = 1.25
"""Months up to this much fuller than the emptiest are as good, so that a route begins early rather than in the longest month."""

_WHOLE_MONTH = 28
"""Free days that make a month whole; February is no shorter than others."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One item to be placed; `first` and `last` are given together or not at all."""

    id: ItemId
    hours: int
    first: date | None = None
    last: date | None = None
    requires: tuple[ItemId, ...] = ()


@dataclass(frozen=True)
class _Month:
    """Days of one month that are free for learning, in order; months without such days are left out."""

    days: tuple[date, ...]

    def between(self, earliest: date, latest: date) -> tuple[date, ...]:
        return tuple(day for day in self.days if earliest <= day <= latest)

    def room(self, earliest: date = date.min, latest: date = date.max) -> float:
        """Return the free days of the month between two days as a share of a month, at most 1."""
        return min(_WHOLE_MONTH, len(self.between(earliest, latest))) / _WHOLE_MONTH


def spread(
    steps: Iterable[Step], starts_on: date, ends_on: date, blocked: Sequence[tuple[date, date]] = ()
) -> dict[ItemId, tuple[date, date]]:
    """Return the first and the last day of every step.

    Parameters
    ----------
    steps : items of the route; their order is irrelevant
    starts_on, ends_on : the period, both days included
    blocked : spans of days off; an undated item neither begins nor ends on them

    Returns
    -------
    dict by id; dated items keep their dates, undated ones take whole months (or what the period, days off and prerequisites leave of
    them): the earliest in which the fullest month they touch is hardly fuller than it must be

    Raises
    ------
    ValueError : the period holds no free day

    Notes
    -----
    Greedy: an item with prerequisites after them, otherwise the longest first. A prerequisite ends before its item starts as long as
    there is a day for it.
    """
    plan = _Plan(steps, _months(starts_on, ends_on, blocked))
    for step in plan.in_order():
        plan.place(step)
    return plan.placed


class _Plan:
    def __init__(self, steps: Iterable[Step], months: Sequence[_Month]) -> None:
        if not months:
            raise ValueError("the period must hold a free day")
        self.steps = {step.id: step for step in sorted(steps, key=lambda step: id_order(step.id))}
        self.months = months
        self.hours = [0.0] * len(months)
        self.placed: dict[ItemId, tuple[date, date]] = {}
        for step in self.steps.values():
            if step.first is not None and step.last is not None:
                self._fill(step, step.first, step.last)

    def in_order(self) -> list[Step]:
        """Return undated steps: prerequisites before what requires them, longer before shorter, ties by id."""
        waiting = sorted((step for step in self.steps.values() if step.first is None), key=lambda step: (-step.hours, id_order(step.id)))
        ordered: dict[ItemId, Step] = {}

        def take(step: Step, above: frozenset[ItemId]) -> None:
            for before in step.requires:
                other = self.steps.get(before)
                if other is not None and other.first is None and before not in above:
                    take(other, above | {before})
            ordered.setdefault(step.id, step)

        for step in waiting:
            take(step, frozenset({step.id}))
        return list(ordered.values())

    def place(self, step: Step) -> None:
        """Give an undated step the months in which it weighs least."""
        earliest = max((self.placed[before][1] + _DAY for before in step.requires if before in self.placed), default=date.min)
        latest = self._latest(step, frozenset({step.id}))
        free = [number for number, month in enumerate(self.months) if month.between(earliest, latest)]
        if not free:  # Nothing is left between its neighbours: as near to its prerequisites as the period allows.
            earliest, latest = min(earliest, self.months[-1].days[-1]), date.max
            free = [number for number, month in enumerate(self.months) if month.between(earliest, latest)]
        length = min(len(free), max(1, ceil(step.hours / HOURS_A_MONTH)))
        windows = [free[first : first + length] for first in range(len(free) - length + 1)]
        pressures = [self._pressure(step, window, earliest, latest) for window in windows]
        bearable = NEARLY_EQUAL * min(pressures) + 1e-9
        window = next(window for window, pressure in zip(windows, pressures, strict=True) if pressure <= bearable)
        days = [day for number in window for day in self.months[number].between(earliest, latest)]
        self._fill(step, days[0], days[-1])

    def _latest(self, step: Step, above: frozenset[ItemId]) -> date:
        """Return the last day that leaves every follower its place: the day before a dated one, whole months for undated ones."""
        latest = self.months[-1].days[-1]
        for other in self.steps.values():
            if step.id not in other.requires or other.id in above:
                continue
            if other.first is not None:
                latest = min(latest, other.first - _DAY)
            else:
                latest = min(latest, self._months_before(self._latest(other, above | {other.id}), other))
        return latest

    def _months_before(self, latest: date, follower: Step) -> date:
        """Return the last day before the months that a follower needs, if it ends by `latest`."""
        needed = max(1, ceil(follower.hours / HOURS_A_MONTH))
        until = [number for number, month in enumerate(self.months) if month.days[0] <= latest]
        left = len(until) - needed
        return self.months[left - 1].days[-1] if left > 0 else latest - _DAY

    def _pressure(self, step: Step, window: Sequence[int], earliest: date, latest: date) -> float:
        """Return hours a whole month in the fullest month of the window, were the step placed there."""
        rooms = {number: self.months[number].room(earliest, latest) for number in window}
        total = sum(rooms.values())
        return max((self.hours[number] + step.hours * room / total) / self.months[number].room() for number, room in rooms.items())

    def _fill(self, step: Step, first: date, last: date) -> None:
        self.placed[step.id] = (first, last)
        rooms = [month.room(first, last) for month in self.months]
        for number, room in enumerate(rooms):
            self.hours[number] += step.hours * room / sum(rooms) if room else 0.0


def load_by_month(placed: Mapping[ItemId, tuple[date, date]], hours: Mapping[ItemId, int]) -> dict[date, float]:
    """Return hours in each month, by its first day; hours of an item are spread evenly over its days."""
    load: dict[date, float] = {}
    for item_id, (first, last) in sorted(placed.items(), key=lambda pair: id_order(pair[0])):
        days = (last - first).days + 1
        for number in range(days):
            month = (first + number * _DAY).replace(day=1)
            load[month] = load.get(month, 0.0) + hours[item_id] / days
    return dict(sorted(load.items()))


def _months(starts_on: date, ends_on: date, blocked: Sequence[tuple[date, date]]) -> list[_Month]:
    months: dict[date, list[date]] = {}
    for number in range((ends_on - starts_on).days + 1):
        day = starts_on + number * _DAY
        if not any(since <= day <= until for since, until in blocked):
            months.setdefault(day.replace(day=1), []).append(day)
    return [_Month(tuple(days)) for days in months.values()]
