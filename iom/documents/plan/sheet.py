"""Turns a planned person into the printed sheet of the route."""

from collections.abc import Sequence
from datetime import date

from iom.catalog.files import OfferingRecord
from iom.catalog.kinds import Registry
from iom.documents.plan import texts
from iom.documents.plan.people import Desk, PlannedPerson, PlanSettings
from iom.documents.plan.rows import item_rows, reason_of, title_of
from iom.documents.plan_workbook import ItemRow as PlanItem
from iom.documents.route_sheet import DeficitRow, DiagnosticRow, ItemRow, ResultRow, RouteSheet, TaskRow
from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.kinds import DeficitKind, Verdict
from iom.profiles.priority import Need, choose_for_route
from iom.routes.proposal import CoveredNeed, UncoveredNeed
from iom.routes.reasons import UncoveredReason


def route_sheet(plan: PlannedPerson, desk: Desk, settings: PlanSettings) -> RouteSheet:
    """Return the printed form of the person's route, results included: the file's owner has them already."""
    person = plan.person
    needs = choose_for_route(plan.needs, limit=len(plan.needs))
    return RouteSheet(
        route_number=person.code,
        version=1,
        printed_on=settings.today,
        school=person.school,
        full_name=person.name or person.code,
        start=settings.starts_on,
        end=settings.ends_on,
        include_results=True,
        state=texts.STATE,
        municipality=person.municipality,
        position=person.position,
        subjects=person.subjects,
        diagnostics=(_diagnostic(plan, desk),),
        deficits=tuple(_deficit(number, need, plan, desk) for number, need in enumerate(needs, start=1)),
        goal=_goal(plan),
        tasks=tuple(_task(need, plan, desk) for need in needs),
        items=tuple(_item(row, desk.library.offers[row.offering_code].record) for row in item_rows(plan, desk)),
        method_version=", ".join(sorted({estimate.model_version for estimate in plan.estimates})),
    )


def _goal(plan: PlannedPerson) -> str:
    """Return what the route is for, or why there is none."""
    verdicts = {estimate.verdict for estimate in plan.estimates}
    if Verdict.DEFICIT in verdicts:
        return texts.GOAL
    if Verdict.CLAIMED in verdicts:
        return texts.GOAL_CLAIMS
    if Verdict.PROBABLE in verdicts:
        return texts.GOAL_PROBABLE
    return texts.GOAL_THIN if verdicts <= {Verdict.INSUFFICIENT} else texts.GOAL_NONE


def _diagnostic(plan: PlannedPerson, desk: Desk) -> DiagnosticRow:
    ways = dict.fromkeys(texts.SOURCE[result.source] for result in plan.person.results)
    held: list[date] = [result.measured_on for result in plan.person.results if result.measured_on]
    return DiagnosticRow(
        name=texts.SOURCE_UNNAMED,
        held_on=max(held, default=None),
        method=", ".join(ways),
        results=tuple(_result(estimate, desk) for estimate in plan.estimates),
    )


def _result(estimate: CompetencyEstimate, desk: Desk) -> ResultRow:
    node = desk.competencies.get(estimate.competency_code)
    return ResultRow(
        block=title_of(desk, node.parent_code) if node and node.parent_code else "",
        competency=title_of(desk, estimate.competency_code),
        percent=round(estimate.level),
        low=round(estimate.low),
        high=round(estimate.high),
        level=texts.VERDICT[estimate.verdict],
    )


def _deficit(number: int, need: Need, plan: PlannedPerson, desk: Desk) -> DeficitRow:
    postponed = {one.code for one in plan.proposal.uncovered if one.reason is UncoveredReason.POSTPONED}
    depth = _estimate(plan, need.competency_code).depth
    measured = [one for one in plan.person.results if desk.parents.get(one.competency_code, one.competency_code) == need.competency_code]
    sources = dict.fromkeys(one.source for one in measured if one.is_self == (need.kind is DeficitKind.CLAIM))
    return DeficitRow(
        number=number,
        competency=title_of(desk, need.competency_code),
        source=", ".join(texts.SOURCE[source] for source in sources),
        priority=texts.POSTPONED if need.competency_code in postponed else texts.PRIORITY[depth] if depth else texts.CLAIM_PRIORITY,
    )


def _task(need: Need, plan: PlannedPerson, desk: Desk) -> TaskRow:
    title = title_of(desk, need.competency_code)
    is_claim = need.kind is DeficitKind.CLAIM
    text = texts.claim_task(title) if is_claim else texts.task(title, _estimate(plan, need.competency_code).kappa)
    answers: Sequence[CoveredNeed | UncoveredNeed] = (*plan.proposal.covered, *plan.proposal.uncovered)
    answer = next(one for one in answers if one.code == need.competency_code)
    if isinstance(answer, CoveredNeed):
        return TaskRow(text, expected_result=texts.task_covered(answer.percent))
    reason = reason_of(answer, desk).removeprefix(texts.uncovered(title, answer.percent, ""))
    return TaskRow(text, expected_result=texts.task_open(answer.percent, reason))


def _estimate(plan: PlannedPerson, code: str) -> CompetencyEstimate:
    return next(estimate for estimate in plan.estimates if estimate.competency_code == code)


def _item(row: PlanItem, record: OfferingRecord) -> ItemRow:
    return ItemRow(
        number=row.number,
        title=row.title,
        kind=row.kind,
        deficit=row.aims,
        provider=row.provider,
        registry_number=record.registry_number if record.registry is Registry.FEDERAL else "",
        form=row.form,
        hours=row.hours,
        hours_estimated=bool(row.hours_estimated),
        start=row.start,
        end=row.end,
        expected_result=record.result_document,
        status=texts.PLANNED,
    )
