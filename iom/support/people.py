"""What each accompanied person waits for and where they have stopped, from plain facts; no database, no clock.

Facts of people are named tuples: hundreds are made for each page, and they are made twice as fast as frozen dataclasses.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iom.core.format import fold_io
from iom.core.workdays import after_working_days
from iom.routes.workflow import RUNNING, RouteStatus

STILL_DAYS = 21
"""After three weeks without a sign of life a person is asked, not before: holidays and exam weeks are shorter."""

SOON_DAYS = 14
"""A step that ends within two weeks is near."""


class Waits(StrEnum):
    """A decision that waits for the reader, in the order in which equal terms are shown."""

    ROUTE = "route"  # sent for agreement
    EVIDENCE = "evidence"  # handed in, to be accepted or returned
    REPLACEMENT = "replacement"  # an item fell out
    CLOSING = "closing"  # completed by the owner


class Stuck(StrEnum):
    """Why somebody has stopped, the most tangible first."""

    SCHOOL = "school"  # agreed, and the head's term is over
    CENTER = "center"
    OVERDUE = "overdue"  # an item's last day is over and nothing was handed in
    RETURNED = "returned"  # a remark stays unanswered
    SILENT = "silent"  # has not signed in
    STILL = "still"  # an item should go on and nothing moves


class ListView(StrEnum):
    """The saved lists, as they stand in the address."""

    WAITING = "waiting"
    STUCK = "stuck"
    SOON = "soon"
    NO_ROUTE = "no-route"
    ALL = "all"


class RouteFacts(NamedTuple):
    """The live route of a person, summed up."""

    id: int
    version: int
    status: RouteStatus
    due_on: date | None
    moved_on: date  # of the last move, on the region's calendar
    coverage: float = 0.0  # expected, 0..1
    items: int = 0
    hours: int = 0
    hours_done: int = 0
    overdue_items: int = 0
    overdue_since: date | None = None  # the earliest last day among them
    next_end: date | None = None  # the nearest last day, today included, of an unfinished item
    begun_unfinished: int = 0  # unfinished items whose first day has come, or that have no days
    replacements: int = 0
    replacement_on: date | None = None  # the earliest first day among them
    evidence: int = 0
    evidence_since: date | None = None
    evidence_title: str = ""  # of one item that it is about


class PersonFacts(NamedTuple):
    """One accompanied person as the list needs them."""

    employee_id: int
    first_name: str
    last_name: str
    school: str
    municipality: str
    subjects: tuple[str, ...]
    position: str
    signed_in_on: date | None
    route: RouteFacts | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Which decisions are the reader's, and the terms in which they are due."""

    may_review: bool
    may_accept: bool
    answer_days: int  # working days
    center_approves: bool = False


class Decision(NamedTuple):
    kind: Waits
    due_on: date | None


class Stop(NamedTuple):
    reason: Stuck
    since: date | None
    days: int  # how long it lasts; of those who never signed in, since the last move


class Standing(NamedTuple):
    """A person with everything that follows from the facts."""

    person: PersonFacts
    decisions: tuple[Decision, ...]
    stops: tuple[Stop, ...]
    soon_on: date | None

    @property
    def due_on(self) -> date | None:
        """The earliest day by which something is to be decided."""
        return min((decision.due_on for decision in self.decisions if decision.due_on), default=None)

    def is_in(self, view: ListView) -> bool:
        """Tell whether the person belongs to a list."""
        return view in self.lists

    @property
    def lists(self) -> frozenset[ListView]:
        """The lists that the person belongs to."""
        found = {ListView.ALL}
        if self.decisions:
            found.add(ListView.WAITING)
        if self.stops:
            found.add(ListView.STUCK)
        if self.soon_on is not None:
            found.add(ListView.SOON)
        if self.person.route is None:
            found.add(ListView.NO_ROUTE)
        return frozenset(found)


