"""Calls commands on a database of the test's own, as the operator of an installation would."""

from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import Engine

from iom.cli.main import main


def call(engine: Engine, folder: Path, *arguments: str) -> Result:
    """Run `iom …` on the engine's database."""
    env = {
        "IOM_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "IOM_DATA_DIR": str(folder),
        "IOM_SECRET_KEY": "k" * 40,
    }
    return CliRunner().invoke(main, list(arguments), env=env)
