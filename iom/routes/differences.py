"""What changed between two frozen editions of a route."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Content = Mapping[str, Any]


class Change(StrEnum):
    ADDED = "add"
    REMOVED = "remove"
    HOURS = "hours"
    DATES = "dates"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change; `old` and `new` are hours, or pairs of ISO dates, or nothing for an item that came or went."""

    kind: Change
    title: str = ""
    old: Any = None
    new: Any = None


def differences(before: Content, after: Content) -> list[Difference]:
    """Return what a reader of the older edition would find changed: the period, items gone, items new, items moved or resized."""
    found = []
    old_period, new_period = _days(before), _days(after)
    if old_period != new_period:
        found.append(Difference(Change.PERIOD, old=old_period, new=new_period))
    old_items, new_items = list(before["items"]), list(after["items"])
    pairs = _pairs(old_items, new_items)
    kept_old, kept_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    found += [Difference(Change.REMOVED, item["title"]) for item in old_items if id(item) not in kept_old]
    found += [Difference(Change.ADDED, item["title"]) for item in new_items if id(item) not in kept_new]
    for old, new in pairs:
        if old["hours"] != new["hours"]:
            found.append(Difference(Change.HOURS, new["title"], old["hours"], new["hours"]))
        if _days(old) != _days(new):
            found.append(Difference(Change.DATES, new["title"], _days(old), _days(new)))
    return found


def _days(content: Content) -> tuple[str | None, str | None]:
    return content["starts_on"], content["ends_on"]


def _pairs(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[Content, Content]]:
    """Pair items that are one thing to a reader: the same row, or another row of the same offering."""
    found: list[tuple[Content, Content]] = []
    left = list(old)
    for item in new:
        match = next((one for one in left if one["item_id"] == item["item_id"]), None) or next(
            (one for one in left if item["offering_id"] is not None and one["offering_id"] == item["offering_id"]), None
        )
        if match is not None:
            left.remove(match)
            found.append((match, item))
    return found


def came_and_went(before: Content, after: Content) -> tuple[int, int]:
    """Return how many items are new and how many are gone."""
    kinds = [one.kind for one in differences(before, after)]
    return kinds.count(Change.ADDED), kinds.count(Change.REMOVED)
