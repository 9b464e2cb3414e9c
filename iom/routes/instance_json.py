"""Route instance files: reading with every check at the door, and writing. The format stands in the methods, section 3."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from iom.routes.instance import DEFAULT_SEGMENTS, Fault, Instance, InstanceError, ItemId, RouteItemSpec

LARGEST = 1_000_000_000
"""No number in an instance is larger; with the limit on Z below, sums stay exact in floating point and in 64 bits."""

LARGEST_VALUE = 2**50
"""Bound of Z: the sum of weights times the full value of V, and rho times all hours."""

_REQUIRED = ("id", "weights", "hours_max", "items")
_ITEM_REQUIRED = ("id", "kind", "hours")

_T = TypeVar("_T")


def read_instance(path: Path) -> Instance:
    """Return the instance in a file; raises InstanceError with the place and the reason when it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InstanceError("", Fault.UNREADABLE) from error
    except UnicodeDecodeError as error:
        raise InstanceError("", Fault.NOT_UTF8) from error
    try:
        document = json.loads(text, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError) as error:
        raise InstanceError("", Fault.NOT_JSON) from error
    return parse_instance(document)


def parse_instance(document: object) -> Instance:
    """Return the instance that a decoded JSON document describes; raises InstanceError."""
    whole = _Place("", document).object(_REQUIRED, [field.name for field in fields(Instance)])
    items = whole.get("items").list(_item)
    weights = whole.get("weights").list(_Place.count)
    instance = Instance(
        id=whole.get("id").item_id(),
        weights=weights,
        hours_max=whole.get("hours_max").count(),
        items=items,
        segments=whole.get("segments").list(_segment) if whole.has("segments") else DEFAULT_SEGMENTS,
        rho=whole.get("rho").count() if whole.has("rho") else Instance.rho,
        hours_min=whole.get("hours_min").count() if whole.has("hours_min") else 0,
        money_max=whole.limit("money_max", None),
        items_max=whole.limit("items_max", Instance.items_max),
        load_max=whole.limit("load_max", Instance.load_max),
        must=whole.ids("must"),
        forbidden=whole.ids("forbidden"),
        kind_min=whole.counts("kind_min"),
        kind_max=whole.counts("kind_max"),
        has_calendar_dates=_has_calendar_dates(whole.get("items")),
    )
    _check(instance)
    return instance


def to_document(instance: Instance) -> dict[str, Any]:
    """Return the JSON document that `parse_instance` reads back as the same instance."""
    return {
        "id": instance.id,
        "weights": list(instance.weights),
        "segments": [list(segment) for segment in instance.segments],
        "rho": instance.rho,
        "hours_max": instance.hours_max,
        "hours_min": instance.hours_min,
        "money_max": instance.money_max,
        "items_max": instance.items_max,
        "load_max": instance.load_max,
        "must": list(instance.must),
        "forbidden": list(instance.forbidden),
        "kind_min": dict(instance.kind_min),
        "kind_max": dict(instance.kind_max),
        "items": [_item_document(item, instance.has_calendar_dates) for item in instance.items],
    }


