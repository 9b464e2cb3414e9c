"""Where evidence files lie: a folder on disk in production, memory in tests; names are random and never a person's.

A file is on the disk, name and all, before `save` returns; the row that refers to it may then be committed. The other
way round a crash would leave a row without its file. What a crash leaves here is a file without a row: `orphans`.
"""

import errno
import hashlib
import io
import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from iom.core.errors import DomainError

ORPHAN_AGE = timedelta(hours=24)
_KEY_BYTES = 32
_KEY = re.compile(r"[0-9a-f]{64}")
_TEMPORARY_SUFFIX = ".part"
_CHUNK = 1 << 16


class FileStoreProblem(StrEnum):
    TOO_LARGE = "too_large"
    NO_SPACE = "no_space"
    NOT_SAVED = "not_saved"
    MISSING = "missing"


class FileStoreError(DomainError):
    """The file was not saved or is not there; `problem` says which."""

    def __init__(self, problem: FileStoreProblem, **facts: str | int) -> None:
        super().__init__(**facts)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What to remember about a saved file: its random name, size in bytes and SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class FileStore(Protocol):
    """A place that keeps bytes under names it makes itself."""

    def save(self, content: bytes | BinaryIO) -> StoredFile:
        """Return the name, size and sum of the content once it is safe; raise FileStoreError if it is not."""

    def open(self, key: str) -> BinaryIO:
        """Return the file for reading; raise FileStoreError with MISSING if there is none."""

    def delete(self, key: str) -> None:
        """Leave no file under the name, whether or not there was one."""

    def exists(self, key: str) -> bool: ...


class LocalFileStore:
    """Files in a folder that no web server shows, 65 536 subfolders wide."""

    def __init__(self, folder: Path, max_bytes: int = 25_000_000) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def save(self, content: bytes | BinaryIO) -> StoredFile:
        key = secrets.token_hex(_KEY_BYTES)
        target = self._path(key)
        temporary = target.with_suffix(_TEMPORARY_SUFFIX)
        try:
            self._make_folder(target.parent)
            size, digest = self._write(temporary, io.BytesIO(content) if isinstance(content, bytes) else content)
            # A hard link, unlike a rename, fails if the name is taken: no file is ever overwritten.
            os.link(temporary, target)
            _sync_folder(target.parent)
        except OSError as error:
            raise FileStoreError(_problem(error)) from error
        finally:
            # Also when the sender goes away in the middle; if even this fails, `sweep` finds the rest.
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return StoredFile(key, size, digest)

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise FileStoreError(FileStoreProblem.MISSING, key=key) from error

    def delete(self, key: str) -> None:
        path = self._path(key)
        if path.exists():
            path.unlink()
            _sync_folder(path.parent)

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def keys(self) -> Iterator[str]:
        """Yield the names of all saved files."""
        for path in self._files():
            if _KEY.fullmatch(path.name):
                yield path.name

    def orphans(self, known: Collection[str], now: datetime, age: timedelta = ORPHAN_AGE) -> list[str]:
        """Return names of files that no row knows and that are older than `age`; `known` should answer `in` quickly.

        Younger ones may belong to a row that is just being committed.
        """
        return sorted(key for key in self.keys() if key not in known and self._is_older(self._path(key), now - age))

    def sweep(self, known: Collection[str], now: datetime, age: timedelta = ORPHAN_AGE) -> int:
        """Delete orphans and what broken uploads left; return how many files went."""
        keys = self.orphans(known, now, age)
        for key in keys:
            self.delete(key)
        broken = [path for path in self._files() if path.suffix == _TEMPORARY_SUFFIX and self._is_older(path, now - age)]
        for path in broken:
            path.unlink(missing_ok=True)
        return len(keys) + len(broken)

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("??/??/*")

    def _is_older(self, path: Path, moment: datetime) -> bool:
        try:
            return path.stat().st_mtime < moment.timestamp()
        except FileNotFoundError:
            return False

    def _path(self, key: str) -> Path:
        # The key comes from our own rows, yet a damaged or forged one must not lead out of the folder.
        if not _KEY.fullmatch(key):
            raise FileStoreError(FileStoreProblem.MISSING, key=key[:80])
        return self._folder / key[:2] / key[2:4] / key

    def _make_folder(self, folder: Path) -> None:
        """Make the folder and those above it so that they outlive a power cut as well."""
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for parent in reversed(missing):
            _sync_folder(parent.parent)

    def _write(self, path: Path, source: BinaryIO) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > self._max_bytes:
                    raise FileStoreError(FileStoreProblem.TOO_LARGE, limit=self._max_bytes)
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return size, digest.hexdigest()


class MemoryFileStore:
    """Files in a dictionary, for tests and for commands that keep nothing."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def save(self, content: bytes | BinaryIO) -> StoredFile:
        kept = content if isinstance(content, bytes) else content.read()
        key = secrets.token_hex(_KEY_BYTES)
        self._contents[key] = kept
        return StoredFile(key, len(kept), hashlib.sha256(kept).hexdigest())

    def open(self, key: str) -> BinaryIO:
        if key not in self._contents:
            raise FileStoreError(FileStoreProblem.MISSING, key=key[:80])
        return io.BytesIO(self._contents[key])

    def delete(self, key: str) -> None:
        self._contents.pop(key, None)

    def exists(self, key: str) -> bool:
        return key in self._contents


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names on the disk: a synced file whose name is lost is lost too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _problem(error: OSError) -> FileStoreProblem:
    return FileStoreProblem.NO_SPACE if error.errno in (errno.ENOSPC, errno.EDQUOT) else FileStoreProblem.NOT_SAVED
