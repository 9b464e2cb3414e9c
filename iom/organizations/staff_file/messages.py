"""Refused rows as sentences."""

from iom.core.format import tie
from iom.organizations.staff_file.kinds import RejectedRow, StaffFileError
from iom.organizations.staff_file.texts import CELL, FILE_REASON, REASON, ROW


def rejection(rejected: RejectedRow) -> str:
    """Return «строка 57, столбец «Почта»: …»."""
    reason = REASON[rejected.reason].format_map(dict(rejected.facts))
    template = CELL if rejected.column else ROW
    return tie(template.format(row=rejected.row, column=rejected.column, reason=reason))


def file_refusal(error: StaffFileError) -> str:
    """Return why the table is no staff file: what happened, what is kept, what to do."""
    return tie(FILE_REASON[error.problem].format_map(error.facts))
