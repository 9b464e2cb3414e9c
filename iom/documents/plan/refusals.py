"""Why a run gave nothing, in one sentence each."""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from iom.catalog.files import CatalogFileError
from iom.catalog.files.texts import fault_sentence
from iom.core.errors import DomainError
from iom.core.format import tie
from iom.core.sheets import SheetError
from iom.core.sheets.texts import KEPT
from iom.core.sheets.texts import refusal as sheet_refusal
from iom.documents.plan import texts
from iom.documents.plan.folder import FolderBusy
from iom.documents.plan.reading import UnreadableFile
from iom.documents.word_template import BrokenTemplate
from iom.organizations.staff_file import StaffFileError
from iom.organizations.staff_file import file_refusal as staff_refusal
from iom.profiles.results_file import ResultsFileError
from iom.profiles.results_file import file_refusal as results_refusal


class NothingToPlan(DomainError):
    """The table of results has headings and nothing below them (`file`)."""

    def __init__(self, file: str) -> None:
        super().__init__(file=file)
        self.file = file


REFUSALS = (UnreadableFile, NothingToPlan, CatalogFileError, BrokenTemplate, FolderBusy, BrokenProcessPool, OSError, KeyboardInterrupt)
"""Everything that may end a run and is no mistake of the program."""


def sentence_of(error: BaseException, out: Path) -> str:
    """Return what happened, what is kept and what to do."""
    if isinstance(error, UnreadableFile):
        return texts.in_file(error.file, _of_file(error.error))
    if isinstance(error, NothingToPlan):
        return texts.in_file(error.file, texts.NO_ROWS)
    if isinstance(error, CatalogFileError):
        return texts.catalog_unreadable(fault_sentence(error))
    if isinstance(error, BrokenTemplate):
        return texts.template_broken(error.facts["name"], error.facts["part"])
    if isinstance(error, OSError):
        return texts.disk_failed(error.errno, out)
    return FIXED[type(error)]


FIXED: dict[type[BaseException], str] = {
    FolderBusy: texts.FOLDER_BUSY,
    BrokenProcessPool: texts.WORKER_DIED,
    KeyboardInterrupt: texts.INTERRUPTED,
}


def _of_file(error: DomainError | OSError) -> str:
    if isinstance(error, OSError):
        return texts.unreadable(error.errno)
    words: dict[type[DomainError], Callable[..., str]] = {
        SheetError: sheet_refusal,
        ResultsFileError: results_refusal,
        StaffFileError: staff_refusal,
    }
    # The sentences of the spreadsheet door speak of a system with data; here there are only files.
    return words[type(error)](error).replace(tie(KEPT), texts.NOTHING_WRITTEN)
