"""Why an item stands in the route: one reason each, with the facts that a sentence needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from iom.routes.instance import Instance, ItemId, RouteItemSpec
from iom.routes.reasons import COVERED, Barred
from iom.routes.value import chosen_items, coverage_of, value_of


class ItemReason(StrEnum):
    PINNED = "pinned"
    ONLY_CANDIDATE = "only_candidate"  # nothing else that may be taken works on the need
    SHORTEST_SUFFICIENT = "shortest_sufficient"  # nothing shorter covers the need alone
    STRONGEST = "strongest"  # nothing covers more of the need
    COMPLEMENTS = "complements"  # adds what the other items leave
    PREPARES = "prepares"  # another item requires it
    OF_REQUIRED_KIND = "of_required_kind"
    FILLS_HOURS = "fills_hours"  # only the minimum of hours asks for it


@dataclass(frozen=True)
class WhyHere:
    """The reason and its facts.

    `need` is the code that the reason is about, `before` and `after` its coverage without and with the item, both up to 100.
    `item` is the one that it prepares for. `barred_rivals` counts candidates for the need that dates, seats or eligibility keep out.
    """

    reason: ItemReason
    need: str | None = None
    before: int = 0
    after: int = 0
    item: ItemId | None = None
    barred_rivals: int = 0


def why_here(
    instance: Instance, possible: Sequence[RouteItemSpec], barred: Sequence[Barred], codes: Sequence[str], selected: Collection[ItemId]
) -> dict[ItemId, WhyHere]:
    """Return the reason for each item of the route; `possible` are the candidates that could have been taken at all."""
    chosen = chosen_items(instance, selected)
    gains = {item.id: _gains(instance, item, selected) for item in chosen}
    found = {}
    for item in chosen:
        reason, need, prepared = _reason(instance, possible, item, chosen, gains[item.id])
        if need is None:
            found[item.id] = WhyHere(reason, item=prepared)
            continue
        after = coverage_of(instance, selected)[need]
        rivals = sum(1 for one in barred if one.item.cover.get(need))
        found[item.id] = WhyHere(reason, codes[need], min(100, after - item.cover[need]), min(100, after), prepared, rivals)
    return found


def _gains(instance: Instance, item: RouteItemSpec, selected: Collection[ItemId]) -> Mapping[int, int]:
    """Return weighted value that the route would lose without the item, by need, the greatest first."""
    points = coverage_of(instance, selected)
    gains = {
        need: instance.weights[need] * (value_of(points[need], instance.segments) - value_of(points[need] - percent, instance.segments))
        for need, percent in item.cover.items()
    }
    return dict(sorted(((need, gain) for need, gain in gains.items() if gain > 0), key=lambda pair: (-pair[1], pair[0])))


def _reason(
    instance: Instance, possible: Sequence[RouteItemSpec], item: RouteItemSpec, chosen: Sequence[RouteItemSpec], gains: Mapping[int, int]
) -> tuple[ItemReason, int | None, ItemId | None]:
    """Return the most telling reason, the need it is about, and the item prepared for."""
    main = next(iter(gains), None)
    prepared = next((other.id for other in chosen if item.id in other.requires and other.id != item.id), None)
    if item.id in instance.must:
        return ItemReason.PINNED, main, prepared
    for reason, holds in (
        (ItemReason.ONLY_CANDIDATE, _is_only),
        (ItemReason.SHORTEST_SUFFICIENT, _is_shortest),
        (ItemReason.STRONGEST, _is_strongest),
    ):
        need = next((need for need in gains if holds(item, need, possible)), None)
        if need is not None:
            return reason, need, prepared
    if main is not None:
        return ItemReason.COMPLEMENTS, main, prepared
    if prepared is not None:
        return ItemReason.PREPARES, None, prepared
    if sum(other.kind == item.kind for other in chosen) <= instance.kind_min.get(item.kind, 0):
        return ItemReason.OF_REQUIRED_KIND, None, None
    return ItemReason.FILLS_HOURS, None, None


def _is_only(item: RouteItemSpec, need: int, possible: Sequence[RouteItemSpec]) -> bool:
    return not any(other.cover.get(need) for other in possible if not _is_same(other, item))


def _is_shortest(item: RouteItemSpec, need: int, possible: Sequence[RouteItemSpec]) -> bool:
    rivals = [other for other in possible if other.cover.get(need, 0) >= COVERED and not _is_same(other, item)]
    return item.cover[need] >= COVERED and all(other.hours > item.hours for other in rivals)


def _is_strongest(item: RouteItemSpec, need: int, possible: Sequence[RouteItemSpec]) -> bool:
    return all(other.cover.get(need, 0) < item.cover[need] for other in possible if not _is_same(other, item))


def _is_same(one: RouteItemSpec, other: RouteItemSpec) -> bool:
    """Tell whether two candidates are one thing to a reader: the same, or streams of one programme."""
    return one.id == other.id or (one.group is not None and one.group == other.group)
