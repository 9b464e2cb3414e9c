"""What a database holds, as the tests of the matrix compare it: everything, or the columns that a form must never set."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, event

from iom.policy.schema import METADATA

NOT_CHANGES = {"audit_entries": None, "rate_counters": None, "sign_in_sessions": "seen_at"}
"""Tables, or one column of them, that a refusal may write to: the journal, counters of tries, when a session was last seen."""

GUARDED = re.compile(
    r"(^|_)(role|status|state|decision|verdict|severity|priority|score|kind|is_active|unit_kind)$"
    r"|^(region|school|municipality|provider|person|employee|owner|author|tutor|methodist|reviewer|account|campaign)_id$|_by_id$"
)
"""Columns that say whose something is, where it belongs, how it stands and who decided."""


def fingerprint(connection: Connection) -> dict[str, str]:
    """Return a hash of the rows of every table."""
    found = {}
    for name, table in METADATA.tables.items():
        if NOT_CHANGES.get(name, "") is None:
            continue
        columns = ", ".join(f'"{column.name}"' for column in table.columns if column.name != NOT_CHANGES.get(name))
        order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{name}" ORDER BY {order}').cursor.fetchall()
        found[name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def greatest_keys(connection: Connection) -> dict[str, int]:
    """Return the greatest key of every table."""
    tables = [name for name, table in METADATA.tables.items() if "id" in table.columns]
    return {name: connection.exec_driver_sql(f'SELECT COALESCE(MAX(id), 0) FROM "{name}"').scalar_one() for name in tables}


def guarded(connection: Connection, greatest: Mapping[str, int]) -> Counter[tuple[object, ...]]:
    """Return how often each combination of values stands in the columns that a form must never set by itself (S-26).

    Keys beyond the greatest ones of the world are those of rows just made, and differ from try to try.
    """
    found: Counter[tuple[object, ...]] = Counter()
    for name, table in METADATA.tables.items():
        columns = [column for column in table.columns if GUARDED.search(column.name)]
        if not columns or name in NOT_CHANGES:
            continue
        limits = [greatest[next(iter(column.foreign_keys)).column.table.name] if column.foreign_keys else None for column in columns]
        names = ", ".join(f'"{column.name}"' for column in columns)
        for row in connection.exec_driver_sql(f'SELECT {names} FROM "{name}"').cursor.fetchall():
            values = (
                "new" if limit is not None and value is not None and value > limit else value
                for value, limit in zip(row, limits, strict=True)
            )
            found[(name, *values)] += 1
    return found


def hasten(engine: Engine) -> None:
    """Let the database answer before the disk has: what is lost with this machine is lost with the test."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    else:
        event.listen(engine, "connect", lambda raw, _: raw.execute("SET synchronous_commit = off") and raw.commit())
    engine.dispose()
