"""The real catalog in a test's database: framework, offerings, links."""

from pathlib import Path

from sqlalchemy.orm import Session

from iom.catalog import loader
from iom.catalog.files import read_framework, read_offerings, read_subjects
from iom.core import clock
from iom.matching import service as matching

CATALOG = Path(__file__).resolve().parents[1] / "catalog"


def load_catalog(session: Session, *, links: bool = True) -> None:
    """Load the shipped catalog; subjects of the cast stay as they are."""
    loader.load_subjects(session, read_subjects(CATALOG))
    loader.load_framework(session, read_framework(CATALOG), title="Компетенции педагога")
    loader.load_offerings(session, read_offerings(CATALOG), clock.now())
    if links:
        matching.propose_all(session, CATALOG)
        matching.load_decided(session, CATALOG)
