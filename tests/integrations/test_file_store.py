"""Files on disk: whole or absent, never overwritten, never outside the folder."""

import errno
import hashlib
import io
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iom.integrations import file_store
from iom.integrations.file_store import FileStore, FileStoreError, FileStoreProblem, LocalFileStore, MemoryFileStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> LocalFileStore:
    return LocalFileStore(tmp_path / "files", max_bytes=100_000)


@pytest.fixture(params=["local", "memory"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return LocalFileStore(tmp_path / "files") if request.param == "local" else MemoryFileStore()


def content_of(store: FileStore, key: str) -> bytes:
    with store.open(key) as file:
        return file.read()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def age(tmp_path: Path, key: str, hours: float, suffix: str = "") -> None:
    path = tmp_path / "files" / key[:2] / key[2:4] / f"{key}{suffix}"
    moment = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def test_saved_file_comes_back_with_its_size_and_sum(any_store: FileStore) -> None:
    content = bytes(range(256)) * 1_000
    saved = any_store.save(content)

    assert (saved.size, saved.sha256) == (256_000, hashlib.sha256(content).hexdigest())
    with any_store.open(saved.key) as file:
        assert file.read() == content


def test_stream_is_saved_like_bytes(any_store: FileStore) -> None:
    saved = any_store.save(io.BytesIO(b"abc" * 100_000))

    assert content_of(any_store, saved.key) == b"abc" * 100_000


def test_empty_file_is_a_file(any_store: FileStore) -> None:
    assert any_store.exists(any_store.save(b"").key)


def test_name_is_random_and_says_nothing(any_store: FileStore) -> None:
    keys = {any_store.save(b"same").key for _ in range(50)}

    assert len(keys) == 50
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


def test_deleted_file_is_gone_and_may_be_deleted_again(any_store: FileStore) -> None:
    key = any_store.save(b"x").key
    any_store.delete(key)
    any_store.delete(key)

    assert not any_store.exists(key)
    with pytest.raises(FileStoreError) as caught:
        any_store.open(key)
    assert caught.value.problem == FileStoreProblem.MISSING


@pytest.mark.parametrize(
    "key", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "/" * 64, "a" * 64 + ".part", "\x00" * 64]
)
def test_key_that_is_no_key_leads_nowhere(store: LocalFileStore, key: str) -> None:
    for act in (store.open, store.delete, store.exists):
        with pytest.raises(FileStoreError):
            act(key)


def test_files_are_spread_over_folders_and_closed_to_others(store: LocalFileStore, tmp_path: Path) -> None:
    key = store.save(b"x").key
    (path,) = files_in(tmp_path)

    assert path == tmp_path / "files" / key[:2] / key[2:4] / key
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_limit_of_size_is_exact_and_leaves_nothing_behind(store: LocalFileStore, tmp_path: Path) -> None:
    assert store.save(bytes(100_000)).size == 100_000
    before = files_in(tmp_path)

    with pytest.raises(FileStoreError) as caught:
        store.save(io.BytesIO(bytes(100_001)))

    assert (caught.value.problem, caught.value.facts) == (FileStoreProblem.TOO_LARGE, {"limit": 100_000})
    assert files_in(tmp_path) == before


def test_sender_who_goes_away_leaves_nothing_behind(store: LocalFileStore, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 0:
                raise RuntimeError("client went away")
            return super().read(size)

    with pytest.raises(RuntimeError):
        store.save(Broken(bytes(90_000)))

    assert files_in(tmp_path) == []


@pytest.mark.parametrize(("number", "problem"), [(errno.ENOSPC, FileStoreProblem.NO_SPACE), (errno.EIO, FileStoreProblem.NOT_SAVED)])
@pytest.mark.parametrize("call", ["fsync", "link"])
def test_failing_disk_is_reported_and_leaves_no_half_file(
    store: LocalFileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, problem: FileStoreProblem
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(file_store.os, call, fail)
        with pytest.raises(FileStoreError) as caught:
            store.save(b"x")

    assert caught.value.problem == problem
    assert files_in(tmp_path) == []
    assert store.exists(store.save(b"x").key)


def test_taken_name_is_never_overwritten(store: LocalFileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_store.secrets, "token_hex", lambda size: "ab" * size)
    key = store.save(b"first").key

    with pytest.raises(FileStoreError):
        store.save(b"second")

    assert content_of(store, key) == b"first"


def test_file_and_every_new_folder_are_synced_before_save_returns(
    store: LocalFileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        real(descriptor)

    monkeypatch.setattr(file_store.os, "fsync", watch)
    key = store.save(b"x").key
    shard = tmp_path / "files" / key[:2]

    # The list of names in each folder that got a new name, then the bytes, then the name of the file itself.
    assert synced == [tmp_path, tmp_path / "files", shard, shard / key[2:4] / f"{key}.part", shard / key[2:4]]


def test_many_savers_at_once_do_not_disturb_each_other(store: LocalFileStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda number: (number, store.save(str(number).encode())), range(100)))

    assert all(content_of(store, file.key) == str(number).encode() for number, file in saved)
    assert len(set(store.keys())) == 100


def test_orphans_are_old_files_that_no_row_knows(store: LocalFileStore, tmp_path: Path) -> None:
    known, old, young = (store.save(b"x").key for _ in range(3))
    age(tmp_path, known, 100)
    age(tmp_path, old, 24.1)
    age(tmp_path, young, 23.9)

    assert store.orphans({known}, NOW) == [old]


def test_sweep_takes_orphans_and_broken_uploads_only(store: LocalFileStore, tmp_path: Path) -> None:
    known, old = (store.save(b"x").key for _ in range(2))
    for key in (known, old):
        age(tmp_path, key, 48)
    for hours in (48, 1):
        name = f"{hours:064d}"
        folder = tmp_path / "files" / name[:2] / name[2:4]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.part").write_bytes(b"half")
        age(tmp_path, name, hours, ".part")

    assert store.sweep({known}, NOW) == 2
    assert list(store.keys()) == [known]
    assert len(files_in(tmp_path)) == 2  # the known file and the young upload


def test_sweep_of_an_empty_store_finds_nothing(store: LocalFileStore) -> None:
    keys: Iterator[str] = store.keys()

    assert (list(keys), store.sweep(set(), NOW)) == ([], 0)
