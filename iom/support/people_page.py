"""The list of accompanied people, ready for its template: one view, filtered, in order, one page of rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from iom import policy
from iom.core.actor import Actor
from iom.core.format import date_long, relative_day, short_name
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Region
from iom.policy import Action
from iom.routes import differences
from iom.routes.pages.texts import ROUTE_STATUS
from iom.routes.workflow import RouteStatus
from iom.support import people_queries as queries
from iom.support import texts
from iom.support.people import (
    SOON_DAYS,
    Filter,
    ListView,
    Rights,
    Standing,
    Stop,
    Stuck,
    Waits,
    counts,
    ordered,
    standing_of,
    urgent,
)

PAGE = 50


class Badge(NamedTuple):
    label: str
    tone: str
    icon: str


class PersonRow(NamedTuple):
    """One row in words; `tick` is what the row's box sends, empty where there is nothing to agree to."""

    name: str
    place: str
    employee_id: int
    route_id: int | None
    badge: Badge
    more: str
    text: str  # what changed, or why the person stopped
    also: str  # further reasons of a stop
    due: str
    is_late: bool
    hours: str
    seen: str
    say: str  # which words to start a message with
    remedy: str
    tick: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everything the page shows."""

    heading: str
    caption: str
    view: ListView
    counts: dict[ListView, int]
    rows: list[PersonRow]
    total: int  # in the view
    found: int  # after the filter
    page: int
    pages: int
    municipalities: list[str]
    subjects: list[str]
    next_due: str  # the nearest term of a step, when nothing waits
    ticks: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.found else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.found)


def rights_of(actor: Actor, region: Region) -> Rights:
    """Return which decisions are the actor's in the role worn now."""
    return Rights(
        may_review=policy.may_for_others(actor, Action.ROUTE_REVIEW),
        may_accept=policy.may_for_others(actor, Action.EVIDENCE_REVIEW),
        answer_days=region.tutor_days,
        center_approves=region.approval_chain is not ApprovalChain.TUTOR_HEAD_ORDER,
    )


def build(session: Session, actor: Actor, region: Region, view: ListView, chosen: Filter, sort: str, page: int, today: date) -> PeoplePage:
    """Return one page of one list."""
    rights = rights_of(actor, region)
    standings = [standing_of(person, rights, today) for person in queries.list_people(session, actor, today, region.timezone)]
    in_view = [one for one in standings if one.is_in(view)]
    found = ordered(in_view if chosen == Filter() else [one for one in in_view if chosen.passes(one)], view, sort)
    pages = max(1, ceil(len(found) / PAGE))
    page = min(max(1, page), pages)
    listed = found[(page - 1) * PAGE : page * PAGE]
    waiting = [one for one in standings if one.decisions]
    rows = _Words(session, actor, region, view, today).rows(listed)
    return PeoplePage(
        heading=texts.heading(today, len(waiting), *urgent(waiting, today)),
        caption=texts.CAPTION[view],
        view=view,
        counts=counts(standings),
        rows=rows,
        total=len(in_view),
        found=len(found),
        page=page,
        pages=pages,
        municipalities=sorted({one.person.municipality for one in standings if one.person.municipality}),
        subjects=sorted({subject for one in standings for subject in one.person.subjects}),
        next_due=_next_due(standings, today),
        ticks=sum(bool(row.tick) for row in rows),
    )


def _next_due(standings: Sequence[Standing], today: date) -> str:
    nearest = min((one.person.route.next_end for one in standings if one.person.route and one.person.route.next_end), default=None)
    return date_long(nearest, today.year) if nearest else ""


