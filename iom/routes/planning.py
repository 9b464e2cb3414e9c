"""Gathers what a proposal for one route rests on: needs, candidates, conditions; and reads the route's items back as candidates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from iom.matching.coverage import TRUST_BEFORE_MODEL, coverage
from iom.matching.eligibility import Period, PersonFacts, person_facts
from iom.organizations.models import Employee
from iom.profiles import queries as profile_queries
from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import ROUTE_LIMIT, Need, choose_for_route
from iom.profiles.queries import NeedRow
from iom.routes import queries
from iom.routes.candidates import Candidate, Conditions
from iom.routes.library import Shelf, current_shelf, offers_for_request
from iom.routes.models import Route, RouteItem
from iom.routes.offers import REQUEST, Selection, select, without

ITEMS_MAX = 8
REQUEST_SEVERITY = 0.3  # a request weighs like a medium difficulty, halved by its kind


@dataclass(frozen=True)
class Planning:
    """Everything that a proposal for one route rests on."""

    shelf: Shelf
    needs: tuple[Need, ...]
    rows: dict[str, NeedRow]  # by code of the competency
    selection: Selection
    candidates: tuple[Candidate, ...]  # of the selection, and the route's own items
    conditions: Conditions
    ids: dict[int, str]  # route item → id of its candidate


def planning_for(session: Session, route: Route, catalog_dir: Path) -> Planning:
    """Return what a proposal for this route rests on now."""
    shelf = current_shelf(session, catalog_dir)
    rows = {row.competency_code: row for row in profile_queries.open_needs(session, route.employee_id)}
    needs = [Need(row.competency_code, row.kind, row.severity, row.weight, row.is_marked) for row in rows.values()]
    requested = offers_for_request(session, catalog_dir, route.personal_request)
    if route.personal_request:
        needs.append(Need(REQUEST, DeficitKind.REQUEST, REQUEST_SEVERITY))
    needs = _worth_answering(needs)
    facts = _facts(session, route.employee, shelf)
    period = Period(route.starts_on, route.ends_on)
    codes = [need.competency_code for need in needs if need.competency_code != REQUEST]
    selection = without(select(shelf.library, facts, period, codes, requested), shelf.closed_to(route.region_id))
    own = [_own(item) for item in route.items if item.offering_id is None]
    kept = _kept_out_of_reach(route, selection)
    candidates = (*selection.candidates, *own, *kept)
    ids = {item.id: _candidate_id(item) for item in route.items}
    return Planning(shelf, tuple(needs), rows, selection, candidates, _conditions(session, route, candidates, ids), ids)


def _worth_answering(needs: Sequence[Need]) -> list[Need]:
    """Return the needs that a route takes, and of the rest those that were measured or asked for in words.

    A deficit is always answered, if only with «отложено»; a person may rate two dozen topics low, and a list of them answers nothing.
    """
    ordered = choose_for_route(needs, limit=len(needs))
    return [need for place, need in enumerate(ordered) if place < ROUTE_LIMIT or need.kind is not DeficitKind.CLAIM]


def _facts(session: Session, employee: Employee, shelf: Shelf) -> PersonFacts:
    post = queries.main_post(session, employee.id)
    region = queries.region_of(session, employee.region_id)
    subjects = shelf.library.subject_codes(subject.title for subject in employee.subjects)
    return person_facts(employee.category, post.position if post else "", subjects, region.name)


def _conditions(session: Session, route: Route, candidates: Sequence[Candidate], ids: dict[int, str]) -> Conditions:
    pinned = tuple(ids[item.id] for item in route.items if item.is_pinned or item.offering_id is None)
    excluded = queries.excluded_codes(session, route.id)
    forbidden = tuple(candidate.id for candidate in candidates if candidate.group in excluded)
    return Conditions(
        hours_max=route.budget_hours,
        items_max=max(ITEMS_MAX, len(pinned)),
        must=pinned,
        forbidden=tuple(one for one in forbidden if one not in pinned),
        starts_on=route.starts_on,
        ends_on=route.ends_on,
    )


def _candidate_id(item: RouteItem) -> str:
    if item.offering is None:
        return f"own:{item.id}"
    day = item.starts_on.isoformat() if item.has_fixed_dates and item.starts_on else ""
    return f"{item.offering.code}:{item.hours}:{day}"


def _own(item: RouteItem) -> Candidate:
    """Return an item of the person's own; it works on the goals it was put under, believed as far as a proposed link."""
    codes = [cover.goal.competency.code if cover.goal.competency else REQUEST for cover in item.covers]
    share = coverage(item.hours, max(1, len(codes)), TRUST_BEFORE_MODEL)
    return Candidate(
        id=f"own:{item.id}",
        kind=str(item.kind),
        hours=item.hours,
        hours_estimated=item.hours_estimated,
        cover={code: share for code in codes if share},
    )


def _kept_out_of_reach(route: Route, selection: Selection) -> list[Candidate]:
    """Return items that the catalog no longer offers for these needs: they stay in the route as they were taken."""
    known = {candidate.id for candidate in selection.candidates}
    return [
        Candidate(
            id=_candidate_id(item),
            kind=str(item.kind),
            hours=item.hours,
            hours_estimated=item.hours_estimated,
            cover={
                (cover.goal.competency.code if cover.goal.competency else REQUEST): cover.per_cent
                for cover in item.covers
                if cover.per_cent
            },
            group=item.offering.code,
        )
        for item in route.items
        if item.offering is not None and _candidate_id(item) not in known
    ]


def with_hours(planning: Planning, hours: int) -> Conditions:
    """Return the conditions with another budget."""
    return replace(planning.conditions, hours_max=hours)
