"""Made-up route instances of any size with the proportions of a real catalog, for benchmarks and tests."""

from math import exp
from random import Random

from iom.catalog.kinds import OfferingKind
from iom.routes.instance import Instance, RouteItemSpec

PERIOD_DAYS = 270
"""A school year from September to May."""

_HOURS = {
    OfferingKind.PROGRAM: (16, 18, 24, 36, 36, 40, 48, 72, 72, 108, 144),
    OfferingKind.INTERNSHIP: (16, 24, 36),
    OfferingKind.MENTORING: (6, 12, 16),
    OfferingKind.EVENT: (4, 4, 6, 8),
    OfferingKind.RESOURCE: (4, 6),
}
_KINDS = (
    *(OfferingKind.PROGRAM,) * 9,
    *(OfferingKind.EVENT,) * 5,
    *(OfferingKind.INTERNSHIP,) * 3,
    *(OfferingKind.MENTORING,) * 2,
    OfferingKind.RESOURCE,
)
_PRICES = (0, 0, 0, 0, 2_500, 4_800, 7_000, 12_000)
_LINK_STRENGTHS = (1.0, 1.0, 0.6, 0.5)


def made_instance(seed: int, candidates: int, deficits: int = 12, hours_max: int | None = None) -> Instance:
    """Return a feasible instance: the same arguments always give the same one."""
    rng = Random(seed)  # noqa: S311 -- data for measurements, nothing secret hangs on it
    items: list[RouteItemSpec] = []
    for number in range(candidates):
        items.append(_made_item(rng, number, deficits, items))
    return Instance(
        id=f"made-{candidates}-{deficits}-{seed}",
        weights=tuple(rng.randint(1, 10) for _ in range(deficits)),
        hours_max=hours_max if hours_max is not None else rng.choice((72, 108, 144, 200, 250)),
        money_max=rng.choice((None, 5_000, 15_000, 30_000)),
        items_max=8,
        load_max=2,
        items=tuple(items),
    )


def _made_item(rng: Random, number: int, deficits: int, earlier: list[RouteItemSpec]) -> RouteItemSpec:
    kind = rng.choice(_KINDS)
    hours = rng.choice(_HOURS[kind])
    load = rng.choice((0, 1, 2)) if kind is OfferingKind.PROGRAM else 2 if kind is OfferingKind.INTERNSHIP else 0
    start, end = _made_days(rng, hours, load)
    before = rng.choice(earlier) if earlier and rng.random() < 0.05 else None
    return RouteItemSpec(
        id=f"c{number:05d}",
        kind=kind.value,
        hours=hours,
        price=rng.choice(_PRICES) if kind is OfferingKind.PROGRAM else 0,
        load=load,
        start=start,
        end=end,
        cover=_made_cover(rng, hours, deficits),
        requires=(before.id,) if before else (),
        group=f"g{rng.randrange(1 + len(earlier) // 8)}" if rng.random() < 0.15 else None,
    )


def _made_days(rng: Random, hours: int, load: int) -> tuple[int | None, int | None]:
    """Return first and last day: six hours a day away from work, two beside it; most self-paced items have no dates."""
    if load == 0 and rng.random() < 0.7:
        return None, None
    length = max(1, hours // (6 if load == 2 else 2))
    start = rng.randrange(max(1, PERIOD_DAYS - length))
    return start, start + length - 1


def _made_cover(rng: Random, hours: int, deficits: int) -> dict[int, int]:
    """Return per cent of the gap by deficit, by the formula of the method (links below 10 per cent are none)."""
    served = rng.choice((1, 1, 1, 2, 2, 3))
    share = 1 - exp(-hours / (24 * served))
    links = {need: round(100 * rng.choice(_LINK_STRENGTHS) * share) for need in rng.sample(range(deficits), min(served, deficits))}
    return {need: percent for need, percent in sorted(links.items()) if percent >= 10}
