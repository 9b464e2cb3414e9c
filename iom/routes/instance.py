"""The route instance: what may be chosen, what it covers, and the limits; the optimiser's only input.

Days are whole numbers (ordinals of calendar dates, or plain numbers in made-up instances); both ends of an item are included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from iom.core.errors import DomainError

ItemId = int | str
"""Catalog ids are text, database ids are numbers; both are echoed as they came."""

DEFAULT_SEGMENTS = ((60, 5), (40, 3), (50, 1))
"""Length in per cent of the gap and value of each per cent there: V(60) = 300, V(100) = 420, V(150) = 470."""


class Fault(StrEnum):
    """Why an instance cannot be used."""

    UNREADABLE = "unreadable"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    DUPLICATE_KEY = "duplicate_key"
    MISSPELT_KEY = "misspelt_key"
    MISSING = "missing"
    NOT_OBJECT = "not_object"
    NOT_LIST = "not_list"
    NOT_INTEGER = "not_integer"
    NOT_TEXT = "not_text"
    NOT_DATE = "not_date"
    NOT_PAIR = "not_pair"
    NOT_DEFICIT = "not_deficit"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_ITEM = "unknown_item"
    HALF_DATED = "half_dated"
    MIXED_DAYS = "mixed_days"
    ENDS_BEFORE_START = "ends_before_start"
    NOT_CONCAVE = "not_concave"


class InstanceError(DomainError):
    """An instance that cannot be read: the address of the value in it ("" for the whole) and the reason."""

    def __init__(self, where: str, reason: Fault) -> None:
        super().__init__(where=where, reason=reason)
        self.where = where
        self.reason = reason


@dataclass(frozen=True)
class RouteItemSpec:
    """One thing that may enter a route."""

    id: ItemId
    kind: str
    hours: int  # academic hours
    price: int = 0  # roubles to be paid by the person or the school
    load: int = 0  # 2 away from work, 1 beside it on fixed days, 0 at any time
    start: int | None = None
    end: int | None = None
    cover: Mapping[int, int] = field(default_factory=dict)  # index of a deficit → per cent of its gap
    requires: tuple[ItemId, ...] = ()
    group: str | int | None = None  # streams of one programme share a group; at most one is taken


@dataclass(frozen=True)
class Instance:
    """A whole problem; None in a limit means that there is none."""

    id: ItemId
    weights: tuple[int, ...]
    hours_max: int
    items: tuple[RouteItemSpec, ...]
    segments: tuple[tuple[int, int], ...] = DEFAULT_SEGMENTS
    rho: int = 1  # value taken off for each hour
    hours_min: int = 0
    money_max: int | None = None
    items_max: int | None = 8
    load_max: int | None = 2
    must: tuple[ItemId, ...] = ()
    forbidden: tuple[ItemId, ...] = ()
    kind_min: Mapping[str, int] = field(default_factory=dict)
    kind_max: Mapping[str, int] = field(default_factory=dict)
    has_calendar_dates: bool = False  # whether the file named days by dates; the numbers are then ordinals


def id_order(item_id: ItemId) -> tuple[bool, int, str]:
    """Return the sort key of ids: numbers by size, then texts by letters."""
    return (False, item_id, "") if isinstance(item_id, int) else (True, 0, item_id)
