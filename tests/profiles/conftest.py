"""The small bank in the rolled-back session and in the site's own database."""

import pytest
from sqlalchemy.orm import Session

from iom.core.database import transaction
from tests.cast import Cast
from tests.diagnostics.samples import Bank, make_bank
from tests.site import Site


@pytest.fixture
def bank(db: Session, cast: Cast) -> Bank:
    """The map and the questionnaire beside the cast."""
    return make_bank(db)


@pytest.fixture
def site_bank(site: Site) -> Bank:
    """The same in the database of the site, committed."""
    with transaction(site.engine) as session:
        return make_bank(session)
