"""Brings an instrument's file into the database; a version once loaded never changes, because results rest on it."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy.orm import Session

from iom.catalog import queries as catalog
from iom.catalog.kinds import AppliesTo
from iom.catalog.models import Competency, CompetencyFramework
from iom.core.errors import DomainError
from iom.diagnostics import queries
from iom.diagnostics.instruments import Category, InstrumentRecord, ItemRecord, items_for
from iom.diagnostics.kinds import InstrumentStatus, ItemType
from iom.diagnostics.models import Diagnostic, DiagnosticItem
from iom.organizations.models import Subject

Row = TypeVar("Row", Competency, Subject)


class InstrumentRefused(DomainError):
    """An instrument cannot be loaded (`code`, `version`, `item`, `problem`)."""


def load_instrument(session: Session, record: InstrumentRecord, framework: CompetencyFramework) -> tuple[Diagnostic, bool]:
    """Return the stored instrument and whether it is new; an older version of the same code is retired.

    Raises
    ------
    InstrumentRefused : another framework, a competency or subject that is not known, or other content under a version loaded before
    """
    if record.framework != f"{framework.code}-{framework.version}":
        raise InstrumentRefused(code=record.code, version=record.version, item="", problem="framework")
    items = _Items(record, catalog.competencies_by_code(session, framework.id), _subjects_by_name(session))
    stored = queries.find_instrument(session, record.code, record.version)
    if stored is not None:
        _check_unchanged(stored, record, items)
        return stored, False
    queries.retire_instruments(session, record.code)
    diagnostic = Diagnostic(
        framework_id=framework.id,
        code=record.code,
        version=record.version,
        title=record.title,
        method=record.method,
        status=InstrumentStatus.ACTIVE,
        minutes=record.minutes,
        longest=longest_questionnaire(record),
        blocks=_blocks(record),
        items=[items.row(item, position) for position, item in enumerate(_in_order(record), start=1)],
    )
    session.add(diagnostic)
    session.flush()  # callers start attempts on it
    return diagnostic, True


def longest_questionnaire(record: InstrumentRecord) -> int:
    """Return how many statements the person sees who sees most, teaching one subject or none."""
    subjects = [frozenset({item.subject}) for item in record.items if item.subject is not None] or [frozenset[str]()]
    categories: tuple[Category, ...] = ("teacher", "manager")
    return max(len(items_for(record, category, taught)) for category in categories for taught in subjects)


class _Items:
    """Makes rows of an instrument's statements, or names the one that cannot be placed."""

    def __init__(self, record: InstrumentRecord, competencies: Mapping[str, Competency], subjects: Mapping[str, Subject]) -> None:
        self.record = record
        self.competencies = competencies
        self.subjects = subjects

    def row(self, item: ItemRecord, position: int) -> DiagnosticItem:
        return DiagnosticItem(
            competency_id=self._known(self.competencies, item.competency, item, "competency").id,
            code=item.code,
            position=position,
            item_type=ItemType.SELF_STATEMENT,
            applies_to=AppliesTo(item.applies_to),
            subject_id=self._known(self.subjects, item.subject.lower(), item, "subject").id if item.subject else None,
            stem=item.stem,
            hint=item.recall,
            example=item.example,
            options=[{"label": level.label, "descriptor": level.descriptor} for level in item.levels],
            key=None,
            max_category=len(item.levels) - 1,
        )

    def _known(self, rows: Mapping[str, Row], name: str, item: ItemRecord, problem: str) -> Row:
        if name not in rows:
            raise InstrumentRefused(code=self.record.code, version=self.record.version, item=item.code, problem=problem)
        return rows[name]


def _subjects_by_name(session: Session) -> dict[str, Subject]:
    """Return subjects by title and by every alias, in lower case; a title wins over an alias of another."""
    rows = catalog.subjects_by_code(session).values()
    aliases = {alias.strip().lower(): row for row in rows for alias in row.aliases.split("|") if alias.strip()}
    return aliases | {row.title.lower(): row for row in rows}


def _in_order(record: InstrumentRecord) -> list[ItemRecord]:
    place = {block.code: index for index, block in enumerate(record.blocks)}
    return sorted(record.items, key=lambda item: place[item.block])


def _blocks(record: InstrumentRecord) -> list[dict[str, str]]:
    return [{"code": block.code, "title": block.title} for block in record.blocks]


_COMPARED = (
    "competency_id", "code", "position", "item_type", "applies_to", "subject_id", "stem", "hint", "example", "options", "max_category",
)  # fmt: skip


def _check_unchanged(stored: Diagnostic, record: InstrumentRecord, items: _Items) -> None:
    head = (stored.title, stored.method, stored.minutes, stored.blocks) == (record.title, record.method, record.minutes, _blocks(record))
    if not head:
        raise InstrumentRefused(code=record.code, version=record.version, item="", problem="changed")
    kept = {row.code: row for row in stored.items}
    for position, item in enumerate(_in_order(record), start=1):
        row = items.row(item, position)
        old = kept.pop(item.code, None)
        if old is None or any(getattr(row, name) != getattr(old, name) for name in _COMPARED):
            raise InstrumentRefused(code=record.code, version=record.version, item=item.code, problem="changed")
    if kept:
        raise InstrumentRefused(code=record.code, version=record.version, item=min(kept), problem="changed")
