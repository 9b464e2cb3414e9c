"""Turns the catalog into candidates for one person: who may take what, on which dates, and how much of each need it closes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iom.catalog.files.records import CompetencyRecord, OfferingRecord, RuleRecord, RunRecord, SubjectRecord
from iom.catalog.kinds import CompetencyLevel, DeliveryForm, HoursBasis, OfferingKind, Ownership
from iom.matching import eligibility
from iom.matching.coverage import TRUST_BEFORE_MODEL, coverage
from iom.matching.eligibility import OfferingFacts, Period, PersonFacts, private_barred_from
from iom.matching.kinds import Note
from iom.matching.subjects import SubjectFinder, subject_finder
from iom.routes.candidates import Candidate

REQUEST = "request"
"""Code of the need that is the person's request in own words."""

AWAY, BESIDE, ANY_TIME = 2, 1, 0
"""Load of a day: away from work, on fixed days beside it, at one's own time (methods, section 3)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An offering made ready for matching with people: what is read once and asked for everybody."""

    record: OfferingRecord
    facts: OfferingFacts
    trust: Mapping[str, float]  # code of a competency → how far its link is believed, 0..1
    served: int  # competencies that share its hours, at least 1


@dataclass(frozen=True, slots=True)
class Library:
    """The whole catalog made ready; shared by all people of a process."""

    offers: Mapping[str, Offer]
    finder: SubjectFinder
    barred_from: date | None
    home: Mapping[str, str] = field(default_factory=dict)  # code of a node → code of its competency

    def subject_codes(self, names: Iterable[str]) -> frozenset[str]:
        """Return the codes of the subjects that a person's own words name."""
        return frozenset(code for name in names for code in self.finder.named_in(name))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a candidate's id stands for: an offering in one of its volumes and on one of its runs."""

    offering_code: str
    hours: int
    hours_estimated: bool
    run: RunRecord | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The candidates of one person and what each id stands for."""

    candidates: tuple[Candidate, ...]
    choices: Mapping[str, Choice]


def make_library(
    records: Sequence[OfferingRecord],
    trusted: Mapping[tuple[str, str], float],
    competencies: Sequence[CompetencyRecord],
    subjects: Sequence[SubjectRecord],
    rules: Sequence[RuleRecord],
    ownership: Mapping[str, Ownership],
) -> Library:
    """Return the catalog made ready.

    Parameters
    ----------
    records : offerings of all kinds
    trusted : (offering code, node code) → trust of the link, 0..1; rejected links are left out
    competencies, subjects, rules : the framework, the directory of subjects, dated rules of law
    ownership : legal kind of a provider by its name
    """
    finder = subject_finder(subjects)
    home = {
        node.code: node.parent_code if node.level is CompetencyLevel.COMPONENT and node.parent_code else node.code for node in competencies
    }
    by_offering: dict[str, dict[str, float]] = {}
    for (offering, node), trust in trusted.items():
        links = by_offering.setdefault(offering, {})
        competency = home.get(node, node)
        links[competency] = max(trust, links.get(competency, 0.0))
    offers = {}
    for record in records:
        links = by_offering.get(record.code, {})
        facts = eligibility.offering_facts(record, finder, ownership.get(record.provider, Ownership.UNKNOWN))
        offers[record.code] = Offer(record, facts, links, max(1, len(links)))
    return Library(offers, finder, private_barred_from(rules), home)


def select(library: Library, person: PersonFacts, period: Period, needs: Iterable[str], requested: Iterable[str] = ()) -> Selection:
    """Return everything of the catalog that works on a person's needs, barred offers too, with what bars them.

    Parameters
    ----------
    library : from `make_library`
    person, period : facts for the rules of eligibility
    needs : codes of competencies (not of components)
    requested : codes of offerings found for the request in own words
    """
    wanted = list(dict.fromkeys(needs))
    asked = set(requested)
    candidates: list[Candidate] = []
    choices: dict[str, Choice] = {}
    for code in sorted(library.offers):
        offer = library.offers[code]
        trusts = {need: offer.trust[need] for need in wanted if offer.trust.get(need)}
        if code in asked:
            trusts[REQUEST] = TRUST_BEFORE_MODEL
        if not trusts:
            continue
        answer = eligibility.check(offer.facts, person, period, library.finder, library.barred_from)
        for choice in _choices(offer, answer.runs, answer.notes):
            cover = {need: share for need, trust in trusts.items() if (share := coverage(choice.hours, offer.served, trust))}
            if cover:
                candidate = _candidate(offer, choice, cover, tuple(str(obstacle) for obstacle in answer.obstacles))
                candidates.append(candidate)
                choices[str(candidate.id)] = choice
    return Selection(tuple(candidates), choices)


def without(selection: Selection, codes: Collection[str]) -> Selection:
    """Return the selection without these offerings."""
    kept = tuple(candidate for candidate in selection.candidates if candidate.group not in codes)
    return Selection(kept, {str(candidate.id): selection.choices[str(candidate.id)] for candidate in kept})


def _choices(offer: Offer, runs: Sequence[RunRecord], notes: tuple[Note, ...]) -> Iterable[Choice]:
    record = offer.record
    estimated = record.hours_basis is HoursBasis.ESTIMATED
    for hours in record.hours or (record.planning_hours,):
        for run in runs or (None,):
            yield Choice(record.code, hours, estimated, run, notes)


def choice_id(choice: Choice) -> str:
    """Return the id of a candidate: the offering, its hours, the first day of the run if dated; stable between proposals."""
    day = choice.run.starts_on.isoformat() if choice.run else ""
    return f"{choice.offering_code}:{choice.hours}:{day}"


def _candidate(offer: Offer, choice: Choice, cover: Mapping[str, int], obstacles: tuple[str, ...]) -> Candidate:
    run = choice.run
    return Candidate(
        id=choice_id(choice),
        kind=str(offer.record.kind),
        hours=choice.hours,
        cover=cover,
        hours_estimated=choice.hours_estimated,
        price=offer.record.price or 0,
        load=_load(offer.record, dated=run is not None),
        start=run.starts_on if run else None,
        end=(run.ends_on or run.starts_on) if run else None,
        seats_left=run.seats if run else None,
        group=choice.offering_code,
        obstacles=obstacles,
    )


def _load(record: OfferingRecord, *, dated: bool) -> int:
    if not dated:
        return ANY_TIME
    if record.kind is OfferingKind.INTERNSHIP or record.delivery_form is DeliveryForm.ONSITE:
        return AWAY
    return BESIDE
