"""Offerings in words, ready for templates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iom.catalog import texts
from iom.catalog.kinds import HoursBasis, LinkState, LinkStrength, Ownership, Registry
from iom.catalog.models import Offering, OfferingCompetency
from iom.catalog.search import Wanted
from iom.core.format import period

STRONG, SOME, LITTLE = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Cover:
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class Card:
    """One offering of a list."""

    row: Offering
    kind: str
    kind_icon: str
    facts: list[dict[str, str]]
    covered: list[Cover]
    tags: list[dict[str, object]]
    warning: str
    is_estimate: bool


def card(row: Offering, links: Iterable[OfferingCompetency], today: date, barred_from: date | None) -> Card:
    """Return an offering with its competencies in words."""
    kind, icon = texts.KIND[row.kind]
    return Card(
        row=row,
        kind=texts.PROGRAM_TYPE[row.program_type].capitalize() if row.program_type else kind,
        kind_icon=icon,
        facts=facts(row, today),
        covered=[cover(link) for link in links if link.state is LinkState.CONFIRMED],
        tags=_tags(row),
        warning=texts.PRIVATE_BARRED if is_barred(row, today, barred_from) else "",
        is_estimate=row.hours_basis is HoursBasis.ESTIMATED,
    )


def cover(link: OfferingCompetency) -> Cover:
    """Return a link as dots: confirmed main strong, confirmed partial noticeable, proposed a little."""
    strength = LITTLE if link.state is LinkState.PROPOSED else STRONG if link.strength is LinkStrength.MAIN else SOME
    return Cover(link.competency.title, strength)


def facts(row: Offering, today: date) -> list[dict[str, str]]:
    """Return dates, form and provider; what the source does not say is left out."""
    found = [
        {"name": "when", "value": when(row, today), "icon": "calendar3"},
        {"name": "form", "value": texts.FORM[row.delivery_form], "icon": "laptop"},
    ]
    if row.provider:
        found.append({"name": "provider", "value": row.provider.name, "icon": "building"})
    if row.region_name:
        found.append({"name": "region", "value": row.region_name, "icon": "geo-alt"})
    return [fact | {"name": texts.FACT[fact["name"]]} for fact in found]


def when(row: Offering, today: date) -> str:
    """Return the nearest run to come, the words of the source, or that there are no dates."""
    coming = [run for run in row.runs if run.ends_on >= today]
    if coming:
        return period(coming[0].starts_on, coming[0].ends_on, today.year)
    if row.runs:
        return texts.PAST_DATES
    return row.date_text or texts.NO_DATES


def is_barred(row: Offering, today: date, barred_from: date | None) -> bool:
    """Tell whether a private provider may no longer take school teachers."""
    return bool(barred_from and today >= barred_from and row.provider and row.provider.ownership is Ownership.PRIVATE and row.program_type)


def _tags(row: Offering) -> list[dict[str, object]]:
    tags: list[dict[str, object]] = []
    if row.registry_kind is not Registry.NONE:
        tags.append({"label": texts.registry(row.registry_kind, row.registry_number, row.registry_valid_until), "is_on": True})
    if row.funding != "unknown":
        tags.append({"label": texts.FUNDING[row.funding], "is_on": False})
    if row.subject_text:
        tags.append({"label": row.subject_text, "is_on": False})
    return tags


def links_by_offering(links: Sequence[OfferingCompetency]) -> dict[int, list[OfferingCompetency]]:
    """Return links grouped by offering, in their order."""
    grouped: dict[int, list[OfferingCompetency]] = {}
    for link in links:
        grouped.setdefault(link.offering_id, []).append(link)
    return grouped


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of ticks of the filter."""

    legend: str
    name: str
    options: list[dict[str, object]]


def facets(asked: Wanted, counts: Mapping[str, Counter[str]], titles: Mapping[str, str]) -> list[Facet]:
    """Return the groups of ticks with their counts; a tick that would leave nothing is left out unless it is set.

    `titles` are those of the competencies by code, in the order of the map.
    """
    groups: list[tuple[str, dict[Any, Any], frozenset[str]]] = [
        ("kind", texts.KIND, asked.kinds),
        ("form", texts.FORM, asked.forms),
        ("band", texts.BAND, asked.bands),
        ("dated", {"1": texts.DATED}, frozenset({"1"} if asked.dated else ())),
        ("registry", texts.REGISTRY, asked.registries),
        ("competency", dict(titles), asked.competencies),
    ]
    return [
        Facet(texts.FACET[name], "c" if name == "competency" else name, _options(words, counts[name], chosen))
        for name, words, chosen in groups
    ]


def _options(words: Mapping[Any, Any], counts: Counter[str], chosen: frozenset[str]) -> list[dict[str, object]]:
    return [
        {
            "value": str(value),
            "label": word[0] if isinstance(word, tuple) else word,
            "count": counts[str(value)],
            "is_checked": value in chosen,
        }
        for value, word in words.items()
        if counts[str(value)] or value in chosen
    ]