def write_instance(instance: Instance, path: Path) -> None:
    """Write the instance to a file."""
    path.write_text(json.dumps(to_document(instance), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _item_document(item: RouteItemSpec, by_date: bool) -> dict[str, Any]:
    def day(number: int | None) -> int | str | None:
        return date.fromordinal(number).isoformat() if by_date and number is not None else number

    return {
        "id": item.id,
        "kind": item.kind,
        "hours": item.hours,
        "price": item.price,
        "load": item.load,
        "start": day(item.start),
        "end": day(item.end),
        "cover": {str(need): percent for need, percent in item.cover.items()},
        "requires": list(item.requires),
        "group": item.group,
    }


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object; of two values under one key neither may win silently."""
    document = dict(pairs)
    if len(document) < len(pairs):
        keys = [key for key, _ in pairs]
        raise InstanceError(next(key for key in keys if keys.count(key) > 1), Fault.DUPLICATE_KEY)
    return document


class _Place:
    """A value in the document together with its address there, so that every complaint says where."""

    def __init__(self, where: str, value: Any) -> None:
        self.where = where
        self.value = value

    def fail(self, reason: Fault) -> InstanceError:
        return InstanceError(self.where, reason)

    def object(self, required: Sequence[str] = (), known: Sequence[str] = ()) -> "_Place":
        if not isinstance(self.value, dict):
            raise self.fail(Fault.NOT_OBJECT)
        for name in required:
            if name not in self.value:
                raise InstanceError(self._inside(name), Fault.MISSING)
        for name in self.value:
            # A foreign key is harmless, a misspelt one would silently drop a limit.
            if name not in known and get_close_matches(name, known, n=1, cutoff=0.8):
                raise InstanceError(self._inside(name), Fault.MISSPELT_KEY)
        return self

    def has(self, name: str) -> bool:
        return self.value.get(name) is not None

    def get(self, name: str) -> "_Place":
        return _Place(self._inside(name), self.value.get(name))

    def list(self, read: Callable[["_Place"], _T]) -> tuple[_T, ...]:
        if not isinstance(self.value, list):
            raise self.fail(Fault.NOT_LIST)
        return tuple(read(_Place(f"{self.where}[{number}]", value)) for number, value in enumerate(self.value))

    def integer(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fail(Fault.NOT_INTEGER)
        if abs(self.value) > LARGEST:
            raise self.fail(Fault.TOO_LARGE)
        return self.value

    def count(self) -> int:
        number = self.integer()
        if number < 0:
            raise self.fail(Fault.NEGATIVE)
        return number

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value:
            raise self.fail(Fault.NOT_TEXT)
        return self.value

    def item_id(self) -> ItemId:
        return self.integer() if isinstance(self.value, int) else self.text()

    def day(self) -> int | None:
        if self.value is None or isinstance(self.value, int):
            return None if self.value is None else self.integer()
        try:
            return date.fromisoformat(self.text()).toordinal()
        except ValueError as error:
            raise self.fail(Fault.NOT_DATE) from error

    def limit(self, name: str, default: int | None) -> int | None:
        """Return a limit: the default when the key is absent, none when it is null."""
        if name not in self.value:
            return default
        return self.get(name).count() if self.has(name) else None

    def ids(self, name: str) -> tuple[ItemId, ...]:
        return self.get(name).list(_Place.item_id) if self.has(name) else ()

    def counts(self, name: str) -> Mapping[str, int]:
        if not self.has(name):
            return {}
        place = self.get(name).object()
        return {key: place.get(key).count() for key in place.value}

    def _inside(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def _segment(place: _Place) -> tuple[int, int]:
    numbers = place.list(_Place.count)
    if len(numbers) != 2:
        raise place.fail(Fault.NOT_PAIR)
    return numbers[0], numbers[1]


def _item(place: _Place) -> RouteItemSpec:
    place.object(_ITEM_REQUIRED, [field.name for field in fields(RouteItemSpec)])
    start, end = place.get("start").day(), place.get("end").day()
    if (start is None) != (end is None):
        raise place.fail(Fault.HALF_DATED)
    if start is not None and end is not None and end < start:
        raise place.fail(Fault.ENDS_BEFORE_START)
    return RouteItemSpec(
        id=place.get("id").item_id(),
        kind=place.get("kind").text(),
        hours=place.get("hours").count(),
        price=place.get("price").count() if place.has("price") else 0,
        load=place.get("load").count() if place.has("load") else 0,
        start=start,
        end=end,
        cover=_cover(place.get("cover")) if place.has("cover") else {},
        requires=place.ids("requires"),
        group=place.get("group").item_id() if place.has("group") else None,
    )


def _cover(place: _Place) -> Mapping[int, int]:
    place.object()
    cover = {}
    for key in place.value:
        if not re.fullmatch("0|[1-9][0-9]{0,8}", key):
            raise place.get(key).fail(Fault.NOT_DEFICIT)
        cover[int(key)] = place.get(key).count()
    return dict(sorted(cover.items()))


def _has_calendar_dates(place: _Place) -> bool:
    """Tell whether days are named by dates; a mixture with plain numbers cannot be compared."""
    days = [(f"{place.where}[{number}]", item.get(end)) for number, item in enumerate(place.value) for end in ("start", "end")]
    by_date = [isinstance(day, str) for _, day in days if day is not None]
    if any(by_date) and not all(by_date):
        raise InstanceError(place.where, Fault.MIXED_DAYS)
    return any(by_date)


def _check(instance: Instance) -> None:
    """Check what only the whole can show: identity, references, the shape of V, the size of Z."""
    known: set[ItemId] = set()
    for number, item in enumerate(instance.items):
        if item.id in known:
            raise InstanceError(f"items[{number}].id", Fault.DUPLICATE_ID)
        known.add(item.id)
        for need in item.cover:
            if need >= len(instance.weights):
                raise InstanceError(f"items[{number}].cover.{need}", Fault.NOT_DEFICIT)
    for number, item_id in enumerate(instance.must):
        if item_id not in known:
            raise InstanceError(f"must[{number}]", Fault.UNKNOWN_ITEM)
    slopes = [slope for _, slope in instance.segments]
    if slopes != sorted(slopes, reverse=True):
        raise InstanceError("segments", Fault.NOT_CONCAVE)
    full = sum(length * slope for length, slope in instance.segments) * sum(instance.weights)
    if max(full, instance.rho * sum(item.hours for item in instance.items)) > LARGEST_VALUE:
        raise InstanceError("", Fault.TOO_LARGE)
