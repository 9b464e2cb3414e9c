"""How an actor may stand to a person. Each relation has two faces, a test of facts and a piece of SQL; a test compares them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.orm import aliased

from iom.accounts.kinds import ConsentKind, ConsentState, SharedPart
from iom.accounts.models import Consent, Sharing
from iom.core.actor import Actor
from iom.organizations.models import Employee, Employment, School
from iom.support.models import MethodistAssignment, TutorAssignment


@dataclass(frozen=True, slots=True)
class Target:
    """The person an action is about, reduced to what the rules ask."""

    person_id: int
    employee_id: int | None
    region_id: int
    school_ids: frozenset[int] = frozenset()  # open posts
    municipality_ids: frozenset[int] = frozenset()
    tutor_id: int | None = None
    methodist_id: int | None = None
    shared: frozenset[SharedPart] = frozenset()
    allows_diagnostics: bool = False  # the consent is in force


@dataclass(frozen=True, slots=True)
class Relation:
    """`holds` judges one person, `clause` says the same over rows of Employee on a day."""

    name: str
    holds: Callable[[Actor, Target], bool]
    clause: Callable[[Actor, date], ColumnElement[bool]]


def _posts(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    rows = select(Employment.employee_id).join(School, School.id == Employment.school_id).where(Employment.ends_on.is_(None), *conditions)
    return Employee.id.in_(rows)


def _shared(part: SharedPart, day: date) -> ColumnElement[bool]:
    return Employee.person_id.in_(select(Sharing.person_id).where(Sharing.part == part, Sharing.ended_at.is_(None), Sharing.until >= day))


def people_who_allow(kind: ConsentKind) -> Select[int]:
    """Return the people whose latest decision of this kind is a consent."""
    later = aliased(Consent)
    newer = select(later.id).where(later.person_id == Consent.person_id, later.kind == kind, later.id > Consent.id).exists()
    return select(Consent.person_id).where(Consent.kind == kind, Consent.state == ConsentState.GIVEN, ~newer)


OWN = Relation("own", lambda a, t: a.person_id == t.person_id, lambda a, _: Employee.person_id == a.person_id)
NOT_OWN = Relation("not own", lambda a, t: a.person_id != t.person_id, lambda a, _: Employee.person_id != a.person_id)
ASSIGNED_TUTOR = Relation(
    "assigned to the tutor",
    lambda a, t: t.tutor_id == a.person_id,
    lambda a, _: Employee.id.in_(
        select(TutorAssignment.employee_id).where(TutorAssignment.tutor_id == a.person_id, TutorAssignment.ends_on.is_(None))
    ),
)
ASSIGNED_METHODIST = Relation(
    "assigned to the methodist",
    lambda a, t: t.methodist_id == a.person_id,
    lambda a, _: Employee.id.in_(
        select(MethodistAssignment.employee_id).where(
            MethodistAssignment.methodist_id == a.person_id, MethodistAssignment.ends_on.is_(None)
        )
    ),
)
SAME_SCHOOL = Relation(
    "same school",
    lambda a, t: a.school_id is not None and a.school_id in t.school_ids,
    lambda a, _: _posts(Employment.school_id == a.school_id) if a.school_id is not None else false(),
)
SAME_MUNICIPALITY = Relation(
    "same municipality",
    lambda a, t: a.municipality_id is not None and a.municipality_id in t.municipality_ids,
    lambda a, _: _posts(School.municipality_id == a.municipality_id) if a.municipality_id is not None else false(),
)
# A role that may be held in a region or in a district reaches as far as its unit does.
OWN_TERRITORY = Relation(
    "own territory",
    lambda a, t: a.municipality_id is None or a.municipality_id in t.municipality_ids,
    lambda a, _: _posts(School.municipality_id == a.municipality_id) if a.municipality_id is not None else true(),
)
SAME_REGION = Relation("same region", lambda a, t: a.region_id == t.region_id, lambda a, _: Employee.region_id == a.region_id)
PROFILE_SHARED = Relation("profile shared", lambda _, t: SharedPart.PROFILE in t.shared, lambda _, day: _shared(SharedPart.PROFILE, day))
ANSWERS_SHARED = Relation("answers shared", lambda _, t: SharedPart.ANSWERS in t.shared, lambda _, day: _shared(SharedPart.ANSWERS, day))
# Results rest on the consent to diagnostics: withdrawn or never given, nobody else sees them (S-63).
DIAGNOSTICS_ALLOWED = Relation(
    "diagnostics allowed",
    lambda _, t: t.allows_diagnostics,
    lambda *_: Employee.person_id.in_(people_who_allow(ConsentKind.DIAGNOSTICS)),
)
ANYONE = Relation("anyone", lambda *_: True, lambda *_: true())
