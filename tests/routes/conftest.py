"""Анна with three deficits and the real catalog."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.catalog.models import Competency
from iom.core import clock
from iom.core.database import transaction
from iom.profiles.kinds import DeficitKind, DeficitOrigin
from iom.profiles.models import Deficit
from iom.routes import building
from iom.routes.building import MakeRoute
from iom.routes.models import Route
from tests.cast import Cast
from tests.conftest import DATABASES
from tests.databases import Templates
from tests.library import CATALOG, load_catalog

DEPTHS = {"ME.3": 0.40, "FG.2": 0.30, "CI.2": 0.20}
PERIOD = (date(2026, 12, 1), date(2027, 5, 31))


@dataclass
class Study:
    """The cast, with deficits of Анна in the database."""

    cast: Cast
    deficits: dict[str, Deficit]


def add_deficit(session: Session, cast: Cast, code: str, severity: float) -> Deficit:
    competency = session.scalars(select(Competency).where(Competency.code == code)).one()
    row = Deficit(
        region_id=cast.region.id,
        employee_id=cast.anna.employee_id,
        competency_id=competency.id,
        kind=DeficitKind.DEFICIT,
        origin=DeficitOrigin.TUTOR,
        severity=severity,
        priority=severity,
        opened_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


@pytest.fixture(scope="session", params=DATABASES)
def shared_engine(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Engine]:
    """One database with the catalog in it for all tests of routes that roll back."""
    with templates.copy(request.param) as engine:
        with transaction(engine) as session:
            load_catalog(session)
        yield engine


@pytest.fixture
def study(db: Session, cast: Cast) -> Study:
    return Study(cast, {code: add_deficit(db, cast, code, severity) for code, severity in DEPTHS.items()})


@pytest.fixture
def draft(db: Session, study: Study) -> Route:
    """Анна's draft of 108 hours."""
    return building.make(db, study.cast.anna.actor, MakeRoute(study.cast.anna.employee_id, 108, *PERIOD), CATALOG)
