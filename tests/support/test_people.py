"""What waits and who has stopped, worked out by hand on one calendar: today is Tuesday, 24 November 2026."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.routes.workflow import RouteStatus
from iom.support.people import (
    Filter,
    ListView,
    PersonFacts,
    Rights,
    RouteFacts,
    Stuck,
    Waits,
    counts,
    ordered,
    standing_of,
    urgent,
)

TODAY = date(2026, 11, 24)
TUTOR = Rights(may_review=True, may_accept=True, answer_days=10)
METHODIST = Rights(may_review=False, may_accept=True, answer_days=10)
READER = Rights(may_review=False, may_accept=False, answer_days=10)


def route(status: RouteStatus = RouteStatus.IN_PROGRESS, **values: Any) -> RouteFacts:
    facts: dict[str, Any] = {"id": 1, "version": 3, "status": status, "due_on": None, "moved_on": TODAY - timedelta(days=1)}
    return RouteFacts(**(facts | {"items": 4, "hours": 72} | values))


def person(found: RouteFacts | None = None, **values: Any) -> PersonFacts:
    facts: dict[str, Any] = {
        "employee_id": 1,
        "first_name": "Анна",
        "last_name": "Образцова",
        "school": "Лесновская СОШ",
        "municipality": "Лесновский округ",
        "subjects": ("Математика",),
        "position": "учитель",
        "signed_in_on": TODAY,
        "route": found,
    }
    return PersonFacts(**(facts | values))


def waits(found: RouteFacts, rights: Rights = TUTOR) -> list[tuple[Waits, date | None]]:
    return [(one.kind, one.due_on) for one in standing_of(person(found), rights, TODAY).decisions]


def stops(found: RouteFacts, rights: Rights = TUTOR, **values: Any) -> list[tuple[Stuck, int]]:
    return [(one.reason, one.days) for one in standing_of(person(found, **values), rights, TODAY).stops]


# Decisions


def test_a_sent_route_waits_for_the_tutor_by_its_own_term() -> None:
    sent = route(RouteStatus.ON_REVIEW, due_on=date(2026, 12, 1))
    assert waits(sent) == [(Waits.ROUTE, date(2026, 12, 1))]
    assert waits(sent, METHODIST) == []


def test_evidence_is_due_ten_working_days_after_it_was_handed_in() -> None:
    # Handed in on Thursday the 19th: Friday is the first day, two weekends do not count, the tenth is Thursday the 3rd.
    assert waits(route(evidence=2, evidence_since=date(2026, 11, 19))) == [(Waits.EVIDENCE, date(2026, 12, 3))]
    assert waits(route(evidence=2, evidence_since=date(2026, 11, 19)), READER) == []


def test_a_lost_item_waits_until_the_day_it_would_have_begun() -> None:
    lost = route(replacements=1, replacement_on=date(2026, 12, 7))
    assert waits(lost) == [(Waits.REPLACEMENT, date(2026, 12, 7))]
    assert waits(route(RouteStatus.COMPLETED, replacements=1, due_on=date(2026, 12, 8))) == [(Waits.CLOSING, date(2026, 12, 8))]


def test_the_nearest_term_comes_first_and_names_the_person() -> None:
    both = route(evidence=1, evidence_since=date(2026, 11, 19), replacements=1, replacement_on=date(2026, 11, 30))
    assert [kind for kind, _ in waits(both)] == [Waits.REPLACEMENT, Waits.EVIDENCE]
    assert standing_of(person(both), TUTOR, TODAY).due_on == date(2026, 11, 30)


@pytest.mark.parametrize("status", [RouteStatus.DRAFT, RouteStatus.RETURNED, RouteStatus.AGREED, RouteStatus.APPROVED])
def test_other_states_wait_for_others(status: RouteStatus) -> None:
    assert waits(route(status)) == []


# Stops


def test_an_agreed_route_past_the_heads_term_waits_for_the_school() -> None:
    agreed = route(RouteStatus.AGREED, due_on=date(2026, 11, 23), moved_on=date(2026, 11, 15))
    assert stops(agreed) == [(Stuck.SCHOOL, 9)]
    assert stops(agreed, Rights(True, True, 10, center_approves=True)) == [(Stuck.CENTER, 9)]
    assert stops(route(RouteStatus.AGREED, due_on=TODAY, moved_on=date(2026, 11, 15))) == []  # the last day is still theirs


@pytest.mark.parametrize(("days", "stuck"), [(20, False), (21, True), (22, True)])
def test_three_weeks_without_signing_in_is_a_stop(days: int, stuck: bool) -> None:
    found = stops(route(), signed_in_on=TODAY - timedelta(days=days))
    assert found == ([(Stuck.SILENT, days)] if stuck else [])


def test_who_never_signed_in_counts_from_the_last_move() -> None:
    assert stops(route(moved_on=date(2026, 11, 20)), signed_in_on=None) == [(Stuck.SILENT, 4)]


@pytest.mark.parametrize(("days", "stuck"), [(20, False), (21, True)])
def test_three_weeks_without_a_move_is_a_stop_when_something_has_begun(days: int, stuck: bool) -> None:
    still = route(moved_on=TODAY - timedelta(days=days), begun_unfinished=1)
    assert stops(still) == ([(Stuck.STILL, days)] if stuck else [])


def test_between_two_steps_nothing_has_to_move() -> None:
    assert stops(route(moved_on=date(2026, 9, 1), begun_unfinished=0)) == []


def test_an_overdue_item_is_told_before_silence() -> None:
    late = route(overdue_items=1, overdue_since=date(2026, 11, 16), begun_unfinished=1, moved_on=date(2026, 10, 1))
    assert [reason for reason, _ in stops(late, signed_in_on=date(2026, 10, 15))] == [Stuck.OVERDUE, Stuck.SILENT, Stuck.STILL]
    assert stops(late)[0] == (Stuck.OVERDUE, 8)


@pytest.mark.parametrize(("days", "stuck"), [(20, False), (21, True)])
def test_a_remark_unanswered_for_three_weeks_is_a_stop(days: int, stuck: bool) -> None:
    back = route(RouteStatus.RETURNED, moved_on=TODAY - timedelta(days=days))
    assert stops(back) == ([(Stuck.RETURNED, days)] if stuck else [])


def test_nobody_stops_in_a_draft_or_after_the_end() -> None:
    for status in (RouteStatus.DRAFT, RouteStatus.ON_REVIEW, RouteStatus.SUSPENDED, RouteStatus.COMPLETED):
        assert stops(route(status, moved_on=date(2026, 1, 1), overdue_items=1, overdue_since=date(2026, 1, 1)), signed_in_on=None) == []


# Lists


@pytest.mark.parametrize(("end", "soon"), [(TODAY, True), (date(2026, 12, 8), True), (date(2026, 12, 9), False)])
def test_soon_means_within_two_weeks(end: date, soon: bool) -> None:
    assert standing_of(person(route(next_end=end)), TUTOR, TODAY).is_in(ListView.SOON) is soon


def test_only_routes_that_are_carried_out_end_soon() -> None:
    assert standing_of(person(route(RouteStatus.ON_REVIEW, next_end=TODAY)), TUTOR, TODAY).soon_on is None


def sample() -> list[Any]:
    people = [
        person(route(RouteStatus.ON_REVIEW, due_on=TODAY), last_name="Яшина"),
        person(route(RouteStatus.ON_REVIEW, due_on=date(2026, 11, 20)), last_name="Ёлкина"),
        person(route(RouteStatus.ON_REVIEW, due_on=date(2026, 12, 1)), last_name="Азина", school="Гимназия № 2", subjects=("Физика",)),
        person(None, last_name="Белова", signed_in_on=None),
        person(route(), last_name="Вострова", signed_in_on=date(2026, 10, 1)),
    ]
    return [standing_of(one, TUTOR, TODAY) for one in people]


def names(found: list[Any]) -> list[str]:
    return [one.person.last_name for one in found]


def test_counts_of_the_lists() -> None:
    assert counts(sample()) == {
        ListView.WAITING: 3,
        ListView.STUCK: 1,
        ListView.SOON: 0,
        ListView.NO_ROUTE: 1,
        ListView.ALL: 5,
    }


def test_today_and_overdue_are_counted_apart() -> None:
    assert urgent(sample(), TODAY) == (1, 1)


def test_what_waits_is_read_by_term_and_everybody_by_name() -> None:
    waiting = [one for one in sample() if one.is_in(ListView.WAITING)]
    assert names(ordered(waiting, ListView.WAITING)) == ["Ёлкина", "Яшина", "Азина"]
    assert names(ordered(waiting, ListView.WAITING, "name"))[0] == "Азина"
    assert names(ordered(sample(), ListView.ALL))[:3] == ["Азина", "Белова", "Вострова"]


def test_sorting_by_the_last_sign_in_puts_those_who_never_came_first() -> None:
    assert names(ordered(sample(), ListView.ALL, "seen"))[:2] == ["Белова", "Вострова"]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (Filter(), 5),
        (Filter(words="елкин"), 1),  # without the dots of «ё»
        (Filter(words="ЯШИНА анна"), 1),
        (Filter(words="анна яшина"), 1),
        (Filter(words="гимназия"), 1),
        (Filter(words="сош"), 4),
        (Filter(words="нет такой"), 0),
        (Filter(municipality="Лесновский округ"), 5),
        (Filter(municipality="Другой"), 0),
        (Filter(subject="Физика"), 1),
        (Filter(waits=Waits.ROUTE), 3),
        (Filter(waits=Waits.EVIDENCE), 0),
        (Filter(words="сош", waits=Waits.ROUTE), 2),
    ],
)
def test_filters(chosen: Filter, left: int) -> None:
    assert sum(chosen.passes(one) for one in sample()) == left


@given(st.text(max_size=60))
def test_any_words_are_a_filter(words: str) -> None:
    assert all(isinstance(Filter(words=words).passes(one), bool) for one in sample())
