"""The catalog kept in memory is the one in the database, after every kind of change."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.catalog import queries
from iom.catalog.kept import current_catalog
from iom.catalog.kinds import LinkOrigin, LinkState, LinkStrength
from iom.catalog.models import Competency, Offering, OfferingCompetency, OfferingRun
from iom.catalog.search import Wanted, find
from iom.core import clock
from iom.core.database import open_session, transaction
from tests.cast import make_cast
from tests.library import load_catalog
from tests.queries import counted

ALL = Wanted()


@pytest.fixture
def region_id(own_engine: Engine) -> int:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        load_catalog(session, links=False)
        return cast.region.id


def touch(row: Offering) -> None:
    row.updated_at = clock.now()


def close(session: Session) -> None:
    row = session.scalars(select(Offering).where(Offering.is_active)).first()
    row.is_active = False
    touch(row)


def rename(session: Session) -> None:
    row = session.scalars(select(Offering)).first()
    row.title = "Аааа, новое название"
    touch(row)


def give_dates(session: Session) -> None:
    row = session.scalars(select(Offering).where(~Offering.runs.any())).first()
    row.runs.append(OfferingRun(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 20)))
    touch(row)


def confirm_link(session: Session) -> None:
    offering, competency = session.scalars(select(Offering)).first(), session.scalars(select(Competency)).first()
    session.add(
        OfferingCompetency(
            offering_id=offering.id,
            competency_id=competency.id,
            strength=LinkStrength.PARTIAL,
            origin=LinkOrigin.EXPERT,
            state=LinkState.CONFIRMED,
            decided_at=clock.now(),
        )
    )


@pytest.mark.parametrize("change", [close, rename, give_dates, confirm_link])
def test_a_change_shows_at_the_next_visit(own_engine: Engine, region_id: int, change: object) -> None:
    with open_session(own_engine, writes=False) as session:
        before = current_catalog(session, region_id).find(ALL)
    with transaction(own_engine) as session:
        change(session)  # type: ignore[operator]
    with open_session(own_engine, writes=False) as session:
        kept, fresh = current_catalog(session, region_id), queries.list_light(session, region_id)
        assert list(kept.rows) == fresh
        assert kept.find(ALL) == find(fresh, ALL)
    assert kept.find(ALL) != before


def test_nothing_is_read_again_while_nothing_changes(own_engine: Engine, region_id: int) -> None:
    with open_session(own_engine, writes=False) as session:
        first = current_catalog(session, region_id)
    with counted(own_engine) as seen, open_session(own_engine, writes=False) as session:
        assert current_catalog(session, region_id) is first
    assert len(seen) == 1


def test_two_regions_keep_their_own(own_engine: Engine, region_id: int) -> None:
    with transaction(own_engine) as session:
        other = session.scalars(select(Offering.region_id)).first() or region_id + 1
        row = session.scalars(select(Offering)).first()
        row.region_id = region_id
        touch(row)
        session.flush()
        here, there = current_catalog(session, region_id), current_catalog(session, other)
        assert {light.id for light in here.rows} - {light.id for light in there.rows} == {row.id}
        assert current_catalog(session, region_id) is here


def test_words_are_looked_up_in_their_own_order(own_engine: Engine, region_id: int) -> None:
    with open_session(own_engine, writes=False) as session:
        kept = current_catalog(session, region_id)
    codes = [row.code for row in kept.rows[:3]]
    by_code = {row.code: row.id for row in kept.rows}
    assert kept.find(ALL, list(reversed(codes))).ids == tuple(by_code[code] for code in reversed(codes))
