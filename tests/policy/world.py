"""The seeded world of the matrix: everybody who may ask, and in every relation to them people in every state of a route."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts import sessions
from iom.accounts.models import Account, Person, RoleGrant, SignInSession
from iom.core import clock
from iom.core.actor import UNIT_OF_ROLE, Role, UnitKind
from iom.core.models import ImportBatch, ImportState
from iom.organizations.models import Municipality, Provider, Region, School
from iom.support.models import MethodistAssignment, TutorAssignment
from tests.cast import START, make_municipality, make_region, make_school
from tests.diagnostics.samples import Bank, make_bank
from tests.policy.lives import STATES, Life, Shelves, lead_life, stock_shelves
from tests.policy.matrix import Someone, Worn

OWN_STATE = "running"  # the state of the route that staff have themselves


@dataclass(frozen=True)
class Relation:
    """How some people stand to the staff of the world."""

    name: str
    school: str  # near: of the head; sibling: same district; far: another district; foreign: another region
    has_tutor: bool = False
    has_methodist: bool = False
    has_district_methodist: bool = False
    shared: bool = False
    consents: bool = True


RELATIONS = (
    Relation("near", "near"),
    Relation("near_shared", "near", shared=True),
    Relation("sibling", "sibling"),
    Relation("sibling_shared", "sibling", shared=True),
    Relation("far_shared", "far", shared=True),
    Relation("ward", "far", has_tutor=True, has_methodist=True),
    Relation("ward_shared", "far", has_tutor=True, has_methodist=True, shared=True),
    Relation("ward_withdrawn", "far", has_tutor=True, has_methodist=True, shared=True, consents=False),
    Relation("district_ward", "far", has_district_methodist=True),
    Relation("foreign", "foreign", has_tutor=True, has_methodist=True, shared=True),
)


@dataclass(frozen=True)
class Teacher:
    """One employee of the world with the keys of all that is theirs, as text for addresses and forms."""

    relation: str
    state: str
    facts: Someone
    name: str  # a last name that nobody else has
    values: Mapping[str, str]


@dataclass(frozen=True)
class Wearer:
    """Somebody who asks: a role at a unit as the matrix sees it, and the cookie of their browser."""

    name: str
    worn: Worn | None  # none: a stranger to the site
    secret: str = ""
    own: Mapping[str, Teacher] = field(default_factory=dict)  # by the state of their own route
    secrets: Mapping[str, str] = field(default_factory=dict)  # cookies of the twins in other states

    def twin(self, own: Teacher) -> "Wearer":
        """Return the one of the twins whose own record this is."""
        assert self.worn is not None
        worn = replace(self.worn, person=own.facts.person)
        return replace(self, worn=worn, secret=self.secrets.get(own.state, self.secret))


@dataclass(frozen=True)
class World:
    """Everybody, and the tree they live in."""

    above: Mapping[str, str]
    wearers: Mapping[str, Wearer]
    teachers: tuple[Teacher, ...]
    common: Mapping[str, str]  # keys that belong to nobody in particular

    def of(self, relation: str, state: str) -> Teacher:
        return next(one for one in self.teachers if (one.relation, one.state) == (relation, state))


class Maker:
    """Makes the world row by row."""

    def __init__(self, session: Session, files: Path) -> None:
        self.session = session
        self.files = files
        self.count = 0
        self.region = make_region(session, "NEAR", "Ближняя область")
        self.other_region = make_region(session, "FAR", "Дальняя область")
        self.districts = {
            "near": make_municipality(session, self.region, "M1", "Ближний район"),
            "far": make_municipality(session, self.region, "M2", "Дальний район"),
            "foreign": make_municipality(session, self.other_region, "M1", "Чужой район"),
        }
        self.schools = {
            "near": make_school(session, self.districts["near"], "S1", "Ближняя школа"),
            "sibling": make_school(session, self.districts["near"], "S2", "Соседняя школа"),
            "far": make_school(session, self.districts["far"], "S3", "Дальняя школа"),
            "foreign": make_school(session, self.districts["foreign"], "S1", "Чужая школа"),
        }
        self.provider = Provider(name="Институт развития", region_id=self.region.id)
        session.add(self.provider)
        session.flush()
        self.bank: Bank = make_bank(session)
        self.shelves: Shelves = stock_shelves(session, self.region, self.other_region, self.provider, self.bank)
        self.tutor = self.methodist = self.district_methodist = 0  # keys of people

    def place(self, school: School) -> tuple[Region, Municipality]:
        district = next(row for row in self.districts.values() if row.id == school.municipality_id)
        return (self.region if district.region_id == self.region.id else self.other_region), district

    def person(self, region: Region) -> tuple[Person, Account]:
        """Make somebody with a name of their own and an account."""
        self.count += 1
        high, low = divmod(self.count, 26)
        last = f"Кедр{chr(ord('а') + high)}{chr(ord('а') + low)}ов"
        person = Person(region_id=region.id, last_name=last, first_name="Ким", middle_name="", created_at=START)
        self.session.add(person)
        self.session.flush()
        account = Account(person_id=person.id, login=f"p{person.id}@example.org", created_at=START)
        self.session.add(account)
        self.session.flush()
        return person, account

    def grant(self, person: Person, role: Role, unit: object = None) -> RoleGrant:
        """Give a role in force; the unit is a school, a district, a provider, or the region when none is named."""
        kind = {Municipality: UnitKind.MUNICIPALITY, School: UnitKind.SCHOOL, Provider: UnitKind.PROVIDER}.get(type(unit), UnitKind.REGION)
        assert kind is UNIT_OF_ROLE[role] or role is Role.AUTHORITY_VIEWER
        column = {UnitKind.MUNICIPALITY: "municipality_id", UnitKind.SCHOOL: "school_id", UnitKind.PROVIDER: "provider_id"}.get(kind)
        row = RoleGrant(
            region_id=person.region_id,
            person_id=person.id,
            role=role,
            unit_kind=kind,
            granted_at=START,
            effective_at=START,
            **({column: unit.id} if column else {}),  # type: ignore[attr-defined]
        )
        self.session.add(row)
        self.session.flush()
        return row

    def batches(self, person: Person, unit: object) -> dict[str, int]:
        """Make a checked and a confirmed staff list of this author, each without rows."""
        found = {}
        for name, state in (("batch_id", ImportState.CHECKED), ("done_batch_id", ImportState.CONFIRMED)):
            row = ImportBatch(
                region_id=person.region_id,
                kind="staff",
                file_name="список.xlsx",
                file_sha256="0" * 64,
                state=state,
                verdicts=[],
                counts={"new": 0, "changed": 0, "same": 0, "refused": 0},
                author_id=person.id,
                school_id=unit.id if isinstance(unit, School) else None,
                created_at=clock.now(),
                confirmed_at=clock.now() if state is ImportState.CONFIRMED else None,
            )
            self.session.add(row)
            self.session.flush()
            found[name] = row.id
        return found

    def teacher(
        self, relation: Relation, state: str, person: Person | None = None, account: Account | None = None, unit: object = None
    ) -> Teacher:
        """Make an employee in the relation, with everything that a person of this state has."""
        school = self.schools[relation.school]
        region, district = self.place(school)
        if person is None or account is None:
            person, account = self.person(region)
        grant = self.grant(person, Role.EMPLOYEE)
        sessions.start(self.session, account, clock.now(), address="", device="")
        session_id = self.session.scalar(select(SignInSession.id).where(SignInSession.account_id == account.id))
        life: Life = lead_life(
            self.session, self.shelves, self.files, person, school, state, shared=relation.shared, gave=relation.consents
        )
        tutor = self.tutor if relation.has_tutor else None
        methodist = self.methodist if relation.has_methodist else self.district_methodist if relation.has_district_methodist else None
        self.accompany(life.employee_id, region, tutor, methodist)
        facts = Someone(
            person=person.id,
            region=f"region:{region.id}",
            schools=frozenset({f"school:{school.id}"}),
            tutor=tutor,
            methodist=methodist,
            shared=frozenset({"profile", "answers"}) if relation.shared else frozenset(),
            consents=relation.consents,
        )
        keys = {
            "person_id": person.id,
            "account_id": account.id,
            "session_id": session_id,
            "grant_id": grant.id,
            "school_id": school.id,
            "municipality_id": district.id,
            "region_id": region.id,
            "offering_id": self.shelves.offerings["own" if region is self.region else "foreign"].id,
            **self.batches(person, unit),
        }
        return Teacher(relation.name, state, facts, person.last_name, {**life.values, **{name: str(key) for name, key in keys.items()}})

    def accompany(self, employee_id: int, region: Region, tutor: int | None, methodist: int | None) -> None:
        common = {"region_id": region.id, "employee_id": employee_id, "starts_on": START.date(), "assigned_at": START}
        if tutor:
            self.session.add(TutorAssignment(tutor_id=tutor, **common))
        if methodist:
            self.session.add(MethodistAssignment(methodist_id=methodist, **common))
        self.session.flush()

    def cookie(self, account: Account, grant: RoleGrant | None, *, has_factor: bool = True) -> str:
        """Sign the person in, wearing the role."""
        secret = sessions.start(
            self.session, account, clock.now(), address="127.0.0.1", device="matrix", grant_id=grant.id if grant else None
        )
        self.session.flush()
        if has_factor:
            row = sessions.find(self.session, secret, clock.now(), sessions.SessionLimits(sessions.PASSWORD_HOLDS, sessions.PASSWORD_HOLDS))
            assert row is not None
            row.session.factor_at = clock.now()
        return secret

    def wearer(self, name: str, role: Role, unit: object = None, *extra: tuple[Role, object], has_factor: bool = True) -> Wearer:
        """Make somebody in a role, an employee of the near school beside it; everything that could make their own theirs to decide."""
        person, account = self.person(self.region)
        worn_grant = self.grant(person, role, unit) if role is not Role.EMPLOYEE else None
        for other, other_unit in extra:
            self.grant(person, other, other_unit)
        former = self.tutor, self.methodist
        if role is Role.TUTOR:
            self.tutor = person.id
        if role in {Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST}:
            self.methodist = person.id
        own = self.teacher(Relation("own", "near", has_tutor=True, has_methodist=True), OWN_STATE, person, account, unit)
        self.tutor, self.methodist = former
        at = unit if unit is not None else self.region
        kind = {Region: "region", Municipality: "municipality", School: "school", Provider: "provider"}[type(at)]
        worn = Worn(person.id, role if has_factor else Role.EMPLOYEE, f"{kind}:{at.id}", f"region:{self.region.id}")  # type: ignore[attr-defined]
        return Wearer(name, worn, self.cookie(account, worn_grant, has_factor=has_factor), {OWN_STATE: own})

    def employee(self) -> Wearer:
        """Make the teacher who asks, with a twin in each state."""
        own, secrets = {}, {}
        for state in STATES:
            person, account = self.person(self.region)
            own[state] = self.teacher(Relation("own", "near", has_tutor=True, has_methodist=True), state, person, account)
            secrets[state] = self.cookie(account, None)
        facts = own[OWN_STATE].facts
        return Wearer("employee", Worn(facts.person, Role.EMPLOYEE, facts.region, facts.region), secrets[OWN_STATE], own, secrets)

    def wearers(self) -> list[Wearer]:
        """Return everybody who asks; tutor and methodists first, for the others to be given to."""
        near, far, school = self.districts["near"], self.districts["far"], self.schools["near"]
        tutor = self.wearer("tutor", Role.TUTOR)
        self.tutor = _key(tutor)
        methodist = self.wearer("regional_methodist", Role.REGIONAL_METHODIST)
        self.methodist = _key(methodist)
        district = self.wearer("municipal_methodist", Role.MUNICIPAL_METHODIST, near)
        self.district_methodist = _key(district)
        two = (Role.MUNICIPAL_METHODIST, far)
        return [
            tutor,
            methodist,
            district,
            self.employee(),
            self.wearer("mentor", Role.MENTOR),
            self.wearer("school_head", Role.SCHOOL_HEAD, school),
            self.wearer("school_coordinator", Role.SCHOOL_COORDINATOR, school),
            self.wearer("cnppm_officer", Role.CNPPM_OFFICER),
            self.wearer("authority_viewer", Role.AUTHORITY_VIEWER),
            self.wearer("viewer_of_district", Role.AUTHORITY_VIEWER, near),
            self.wearer("provider", Role.PROVIDER, self.provider),
            self.wearer("admin", Role.ADMIN),
            self.wearer("head_of_near_methodist_of_far", Role.SCHOOL_HEAD, school, two),
            self.wearer("methodist_of_far_head_of_near", Role.MUNICIPAL_METHODIST, far, (Role.SCHOOL_HEAD, school)),
            self.wearer("admin_without_factor", Role.ADMIN, has_factor=False),
            self.wearer("methodist_without_factor", Role.REGIONAL_METHODIST, has_factor=False),
            self.deactivated(),
            Wearer("anonymous", None),
        ]

    def deactivated(self) -> Wearer:
        """Make an administrator whose account was closed with the session open."""
        person, account = self.person(self.region)
        secret = self.cookie(account, self.grant(person, Role.ADMIN))
        account.is_active = False
        return Wearer("deactivated", None, secret)

    def make(self) -> World:
        """Make everything and flush."""
        wearers = {one.name: one for one in self.wearers()}
        strangers = [self.teacher(relation, state) for relation in RELATIONS for state in STATES]
        own = [teacher for one in wearers.values() for teacher in one.own.values()]
        self.session.flush()
        names = {
            "diagnostic_id": self.bank.diagnostic.id,
            "tutor_person_id": self.tutor,
            "methodist_person_id": self.methodist,
            "provider_id": self.provider.id,
            "near_school_id": self.schools["near"].id,
            "sibling_school_id": self.schools["sibling"].id,
            "far_school_id": self.schools["far"].id,
            "foreign_school_id": self.schools["foreign"].id,
            "near_municipality_id": self.districts["near"].id,
            "foreign_municipality_id": self.districts["foreign"].id,
            **self.shelves.keys,
        }
        above = {f"school:{row.id}": f"municipality:{row.municipality_id}" for row in self.schools.values()}
        return World(above, wearers, (*strangers, *own), {name: str(key) for name, key in names.items()})


def _key(wearer: Wearer) -> int:
    assert wearer.worn is not None
    return wearer.worn.person


def make_world(session: Session, files: Path) -> World:
    """Return the world, flushed."""
    return Maker(session, files).make()
