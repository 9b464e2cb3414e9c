"""The application with the world of the matrix in it, made once for each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iom.core.config import Settings
from tests.conftest import DATABASES
from tests.databases import Templates
from tests.policy.asking import Asking

KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group(f"matrix-{kind}")) for kind in DATABASES]


@pytest.fixture(scope="session", params=KINDS)
def asking(request: pytest.FixtureRequest, templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """One world for all tests that leave it as it was."""
    data_dir: Path = tmp_path_factory.mktemp("matrix")
    with templates.copy(request.param) as engine:
        settings = Settings(
            database_url=engine.url.render_as_string(hide_password=False),
            data_dir=data_dir,
            secret_key="k" * 40,
            base_url="http://localhost",
            plain_http=True,
        )
        yield Asking.make(settings, engine)
