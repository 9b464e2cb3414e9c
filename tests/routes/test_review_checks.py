"""What may not work out in a route, one finding a case, by hand-made items on a fixed day; no database is touched."""

from datetime import date
from typing import Any

import pytest

from iom.catalog.kinds import DeliveryForm, Funding, Ownership
from iom.catalog.models import Offering, OfferingRun
from iom.organizations.models import Provider
from iom.routes import review_texts
from iom.routes.kinds import ItemKind
from iom.routes.models import Route, RouteItem
from iom.routes.review_checks import PRESSING, Check, Finding, findings
from iom.routes.workflow import ItemStatus

TODAY = date(2026, 11, 24)
REGION = "Лесогорская область"


def offering(**values: Any) -> Offering:
    facts: dict[str, Any] = {"delivery_form": DeliveryForm.ONLINE, "funding": Funding.BUDGET, "price": None, "region_name": REGION}
    return Offering(**(facts | values))


def item(key: int = 1, **values: Any) -> RouteItem:
    facts: dict[str, Any] = {
        "id": key,
        "position": key,
        "kind": ItemKind.EVENT,
        "title": f"Шаг {key}",
        "hours": 12,
        "hours_estimated": False,
        "status": ItemStatus.PLANNED,
        "starts_on": date(2027, 2, 1),
        "ends_on": date(2027, 2, 26),
        "has_fixed_dates": True,
        "offering": offering(),
        "run": None,
    }
    return RouteItem(**(facts | values))


def found(*items: RouteItem, budget: int = 72) -> list[Finding]:
    route = Route(starts_on=date(2026, 11, 2), ends_on=date(2027, 5, 31), budget_hours=budget, items=list(items))
    return findings(route, REGION, TODAY)


def test_a_sound_route_has_nothing_to_tell() -> None:
    assert found(item(1), item(2, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 26))) == []


@pytest.mark.parametrize(("first", "told"), [(date(2026, 11, 23), True), (TODAY, False)])
def test_what_has_begun(first: date, told: bool) -> None:
    expected = [Finding(Check.BEGUN, "Шаг 1", day=first)] if told else []
    assert found(item(1, starts_on=first, ends_on=date(2026, 12, 20))) == expected


def test_months_that_we_propose_neither_begin_early_nor_leave_the_period() -> None:
    [only] = found(item(1, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), has_fixed_dates=False))
    assert (only.check, only.amount) == (Check.NO_DATES, 1)


def test_dates_outside_the_period() -> None:
    [only] = found(item(1, starts_on=date(2027, 5, 24), ends_on=date(2027, 6, 4)))
    assert (only.check, only.day, only.until) == (Check.OUTSIDE_PERIOD, date(2027, 5, 24), date(2027, 6, 4))


@pytest.mark.parametrize(
    ("until", "check"),
    [(date(2026, 11, 23), Check.ENROL_CLOSED), (TODAY, Check.ENROL_SOON), (date(2026, 12, 1), Check.ENROL_SOON), (date(2026, 12, 2), None)],
)
def test_enrolment(until: date, check: Check | None) -> None:
    run = OfferingRun(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 26), enrol_until=until, seats=None)
    assert [one.check for one in found(item(1, run=run))] == ([check] if check else [])


@pytest.mark.parametrize(("seats", "told"), [(0, True), (1, False), (None, False)])
def test_seats(seats: int | None, told: bool) -> None:
    run = OfferingRun(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 26), seats=seats)
    assert [one.check for one in found(item(1, run=run))] == ([Check.NO_SEATS] if told else [])


def test_private_providers_train_nobody_of_a_school() -> None:
    private = offering(provider=Provider(name="ООО", ownership=Ownership.PRIVATE))
    state = offering(provider=Provider(name="ИРО", ownership=Ownership.STATE))
    assert [one.check for one in found(item(1, kind=ItemKind.PROGRAM, offering=private))] == [Check.PROVIDER_PRIVATE]
    assert found(item(1, kind=ItemKind.PROGRAM, offering=state)) == []
    assert found(item(1, kind=ItemKind.EVENT, offering=private)) == []  # a conference may be anybody's


