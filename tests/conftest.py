"""Shared fixtures: a session on both databases, the site on both, the cast, a client that checks each page."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from iom.core.config import Settings
from tests.cast import Cast, make_cast
from tests.databases import IN_CI, Templates, postgresql_answers
from tests.site import Site

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# In CI the same examples each time: a landing must not hang on a draw; elsewhere each run looks at new ones.
hypothesis_settings.register_profile("iom", deadline=None, print_blob=True, derandomize=IN_CI)
hypothesis_settings.load_profile("iom")

LEFT_OUT: list[str] = []
POSTGRESQL_IS_THERE = postgresql_answers()
if not POSTGRESQL_IS_THERE:
    LEFT_OUT.append("PostgreSQL does not answer: the data layer was tested on SQLite only")
if IN_CI and LEFT_OUT:
    raise RuntimeError("; ".join(LEFT_OUT))

DATABASES = ["sqlite", *(["postgresql"] if POSTGRESQL_IS_THERE else [])]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in LEFT_OUT:
        terminalreporter.write_line(f"left out: {line}")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """Migrated databases to copy from."""
    found = Templates(tmp_path_factory.mktemp("databases"))
    yield found
    found.close()


@pytest.fixture(scope="session", params=DATABASES)
def shared_engine(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Engine]:
    """One database for all tests that roll back."""
    with templates.copy(request.param) as engine:
        yield engine


@pytest.fixture
def db(shared_engine: Engine) -> Iterator[Session]:
    """A session whose every change, commits included, is rolled back at the end."""
    with shared_engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def cast(db: Session) -> Cast:
    """Анна, Борис, Вера, Глеб, Дина and their schools in the rolled-back session."""
    return make_cast(db)


@pytest.fixture(params=DATABASES)
def own_engine(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Engine]:
    """A database of the test's own, for what really commits."""
    with templates.copy(request.param) as engine:
        yield engine


@pytest.fixture
def site(own_engine: Engine, tmp_path: "os.PathLike[str]") -> Site:
    """The whole application on a database of its own, with the cast in it."""
    settings = Settings(
        database_url=own_engine.url.render_as_string(hide_password=False),
        data_dir=tmp_path,  # type: ignore[arg-type]
        secret_key="k" * 40,
        base_url="http://localhost",
        plain_http=True,
        demo=True,
    )
    return Site.make(settings, own_engine)
