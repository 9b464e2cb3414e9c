"""Refused rows, verdicts on columns and refused files as sentences."""

from iom.core.format import tie
from iom.profiles.results_file.kinds import ColumnVerdict, Rejected, ResultsFileError
from iom.profiles.results_file.texts import CELL, COLUMN_VERDICT, FILE_REASON, REASON, ROW


def rejection(rejected: Rejected) -> str:
    """Return «строка 57, столбец «Балл»: …»."""
    reason = REASON[rejected.reason].format_map(dict(rejected.facts))
    template = CELL if rejected.column else ROW
    return tie(template.format(row=rejected.row, column=rejected.column, reason=reason))


def column_verdict(verdict: ColumnVerdict) -> str:
    """Return what a column was taken for."""
    return tie(COLUMN_VERDICT[verdict.kind].format(code=verdict.code, candidates=", ".join(verdict.candidates)))


def file_refusal(error: ResultsFileError) -> str:
    """Return why the table holds no results: what happened, what is kept, what to do."""
    return tie(FILE_REASON[error.problem])
