"""What calls of `iom plan` within one process share: a catalog made ready once, a clock that stands."""

from datetime import UTC, date, datetime

import pytest

from iom.core import clock
from iom.documents.plan import run
from iom.documents.plan.people import OWN_CATALOG, make_desk

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def own_desk():
    return make_desk(OWN_CATALOG)


@pytest.fixture
def quick(own_desk, monkeypatch):
    """Take three seconds of making the catalog ready out of each call, and let it be the same morning in all of them."""
    monkeypatch.setattr(run, "make_desk", lambda _folder: own_desk)
    monkeypatch.setattr(clock, "now", lambda: NOW)
