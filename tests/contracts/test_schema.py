"""Models and migrations say the same; migrations go up, down and up; the journal only grows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from iom.core import audit, migrate
from iom.core.database import transaction
from iom.policy.schema import METADATA
from tests.cast import make_cast


def test_models_and_migrations_agree(shared_engine: Engine) -> None:
    with shared_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_down_and_up_on_a_database_with_rows(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        make_cast(session)
    migrate.downgrade(own_engine, "base")
    assert set(inspect(own_engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(own_engine)
    with transaction(own_engine) as session:
        make_cast(session)


def test_every_row_of_a_region_names_it() -> None:
    missing = [
        name
        for name, table in METADATA.tables.items()
        if name in {"routes", "employees", "deficits", "orders"} and "region_id" not in table.c
    ]
    assert missing == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_entries"])
def test_the_journal_refuses_changes(own_engine: Engine, statement: str) -> None:
    with transaction(own_engine) as session:
        audit.record(session, None, "sign_in")
    with pytest.raises(DatabaseError, match="append-only"), own_engine.begin() as connection:
        connection.execute(text(statement))


def test_a_changed_line_is_named(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        audit.record(session, None, "first")
        audit.record(session, None, "second", reason="name\n2026 admin login ok")
    with Session(own_engine) as session:
        assert audit.first_broken_line(session) is None
        lines = session.execute(text("SELECT reason FROM audit_entries ORDER BY id")).scalars().all()
    assert lines[1] == "name\\n2026 admin login ok"
    with own_engine.begin() as connection:
        if own_engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entries_no_UPDATE"))
        else:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit_entries SET action = 'third' WHERE action = 'second'"))
    with Session(own_engine) as session:
        assert audit.first_broken_line(session) == 2
