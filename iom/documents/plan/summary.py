"""What `summary.json` says: sums over all people, what stays uncovered, what was not taken, what became of each column."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iom.documents.plan import rows, texts
from iom.documents.plan.people import Desk, PlannedPerson, PlanSettings
from iom.documents.plan.reading import Input, PersonLeftOut, RejectedLine
from iom.profiles.results_file import ColumnVerdict
from iom.routes.proposal import UncoveredNeed

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """The sums; deficits are those that results show, `claims` the difficulties that people only named themselves."""

    people: int
    deficits: int
    routes: int
    items: int
    hours: int
    covered_share: float | None  # of the deficits, covered as far as the method asks; None without deficits
    uncovered: tuple[Json, ...]
    rejected: tuple[Json, ...]
    claims: int
    people_without_results: tuple[Json, ...]
    columns: tuple[Json, ...]
    layout: str
    conditions: Json


def summarise(found: Input, plans: Iterable[PlannedPerson], desk: Desk, settings: PlanSettings) -> Summary:
    """Return the summary of a run."""
    plans = tuple(plans)
    deficits = sum(len(rows.deficits_of(plan)) for plan in plans)
    covered = sum(rows.covered_deficits(plan) for plan in plans)
    return Summary(
        people=len(plans),
        deficits=deficits,
        routes=sum(bool(plan.proposal.items) for plan in plans),
        items=sum(len(plan.proposal.items) for plan in plans),
        hours=sum(plan.proposal.hours for plan in plans),
        covered_share=round(covered / deficits, 4) if deficits else None,
        uncovered=tuple(_uncovered(plan, need, desk) for plan in plans for need in plan.proposal.uncovered),
        rejected=tuple(_rejected(line) for line in found.rejected),
        claims=sum(len(plan.needs) for plan in plans) - deficits,
        people_without_results=tuple(_left_out(person) for person in found.left_out),
        columns=tuple(_column(column) for column in found.columns),
        layout=str(found.layout),
        conditions={"hours": settings.hours, "from": settings.starts_on.isoformat(), "to": settings.ends_on.isoformat()},
    )


def _uncovered(plan: PlannedPerson, need: UncoveredNeed, desk: Desk) -> Json:
    return {
        "person": plan.person.code,
        "name": plan.person.name,
        "competency": need.code,
        "kind": "deficit" if need.code in rows.deficits_of(plan) else "claim",
        "percent": need.percent,
        "reason": rows.reason_of(need, desk),
        "code": str(need.reason),
        "obstacles": [str(obstacle) for obstacle in need.obstacles],
    }


def _rejected(line: RejectedLine) -> Json:
    return {"row": line.row, "reason": line.reason, "column": line.column, "code": line.code, "file": line.file}


def _left_out(person: PersonLeftOut) -> Json:
    return {"person": person.code, "name": person.name, "rows": list(person.rows)}


def _column(column: ColumnVerdict) -> Json:
    return {
        "column": column.index + 1,
        "heading": column.heading,
        "verdict": str(column.kind),
        "competency": column.code,
        "field": column.field,
        "likeness": str(column.likeness) if column.likeness else None,
        "scale": str(column.scale) if column.scale else None,
        "doubtful": column.is_doubtful,
        "candidates": list(column.candidates),
        "text": texts.column_words(column),
    }