class _Words:
    """Puts people of one page into words; asks the database for details of these rows only."""

    def __init__(self, session: Session, actor: Actor, region: Region, view: ListView, today: date) -> None:
        self.session, self.actor, self.view, self.today = session, actor, view, today
        self.zone = ZoneInfo(region.timezone)
        self.titles: dict[int, str] = {}
        self.editions: dict[int, tuple[int, int]] = {}
        self.diagnosed: dict[int, date] = {}

    def rows(self, listed: Sequence[Standing]) -> list[PersonRow]:
        self._read(listed)
        return [self._row(one) for one in listed]

    def _read(self, listed: Sequence[Standing]) -> None:
        routes = [one.person.route for one in listed if one.person.route]
        ids = [route.id for route in routes]
        if self.view is ListView.WAITING:
            sent = [route.id for route in routes if route.status is RouteStatus.ON_REVIEW]
            pairs = queries.latest_two(self.session, sent)
            self.editions = {key: differences.came_and_went(before, after) for key, (after, before) in pairs.items()}
        elif self.view is ListView.STUCK:
            self.titles = queries.overdue_titles(self.session, ids, self.today)
        elif self.view is ListView.SOON:
            self.titles = queries.soon_titles(self.session, ids, self.today, self.today + timedelta(days=SOON_DAYS))
        elif self.view is ListView.NO_ROUTE:
            found = queries.diagnosed_on(self.session, self.actor, [one.person.employee_id for one in listed])
            self.diagnosed = {key: moment.astimezone(self.zone).date() for key, moment in found.items()}

    def _row(self, one: Standing) -> PersonRow:
        person, route = one.person, one.person.route
        stop = one.stops[0] if one.stops and self.view is ListView.STUCK else None
        due = one.soon_on if self.view is ListView.SOON else one.due_on
        agreeable = route is not None and any(decision.kind is Waits.ROUTE for decision in one.decisions)
        return PersonRow(
            name=short_name(person.first_name, person.last_name),
            place=texts.place(person),
            employee_id=person.employee_id,
            route_id=route.id if route else None,
            badge=Badge(*self._badge(one, stop)),
            more=texts.more(one.decisions) if self.view is ListView.WAITING else "",
            text=self._text(one, stop),
            also="; ".join(texts.stop_text(other, "") for other in one.stops[1:]) if stop else "",
            due=relative_day(due, self.today) if due and (due - self.today).days <= 1 else date_long(due, self.today.year) if due else "",
            is_late=due is not None and due <= self.today,
            hours=texts.hours_done(route) if route else "",
            seen=relative_day(person.signed_in_on, self.today) if person.signed_in_on else "",
            say=str(stop.reason) if stop else "",
            remedy=texts.REMEDY[stop.reason] if stop else "",
            tick=f"{route.id}" if route and agreeable and self.view is ListView.WAITING else "",
        )

    def _badge(self, one: Standing, stop: Stop | None) -> tuple[str, str, str]:
        route = one.person.route
        if route is None:
            return texts.NO_ROUTE
        if stop:
            return texts.STUCK[stop.reason]
        if self.view is ListView.WAITING and one.decisions:
            kind = one.decisions[0].kind
            return texts.EDITED if kind is Waits.ROUTE and route.id in self.editions else texts.WAITS[kind]
        return ROUTE_STATUS[route.status]

    def _text(self, one: Standing, stop: Stop | None) -> str:
        route = one.person.route
        if route is None:
            return texts.no_route_text(one.person, self.diagnosed.get(one.person.employee_id), self.today)
        if stop:
            return texts.stop_text(stop, self.titles.get(route.id, "") if stop.reason is Stuck.OVERDUE else "")
        if self.view is ListView.SOON:
            return self.titles.get(route.id, "")
        kind = one.decisions[0].kind if self.view is ListView.WAITING and one.decisions else None
        if kind is Waits.EVIDENCE:
            return texts.evidence_summary(route.evidence_title, route.evidence)
        if kind is Waits.REPLACEMENT:
            return texts.replacement_summary(route.replacements)
        if kind is Waits.ROUTE and route.id in self.editions:
            return texts.edits(*self.editions[route.id])
        return texts.route_summary(route)
