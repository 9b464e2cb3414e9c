"""Whether a route can really be carried out: dates, enrolment, seats, distance, load, price. Nothing here blocks; all is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from iom.catalog.kinds import DeliveryForm, Funding, Ownership
from iom.matching.regions import is_same_region
from iom.routes.kinds import ItemKind
from iom.routes.models import Route, RouteItem
from iom.routes.months import load_by_month
from iom.routes.workflow import FINISHED_ITEMS

HOURS_A_WEEK = 8
"""More than a working day a week beside teaching is told to the reader; an assumption of ours."""

WEEKS_A_MONTH = 30.4 / 7
ENROL_SOON = timedelta(days=7)
HOLIDAYS = ((1, 1), (1, 8))  # first and last day of the New Year holidays, month and day
PRIVATE_FORBIDDEN_FROM = date(2025, 9, 1)


class Check(StrEnum):
    """What was found, the most pressing first."""

    BEGUN = "begun"
    ENROL_CLOSED = "enrol_closed"
    NO_SEATS = "no_seats"
    PROVIDER_PRIVATE = "provider_private"
    OUTSIDE_PERIOD = "outside_period"
    OVERLAP = "overlap"
    FAR = "far"
    HOLIDAYS = "holidays"
    ENROL_SOON = "enrol_soon"
    HEAVY_MONTH = "heavy_month"
    OVER_BUDGET = "over_budget"
    PAID = "paid"
    ESTIMATED = "estimated"
    NO_DATES = "no_dates"


PRESSING = frozenset({Check.BEGUN, Check.ENROL_CLOSED, Check.NO_SEATS, Check.PROVIDER_PRIVATE, Check.OUTSIDE_PERIOD, Check.OVERLAP})
"""What will very likely stop an item; the rest is worth a look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; which facts are filled depends on the kind."""

    check: Check
    title: str = ""
    other: str = ""
    day: date | None = None
    until: date | None = None
    amount: int = 0


def findings(route: Route, region_name: str, today: date) -> list[Finding]:
    """Return everything worth telling about a route that is to be agreed to, the most pressing first."""
    items = [item for item in route.items if item.status not in FINISHED_ITEMS]
    found = [finding for item in items for finding in _of_item(route, item, region_name, today)]
    found += _overlaps(items)
    found += _of_sums(route, items)
    order = list(Check)
    return sorted(found, key=lambda one: (order.index(one.check), one.day or date.max))


def _of_item(route: Route, item: RouteItem, region_name: str, today: date) -> Iterable[Finding]:
    run, offering = item.run, item.offering
    if item.starts_on and item.ends_on and item.has_fixed_dates:
        if item.starts_on < today:
            yield Finding(Check.BEGUN, item.title, day=item.starts_on)
        if item.starts_on < route.starts_on or item.ends_on > route.ends_on:
            yield Finding(Check.OUTSIDE_PERIOD, item.title, day=item.starts_on, until=item.ends_on)
        if _meets_holidays(item.starts_on, item.ends_on) and _is_onsite(item):
            yield Finding(Check.HOLIDAYS, item.title, day=item.starts_on, until=item.ends_on)
    if run is not None and run.enrol_until:
        if run.enrol_until < today:
            yield Finding(Check.ENROL_CLOSED, item.title, day=run.enrol_until)
        elif run.enrol_until - today <= ENROL_SOON:
            yield Finding(Check.ENROL_SOON, item.title, day=run.enrol_until)
    if run is not None and run.seats == 0:
        yield Finding(Check.NO_SEATS, item.title)
    if offering is None:
        return
    if item.kind is ItemKind.PROGRAM and offering.provider and offering.provider.ownership is Ownership.PRIVATE:
        yield Finding(Check.PROVIDER_PRIVATE, item.title, day=PRIVATE_FORBIDDEN_FROM)
    if offering.delivery_form is DeliveryForm.ONSITE and is_same_region(region_name, offering.region_name) is False:
        yield Finding(Check.FAR, item.title, other=offering.region_name)
    if offering.funding is Funding.PAID and offering.price:
        yield Finding(Check.PAID, item.title, amount=offering.price)


def _is_onsite(item: RouteItem) -> bool:
    return item.offering is not None and item.offering.delivery_form in {DeliveryForm.ONSITE, DeliveryForm.BLENDED}


def _meets_holidays(first: date, last: date) -> bool:
    return any(first <= date(year, *HOLIDAYS[1]) and last >= date(year, *HOLIDAYS[0]) for year in range(first.year, last.year + 1))


def _overlaps(items: Sequence[RouteItem]) -> Iterable[Finding]:
    """Tell two items that need one person in two places on the same days."""
    away = [item for item in items if item.has_fixed_dates and item.starts_on and item.ends_on and _is_onsite(item)]
    for one, other in combinations(sorted(away, key=lambda item: (item.starts_on, item.id)), 2):
        if one.starts_on is None or one.ends_on is None or other.starts_on is None or other.ends_on is None:
            continue
        if other.starts_on <= one.ends_on:
            yield Finding(Check.OVERLAP, one.title, other.title, other.starts_on, min(one.ends_on, other.ends_on))


def _of_sums(route: Route, items: Sequence[RouteItem]) -> Iterable[Finding]:
    placed = {str(item.id): (item.starts_on, item.ends_on) for item in items if item.starts_on and item.ends_on}
    load = load_by_month(
        {key: (first, last) for key, (first, last) in placed.items() if first and last}, {str(item.id): item.hours for item in items}
    )
    for month, hours in load.items():
        if hours / WEEKS_A_MONTH > HOURS_A_WEEK:
            yield Finding(Check.HEAVY_MONTH, day=month, amount=round(hours))
    total = sum(item.hours for item in route.items)
    if total > route.budget_hours:
        yield Finding(Check.OVER_BUDGET, amount=total - route.budget_hours)
    estimated = sum(item.hours_estimated for item in items)
    if estimated:
        yield Finding(Check.ESTIMATED, amount=estimated)
    undated = sum(not item.has_fixed_dates for item in items)
    if undated:
        yield Finding(Check.NO_DATES, amount=undated)
