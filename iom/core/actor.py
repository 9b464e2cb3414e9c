"""Who acts: a value made at the edge (web, job, command) and passed down; never a global."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    EMPLOYEE = "employee"
    TUTOR = "tutor"
    MENTOR = "mentor"
    REGIONAL_METHODIST = "regional_methodist"
    MUNICIPAL_METHODIST = "municipal_methodist"
    SCHOOL_COORDINATOR = "school_coordinator"
    SCHOOL_HEAD = "school_head"
    CNPPM_OFFICER = "cnppm_officer"
    AUTHORITY_VIEWER = "authority_viewer"
    PROVIDER = "provider"
    ADMIN = "admin"


class UnitKind(StrEnum):
    """The kind of organisation a role is held in."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    PROVIDER = "provider"


UNIT_OF_ROLE = {
    Role.EMPLOYEE: UnitKind.REGION,
    Role.TUTOR: UnitKind.REGION,
    Role.MENTOR: UnitKind.REGION,
    Role.REGIONAL_METHODIST: UnitKind.REGION,
    Role.MUNICIPAL_METHODIST: UnitKind.MUNICIPALITY,
    Role.SCHOOL_COORDINATOR: UnitKind.SCHOOL,
    Role.SCHOOL_HEAD: UnitKind.SCHOOL,
    Role.CNPPM_OFFICER: UnitKind.REGION,
    Role.AUTHORITY_VIEWER: UnitKind.REGION,
    Role.PROVIDER: UnitKind.PROVIDER,
    Role.ADMIN: UnitKind.REGION,
}
"""Where each role is held; an authority viewer may also hold it in a municipality."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One signed-in person acting in one role at one unit; two roles never mix, so only one is here at a time."""

    person_id: int
    region_id: int
    role: Role
    employee_id: int | None = None
    municipality_id: int | None = None
    school_id: int | None = None
    provider_id: int | None = None
    session_hash: str | None = None
    address: str | None = None
    request_id: str | None = None
