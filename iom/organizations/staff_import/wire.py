"""Verdicts and rows as plain JSON, the form in which a checked batch waits for its confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.staff_file import RejectedRow, StaffFile, StaffReason, StaffRow
from iom.organizations.staff_import.kinds import Change, Verdict, VerdictKind

DAYS = ("category_assigned_on", "experience_start_date")


def row_to_json(row: StaffRow) -> dict[str, Any]:
    """Return the row with dates and closed lists as text; empty values are left out."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items() if value not in (None, (), "")}


def row_from_json(plain: Mapping[str, Any]) -> StaffRow:
    """Return the row that `row_to_json` was given."""
    values: dict[str, Any] = {name: plain.get(name) for name in StaffRow.__dataclass_fields__}
    for name in DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["subjects"] = tuple(values["subjects"] or ())
    values["category"] = QualificationCategory(values["category"]) if values["category"] else None
    values["employee_category"] = EmployeeCategory(values["employee_category"])
    values["middle_name"] = values["middle_name"] or ""
    values["active"] = bool(values["active"])
    return StaffRow(**values)


def verdict_to_json(verdict: Verdict, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict with the row that it is about: parsed values, or the cells of a row that could not be read."""
    plain = asdict(verdict)
    plain["changes"] = [[change.field, change.old, change.new] for change in verdict.changes]
    return {**plain, "kind": str(verdict.kind), "values": dict(values)}


def verdict_from_json(plain: Mapping[str, Any]) -> Verdict:
    """Return the verdict that `verdict_to_json` was given."""
    values = {name: plain[name] for name in Verdict.__dataclass_fields__}
    values["kind"] = VerdictKind(values["kind"])
    values["changes"] = tuple(Change(*change) for change in values["changes"])
    return Verdict(**values)


def file_from_json(lines: Sequence[Mapping[str, Any]], parsed: frozenset[int]) -> StaffFile:
    """Return the staff file that a batch was made from; `parsed` are the rows that were readable."""
    rows = tuple(row_from_json(line["values"]) for line in lines if line["row"] in parsed)
    rejected = tuple(
        RejectedRow(line["row"], StaffReason(line["reason"]), line["column"] or None, tuple(line["facts"].items()))
        for line in lines
        if line["row"] not in parsed
    )
    return StaffFile(rows, rejected, frozenset(), ())
