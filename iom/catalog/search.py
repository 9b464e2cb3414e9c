"""Finds offerings by words and facets: light rows in, the page and the counts of each facet out; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iom.catalog.kinds import DeliveryForm, OfferingKind, Registry

PAGE = 20
BANDS = (("16", 0, 16), ("36", 17, 36), ("72", 37, 72), ("144", 73, 144), ("more", 145, 10**6))
"""Bands of hours: value in the address, the least and the most hours."""


@dataclass(frozen=True, slots=True)
class Light:
    """What a filter needs of an offering."""

    id: int
    code: str
    title: str
    kind: OfferingKind
    delivery_form: DeliveryForm
    planning_hours: int
    registry: Registry
    has_dates: bool
    competencies: frozenset[str]  # codes of competencies with a confirmed link


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked the catalog for; an empty group narrows nothing."""

    words: str = ""
    kinds: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    bands: frozenset[str] = frozenset()
    registries: frozenset[str] = frozenset()
    competencies: frozenset[str] = frozenset()
    dated: bool = False
    page: int = 1

    @property
    def narrows(self) -> int:
        """How many ticks narrow the list."""
        groups = (self.kinds, self.forms, self.bands, self.registries, self.competencies)
        return sum(len(group) for group in groups) + self.dated


@dataclass(frozen=True, slots=True)
class Found:
    """Keys of one page in order, how many there are in all, and how many each tick would leave."""

    ids: tuple[int, ...]
    total: int
    counts: dict[str, Counter[str]]


def band_of(hours: int) -> str:
    """Return the band of hours."""
    return next(value for value, least, most in BANDS if least <= hours <= most)


def passes(row: Light, wanted: Wanted) -> bool:
    """Tell whether the offering stays in the list."""
    return (
        (not wanted.kinds or row.kind in wanted.kinds)
        and (not wanted.forms or row.delivery_form in wanted.forms)
        and (not wanted.bands or band_of(row.planning_hours) in wanted.bands)
        and (not wanted.registries or row.registry in wanted.registries)
        and (not wanted.competencies or bool(row.competencies & wanted.competencies))
        and (not wanted.dated or row.has_dates)
    )


def find(rows: Iterable[Light], wanted: Wanted, order: Sequence[str] | None = None) -> Found:
    """Return one page of what is asked for.

    Parameters
    ----------
    rows : all offerings that the reader may see
    order : codes found for the words, the best first; None when no words were given, then the list goes by title
    """
    listed = list(rows)
    if order is not None:
        place = {code: number for number, code in enumerate(order)}
        listed = sorted((row for row in listed if row.code in place), key=lambda row: place[row.code])
    else:
        listed = sorted(listed, key=lambda row: (row.title.lower(), row.code))
    kept = [row.id for row in listed if passes(row, wanted)]
    first = (max(1, wanted.page) - 1) * PAGE
    return Found(tuple(kept[first : first + PAGE]), len(kept), _counts(listed, wanted))


def _counts(rows: Sequence[Light], wanted: Wanted) -> dict[str, Counter[str]]:
    """Count each tick of a group under the ticks of the other groups, as a reader expects of several ticks in one group."""
    groups: dict[str, tuple[Wanted, object]] = {
        "kind": (replace(wanted, kinds=frozenset()), lambda row: (row.kind,)),
        "form": (replace(wanted, forms=frozenset()), lambda row: (row.delivery_form,)),
        "band": (replace(wanted, bands=frozenset()), lambda row: (band_of(row.planning_hours),)),
        "registry": (replace(wanted, registries=frozenset()), lambda row: (row.registry,)),
        "competency": (replace(wanted, competencies=frozenset()), lambda row: row.competencies),
        "dated": (replace(wanted, dated=False), lambda row: ("1",) if row.has_dates else ()),
    }
    return {
        name: Counter(str(value) for row in rows if passes(row, others) for value in values(row))  # type: ignore[operator]
        for name, (others, values) in groups.items()
    }
