"""A frozen slice keeps its numbers and the print of its rows, whatever happens afterwards."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.core.config import ROOT
from iom.core.database import transaction
from iom.core.errors import Forbidden, Refused
from iom.core.models import AuditEntry
from iom.monitoring import freezing, queries
from iom.monitoring.figures import fingerprint
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.loader import load_indicators
from iom.monitoring.models import IndicatorValue
from iom.monitoring.reasons import MonitoringRefusal
from tests.cast import Cast, make_cast
from tests.monitoring import samples
from tests.site import moment
from tests.support.racing import race

DAY = date(2026, 11, 1)


@pytest.fixture
def loaded(db: Session, cast: Cast) -> Cast:
    load_indicators(db, ROOT / "catalog", cast.region.id)
    samples.attempt(db, cast.anna.employee, moment(3, 4))
    return cast


def values(db: Session, cast: Cast, code: IndicatorCode) -> dict[int | None, tuple[float, float, float | None]]:
    indicator = queries.indicators_by_code(db)[code]
    rows = db.scalars(select(IndicatorValue).where(IndicatorValue.indicator_id == indicator.id))
    return {row.municipality_id: (row.numerator, row.denominator, row.value) for row in rows}


def test_the_region_and_its_municipalities_are_frozen(db: Session, loaded: Cast) -> None:
    freezing.freeze(db, loaded.dina.actor, DAY)
    assert values(db, loaded, IndicatorCode.ASSESSED) == {
        None: (1, 2, 50),
        loaded.lesnoe.id: (1, 1, 100),
        loaded.ozernoe.id: (0, 1, 0),
    }
    assert values(db, loaded, IndicatorCode.METHODIST_LOAD) == {None: (1, 1, 1)}


def test_the_print_is_that_of_the_rows(db: Session, loaded: Cast) -> None:
    freezing.freeze(db, loaded.dina.actor, DAY)
    indicator = queries.indicators_by_code(db)[IndicatorCode.ASSESSED]
    frozen = queries.find_frozen(db, loaded.region.id, indicator.id, DAY)
    assert frozen is not None
    assert frozen.rows_hash == fingerprint([(loaded.anna.employee_id, date(2026, 4, 3)), (loaded.gleb.employee_id, None)])


def test_later_changes_do_not_touch_it(db: Session, loaded: Cast) -> None:
    freezing.freeze(db, loaded.dina.actor, DAY)
    samples.attempt(db, loaded.gleb.employee, moment(4, 4))
    assert values(db, loaded, IndicatorCode.ASSESSED)[None] == (1, 2, 50)


def test_a_day_is_frozen_once(db: Session, loaded: Cast) -> None:
    freezing.freeze(db, loaded.dina.actor, DAY)
    with pytest.raises(Refused) as refused:
        freezing.freeze(db, loaded.dina.actor, DAY)
    assert refused.value.reason == MonitoringRefusal.ALREADY_FROZEN


@pytest.mark.parametrize("who", ["anna", "boris", "vera", "marina", "admin"])
def test_only_the_centre_freezes(db: Session, loaded: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        freezing.freeze(db, getattr(loaded, who).actor, DAY)


def test_without_the_words_of_indicators_nothing_is_frozen(db: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        freezing.freeze(db, cast.dina.actor, DAY)
    assert refused.value.reason == MonitoringRefusal.NOT_LOADED


def test_freezing_is_in_the_journal(db: Session, loaded: Cast) -> None:
    freezing.freeze(db, loaded.dina.actor, DAY)
    db.commit()
    assert db.scalars(select(AuditEntry.reason).where(AuditEntry.object_type == "indicator_values")).all() == ["2026-11-01"]


def test_two_at_once_freeze_one_slice(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        load_indicators(session, ROOT / "catalog", cast.region.id)
    done = race(own_engine, *[lambda session: freezing.freeze(session, cast.dina.actor, DAY)] * 2)
    assert sorted(done) == ["Refused", "done"]
    with Session(own_engine) as session:
        assert values(session, cast, IndicatorCode.ASSESSED)[None] == (0, 2, 0)
        assert len(session.scalars(select(IndicatorValue).where(IndicatorValue.municipality_id.is_(None))).all()) == 4


def test_targets_are_loaded_once_and_the_next_one_is_shown(db: Session, loaded: Cast) -> None:
    load_indicators(db, ROOT / "catalog", loaded.region.id)
    known = queries.indicators_by_code(db)
    goals = queries.targets(db, loaded.region.id, DAY)
    norm = goals[known[IndicatorCode.METHODIST_LOAD].id]
    assert (norm.target, norm.target_date) == (250, date(2024, 12, 31))
    assert goals[known[IndicatorCode.TRAINED].id].target == 30
    assert known[IndicatorCode.ASSESSED].id not in goals
    assert known[IndicatorCode.ASSESSED].document.startswith("Октябрьский район")