def standing_of(person: PersonFacts, rights: Rights, today: date) -> Standing:
    """Return what waits for the reader, where the person has stopped and what ends soon."""
    route = person.route
    if route is None:
        return Standing(person, (), (), None)
    decisions = sorted(_decisions(route, rights), key=lambda one: (one.due_on or date.max, list(Waits).index(one.kind)))
    soon = route.next_end if route.status in RUNNING and route.next_end and (route.next_end - today).days <= SOON_DAYS else None
    return Standing(person, tuple(decisions), tuple(_stops(person, route, rights, today)), soon)


def _decisions(route: RouteFacts, rights: Rights) -> Iterable[Decision]:
    if rights.may_review and route.status is RouteStatus.ON_REVIEW:
        yield Decision(Waits.ROUTE, route.due_on)
    if rights.may_accept and route.evidence and route.evidence_since:
        yield Decision(Waits.EVIDENCE, after_working_days(route.evidence_since, rights.answer_days))
    if rights.may_review and route.replacements and route.status in RUNNING:
        yield Decision(Waits.REPLACEMENT, route.replacement_on)
    if rights.may_accept and route.status is RouteStatus.COMPLETED:
        yield Decision(Waits.CLOSING, route.due_on)


def _stops(person: PersonFacts, route: RouteFacts, rights: Rights, today: date) -> Iterable[Stop]:
    if route.status is RouteStatus.AGREED and route.due_on and route.due_on < today:
        yield Stop(Stuck.CENTER if rights.center_approves else Stuck.SCHOOL, route.moved_on, (today - route.moved_on).days)
    if route.status is RouteStatus.RETURNED and (today - route.moved_on).days >= STILL_DAYS:
        yield Stop(Stuck.RETURNED, route.moved_on, (today - route.moved_on).days)
    if route.status not in RUNNING:
        return
    if route.overdue_items and route.overdue_since:
        yield Stop(Stuck.OVERDUE, route.overdue_since, (today - route.overdue_since).days)
    last_seen = person.signed_in_on
    if last_seen is None or (today - last_seen).days >= STILL_DAYS:
        yield Stop(Stuck.SILENT, last_seen, (today - (last_seen or route.moved_on)).days)
    # Between two steps nothing has to move: only what has begun can stand still.
    if route.begun_unfinished and (today - route.moved_on).days >= STILL_DAYS:
        yield Stop(Stuck.STILL, route.moved_on, (today - route.moved_on).days)


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a list; empty parts narrow nothing."""

    words: str = ""
    municipality: str = ""
    subject: str = ""
    waits: str = ""

    def passes(self, standing: Standing) -> bool:
        """Tell whether the person stays in the list."""
        person = standing.person
        text = fold_io(f"{person.last_name} {person.first_name} {person.last_name} {person.school}")
        return (
            all(word in text for word in fold_io(self.words).split())
            and self.municipality in {"", person.municipality}
            and (not self.subject or self.subject in person.subjects)
            and (not self.waits or any(decision.kind == self.waits for decision in standing.decisions))
        )


def ordered(standings: Iterable[Standing], view: ListView, sort: str = "") -> list[Standing]:
    """Return people by name, by last sign-in, or as the list is read: nearest term first, longest stop first."""

    def by_name(one: Standing) -> tuple[str, str]:
        return one.person.last_name.casefold(), one.person.first_name.casefold()

    listed = sorted(standings, key=by_name)
    if sort == "seen":
        return sorted(listed, key=lambda one: one.person.signed_in_on or date.min)
    if sort == "name" or view in {ListView.ALL, ListView.NO_ROUTE}:
        return listed
    if view is ListView.STUCK:
        return sorted(listed, key=lambda one: -one.stops[0].days if one.stops else 0)
    if view is ListView.SOON:
        return sorted(listed, key=lambda one: one.soon_on or date.max)
    return sorted(listed, key=lambda one: one.due_on or date.max)


def counts(standings: Sequence[Standing]) -> dict[ListView, int]:
    """Return how many people each list holds."""
    found = Counter(view for one in standings for view in one.lists)
    return {view: found[view] for view in ListView}


def urgent(standings: Iterable[Standing], today: date) -> tuple[int, int]:
    """Return how many people wait for a decision due today, and how many for one that is overdue."""
    days = [one.due_on for one in standings if one.due_on]
    return sum(day == today for day in days), sum(day < today for day in days)
