"""Answers who approves an agreed route: the head of the school by an order, or the regional centre."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from iom.accounts.models import Account, RoleGrant
from iom.core.actor import Role
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Employee, Employment, Region
from iom.routes.kinds import Approver

Moment = datetime | BindParameter[datetime]


def _head_grants(now: Moment, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that somebody who can sign in is now a head of the school of the employee's main post."""
    post = aliased(Employment)
    return (
        select(RoleGrant.id)
        .join(Account, Account.person_id == RoleGrant.person_id)
        .join(post, post.school_id == RoleGrant.school_id)
        .where(
            post.employee_id == Employee.id,
            post.is_main,
            post.ends_on.is_(None),
            RoleGrant.role == Role.SCHOOL_HEAD,
            RoleGrant.revoked_at.is_(None),
            RoleGrant.effective_at <= now,
            Account.is_active,
            *conditions,
        )
        .correlate(Employee)
        .exists()
    )


def decided_at_center(now: Moment) -> ColumnElement[bool]:
    """Return the condition, over Employee and its Region, that the centre and not the school approves the person's route.

    So it is where the region's chain ends there, and where no order can be: the person heads the school, or nobody else does.
    """
    is_head = _head_grants(now, RoleGrant.person_id == Employee.person_id)
    has_head = _head_grants(now, RoleGrant.person_id != Employee.person_id)
    return or_(Region.approval_chain != ApprovalChain.TUTOR_HEAD_ORDER, is_head, ~has_head)


def main_post_at(school_id: int | None) -> ColumnElement[bool]:
    """Return the condition that the employee's main post is now at the school: it decides, wherever else the person works."""
    posts = select(Employment.employee_id).where(
        and_(Employment.school_id == school_id, Employment.is_main, Employment.ends_on.is_(None)),
    )
    return Employee.id.in_(posts)


def approver_of(session: Session, employee_id: int, now: datetime) -> tuple[Approver, int | None]:
    """Return who approves the employee's route, and the school of the main post, if there is one."""
    at_center, school_id = session.execute(
        select(decided_at_center(now), Employment.school_id)
        .select_from(Employee)
        .join(Region, Region.id == Employee.region_id)
        .outerjoin(Employment, and_(Employment.employee_id == Employee.id, Employment.is_main, Employment.ends_on.is_(None)))
        .where(Employee.id == employee_id)
    ).one()
    return (Approver.CENTER if at_center else Approver.SCHOOL), school_id
