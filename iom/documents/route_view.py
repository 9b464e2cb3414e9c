"""A route sheet as the nested texts that templates print; DOCX and PDF are made of the same ones."""

from collections.abc import Mapping, Sequence
from datetime import date

from iom.documents import texts
from iom.documents.fingerprint import fingerprint
from iom.documents.route_sheet import (
    Agreement,
    ChangeRow,
    DeficitRow,
    DiagnosticRow,
    ItemRow,
    RevisionRow,
    RouteSheet,
    Section,
    TaskRow,
    shown_sections,
    without_results,
)

View = dict[str, object]


def route_view(sheet: RouteSheet) -> View:
    """Return the texts of the document under the names a template uses; withheld values are not among them."""
    sheet = sheet if sheet.include_results else without_results(sheet)
    mark = fingerprint(sheet)
    return {
        "title": texts.ROUTE_TITLE[sheet.variant],
        "school": sheet.school,
        "reference": texts.route_reference(sheet.route_number, sheet.version),
        "full_name": sheet.full_name,
        "post": texts.joined((sheet.position, ", ".join(sheet.subjects))),
        "period": texts.period(sheet.start, sheet.end),
        "state": sheet.state,
        "printed": texts.footer_start(sheet.version, sheet.printed_on),
        "fingerprint": mark,
        "method_version": sheet.method_version,
        "has": _numbers(shown_sections(sheet)),
        "aim_caption": texts.AIM_CAPTION[sheet.include_results],
        **_approval(sheet),
        "person": _known(_person(sheet)),
        "support": _known({"tutor": sheet.tutor, "methodist": sheet.methodist, "mentor": sheet.mentor, "coordinator": sheet.coordinator}),
        "diagnostics": [_diagnostic(row) for row in sheet.diagnostics],
        "deficits": [_deficit(row) for row in sheet.deficits],
        "personal_request": sheet.personal_request,
        "goal": sheet.goal,
        "tasks": [_task(number, row) for number, row in enumerate(sheet.tasks, start=1)],
        "expected_result": sheet.expected_result,
        "items": [_item(row) for row in sheet.items],
        **_totals(sheet),
        "revisions": [_revision(row) for row in sheet.revisions],
        "reflection": sheet.reflection,
        "tutor_conclusion": sheet.tutor_conclusion,
        "changes": [_change(row) for row in sheet.changes],
        "recommendation": sheet.recommendation,
    }


def _numbers(shown: Sequence[Section]) -> dict[str, int]:
    """Number the shown sections from 1; 0 marks a section that this document does not have."""
    return {section.value: shown.index(section) + 1 if section in shown else 0 for section in Section}


def _approval(sheet: RouteSheet) -> View:
    order = sheet.order
    return {
        "agreements": [_agreement(row) for row in sheet.agreements],
        "order_issuer": order.issuer if order else "",
        "order_reference": texts.order_reference(order.number, order.issued_on) if order else texts.NO_ORDER,
    }


def _agreement(row: Agreement) -> str:
    return texts.agreement(row.role, row.name, row.agreed_on)


def _person(sheet: RouteSheet) -> Mapping[str, str]:
    return {
        "full_name": sheet.full_name,
        "school": sheet.school,
        "municipality": sheet.municipality,
        "position": sheet.position,
        "subjects": ", ".join(sheet.subjects),
        "education": sheet.education,
        "teaching_years": texts.years(sheet.teaching_years),
        "position_years": texts.years(sheet.position_years),
        "category": _category(sheet.category, sheet.category_assigned_on),
        "last_training_on": texts.short_date(sheet.last_training_on),
    }


def _category(name: str, assigned_on: date | None) -> str:
    return texts.joined((name, texts.since(assigned_on)))


def _known(facts: Mapping[str, str]) -> list[View]:
    """Keep the facts that are known; a signed form with empty lines asks for pens."""
    return [{"label": texts.LABELS[name], "value": value} for name, value in facts.items() if value]


def _diagnostic(row: DiagnosticRow) -> View:
    return {
        "name": row.name,
        "about": texts.joined((row.kind, row.method, row.stage, texts.short_date(row.held_on))),
        "results": [
            {
                "block": result.block,
                "competency": result.competency,
                "result": texts.level_band(result.percent, result.low, result.high),
                "level": result.level,
            }
            for result in row.results
        ],
    }


def _deficit(row: DeficitRow) -> View:
    return {"number": str(row.number), "competency": row.competency, "source": row.source, "priority": row.priority}


def _task(number: int, row: TaskRow) -> View:
    return {"number": str(number), "text": row.text, "deficits": row.deficits, "expected_result": row.expected_result}


def _item(row: ItemRow) -> View:
    return {
        "number": str(row.number),
        "aim": row.deficit or row.task,
        "task": row.task if row.deficit else "",
        "title": row.title,
        "about": texts.joined((row.kind, row.level, row.provider, texts.federal_registry(row.registry_number))),
        "form": row.form,
        "hours": texts.hours(row.hours, row.hours_estimated) if row.hours else "",
        "period": texts.period(row.start, row.end),
        "supporter": row.supporter,
        "outcome": row.expected_result or row.evidence_form,
        "evidence": row.evidence_form if row.expected_result else "",
        "state": row.status or row.confirmation,
        "confirmation": row.confirmation if row.status else "",
        "tutor_mark": row.tutor_mark,
    }


def _totals(sheet: RouteSheet) -> View:
    counted = [item for item in sheet.items if not item.is_dropped]
    kinds = dict.fromkeys(item.kind for item in counted)
    done = sum(item.is_done for item in counted)
    return {
        "totals": [_kind_total(kind, [item for item in counted if item.kind == kind]) for kind in kinds],
        "total_hours": _hours(counted),
        "done": texts.done_share(done, len(counted)),
        "points": "" if sheet.points is None else texts.points_total(sheet.points),
    }


def _kind_total(kind: str, items: Sequence[ItemRow]) -> View:
    return {"kind": kind, "count": str(len(items)), "hours": _hours(items), "done": str(sum(item.is_done for item in items))}


def _hours(items: Sequence[ItemRow]) -> str:
    known = sum(item.hours for item in items if not item.hours_estimated)
    return texts.hours_total(known, sum(item.hours for item in items if item.hours_estimated))


def _revision(row: RevisionRow) -> View:
    return {
        "made_on": texts.short_date(row.made_on),
        "reason": row.reason,
        "change": row.change,
        "agreed_by": row.agreed_by,
        "order": row.order,
    }


def _change(row: ChangeRow) -> View:
    return {"competency": row.competency, "before": texts.percent(row.before), "after": texts.percent(row.after), "outcome": row.outcome}
