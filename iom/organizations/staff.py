"""Changes of an employee: the post and what goes with it, and the move to another school."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, Refused
from iom.organizations import queries
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.models import Employee, Employment
from iom.organizations.reasons import StaffRefusal
from iom.policy import Action


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a school keeps of an employee beside the name."""

    position: str
    category: EmployeeCategory
    subject_ids: tuple[int, ...]
    qualification_category: QualificationCategory
    category_assigned_on: date | None


@dataclass(frozen=True, slots=True)
class EditPost:
    """Change an employee's post; `seen` is the mark of the facts that the form showed."""

    employee_id: int
    facts: PostFacts
    seen: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Close the main post and open one at another school from a day on."""

    employee_id: int
    school_id: int
    position: str
    starts_on: date


def open_posts(employee: Employee) -> list[Employment]:
    """Return the posts that are not closed, the main one first."""
    return sorted((post for post in employee.employments if post.ends_on is None), key=lambda post: (not post.is_main, post.id))


def post_for(actor: Actor, employee: Employee) -> Employment:
    """Return the post that the actor keeps: at their own school, else the main one.

    Raises
    ------
    Refused : no open post there
    """
    posts = [post for post in open_posts(employee) if actor.school_id is None or post.school_id == actor.school_id]
    if not posts:
        raise Refused(reason=StaffRefusal.NO_POST_HERE)
    return posts[0]


def facts_of(employee: Employee, post: Employment) -> PostFacts:
    """Return what can be changed, as it is now."""
    return PostFacts(
        position=post.position,
        category=employee.category,
        subject_ids=tuple(sorted(subject.id for subject in employee.subjects)),
        qualification_category=employee.qualification_category,
        category_assigned_on=employee.category_assigned_on,
    )


def mark_of(facts: PostFacts) -> str:
    """Return a short mark of the facts that a form carries, so that a change made meanwhile is noticed."""
    return hashlib.sha256(json.dumps(asdict(facts), sort_keys=True, default=str).encode()).hexdigest()[:16]


def edit_post(session: Session, actor: Actor, cmd: EditPost) -> Employee:
    """Change the post and what goes with it.

    Raises
    ------
    NotFound, Forbidden : not the actor's to change
    Conflict : somebody changed it since the form was shown
    Refused : a subject that is not in the directory, or no open post here
    """
    employee = queries.get_employee(session, actor, cmd.employee_id)
    policy.require(actor, Action.PERSON_EDIT, policy.target_of(session, employee.id))
    post = post_for(actor, employee)
    before = facts_of(employee, post)
    if mark_of(before) != cmd.seen:
        raise Conflict(kind="employee", before=before)
    subjects = [subject for subject in queries.list_subjects(session) if subject.id in cmd.facts.subject_ids]
    if len(subjects) != len(set(cmd.facts.subject_ids)):
        raise Refused(reason=StaffRefusal.UNKNOWN_SUBJECT)
    post.position = cmd.facts.position
    employee.category, employee.subjects = cmd.facts.category, subjects
    employee.qualification_category = cmd.facts.qualification_category
    employee.category_assigned_on = cmd.facts.category_assigned_on
    audit.record(
        session,
        actor,
        Action.PERSON_EDIT,
        object_type="employee",
        object_id=employee.id,
        subject_id=employee.person_id,
        reason=difference(before, facts_of(employee, post)),
    )
    return employee


def difference(before: PostFacts, after: PostFacts) -> str:
    """Return what changed, for the journal."""
    old, new = asdict(before), asdict(after)
    return "; ".join(f"{name}: {old[name]} -> {new[name]}" for name in new if old[name] != new[name])


def move(session: Session, actor: Actor, cmd: Transfer) -> Employment:
    """Close the main post on the day before and open one at the other school; the caller ends what the old school had.

    Raises
    ------
    NotFound, Forbidden : not the actor's to move
    Refused : the school is closed or the same; the day is yet to come, or lies before the post that ends
    """
    employee = queries.get_employee(session, actor, cmd.employee_id)
    policy.require_role(actor, Action.ORGANIZATION_EDIT)
    policy.require(actor, Action.PERSON_EDIT, policy.target_of(session, employee.id))
    if cmd.starts_on > clock.today():
        raise Refused(reason=StaffRefusal.DAY_IN_FUTURE)  # access changes hands at once, so the day may not lie ahead
    school = queries.find_open_school(session, actor.region_id, cmd.school_id)
    if school is None:
        raise Refused(reason=StaffRefusal.SCHOOL_CLOSED)
    main = next((post for post in open_posts(employee) if post.is_main), None)
    if main is not None:
        _close(main, school.id, cmd.starts_on)
        session.flush()  # only one main post may be open
    post = Employment(
        region_id=employee.region_id,
        employee_id=employee.id,
        school_id=school.id,
        position=cmd.position,
        starts_on=cmd.starts_on,
        recorded_at=clock.now(),
    )
    session.add(post)
    audit.record(
        session,
        actor,
        Action.ORGANIZATION_EDIT,
        object_type="employee",
        object_id=employee.id,
        subject_id=employee.person_id,
        reason=f"transfer school {main.school_id if main else None} -> {school.id} from {cmd.starts_on.isoformat()}",
    )
    return post


def _close(main: Employment, school_id: int, starts_on: date) -> None:
    if main.school_id == school_id:
        raise Refused(reason=StaffRefusal.SAME_SCHOOL)
    if starts_on < main.starts_on:
        raise Refused(reason=StaffRefusal.DAY_BEFORE_POST)
    # A post begun on the same day ends on it: it was held, if only that day.
    main.ends_on = max(main.starts_on, starts_on - timedelta(days=1))
