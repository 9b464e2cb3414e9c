"""Edits the catalog: facts of an offering, its runs, its links with competencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.catalog import queries
from iom.catalog.kinds import (
    ESTIMATED_HOURS,
    DeliveryForm,
    Funding,
    HoursBasis,
    LinkOrigin,
    LinkState,
    LinkStrength,
    OfferingKind,
    Ownership,
    ProgramType,
    Registry,
)
from iom.catalog.models import Offering, OfferingCompetency, OfferingHours, OfferingRun
from iom.catalog.reasons import CatalogRefusal
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, Refused
from iom.organizations.models import Provider
from iom.policy import Action

LEAST_HOURS = {ProgramType.UPSKILLING: 16, ProgramType.RETRAINING: 250}
"""Order of the Ministry of Science of 24.03.2025 № 266, point 18."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Dates and seats of one stream; `id` is None for a new one."""

    id: int | None
    starts_on: date
    ends_on: date
    enrol_until: date | None
    seats: int | None
    place: str


@dataclass(frozen=True, slots=True)
class SaveOffering:
    """Facts of an offering as a person of the centre typed them; `offering_id` None makes a new entry of the region."""

    offering_id: int | None
    version: int
    kind: OfferingKind
    program_type: ProgramType | None
    title: str
    annotation: str
    audience: str
    subject_text: str
    provider: str
    ownership: Ownership
    region_name: str
    place: str
    hours: tuple[int, ...]  # none: not known, estimated by kind
    delivery_form: DeliveryForm
    funding: Funding
    price: int | None
    registry: Registry
    registry_number: str
    registry_valid_until: date | None
    is_active: bool
    runs: tuple[RunFacts, ...]


@dataclass(frozen=True, slots=True)
class DecideLink:
    """Confirm a link as main or partial, or reject it."""

    offering_id: int
    competency_id: int
    strength: LinkStrength | None  # none: reject


def save(session: Session, actor: Actor, cmd: SaveOffering) -> Offering:
    """Return the saved offering.

    Raises
    ------
    Forbidden, NotFound : not the actor's to edit
    Conflict : somebody saved it meanwhile
    Refused : fewer hours than the law allows, a register without a number, a run that a route holds
    """
    policy.require_role(actor, Action.CATALOG_EDIT)
    _check(cmd)
    if cmd.offering_id is None:
        row = Offering(code=_new_code(session, actor.region_id), region_id=actor.region_id)
    else:
        row = queries.get_offering(session, actor.region_id, cmd.offering_id, lock=True)
        if row.version != cmd.version:
            raise Conflict(kind="offering", id=row.id, seen=cmd.version, now=row.version)
    provider = _provider(session, cmd)
    _fill(row, cmd)
    row.provider, row.updated_at = provider, clock.now()
    session.add(row)
    _set_runs(session, row, cmd.runs)
    session.flush()  # the journal names the row
    audit.record(session, actor, Action.CATALOG_EDIT, object_type="offering", object_id=row.id, reason="save")
    return row


def _check(cmd: SaveOffering) -> None:
    if cmd.program_type is not None and cmd.hours and cmd.hours[0] < LEAST_HOURS[cmd.program_type]:
        raise Refused(reason=CatalogRefusal.HOURS_TOO_FEW, least=LEAST_HOURS[cmd.program_type])
    if cmd.registry is not Registry.NONE and not cmd.registry_number:
        raise Refused(reason=CatalogRefusal.REGISTRY_WITHOUT_NUMBER)


def _new_code(session: Session, region_id: int) -> str:
    return f"R{region_id}-{queries.count_own(session, region_id) + 1:05}"


def _fill(row: Offering, cmd: SaveOffering) -> None:
    row.kind = cmd.kind
    row.program_type = cmd.program_type if cmd.kind is OfferingKind.PROGRAM else None
    row.title, row.annotation, row.audience, row.subject_text = cmd.title, cmd.annotation, cmd.audience, cmd.subject_text
    row.region_name, row.place = cmd.region_name, cmd.place
    row.hours = cmd.hours[0] if cmd.hours else None
    row.hours_basis = HoursBasis.ESTIMATED if not cmd.hours else HoursBasis.SEVERAL if len(cmd.hours) > 1 else HoursBasis.KNOWN
    row.planning_hours = cmd.hours[0] if cmd.hours else ESTIMATED_HOURS[(row.kind, row.program_type)]
    several = list(cmd.hours) if len(cmd.hours) > 1 else []
    if [variant.hours for variant in row.hours_variants] != several:
        row.hours_variants = [OfferingHours(hours=hours) for hours in several]
    row.delivery_form, row.funding, row.price = cmd.delivery_form, cmd.funding, cmd.price
    row.registry_kind, row.registry_number = cmd.registry, cmd.registry_number
    row.registry_valid_until = cmd.registry_valid_until
    row.is_active = cmd.is_active


def _provider(session: Session, cmd: SaveOffering) -> Provider | None:
    if not cmd.provider:
        return None
    provider = queries.find_provider(session, cmd.provider)
    if provider is None:
        provider = Provider(name=cmd.provider, region_name=cmd.region_name)
        session.add(provider)
    provider.ownership = cmd.ownership
    return provider


def _set_runs(session: Session, row: Offering, wanted: Sequence[RunFacts]) -> None:
    kept = {run.id: run for run in row.runs}
    named = {facts.id for facts in wanted if facts.id is not None}
    gone = [run for key, run in kept.items() if key not in named]
    if gone:
        try:
            with session.begin_nested():
                row.runs = [run for run in row.runs if run not in gone]
        except IntegrityError as error:  # a route points at the run
            raise Refused(reason=CatalogRefusal.RUN_TAKEN) from error
    for facts in wanted:
        target = kept.get(facts.id) if facts.id is not None else None
        if target is None:
            target = OfferingRun()
            row.runs.append(target)
        target.starts_on, target.ends_on, target.enrol_until = facts.starts_on, facts.ends_on, facts.enrol_until
        target.seats, target.place = facts.seats, facts.place


def decide_link(session: Session, actor: Actor, cmd: DecideLink) -> OfferingCompetency:
    """Return the decided link; a person's decision outlasts every later proposal of the text.

    Raises
    ------
    Forbidden, NotFound : not the actor's to decide
    """
    policy.require_role(actor, Action.CATALOG_EDIT)
    offering = queries.get_offering(session, actor.region_id, cmd.offering_id)
    link = queries.find_link(session, offering.id, cmd.competency_id)
    if link is None:
        link = OfferingCompetency(offering_id=offering.id, competency_id=cmd.competency_id, strength=LinkStrength.PARTIAL)
        session.add(link)
    link.origin = LinkOrigin.EXPERT
    link.state = LinkState.REJECTED if cmd.strength is None else LinkState.CONFIRMED
    if cmd.strength is not None:
        link.strength = cmd.strength
    link.decided_by_id, link.decided_at = actor.person_id, clock.now()
    session.flush()
    audit.record(session, actor, Action.CATALOG_EDIT, object_type="offering", object_id=offering.id, reason=f"link {link.state}")
    return link
