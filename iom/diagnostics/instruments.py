"""Self-diagnostic instruments as files that a centre edits; a file is read whole or refused with the place of the fault."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from iom.core.errors import DomainError
from iom.diagnostics.kinds import DiagnosticMethod

Category = Literal["teacher", "manager"]

LEVELS = 4  # categories 0…3 of a self statement
MAX_CODE = 40  # characters, as in the database
MAX_VERSION = 20
MAX_TITLE = 200
MAX_SENTENCE = 90  # a stem or a descriptor stays within two lines of a phone
MAX_LABEL = 40
MAX_EXAMPLE = 300


class InstrumentFault(StrEnum):
    MISSING_FILE = "missing_file"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    EMPTY_VALUE = "empty_value"
    TOO_LONG = "too_long"
    UNKNOWN_VALUE = "unknown_value"
    DUPLICATE_CODE = "duplicate_code"
    LEVEL_COUNT = "level_count"
    SAME_LEVELS = "same_levels"
    WRONG_BLOCK = "wrong_block"  # the block is not listed, or is not the competency's own
    UNKNOWN_COMPETENCY = "unknown_competency"


class InstrumentFileError(DomainError):
    """An instrument file cannot be taken over; `item` is a code, or «#3» for the third item without one, empty for the file as a whole."""

    def __init__(self, path: Path, item: str, reason: InstrumentFault, field: str = "") -> None:
        super().__init__(path=str(path), item=item, reason=reason, field=field)
        self.path = path
        self.item = item
        self.reason = reason
        self.field = field


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A block of the framework under the short name that the question screen shows."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class LevelRecord:
    """One answer: a label and the practice it stands for."""

    label: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One statement of a self-diagnostic; `subject` None means it does not depend on what the person teaches."""

    code: str
    competency: str
    block: str
    applies_to: str
    subject: str | None
    stem: str
    recall: str
    levels: tuple[LevelRecord, ...]
    example: str


@dataclass(frozen=True, slots=True)
class InstrumentRecord:
    """One version of an instrument; `blocks` stand in the order in which they are asked."""

    code: str
    version: str
    title: str
    method: DiagnosticMethod
    framework: str
    minutes: int
    blocks: tuple[BlockRecord, ...]
    items: tuple[ItemRecord, ...]


def read_instrument(path: Path, competencies: Collection[str] | None = None) -> InstrumentRecord:
    """Return the instrument that the file describes.

    Parameters
    ----------
    path : a UTF-8 JSON file of the form described in `catalog/instruments/README.md`
    competencies : codes of the framework; None leaves them unchecked

    Raises
    ------
    InstrumentFileError : the first fault, with the file, the item and the field
    """
    root = _Fields(path, "", _load(path))
    blocks = tuple(_block(_Fields(path, f"#{n}", raw)) for n, raw in enumerate(root.list_of("blocks"), 1))
    _check_unique(path, [block.code for block in blocks])
    titles = {block.code for block in blocks}
    items = tuple(_item(_Fields(path, f"#{n}", raw), titles, competencies) for n, raw in enumerate(root.list_of("items"), 1))
    _check_unique(path, [item.code for item in items])
    return InstrumentRecord(
        code=root.text("code", MAX_CODE),
        version=root.text("version", MAX_VERSION),
        title=root.text("title", MAX_TITLE),
        method=DiagnosticMethod(root.choice("method", tuple(DiagnosticMethod))),
        framework=root.text("framework", MAX_CODE),
        minutes=root.whole("minutes"),
        blocks=blocks,
        items=items,
    )


def items_for(instrument: InstrumentRecord, category: Category, subjects: frozenset[str]) -> tuple[ItemRecord, ...]:
    """Return the statements one person sees, in order of blocks and, inside a block, of the file.

    Parameters
    ----------
    category : what the person is employed as
    subjects : titles of the subjects the person teaches, in any case; a statement on another subject is left out
    """
    # The framework writes subjects in lower case, the directory of subjects with a capital letter.
    taught = {subject.casefold() for subject in subjects}
    place = {block.code: index for index, block in enumerate(instrument.blocks)}
    seen = [
        item
        for item in instrument.items
        if item.applies_to in (category, "both") and (item.subject is None or item.subject.casefold() in taught)
    ]
    return tuple(sorted(seen, key=lambda item: place[item.block]))


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InstrumentFileError(path, "", InstrumentFault.MISSING_FILE) from None
    except UnicodeDecodeError:
        raise InstrumentFileError(path, "", InstrumentFault.NOT_UTF8) from None
    except json.JSONDecodeError:
        raise InstrumentFileError(path, "", InstrumentFault.NOT_JSON) from None


class _Fields:
    """A JSON object that names its file and item when a value in it is not what it should be."""

    def __init__(self, path: Path, item: str, raw: Any) -> None:
        self.path = path
        self.item = item
        if not isinstance(raw, dict):
            raise self.fault(InstrumentFault.WRONG_TYPE)
        self.raw = raw

    def fault(self, reason: InstrumentFault, field: str = "") -> InstrumentFileError:
        return InstrumentFileError(self.path, self.item, reason, field)

    def value(self, field: str) -> Any:
        if field not in self.raw:
            raise self.fault(InstrumentFault.MISSING_FIELD, field)
        return self.raw[field]

    def text(self, field: str, longest: int) -> str:
        value = self.value(field)
        if not isinstance(value, str):
            raise self.fault(InstrumentFault.WRONG_TYPE, field)
        if not value.strip():
            raise self.fault(InstrumentFault.EMPTY_VALUE, field)
        if len(value) > longest:
            raise self.fault(InstrumentFault.TOO_LONG, field)
        return value

    def choice(self, field: str, allowed: Collection[str]) -> str:
        value = self.text(field, MAX_TITLE)
        if value not in allowed:
            raise self.fault(InstrumentFault.UNKNOWN_VALUE, field)
        return value

    def whole(self, field: str) -> int:
        value = self.value(field)
        # A JSON true is an int for Python.
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(InstrumentFault.WRONG_TYPE, field)
        if value < 1:
            raise self.fault(InstrumentFault.UNKNOWN_VALUE, field)
        return value

    def list_of(self, field: str) -> list[Any]:
        value = self.value(field)
        if not isinstance(value, list):
            raise self.fault(InstrumentFault.WRONG_TYPE, field)
        if not value:
            raise self.fault(InstrumentFault.EMPTY_VALUE, field)
        return value


def _block(fields: _Fields) -> BlockRecord:
    return BlockRecord(fields.text("code", MAX_CODE), fields.text("title", MAX_TITLE))


def _item(fields: _Fields, blocks: Collection[str], competencies: Collection[str] | None) -> ItemRecord:
    code = fields.text("code", MAX_CODE)
    fields.item = code  # from here on a fault is named by the code, which a person finds faster than a number
    competency = fields.text("competency", MAX_CODE)
    block = fields.text("block", MAX_CODE)
    if block not in blocks or competency.split(".")[0] != block:
        raise fields.fault(InstrumentFault.WRONG_BLOCK, "block")
    if competencies is not None and competency not in competencies:
        raise fields.fault(InstrumentFault.UNKNOWN_COMPETENCY, "competency")
    return ItemRecord(
        code=code,
        competency=competency,
        block=block,
        applies_to=fields.choice("applies_to", ("teacher", "manager", "both")),
        subject=None if fields.value("subject") is None else fields.text("subject", MAX_TITLE),
        stem=fields.text("stem", MAX_SENTENCE),
        recall=fields.text("recall", MAX_SENTENCE),
        levels=_levels(fields),
        example=fields.text("example", MAX_EXAMPLE),
    )


def _levels(fields: _Fields) -> tuple[LevelRecord, ...]:
    raw = fields.list_of("levels")
    if len(raw) != LEVELS:
        raise fields.fault(InstrumentFault.LEVEL_COUNT, "levels")
    parts = [_Fields(fields.path, fields.item, level) for level in raw]
    levels = tuple(LevelRecord(part.text("label", MAX_LABEL), part.text("descriptor", MAX_SENTENCE)) for part in parts)
    if len({level.label for level in levels}) < LEVELS or len({level.descriptor for level in levels}) < LEVELS:
        raise fields.fault(InstrumentFault.SAME_LEVELS, "levels")
    return levels


def _check_unique(path: Path, codes: list[str]) -> None:
    for position, code in enumerate(codes):
        if code in codes[:position]:
            raise InstrumentFileError(path, code, InstrumentFault.DUPLICATE_CODE, "code")
