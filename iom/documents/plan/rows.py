"""Turns a planned person into rows of the workbook and into the printed sheet of the route."""

from datetime import date

from iom.documents.plan import texts
from iom.documents.plan.people import Desk, PlannedPerson, PlanSettings
from iom.documents.plan_workbook import DeficitRow, ItemRow, PersonRow, UncoveredRow
from iom.documents.route_sheet import DeficitRow as SheetDeficit
from iom.documents.route_sheet import DiagnosticRow, ResultRow, RouteSheet, TaskRow
from iom.documents.route_sheet import ItemRow as SheetItem
from iom.profiles.estimates import CompetencyEstimate
from iom.profiles.kinds import Verdict
from iom.routes.kinds import ItemKind
from iom.routes.pages import texts as route_texts
from iom.routes.proposal import ProposedItem, UncoveredNeed

NEEDED = frozenset({Verdict.DEFICIT, Verdict.CLAIMED})


def title_of(desk: Desk, code: str) -> str:
    """Return the title of a competency; a code that the framework lacks stands for itself."""
    node = desk.competencies.get(code)
    return node.title if node else code


def coverage_of(plan: PlannedPerson) -> dict[str, int]:
    """Return per cent of the gap that the route covers, by need."""
    covered = {need.code: need.percent for need in plan.proposal.covered}
    return covered | {need.code: need.percent for need in plan.proposal.uncovered}


def person_row(plan: PlannedPerson, file_name: str) -> PersonRow:
    """Return the person's line of the workbook."""
    person, proposal = plan.person, plan.proposal
    days = sorted(plan.days.values())
    return PersonRow(
        person_code=person.code,
        full_name=person.name,
        school=person.school,
        municipality=person.municipality,
        position=person.position,
        subject=", ".join(person.subjects),
        competencies=len(plan.estimates),
        deficits=len(plan.needs),
        covered=len(proposal.covered),
        steps=len(proposal.items),
        hours=proposal.hours,
        hours_estimated=proposal.hours_estimated,
        money=proposal.price,
        start=days[0][0] if days else None,
        end=max((last for _, last in days), default=None),
        solution=texts.SOLUTION[proposal.status] if plan.needs else texts.NO_NEEDS,
        gap_percent=100 * proposal.gap if proposal.gap is not None else None,
        file_name=file_name,
    )


def deficit_rows(plan: PlannedPerson, desk: Desk) -> list[DeficitRow]:
    """Return one line for each measured competency."""
    covered = coverage_of(plan)
    return [
        DeficitRow(
            person_code=plan.person.code,
            full_name=plan.person.name,
            competency_code=estimate.competency_code,
            competency=title_of(desk, estimate.competency_code),
            answers=estimate.n_answers,
            level=estimate.level,
            level_low=estimate.low,
            level_high=estimate.high,
            bound=estimate.kappa,
            probability=100 * estimate.p_below,
            verdict=texts.VERDICT[estimate.verdict],
            depth=texts.DEPTH[estimate.depth] if estimate.depth else "",
            coverage=covered.get(estimate.competency_code),
        )
        for estimate in plan.estimates
    ]


def item_rows(plan: PlannedPerson, desk: Desk) -> list[ItemRow]:
    """Return one line for each item of the route, in the order of its days."""
    rows = []
    for number, item in enumerate(in_order(plan), start=1):
        choice = plan.choices[str(item.id)]
        record = desk.library.offers[choice.offering_code].record
        first, last = plan.days[str(item.id)]
        rows.append(
            ItemRow(
                person_code=plan.person.code,
                full_name=plan.person.name,
                number=number,
                offering_code=choice.offering_code,
                title=record.title,
                kind=route_texts.ITEM_KIND[ItemKind(str(record.kind))][0],
                provider=record.provider,
                form=texts.FORM[record.delivery_form],
                hours=item.hours,
                hours_estimated=item.hours if item.hours_estimated else 0,
                money=record.price or 0,
                start=first,
                end=last,
                aims=texts.aims([title_of(desk, code) for code in item.covers]),
                why=why(item, desk),
            )
        )
    return rows


