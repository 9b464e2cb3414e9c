"""Brings the catalog's files into the database; loading the same files again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from iom.catalog import queries
from iom.catalog.files import CompetencyRecord, OfferingRecord, SubjectRecord
from iom.catalog.files.providers import ownership_by_name
from iom.catalog.kinds import HoursBasis
from iom.catalog.models import Competency, CompetencyFramework, Offering, OfferingHours, OfferingRun
from iom.organizations.models import Provider, Subject

FRAMEWORK_CODE = "iom"
FRAMEWORK_VERSION = "2026"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load made, changed and found as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.new + other.new, self.changed + other.changed, self.same + other.same)


def load_subjects(session: Session, records: Iterable[SubjectRecord]) -> dict[str, Subject]:
    """Bring subjects up to date; return them by title in lower case."""
    known = queries.subjects_by_code(session)
    for record in records:
        row = known.setdefault(record.code, Subject(code=record.code))
        row.title = record.title
        row.aliases = "|".join(record.aliases)[:500]
        session.add(row)
    session.flush()  # the framework needs their keys
    return {row.title.lower(): row for row in known.values()}


def load_framework(session: Session, records: Sequence[CompetencyRecord], *, title: str) -> CompetencyFramework:
    """Bring the framework's present version up to date and return it."""
    framework = queries.find_framework(session, FRAMEWORK_CODE, FRAMEWORK_VERSION)
    if framework is None:
        framework = CompetencyFramework(code=FRAMEWORK_CODE, version=FRAMEWORK_VERSION, title=title)
        session.add(framework)
        session.flush()  # nodes need its key
    known = queries.competencies_by_code(session, framework.id)
    subjects = {row.title.lower(): row for row in queries.subjects_by_code(session).values()}
    for record in sorted(records, key=lambda node: node.code.count(".")):
        row = known.setdefault(record.code, Competency(framework_id=framework.id, code=record.code))
        row.parent_id = known[record.parent_code].id if record.parent_code else None
        row.level, row.title, row.description = record.level, record.title, record.description
        row.applies_to, row.source, row.position = record.applies_to, record.source, record.position
        subject = subjects.get(record.subject.lower()) if record.subject else None
        row.subject_id = subject.id if subject else None
        session.add(row)
        if record.level != "component":
            session.flush()  # children need the key
    session.flush()
    return framework


def load_offerings(session: Session, records: Iterable[OfferingRecord], now: datetime) -> Loaded:
    """Bring offerings of the public catalog up to date by their codes, all kinds alike."""
    known = queries.offerings_by_code(session)
    providers = queries.providers_by_name(session)
    total = Loaded()
    for record in records:
        provider = _provider(session, providers, record)
        row = known.get(record.code)
        if row is None:
            session.add(_fill(Offering(code=record.code, updated_at=now), record, provider))
            total += Loaded(new=1)
        elif _facts(row) != _facts(_fill(Offering(code=record.code), record, provider)):
            _fill(row, record, provider)
            row.updated_at = now
            total += Loaded(changed=1)
        else:
            total += Loaded(same=1)
    session.flush()
    return total


def _provider(session: Session, known: dict[str, Provider], record: OfferingRecord) -> Provider | None:
    name = record.provider[:300]
    if not name:
        return None
    if name not in known:
        known[name] = Provider(name=name, region_name=record.region[:200], ownership=ownership_by_name(name))
        session.add(known[name])
    return known[name]


def _fill(row: Offering, record: OfferingRecord, provider: Provider | None) -> Offering:
    row.kind, row.program_type, row.title = record.kind, record.program_type, record.title
    row.annotation, row.audience, row.subject_text = record.annotation, record.audience[:500], record.subject[:300]
    row.provider = provider
    row.region_name, row.place = record.region[:200], record.municipality[:300]
    row.hours, row.hours_basis, row.planning_hours = (record.hours[0] if record.hours else None), record.hours_basis, record.planning_hours
    row.delivery_form, row.funding, row.price = record.delivery_form, record.funding, record.price
    row.date_text, row.result_document = record.date_text[:200], record.result_document[:500]
    row.registry_kind, row.registry_number = record.registry, record.registry_number
    row.source_url, row.source_year = record.source_url[:1000], record.source_year
    several = record.hours if record.hours_basis is HoursBasis.SEVERAL else ()
    if [variant.hours for variant in row.hours_variants] != list(several):
        row.hours_variants = [OfferingHours(hours=hours) for hours in several]
    runs = [(run.starts_on, run.ends_on or run.starts_on, run.seats) for run in record.runs]
    if [(run.starts_on, run.ends_on, run.seats) for run in row.runs] != runs:
        row.runs = [OfferingRun(starts_on=start, ends_on=end, seats=seats) for start, end, seats in runs]
    return row


# What an editor of the region may set by hand is not compared: a reload must not undo it.
_COMPARED = (
    "kind", "program_type", "title", "annotation", "audience", "subject_text", "region_name", "place", "hours", "hours_basis",
    "planning_hours", "delivery_form", "funding", "price", "date_text", "result_document", "source_url", "source_year",
)  # fmt: skip


def _facts(row: Offering) -> tuple[object, ...]:
    own = tuple(getattr(row, name) for name in _COMPARED)
    runs = tuple((run.starts_on, run.ends_on, run.seats) for run in row.runs)
    return (*own, row.provider.name if row.provider else "", tuple(variant.hours for variant in row.hours_variants), runs)
