"""Fixtures of the stories: the clock, the little world, the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from iom.core.database import transaction
from tests.cast import Cast
from tests.stories.live import StoryClock, story_clock
from tests.stories.people import BEGINS, make_world
from tests.web.browsing import chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the chain of one database in one worker: two of them share a machine well, four do not."""
    for item in items:
        if item.path.name == "test_chain.py" and isinstance(item, pytest.Function):
            item.add_marker(pytest.mark.xdist_group(f"chain-{item.callspec.params['own_engine']}"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def clock() -> Iterator[StoryClock]:
    """The product's clock, at the first Monday of the school year."""
    with story_clock(BEGINS) as found:
        yield found


@pytest.fixture
def world(own_engine: Engine, clock: StoryClock) -> Cast:
    """The cast of the chain in a database of the test's own."""
    with transaction(own_engine) as session:
        return make_world(session)
