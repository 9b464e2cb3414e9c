"""`iom db`: moves and checks the schema."""

import sys

import click

from iom.cli import context, texts
from iom.core import audit, migrate
from iom.core.database import open_session


@click.group()
def db() -> None:
    """The database: upgrade, downgrade, check."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    migrate.upgrade(context.engine())
    click.echo(texts.DATABASE_READY)


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Bring the database back to REVISION (`base`: empty)."""
    migrate.downgrade(context.engine(), revision)
    click.echo(texts.DATABASE_READY)


@db.command()
def check() -> None:
    """Check the schema's version, the integrity of the file and the chain of the journal."""
    engine = context.engine()
    if migrate.current(engine) != migrate.head():
        context.fail(texts.DATABASE_BEHIND)
    click.echo(texts.DATABASE_AT_HEAD)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if found != "ok" or broken:
            context.fail(f"{found} {broken[:5]}")
        click.echo(texts.INTEGRITY_GOOD)
    with open_session(engine, writes=False) as session:
        line = audit.first_broken_line(session)
    if line is not None:
        click.echo(texts.chain_broken(line), err=True)
        sys.exit(1)
    click.echo(texts.CHAIN_WHOLE)
