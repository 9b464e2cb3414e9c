"""Writes a proposal into a route, and keeps coverage, reasons and months right after an edit by hand."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from iom.profiles.priority import choose_for_route
from iom.routes.candidates import weights_of
from iom.routes.edits import effect_of
from iom.routes.kinds import ItemKind, ItemLevel
from iom.routes.models import Route, RouteGoal, RouteItem, RouteItemCover
from iom.routes.months import Step, spread
from iom.routes.offers import REQUEST
from iom.routes.planning import Planning
from iom.routes.proposal import Proposal, ProposedItem, UncoveredNeed
from iom.routes.reasons import COVERED, UncoveredReason

EDITED = "edited"
REMOVED_BY_HAND = "removed"


def apply_proposal(session: Session, route: Route, planning: Planning, proposal: Proposal) -> None:
    """Make the route's goals and items those of the proposal; items that stay keep their rows."""
    goals = _sync_goals(session, route, planning)
    present = {planning.ids[item.id]: item for item in route.items}
    chosen = {str(item.id): item for item in proposal.items}
    for candidate_id, item in present.items():
        if candidate_id not in chosen and not item.is_own:
            route.items.remove(item)
    session.flush()  # rows that go make room for rows of the same offering
    for candidate_id, proposed in chosen.items():
        item = present.get(candidate_id) or add_choice(route, planning, candidate_id)
        if not item.is_own:  # an own activity stays because it is the person's, not because the count kept it
            item.reason, item.reason_facts = str(proposed.why.reason), _facts(proposed)
        _sync_covers(item, proposed.covers, goals)
    for need in proposal.covered:
        goal = goals[need.code]
        goal.coverage, goal.reason, goal.reason_facts = need.percent, "", {}
    for open_need in proposal.uncovered:
        _write_reason(goals[open_need.code], open_need)
    route.objective, route.bound, route.solver_status = proposal.objective, proposal.bound, str(proposal.status)
    route.coverage = proposal.share
    session.flush()
    _place(route)


def recount(session: Session, route: Route, planning: Planning) -> None:
    """Bring coverage and months up to date after an edit; the route is then the person's own choice, not a proven one."""
    goals = _sync_goals(session, route, planning)
    selected = [planning.ids.get(item.id) or f"own:{item.id}" for item in route.items]
    by_id = {str(candidate.id): candidate for candidate in planning.candidates}
    effect = effect_of(selected, planning.needs, planning.candidates, planning.conditions)
    for item, candidate_id in zip(route.items, selected, strict=True):
        _sync_covers(item, by_id[candidate_id].cover, goals)
    for code, percent in effect.coverage.items():
        goal = goals[code]
        if percent < COVERED and goal.coverage >= COVERED:
            goal.reason, goal.reason_facts = REMOVED_BY_HAND, {"before": goal.coverage}
        elif percent >= COVERED:
            goal.reason, goal.reason_facts = "", {}
        goal.coverage = percent
    route.objective, route.bound, route.solver_status, route.coverage = effect.objective, None, EDITED, effect.share
    _place(route)


def add_choice(route: Route, planning: Planning, candidate_id: str) -> RouteItem:
    """Append the item that a candidate stands for, with its own copy of the catalog's facts."""
    choice = planning.selection.choices[candidate_id]
    record = planning.shelf.library.offers[choice.offering_code].record
    run = choice.run
    item = RouteItem(
        position=max((item.position for item in route.items), default=0) + 1,
        kind=ItemKind(str(record.kind)),
        item_level=ItemLevel.REGION,
        offering_id=planning.shelf.offering_ids[choice.offering_code],
        run_id=planning.shelf.run_id(choice),
        title=record.title,
        provider_name=record.provider[:300],
        hours=choice.hours,
        hours_estimated=choice.hours_estimated,
        starts_on=run.starts_on if run else None,
        ends_on=(run.ends_on or run.starts_on) if run else None,
        has_fixed_dates=run is not None,
        reason="chosen",
        reason_facts={"notes": [str(note) for note in choice.notes]},
        expected_result=record.result_document[:500],
        registry_kind=str(record.registry),
        registry_number=record.registry_number,
    )
    route.items.append(item)
    return item


def _facts(proposed: ProposedItem) -> dict[str, Any]:
    facts = asdict(proposed.why)
    facts.pop("reason")
    return {name: value for name, value in facts.items() if value not in (None, "", 0, ())}


def _write_reason(goal: RouteGoal, need: UncoveredNeed) -> None:
    goal.coverage = need.percent
    goal.reason = str(need.reason)
    goal.reason_facts = {
        "reachable": need.reachable,
        "winners": list(need.winners),
        "obstacles": [str(obstacle) for obstacle in need.obstacles],
        "candidates": [str(candidate) for candidate in need.candidates],
        "needed": need.needed,
        "eligibility": list(need.eligibility),
    }


def _sync_goals(session: Session, route: Route, planning: Planning) -> dict[str, RouteGoal]:
    """Give the route one goal for each need, the most urgent first; goals of needs that are gone go too."""
    ordered = choose_for_route(planning.needs, limit=len(planning.needs))
    taken = ordered[: planning.conditions.needs_max]
    weights = dict(zip((need.competency_code for need in taken), weights_of([need.priority for need in taken]), strict=True))
    present = {(goal.competency.code if goal.competency else REQUEST): goal for goal in route.goals}
    found: dict[str, RouteGoal] = {}
    for position, need in enumerate(ordered, start=1):
        code = need.competency_code
        row = planning.rows.get(code)
        goal = present.get(code)
        if goal is None:
            goal = RouteGoal(
                kind=need.kind,
                competency_id=row.competency_id if row else None,
                title=row.title if row else route.personal_request,
                position=position,
                weight=1,
                coverage=0,
                reason=str(UncoveredReason.NOT_CHECKED),
                reason_facts={},
            )
            route.goals.append(goal)
        goal.kind, goal.position, goal.weight = need.kind, position, weights.get(code, 1)
        goal.deficit_id = row.deficit_id if row else None
        goal.title = row.title if row else route.personal_request
        found[code] = goal
    for code, goal in present.items():
        if code not in found:
            for item in route.items:
                item.covers = [cover for cover in item.covers if cover.goal is not goal]
            session.flush()  # covers go before their goal
            route.goals.remove(goal)
    session.flush()  # covers point at goals
    return found


def _sync_covers(item: RouteItem, covers: Mapping[str, int], goals: Mapping[str, RouteGoal]) -> None:
    wanted = {goals[code].id: (goals[code], percent) for code, percent in covers.items() if code in goals}
    item.covers = [cover for cover in item.covers if cover.goal.id in wanted or item.is_own]
    present = {cover.goal.id: cover for cover in item.covers}
    for goal_id, (goal, percent) in wanted.items():
        if goal_id in present:
            present[goal_id].per_cent = percent
        else:
            item.covers.append(RouteItemCover(goal=goal, per_cent=percent))


def _place(route: Route) -> None:
    """Give undated items the months in which they weigh least; dates of runs stay."""
    steps = [
        Step(str(item.id), item.hours, item.starts_on if item.has_fixed_dates else None, item.ends_on if item.has_fixed_dates else None)
        for item in route.items
    ]
    placed = spread(steps, route.starts_on, route.ends_on)
    for item in route.items:
        if not item.has_fixed_dates:
            item.starts_on, item.ends_on = placed[str(item.id)]
