"""The databases that tests run on: SQLite always, PostgreSQL where it answers (in CI its absence is a failure)."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from iom.core import migrate
from iom.core.database import make_engine

POSTGRESQL = os.environ.get("IOM_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres")
IN_CI = os.environ.get("IOM_CI") == "1"


def postgresql_answers() -> bool:
    """Tell whether the test server can be reached."""
    try:
        with psycopg.connect(POSTGRESQL, connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def _statement(sql: str) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(sql)


class Templates:
    """Migrated empty databases of this test process, copied for each test that commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = uuid.uuid4().hex[:10]
        self.made: dict[str, str] = {}

    def url(self, kind: str) -> str:
        """Return the address of the migrated template of `kind`, made at the first call."""
        if kind not in self.made:
            self.made[kind] = self._make(kind)
        return self.made[kind]

    def _make(self, kind: str) -> str:
        if kind == "sqlite":
            url = f"sqlite:///{self.folder / 'template.sqlite3'}"
        else:
            _statement(f'CREATE DATABASE "iom_{self.mark}"')
            url = f"{POSTGRESQL.rsplit('/', 1)[0]}/iom_{self.mark}"
        engine = make_engine(url)
        migrate.upgrade(engine)
        if kind == "sqlite":
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return url

    @contextmanager
    def copy(self, kind: str) -> Iterator[Engine]:
        """Give an engine on a database of its own, dropped afterwards."""
        source = self.url(kind)
        name = f"iom_{uuid.uuid4().hex[:12]}"
        if kind == "sqlite":
            target = self.folder / f"{name}.sqlite3"
            shutil.copyfile(self.folder / "template.sqlite3", target)
            url = f"sqlite:///{target}"
        else:
            _statement(f'CREATE DATABASE "{name}" TEMPLATE "{source.rsplit("/", 1)[1]}"')
            url = f"{source.rsplit('/', 1)[0]}/{name}"
        engine = make_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()
            self._drop(kind, name)

    def _drop(self, kind: str, name: str) -> None:
        if kind == "sqlite":
            for path in self.folder.glob(f"{name}.sqlite3*"):
                path.unlink()
        else:
            _statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Drop what is left on the server."""
        if "postgresql" in self.made:
            with suppress(psycopg.Error):
                _statement(f'DROP DATABASE IF EXISTS "iom_{self.mark}" WITH (FORCE)')
