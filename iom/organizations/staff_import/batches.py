"""A staff list from upload to confirmation and back: checked first, written all or nothing, taken back row by row."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.core.models import ImportBatch, ImportState
from iom.core.sheets import Table, choose_headings, heading_key, read_table_guarded, text_of
from iom.core.sheets.table import CellError
from iom.organizations.models import Region
from iom.organizations.reasons import StaffRefusal
from iom.organizations.staff_file import StaffFile, read_staff
from iom.organizations.staff_file.texts import STAFF_HEADINGS
from iom.organizations.staff_import import judging, queries, wire
from iom.organizations.staff_import.applying import Line, Moment, Writer
from iom.organizations.staff_import.kinds import Verdict, VerdictKind
from iom.organizations.staff_import.undoing import Undoer
from iom.policy import Action

KIND = "staff"
UNDO_DAYS = 30
FIELD_OF = {heading_key(alias): field for field, aliases in STAFF_HEADINGS.items() for alias in (field, *aliases)}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation did: rows written, or none because the database has changed since the check."""

    batch: ImportBatch
    is_written: bool


def check(session: Session, actor: Actor, file_name: str, content: bytes, *, author_id: int | None = None) -> ImportBatch:
    """Return the batch with a verdict for each row of the file; nothing else is written.

    Raises
    ------
    SheetError : the file cannot be read
    StaffFileError : the table is no staff list
    Forbidden : another role's action
    """
    policy.require_role(actor, Action.STAFF_IMPORT)
    today = _today(session, actor)
    table = read_table_guarded(content, file_name)
    file = read_staff(table, today)
    verdicts = judging.judge(file, queries.directory_for(session, actor, file.rows), today)
    batch = ImportBatch(
        region_id=actor.region_id,
        kind=KIND,
        file_name=file_name[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        verdicts=_lines(verdicts, _values(file, table)),
        counts=_counts(verdicts),
        author_id=author_id if author_id is not None else (actor.person_id or None),
        school_id=actor.school_id,
        created_at=clock.now(),
    )
    session.add(batch)
    session.flush()  # the address of the preview
    return batch


def confirm(session: Session, actor: Actor, batch_id: int) -> Confirmed:
    """Write the rows of a checked batch, all or nothing; when the database has changed since, check them again instead.

    Raises
    ------
    NotFound : no such batch of the actor's
    Refused : written or cancelled already
    """
    policy.require_role(actor, Action.STAFF_IMPORT)
    batch = queries.get_batch(session, actor, batch_id, KIND, lock=True)
    if batch.state is not ImportState.CHECKED:
        raise Refused(reason=StaffRefusal.BATCH_DONE)
    file = stored_file(batch)
    today = _today(session, actor)
    directory = queries.directory_for(session, actor, file.rows)
    verdicts = judging.judge(file, directory, today)
    values = {line["row"]: line["values"] for line in batch.verdicts}
    fresh = _lines(verdicts, values)
    if fresh != batch.verdicts:
        batch.verdicts, batch.counts = fresh, _counts(verdicts)
        return Confirmed(batch, is_written=False)
    rows = {row.row: row for row in file.rows}
    writer = Writer(session, _region(session, actor), directory, Moment(clock.now(), today), batch.author_id)
    writer.write([Line(verdict, rows[verdict.row]) for verdict in verdicts if verdict.row in rows])
    batch.verdicts = [line | ({"done": writer.done[line["row"]]} if line["row"] in writer.done else {}) for line in fresh]
    batch.state, batch.confirmed_at = ImportState.CONFIRMED, clock.now()
    _record(session, actor, batch, f"confirmed {batch.counts}")
    return Confirmed(batch, is_written=True)


def undo(session: Session, actor: Actor, batch_id: int) -> list[int]:
    """Take a confirmed batch back; return the rows left as they are, because somebody has changed them since.

    Raises
    ------
    NotFound : no such batch of the actor's
    Refused : not written, taken back already, or too long ago
    """
    policy.require_role(actor, Action.STAFF_IMPORT)
    batch = queries.get_batch(session, actor, batch_id, KIND, lock=True)
    if not may_undo(batch):
        raise Refused(reason=StaffRefusal.BATCH_DONE)
    verdicts = [wire.verdict_from_json(line) for line in batch.verdicts]
    done = {line["row"]: line["done"] for line in batch.verdicts if "done" in line}
    assert batch.confirmed_at is not None  # what may be undone was confirmed
    zone = ZoneInfo(_region(session, actor).timezone)
    touched = Undoer(session, verdicts, done, batch.confirmed_at.astimezone(zone).date()).undo()
    batch.state = ImportState.CANCELLED
    batch.counts = batch.counts | {"left": len(touched)}
    batch.verdicts = [line | {"left": line["row"] in touched} if "done" in line else line for line in batch.verdicts]
    _record(session, actor, batch, f"undone, left {len(touched)}")
    return touched


def cancel(session: Session, actor: Actor, batch_id: int) -> None:
    """Put a checked batch away without writing it.

    Raises
    ------
    NotFound, Refused : no such batch of the actor's, or not waiting
    """
    batch = queries.get_batch(session, actor, batch_id, KIND, lock=True)
    if batch.state is not ImportState.CHECKED:
        raise Refused(reason=StaffRefusal.BATCH_DONE)
    batch.state = ImportState.CANCELLED


def may_undo(batch: ImportBatch) -> bool:
    """Tell whether a batch is written and young enough to be taken back."""
    if batch.state is not ImportState.CONFIRMED or batch.confirmed_at is None:
        return False
    return clock.now() - batch.confirmed_at.astimezone(UTC) <= timedelta(days=UNDO_DAYS)


def stored_file(batch: ImportBatch) -> StaffFile:
    """Return the staff file that a batch was made from."""
    return wire.file_from_json(batch.verdicts, frozenset(line["row"] for line in batch.verdicts if "cells" not in line["values"]))


def _values(file: StaffFile, table: Table) -> dict[int, Mapping[str, Any]]:
    """Return what each row says: parsed where it could be, else its cells under their headings."""
    unread = {rejected.row for rejected in file.rejected}
    table = choose_headings(table, lambda text: FIELD_OF.get(heading_key(text)))
    cells = {row.number: row.cells for row in table.rows if row.number in unread}
    values: dict[int, Mapping[str, Any]] = {row.row: wire.row_to_json(row) for row in file.rows}
    for number, found in cells.items():
        shown = zip(table.header, found, strict=False)
        values[number] = {"cells": {heading: _cell(cell) for heading, cell in shown if heading and cell is not None}}
    return values


def _cell(cell: Any) -> str:
    return cell.text if isinstance(cell, CellError) else text_of(cell)[:500]


def _lines(verdicts: Sequence[Verdict], values: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [wire.verdict_to_json(verdict, values.get(verdict.row, {"cells": {}})) for verdict in verdicts]


def _counts(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    found = Counter(str(verdict.kind) for verdict in verdicts)
    return {str(kind): found[str(kind)] for kind in VerdictKind}


def _region(session: Session, actor: Actor) -> Region:
    return session.get_one(Region, actor.region_id)


def _today(session: Session, actor: Actor) -> date:
    return clock.today(_region(session, actor).timezone)


def _record(session: Session, actor: Actor, batch: ImportBatch, reason: str) -> None:
    by = actor if actor.person_id else None
    audit.record(session, by, Action.STAFF_IMPORT, object_type="import_batch", object_id=batch.id, reason=reason, region_id=actor.region_id)