def in_order(plan: PlannedPerson) -> list[ProposedItem]:
    """Return the items by their first day."""
    return sorted(plan.proposal.items, key=lambda item: (plan.days[str(item.id)], str(item.id)))


def why(item: ProposedItem, desk: Desk) -> str:
    """Return the sentence «почему здесь»."""
    reason = item.why
    return route_texts.item_reason(str(reason.reason), title_of(desk, reason.need) if reason.need else "", reason.before, reason.after)


def uncovered_rows(plan: PlannedPerson, desk: Desk) -> list[UncoveredRow]:
    """Return one line for each need below the line, with its reason and what would have to go."""
    return [
        UncoveredRow(
            person_code=plan.person.code,
            full_name=plan.person.name,
            municipality=plan.person.municipality,
            competency_code=need.code,
            competency=title_of(desk, need.code),
            coverage=need.percent,
            reason=reason_of(need, desk),
            remedy=_remedy(need, desk),
        )
        for need in plan.proposal.uncovered
    ]


def reason_of(need: UncoveredNeed, desk: Desk) -> str:
    """Return why a need stays below the line, in words."""
    return route_texts.uncovered(
        title_of(desk, need.code),
        need.percent,
        str(need.reason),
        winners=", ".join(f"«{title_of(desk, code)}»" for code in need.winners),
        obstacles=[str(obstacle) for obstacle in need.obstacles],
        eligibility=list(need.eligibility),
        needed=need.needed,
    )


def _remedy(need: UncoveredNeed, desk: Desk) -> str:
    codes = dict.fromkeys(str(candidate).split(":", 1)[0] for candidate in need.candidates)
    return texts.aims([f"{code} {desk.library.offers[code].record.title}" for code in codes if code in desk.library.offers])


def route_sheet(plan: PlannedPerson, desk: Desk, settings: PlanSettings, number: str) -> RouteSheet:
    """Return the printed form of the person's route, results included: the file's owner has them already."""
    person = plan.person
    return RouteSheet(
        route_number=number,
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
        diagnostics=_diagnostics(plan, desk),
        deficits=tuple(
            SheetDeficit(number, title_of(desk, need.competency_code), source=texts.METHOD)
            for number, need in enumerate(plan.needs, start=1)
        ),
        goal=texts.GOAL if plan.needs else "",
        tasks=tuple(TaskRow(title_of(desk, need.code), title_of(desk, need.code)) for need in plan.proposal.covered),
        items=tuple(_sheet_items(plan, desk)),
        method_version=next((estimate.model_version for estimate in plan.estimates), ""),
    )


def _diagnostics(plan: PlannedPerson, desk: Desk) -> tuple[DiagnosticRow, ...]:
    ways = dict.fromkeys(texts.SELF_RATING if result.is_self else texts.METHOD for result in plan.person.results)
    held: list[date] = [result.measured_on for result in plan.person.results if result.measured_on]
    return (
        DiagnosticRow(
            name=texts.SOURCE_UNNAMED,
            held_on=max(held, default=None),
            method=", ".join(ways),
            results=tuple(_result(estimate, desk) for estimate in plan.estimates),
        ),
    )


def _result(estimate: CompetencyEstimate, desk: Desk) -> ResultRow:
    code = estimate.competency_code
    return ResultRow(
        block=title_of(desk, code.split(".", 1)[0]),
        competency=title_of(desk, code),
        percent=int(estimate.level),
        low=int(estimate.low),
        high=int(estimate.high),
        level=texts.VERDICT[estimate.verdict],
    )


def _sheet_items(plan: PlannedPerson, desk: Desk) -> list[SheetItem]:
    return [
        SheetItem(
            number=row.number,
            title=row.title,
            kind=row.kind,
            deficit=row.aims,
            provider=row.provider,
            form=row.form,
            hours=row.hours,
            hours_estimated=bool(row.hours_estimated),
            start=row.start,
            end=row.end,
            expected_result=desk.library.offers[row.offering_code].record.result_document,
            status=texts.PLANNED,
        )
        for row in item_rows(plan, desk)
    ]
