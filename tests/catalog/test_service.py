"""Дина keeps the catalog right; what the law and other editors forbid changes nothing."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.catalog import queries, service
from iom.catalog.kinds import (
    DeliveryForm,
    Funding,
    HoursBasis,
    LinkState,
    LinkStrength,
    OfferingKind,
    Ownership,
    ProgramType,
    Registry,
)
from iom.catalog.models import Offering, OfferingCompetency
from iom.catalog.reasons import CatalogRefusal
from iom.catalog.service import DecideLink, RunFacts, SaveOffering
from iom.core.errors import Conflict, Forbidden, NotFound, Refused
from tests.cast import Cast
from tests.library import load_catalog

NEW = SaveOffering(
    offering_id=None,
    version=0,
    kind=OfferingKind.PROGRAM,
    program_type=ProgramType.UPSKILLING,
    title="Обратная связь на уроке",
    annotation="",
    audience="учителя",
    subject_text="",
    provider="ИРО Лесогорской области",
    ownership=Ownership.STATE,
    region_name="Лесогорская область",
    place="",
    hours=(36, 72),
    delivery_form=DeliveryForm.ONLINE,
    funding=Funding.BUDGET,
    price=None,
    registry=Registry.FEDERAL,
    registry_number="04-1187",
    registry_valid_until=date(2029, 1, 1),
    is_active=True,
    runs=(RunFacts(None, date(2027, 2, 1), date(2027, 2, 20), None, 25, ""),),
)


@pytest.fixture
def offering(db: Session, cast: Cast) -> Offering:
    return service.save(db, cast.dina.actor, NEW)


def test_a_new_programme_keeps_volumes_runs_and_register(db: Session, cast: Cast, offering: Offering) -> None:
    found = queries.get_offering(db, cast.region.id, offering.id)
    assert (found.hours, found.planning_hours, found.hours_basis) == (36, 36, HoursBasis.SEVERAL)
    assert [variant.hours for variant in found.hours_variants] == [36, 72]
    assert [(run.starts_on, run.seats) for run in found.runs] == [(date(2027, 2, 1), 25)]
    assert (found.registry_kind, found.registry_number, found.region_id) == (Registry.FEDERAL, "04-1187", cast.region.id)
    assert found.provider is not None
    assert found.provider.ownership is Ownership.STATE


def test_unknown_hours_are_estimated_by_kind(db: Session, cast: Cast) -> None:
    found = service.save(db, cast.dina.actor, replace(NEW, hours=()))
    assert (found.hours, found.planning_hours, found.hours_basis) == (None, 36, HoursBasis.ESTIMATED)


@pytest.mark.parametrize(("kind", "hours"), [(ProgramType.UPSKILLING, 15), (ProgramType.RETRAINING, 249)])
def test_fewer_hours_than_the_law_allows_are_refused(db: Session, cast: Cast, kind: ProgramType, hours: int) -> None:
    with pytest.raises(Refused) as refusal:
        service.save(db, cast.dina.actor, replace(NEW, program_type=kind, hours=(hours,)))
    assert refusal.value.reason == CatalogRefusal.HOURS_TOO_FEW
    assert db.scalars(select(Offering)).all() == []


def test_a_second_editor_with_an_older_edition_is_told(db: Session, cast: Cast, offering: Offering) -> None:
    seen = offering.version
    service.save(db, cast.dina.actor, replace(NEW, offering_id=offering.id, version=seen, title="Обратная связь"))
    with pytest.raises(Conflict):
        service.save(db, cast.vera.actor, replace(NEW, offering_id=offering.id, version=seen, title="Другое"))
    assert queries.get_offering(db, cast.region.id, offering.id).title == "Обратная связь"


def test_another_region_neither_sees_nor_edits_an_own_entry(db: Session, cast: Cast, offering: Offering) -> None:
    with pytest.raises(NotFound):
        queries.get_offering(db, cast.other_region.id, offering.id)
    assert [row.id for row in queries.list_light(db, cast.other_region.id)] == []


def test_teachers_and_heads_do_not_edit(db: Session, cast: Cast, offering: Offering) -> None:
    for member in (cast.anna, cast.boris, cast.marina):
        with pytest.raises(Forbidden):
            service.save(db, member.actor, replace(NEW, offering_id=offering.id, version=offering.version))


def test_a_decided_link_outlasts_the_text(db: Session, cast: Cast) -> None:
    load_catalog(db)
    link = db.scalars(select(OfferingCompetency).where(OfferingCompetency.state == LinkState.PROPOSED)).first()
    if link is None:
        link = db.scalars(select(OfferingCompetency)).first()
    assert link is not None
    service.decide_link(db, cast.dina.actor, DecideLink(link.offering_id, link.competency_id, None))
    load_catalog(db)
    kept = queries.find_link(db, link.offering_id, link.competency_id)
    assert kept is not None
    assert (kept.state, kept.decided_by_id) == (LinkState.REJECTED, cast.dina.person.id)
    again = service.decide_link(db, cast.vera.actor, DecideLink(link.offering_id, link.competency_id, LinkStrength.MAIN))
    assert (again.state, again.strength) == (LinkState.CONFIRMED, LinkStrength.MAIN)
