"""What a report is about: the day and the part of the tree asked for, checked against what the actor's role reports about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from iom.core import clock
from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.monitoring import queries
from iom.monitoring.kinds import Slice
from iom.monitoring.statements import Scope
from iom.organizations.models import Municipality, Region, School

EARLIEST = date(2021, 1, 1)  # nothing is counted before


@dataclass(frozen=True, slots=True)
class Territory:
    """The region with the municipalities and schools that may be chosen, and what is chosen now."""

    region: Region
    municipalities: Sequence[Municipality]
    schools: Sequence[School]
    municipality: Municipality | None
    school: School | None

    @property
    def name(self) -> str:
        """The smallest part that the report is about."""
        if self.school:
            return self.school.short_name
        return self.municipality.name if self.municipality else self.region.name

    @property
    def municipality_choices(self) -> list[tuple[int, str]]:
        """Municipalities that a filter offers."""
        return [(row.id, row.name) for row in self.municipalities]

    @property
    def school_choices(self) -> list[tuple[int, str]]:
        """Schools that a filter offers."""
        return [(row.id, row.short_name) for row in self.schools]

    @property
    def cut(self) -> Slice:
        """What the report is broken down by: municipalities of the region, schools of one."""
        return Slice.SCHOOL if self.municipality else Slice.MUNICIPALITY

    def scope(self, day: date | None = None) -> Scope:
        """Return the scope of a report on the day; a day to come is today, nothing is counted before 2021."""
        today = clock.today(self.region.timezone)
        as_of = max(EARLIEST, min(day or today, today))
        return Scope(
            as_of,
            municipality_id=self.municipality.id if self.municipality else None,
            school_id=self.school.id if self.school else None,
            timezone=self.region.timezone,
            is_current=as_of == today,
        )


def territory_of(session: Session, actor: Actor, municipality_id: int | None, school_id: int | None) -> Territory:
    """Return what may be chosen and what is; schools are offered inside a municipality, and another one's school is let go.

    Raises
    ------
    NotFound : a municipality or school that the role does not report about
    """
    region = queries.get_region(session, actor.region_id)
    municipalities = queries.list_municipalities(session, actor)
    school = queries.get_school(session, actor, school_id) if school_id is not None else None
    if municipality_id is None and school is not None:
        municipality_id = school.municipality_id
    municipality = _municipality(municipalities, municipality_id)
    if municipality is None and (actor.municipality_id or actor.school_id) and len(municipalities) == 1:
        municipality = municipalities[0]
    schools = queries.list_schools(session, actor, municipality.id) if municipality else []
    if school is not None and municipality is not None and school.municipality_id != municipality.id:
        school = None  # the filter was moved to another municipality
    if school is None and actor.school_id is not None:
        school = next((row for row in schools if row.id == actor.school_id), None)
    return Territory(region, municipalities, schools, municipality, school)


def _municipality(offered: Sequence[Municipality], key: int | None) -> Municipality | None:
    if key is None:
        return None
    found = next((row for row in offered if row.id == key), None)
    if found is None:
        raise NotFound(kind="municipality", id=key)
    return found
