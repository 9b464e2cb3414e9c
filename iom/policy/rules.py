"""Who may do what: an action, then the rows of which any one must hold. Reads like the matrix it keeps (security, section B)."""

from dataclasses import dataclass

from iom.core.actor import Role
from iom.policy.actions import Action as A
from iom.policy.relations import (
    ANSWERS_SHARED,
    ASSIGNED_METHODIST,
    ASSIGNED_TUTOR,
    DIAGNOSTICS_ALLOWED,
    NOT_OWN,
    OWN,
    OWN_TERRITORY,
    PROFILE_SHARED,
    SAME_MUNICIPALITY,
    SAME_REGION,
    SAME_SCHOOL,
    Relation,
)


@dataclass(frozen=True, slots=True)
class Row:
    """The action is allowed to the role (None: to anyone signed in) towards a person in all these relations."""

    role: Role | None
    relations: tuple[Relation, ...] = ()


def row(role: Role | None, *relations: Relation) -> Row:
    # A region is the unit of sharding: nothing but one's own data is reached across its border.
    return Row(role, relations if OWN in relations else (SAME_REGION, *relations))


TUTOR, METHODIST, MUNICIPAL = Role.TUTOR, Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST
HEAD, COORDINATOR, OFFICER, ADMIN, VIEWER = (
    Role.SCHOOL_HEAD,
    Role.SCHOOL_COORDINATOR,
    Role.CNPPM_OFFICER,
    Role.ADMIN,
    Role.AUTHORITY_VIEWER,
)
OWNER = row(None, OWN)
ALL = Row(None)  # everyone signed in, no person concerned

RULES: dict[A, tuple[Row, ...]] = {
    A.OWN_ACCOUNT: (OWNER,),
    A.PERSON_VIEW: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(METHODIST),
        row(OFFICER),
        row(ADMIN),
    ),
    A.PERSON_EDIT: (row(HEAD, SAME_SCHOOL, NOT_OWN), row(COORDINATOR, SAME_SCHOOL, NOT_OWN), row(ADMIN, NOT_OWN)),
    A.ACCOUNT_INVITE: (
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(ADMIN),
    ),
    A.ACCOUNT_DEACTIVATE: (row(ADMIN, NOT_OWN),),
    A.ROLE_GRANT: (row(ADMIN, NOT_OWN),),
    A.CODE_ISSUE: (row(HEAD, SAME_SCHOOL, NOT_OWN), row(COORDINATOR, SAME_SCHOOL, NOT_OWN), row(ADMIN, NOT_OWN)),
    A.ORGANIZATION_EDIT: (row(ADMIN),),
    A.ASSIGN: (
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(METHODIST),
        row(OFFICER),
    ),
    A.DIAGNOSTIC_TAKE: (OWNER,),
    A.ANSWERS_VIEW: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR, ANSWERS_SHARED, DIAGNOSTICS_ALLOWED),
        row(METHODIST, ASSIGNED_METHODIST, ANSWERS_SHARED, DIAGNOSTICS_ALLOWED),
    ),
    A.PROFILE_VIEW: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR, DIAGNOSTICS_ALLOWED),
        row(HEAD, SAME_SCHOOL, PROFILE_SHARED, DIAGNOSTICS_ALLOWED),
        row(MUNICIPAL, ASSIGNED_METHODIST, DIAGNOSTICS_ALLOWED),
        row(MUNICIPAL, SAME_MUNICIPALITY, PROFILE_SHARED, DIAGNOSTICS_ALLOWED),
        row(METHODIST, ASSIGNED_METHODIST, DIAGNOSTICS_ALLOWED),
    ),
    A.AGGREGATES_VIEW: (
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(METHODIST),
        row(OFFICER),
        row(VIEWER, OWN_TERRITORY),
    ),
    A.CATALOG_VIEW: (ALL,),
    A.CATALOG_EDIT: (Row(METHODIST), Row(OFFICER), Row(ADMIN)),
    A.ROUTE_EDIT: (OWNER, row(TUTOR, ASSIGNED_TUTOR, NOT_OWN), row(METHODIST, ASSIGNED_METHODIST, NOT_OWN)),
    A.ROUTE_SUBMIT: (OWNER, row(TUTOR, ASSIGNED_TUTOR, NOT_OWN)),
    A.ROUTE_REVIEW: (row(TUTOR, ASSIGNED_TUTOR, NOT_OWN),),
    A.ROUTE_APPROVE: (row(HEAD, SAME_SCHOOL, NOT_OWN),),
    A.ROUTE_APPROVE_CENTER: (row(METHODIST, NOT_OWN), row(OFFICER, NOT_OWN)),
    A.ROUTE_VIEW: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(METHODIST),
        row(OFFICER),
    ),
    A.ROUTE_COMMENT: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(MUNICIPAL, ASSIGNED_METHODIST),
        row(METHODIST, ASSIGNED_METHODIST),
    ),
    A.EVIDENCE_SUBMIT: (OWNER,),
    A.EVIDENCE_WITHDRAW: (OWNER,),
    A.EVIDENCE_OPEN: (
        OWNER,
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(MUNICIPAL, ASSIGNED_METHODIST),
        row(METHODIST, ASSIGNED_METHODIST),
    ),
    A.EVIDENCE_REVIEW: (row(TUTOR, ASSIGNED_TUTOR, NOT_OWN), row(METHODIST, ASSIGNED_METHODIST, NOT_OWN)),
    A.SHARE: (OWNER,),
    A.STAFF_IMPORT: (
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(OFFICER),
        row(ADMIN),
    ),
    A.RESULTS_IMPORT: (row(METHODIST), row(OFFICER)),
    A.EXPORT_NAMED: (
        row(TUTOR, ASSIGNED_TUTOR),
        row(HEAD, SAME_SCHOOL),
        row(COORDINATOR, SAME_SCHOOL),
        row(MUNICIPAL, SAME_MUNICIPALITY),
        row(METHODIST),
        row(OFFICER),
    ),
    A.CONSENT: (OWNER,),
    A.JOURNAL_READ: (Row(ADMIN),),
    A.SYSTEM: (Row(ADMIN),),
    A.INDICATOR_FREEZE: (Row(OFFICER),),
}
