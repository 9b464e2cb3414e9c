"""A short mark of what a document says, printed in its footer so that two copies can be told apart."""

import dataclasses
import hashlib
import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

PRINTED = frozenset({"printed_on"})
"""Fields of a sheet that speak of the copy, not of its content."""


def fingerprint(sheet: object, ignore: Collection[str] = PRINTED) -> str:
    """Return «7F3A-21»: the first 24 bits of SHA-256 over the content of a frozen sheet.

    Two copies of one edition carry the same mark whenever they are printed. Empty values are skipped, so that a field
    added to a sheet later leaves the marks of older documents as they were. The mark tells copies apart; it is no proof
    against somebody who wants a collision.

    Raises
    ------
    TypeError : the sheet holds a value other than text, number, date, enum, tuple or a nested sheet
    """
    content = json.dumps(_plain(sheet, frozenset(ignore)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digits = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:6].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _plain(value: Any, ignore: frozenset[str]) -> Any:
    if dataclasses.is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name), ignore) for field in dataclasses.fields(value) if field.name not in ignore}
        return {name: part for name, part in parts.items() if part not in (None, "", [], {}) and part is not False}
    if isinstance(value, (tuple, list)):
        return [_plain(part, ignore) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"a sheet cannot hold {type(value).__name__}")
