"""Random trees of organisations with people, posts, assignments, sharings and roles in them; no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from iom.accounts.kinds import SharedPart
from iom.core.actor import UNIT_OF_ROLE, Actor, Role, UnitKind
from iom.policy import Target
from tests.policy.matrix import Someone, Worn

HOLDERS = (Role.TUTOR, Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST)


@dataclass(frozen=True)
class Place:
    """A region, district or school: its number among its kind, and what it lies in."""

    kind: UnitKind
    number: int
    above: "Place | None" = None

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.number}"

    @property
    def region(self) -> "Place":
        return self if self.above is None else self.above.region


@dataclass(frozen=True)
class Held:
    """A role at a unit."""

    role: Role
    unit: Place


@dataclass
class Human:
    """A person of the tree; numbers of places and people start at one, as keys do."""

    number: int
    region: Place
    schools: frozenset[Place] = frozenset()
    is_employee: bool = True
    held: tuple[Held, ...] = ()
    tutor: "Human | None" = None
    methodist: "Human | None" = None
    shared: frozenset[SharedPart] = frozenset()
    consents: bool = True

    def as_target(self) -> Target:
        """Return the person as the rules of the product see one."""
        return Target(
            person_id=self.number,
            employee_id=self.number if self.is_employee else None,
            region_id=self.region.number,
            school_ids=frozenset(school.number for school in self.schools),
            municipality_ids=frozenset(school.above.number for school in self.schools if school.above),
            tutor_id=self.tutor.number if self.tutor else None,
            methodist_id=self.methodist.number if self.methodist else None,
            shared=self.shared,
            allows_diagnostics=self.consents,
        )

    def as_someone(self) -> Someone:
        """Return the person as the matrix sees one."""
        return Someone(
            person=self.number,
            region=self.region.name,
            schools=frozenset(school.name for school in self.schools),
            tutor=self.tutor.number if self.tutor else None,
            methodist=self.methodist.number if self.methodist else None,
            shared=frozenset(str(part) for part in self.shared),
            consents=self.consents,
        )

    def actor(self, held: Held) -> Actor:
        """Return the person wearing one of the roles, as the sign-in makes it."""
        key = {UnitKind.MUNICIPALITY: "municipality_id", UnitKind.SCHOOL: "school_id", UnitKind.PROVIDER: "provider_id"}.get(held.unit.kind)
        return Actor(
            person_id=self.number,
            region_id=self.region.number,
            role=held.role,
            employee_id=self.number if self.is_employee else None,
            **({key: held.unit.number} if key else {}),
        )

    def worn(self, held: Held) -> Worn:
        """Return the same for the matrix."""
        return Worn(self.number, held.role, held.unit.name, self.region.name)


@dataclass(frozen=True)
class Tree:
    """Two regions with everybody in them."""

    districts: tuple[Place, ...]
    schools: tuple[Place, ...]
    people: tuple[Human, ...]

    @property
    def above(self) -> dict[str, str]:
        """From a school to its district."""
        return {school.name: school.above.name for school in self.schools if school.above}

    def pairs(self) -> Iterator[tuple[Human, Held]]:
        """Everybody in each of their roles."""
        for human in self.people:
            for held in human.held:
                yield human, held


def grow(rng: Random, *, people: int) -> Tree:
    """Return a tree: up to four districts and eight schools in two regions, people with up to two posts and three roles."""
    regions = [Place(UnitKind.REGION, 1), Place(UnitKind.REGION, 2)]
    districts = [Place(UnitKind.MUNICIPALITY, number, rng.choice(regions)) for number in range(1, rng.randint(2, 4) + 1)]
    schools = [Place(UnitKind.SCHOOL, number, rng.choice(districts)) for number in range(1, rng.randint(2, 8) + 1)]
    humans = [_human(rng, number, rng.choice(regions), schools) for number in range(1, people + 1)]
    providers = [Place(UnitKind.PROVIDER, 1)]
    for human in humans:
        human.held = tuple({_held(rng, human, [*districts, *schools, *providers]) for _ in range(rng.randint(0, 3))} - {None})
    for human in humans:
        if human.is_employee:
            human.tutor = _holder(rng, humans, (Role.TUTOR,))
            human.methodist = _holder(rng, humans, HOLDERS[1:])
    return Tree(tuple(districts), tuple(schools), tuple(humans))


def _human(rng: Random, number: int, region: Place, schools: list[Place]) -> Human:
    near = [school for school in schools if school.region == region]
    is_employee = rng.random() < 0.8
    posts = rng.sample(near, k=min(len(near), rng.choice((0, 1, 1, 1, 2)))) if is_employee else []
    shared = frozenset(part for part in SharedPart if rng.random() < 0.4)
    return Human(number, region, frozenset(posts), is_employee, shared=shared, consents=is_employee and rng.random() < 0.7)


def _held(rng: Random, human: Human, places: list[Place]) -> Held | None:
    role = rng.choice(list(Role))
    kind = UNIT_OF_ROLE[role]
    if role is Role.AUTHORITY_VIEWER and rng.random() < 0.5:
        kind = UnitKind.MUNICIPALITY
    if kind is UnitKind.REGION:
        return Held(role, human.region)
    fitting = [place for place in places if place.kind is kind and (kind is UnitKind.PROVIDER or place.region == human.region)]
    return Held(role, rng.choice(fitting)) if fitting else None


def _holder(rng: Random, humans: list[Human], roles: tuple[Role, ...]) -> Human | None:
    # Whoever may be met, oneself and people of another region too: the rules must not rest on assignments being sensible.
    holders = [human for human in humans if any(held.role in roles for held in human.held)]
    return rng.choice(holders) if holders and rng.random() < 0.7 else None
