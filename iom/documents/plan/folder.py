"""The folder of results: a run is made beside the old one and takes its place when it is whole."""

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iom.core.errors import DomainError

WORKBOOK, DOCUMENTS, SUMMARY = "routes.xlsx", "routes", "summary.json"
STAGING = ".iom-plan"
LOCKLESS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})  # answers of disks that know no locks
OURS = re.compile(r"\d+_.*\.docx")  # names of documents; what else lies among them was put there by somebody


class FolderBusy(DomainError):
    """Another run is writing into the folder."""


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """Where a run ends (`out`) and where it is made (`staging`, on the same disk)."""

    out: Path
    staging: Path

    def old_documents(self) -> int | None:
        """Return the number of documents of an earlier run, None where there was no run."""
        has_run = any((self.out / name).exists() for name in (WORKBOOK, SUMMARY, DOCUMENTS))
        return len(_documents_in(self.out / DOCUMENTS)) if has_run else None

    def publish(self) -> None:
        """Put the new run in the place of the old one.

        The old summary goes first and the new one comes last, so that a summary never stands beside files of another run.
        """
        (self.out / SUMMARY).unlink(missing_ok=True)
        old, current = self.staging / "old", self.out / DOCUMENTS
        if current.exists():
            current.rename(old)
        (self.staging / DOCUMENTS).rename(current)
        for path in old.iterdir() if old.exists() else ():
            if not OURS.fullmatch(path.name):
                path.rename(current / path.name)
        (self.staging / WORKBOOK).replace(self.out / WORKBOOK)
        (self.staging / SUMMARY).replace(self.out / SUMMARY)


def stands_in_the_way(out: Path) -> Path | None:
    """Return what bears the name of a result and is of another kind: a file for a folder or a folder for a file."""
    folders, files = (out, out / DOCUMENTS), (out / WORKBOOK, out / SUMMARY)
    wrong = [path for path in folders if os.path.exists(path) and not os.path.isdir(path)]
    return next(iter([*wrong, *(path for path in files if os.path.isdir(path))]), None)


@contextmanager
def results_folder(out: Path) -> Iterator[ResultsFolder]:
    """Give the folder with room to make a run in; whatever is not published disappears, also what a killed run left.

    Raises
    ------
    FolderBusy : another run is at work in it
    OSError : the folder cannot be made or written
    """
    is_new = not out.exists()
    staging = out / STAGING
    out.mkdir(parents=True, exist_ok=True)
    staging.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(staging, os.O_RDONLY)
    try:
        _take(lock)
        try:
            _empty(staging)
            (staging / DOCUMENTS).mkdir()
            yield ResultsFolder(out, staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            if is_new and not any(out.iterdir()):
                out.rmdir()
    finally:
        os.close(lock)


def _take(lock: int) -> None:
    """Take the lock of the folder, which the system gives back by itself however the process ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FolderBusy from error
    except OSError as error:
        if error.errno not in LOCKLESS:
            raise


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _documents_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if OURS.fullmatch(path.name)] if folder.is_dir() else []
