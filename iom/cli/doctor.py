"""`iom doctor`: says in one line each whether the machine, the settings and the database are fit to serve."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from iom.cli import texts
from iom.core import migrate
from iom.core.config import BadSetting, Settings
from iom.core.database import make_engine

LEAST_FREE_BYTES = 1_000_000_000
LEAST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    is_good: bool
    detail: str


def checks(env: dict[str, str]) -> Iterator[Check]:
    """Yield every check; those that need the settings stop when the settings are bad."""
    version = sys.version_info[:2]
    yield Check(texts.DOCTOR_PYTHON, version >= LEAST_PYTHON, ".".join(map(str, version)))
    try:
        settings = Settings.from_env(env)
    except BadSetting as error:
        yield Check(texts.DOCTOR_SETTINGS, False, texts.bad_setting(error.name, error.problem))
        return
    yield Check(texts.DOCTOR_SETTINGS, True, "")
    yield _folder(settings.data_dir)
    yield _catalog(settings.catalog_dir)
    yield from _database(settings)
    if settings.redis_url:
        yield _redis(settings.redis_url)


def _folder(folder: Path) -> Check:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    return Check(texts.DOCTOR_FOLDER, writable and free > LEAST_FREE_BYTES, texts.folder(str(folder), free))


def _catalog(folder: Path) -> Check:
    return Check(texts.DOCTOR_CATALOG, (folder / "programs.csv").exists() and (folder / "framework.csv").exists(), str(folder))


def _database(settings: Settings) -> Iterator[Check]:
    engine = make_engine(settings.database_url)
    try:
        at = migrate.current(engine)
        yield Check(texts.DOCTOR_DATABASE, True, engine.dialect.name)
        yield Check(texts.DOCTOR_SCHEMA, at == migrate.head(), at or texts.DOCTOR_EMPTY)
        if engine.dialect.name == "postgresql":
            yield _durable(engine)
    except SQLAlchemyError as error:
        yield Check(texts.DOCTOR_DATABASE, False, type(error).__name__)
    finally:
        engine.dispose()


def _durable(engine: Engine) -> Check:
    with engine.connect() as connection:
        off = [
            name
            for name in ("fsync", "full_page_writes", "synchronous_commit")
            if connection.execute(text(f"SHOW {name}")).scalar() == "off"
        ]
    return Check(texts.DOCTOR_DURABLE, not off, ", ".join(off))


def _redis(url: str) -> Check:
    import redis

    try:
        redis.Redis.from_url(url, socket_timeout=2).ping()
    except redis.RedisError as error:
        return Check(texts.DOCTOR_REDIS, False, type(error).__name__)
    return Check(texts.DOCTOR_REDIS, True, "")


@click.command()
def doctor() -> None:
    """Look at the machine, the settings and the database; exit code 1 when something is wrong."""

    bad = 0
    for check in checks(dict(os.environ)):
        click.echo(texts.check_line(check.name, check.is_good, check.detail))
        bad += not check.is_good
    sys.exit(1 if bad else 0)
