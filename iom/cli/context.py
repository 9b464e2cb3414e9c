"""What every command that needs the database starts with."""

import os
import sys
from typing import NoReturn

import click
from sqlalchemy import Engine

from iom.cli import texts
from iom.core.config import BadSetting, Settings
from iom.core.database import make_engine


def settings() -> Settings:
    """Return the settings, or leave with a sentence that names what is missing."""
    try:
        return Settings.from_env(os.environ)
    except BadSetting as error:
        fail(texts.bad_setting(error.name, error.problem))


def engine() -> Engine:
    """Return the engine that the settings name."""
    found = settings()
    found.data_dir.mkdir(parents=True, exist_ok=True)
    return make_engine(found.database_url)


def fail(message: str) -> NoReturn:
    """Say one sentence on standard error and leave with code 1."""
    click.echo(message, err=True)
    sys.exit(1)