def test_two_places_on_the_same_days() -> None:
    onsite = {"offering": offering(delivery_form=DeliveryForm.ONSITE), "hours": 8}
    one = item(1, starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 12), **onsite)
    two = item(2, starts_on=date(2027, 2, 12), ends_on=date(2027, 2, 19), **onsite)
    later = item(3, starts_on=date(2027, 2, 20), ends_on=date(2027, 2, 26), **onsite)
    assert found(one, two, later) == [Finding(Check.OVERLAP, "Шаг 1", "Шаг 2", date(2027, 2, 12), date(2027, 2, 12))]
    assert found(one, item(4, hours=8, starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 12))) == []  # the other one is online


def test_far_away_only_where_one_must_go() -> None:
    far = {"region_name": "Степногорский край"}
    assert [one.check for one in found(item(1, offering=offering(delivery_form=DeliveryForm.ONSITE, **far)))] == [Check.FAR]
    assert found(item(1, offering=offering(**far))) == []
    assert found(item(1, offering=offering(delivery_form=DeliveryForm.ONSITE, region_name=""))) == []


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 12, 28), date(2026, 12, 31), False),
        (date(2026, 12, 28), date(2027, 1, 1), True),
        (date(2027, 1, 8), date(2027, 1, 15), True),
        (date(2027, 1, 9), date(2027, 1, 15), False),
        (date(2026, 12, 20), date(2027, 1, 20), True),
    ],
)
def test_new_year_holidays(first: date, last: date, told: bool) -> None:
    blended = offering(delivery_form=DeliveryForm.BLENDED)
    assert [one.check for one in found(item(1, starts_on=first, ends_on=last, offering=blended))] == ([Check.HOLIDAYS] if told else [])


def test_a_month_over_eight_hours_a_week() -> None:
    """30.4 days are 4.34 weeks: 34 h are 7.8 a week, 35 h are 8.06."""
    assert found(item(1, hours=34)) == []
    assert [(one.check, one.day, one.amount) for one in found(item(1, hours=35))] == [(Check.HEAVY_MONTH, date(2027, 2, 1), 35)]


def test_hours_price_and_estimates() -> None:
    paid = offering(funding=Funding.PAID, price=4200)
    told = {one.check: one.amount for one in found(item(1, offering=paid, hours_estimated=True), item(2), budget=20)}
    assert told == {Check.OVER_BUDGET: 4, Check.PAID: 4200, Check.ESTIMATED: 1}


@pytest.mark.parametrize("status", [ItemStatus.DONE, ItemStatus.DONE_UNCONFIRMED, ItemStatus.MOVED])
def test_what_is_over_is_not_checked(status: ItemStatus) -> None:
    assert found(item(1, status=status, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 5))) == []


def test_the_most_pressing_comes_first_and_every_finding_has_its_sentence() -> None:
    run = OfferingRun(starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 20), enrol_until=date(2026, 11, 15), seats=0)
    told = found(
        item(1, starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 20), run=run, offering=offering(funding=Funding.PAID, price=100))
    )
    assert [one.check for one in told] == [Check.BEGUN, Check.ENROL_CLOSED, Check.NO_SEATS, Check.PAID]
    assert [one.check in PRESSING for one in told] == [True, True, True, False]
    assert review_texts.finding(told[0], TODAY) == "«Шаг 1» уже началось 20\u00a0ноября."
    assert set(review_texts.FINDING) == set(Check)
    for check in Check:
        whole = Finding(check, "Шаг", "Другой", date(2026, 12, 1), date(2026, 12, 2), 3)
        assert "{" not in review_texts.finding(whole, TODAY)
