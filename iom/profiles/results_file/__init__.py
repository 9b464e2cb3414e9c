"""Results measured elsewhere that come in as spreadsheets, read without the database."""

from iom.profiles.results_file.kinds import (
    ColumnKind,
    ColumnVerdict,
    FrameworkNode,
    Layout,
    Likeness,
    LostPerson,
    PersonResults,
    Rejected,
    RejectReason,
    ResultRow,
    ResultsFile,
    ResultsFileError,
    ResultsFileProblem,
    Scale,
    ScoreSource,
)
from iom.profiles.results_file.messages import column_verdict, file_refusal, rejection
from iom.profiles.results_file.reading import read_results

__all__ = [
    "ColumnKind",
    "ColumnVerdict",
    "FrameworkNode",
    "Layout",
    "Likeness",
    "LostPerson",
    "PersonResults",
    "RejectReason",
    "Rejected",
    "ResultRow",
    "ResultsFile",
    "ResultsFileError",
    "ResultsFileProblem",
    "Scale",
    "ScoreSource",
    "column_verdict",
    "file_refusal",
    "read_results",
    "rejection",
]
