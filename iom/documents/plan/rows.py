"""Turns a planned person into rows of the workbook."""

from iom.documents.plan import texts
from iom.documents.plan.people import Desk, PlannedPerson
from iom.documents.plan_workbook import DeficitRow, ItemRow, PersonRow, UncoveredRow
from iom.profiles.kinds import DeficitKind
from iom.routes.kinds import ItemKind
from iom.routes.pages import texts as route_texts
from iom.routes.proposal import ProposedItem, UncoveredNeed


def title_of(desk: Desk, code: str) -> str:
    """Return the title of a competency; a code that the framework lacks stands for itself."""
    node = desk.competencies.get(code)
    return node.title if node else code


def coverage_of(plan: PlannedPerson) -> dict[str, int]:
    """Return per cent of the gap that the route covers, by need."""
    covered = {need.code: need.percent for need in plan.proposal.covered}
    return covered | {need.code: need.percent for need in plan.proposal.uncovered}


def deficits_of(plan: PlannedPerson) -> frozenset[str]:
    """Return the needs that objective results show; what is only claimed is no deficit."""
    return frozenset(need.competency_code for need in plan.needs if need.kind is DeficitKind.DEFICIT)


def covered_deficits(plan: PlannedPerson) -> int:
    """Return how many deficits the route covers as far as the method asks."""
    deficits = deficits_of(plan)
    return sum(need.code in deficits for need in plan.proposal.covered)


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
        deficits=len(deficits_of(plan)),
        claims=len(plan.needs) - len(deficits_of(plan)),
        covered=covered_deficits(plan),
        steps=len(proposal.items),
        hours=proposal.hours,
        hours_estimated=proposal.hours_estimated,
        money=proposal.price,
        start=days[0][0] if days else None,
        end=max((last for _, last in days), default=None),
        solution=_solution(plan),
        gap_percent=100 * proposal.gap if proposal.gap is not None else None,
        file_name=file_name,
    )


def _solution(plan: PlannedPerson) -> str:
    if not plan.needs:
        return texts.NO_NEEDS
    return texts.SOLUTION[plan.proposal.status] if plan.is_solved else texts.NOT_SOLVED


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
            remedy=_remedy(plan, need, desk),
        )
        for need in plan.proposal.uncovered
    ]


def reason_of(need: UncoveredNeed, desk: Desk) -> str:
    """Return why a need stays below the line, in words."""
    title = title_of(desk, need.code)
    if need.reason in texts.UNCOVERED:
        return texts.uncovered(title, need.percent, texts.UNCOVERED[need.reason])
    return route_texts.uncovered(
        title,
        need.percent,
        str(need.reason),
        winners=", ".join(f"«{title_of(desk, code)}»" for code in need.winners),
        obstacles=[str(obstacle) for obstacle in need.obstacles],
        eligibility=list(need.eligibility),
        needed=need.needed,
    )


def _remedy(plan: PlannedPerson, need: UncoveredNeed, desk: Desk) -> str:
    codes = dict.fromkeys(plan.choices[str(candidate)].offering_code for candidate in need.candidates)
    return texts.aims([f"{code} {desk.library.offers[code].record.title}" for code in codes])
