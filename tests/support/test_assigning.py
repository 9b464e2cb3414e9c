"""Who follows whom: both ends of the right, the norm, history, and two officers at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts.models import RoleGrant
from iom.core import clock
from iom.core.actor import Actor, Role, UnitKind
from iom.core.database import transaction
from iom.core.errors import Forbidden, NotFound, Refused
from iom.core.models import AuditEntry
from iom.organizations.models import Employment, School
from iom.organizations.reasons import StaffRefusal
from iom.organizations.staff import Transfer
from iom.policy import Action
from iom.support import assign_queries, assigning
from iom.support.assigning import Assign, Assigned, assign
from iom.support.kinds import SupportKind, SupportRefusal
from iom.support.models import MethodistAssignment, TutorAssignment
from iom.support.transferring import transfer
from tests.cast import START, Cast, Member, make_cast, make_member
from tests.support.racing import race

TUTOR, METHODIST = SupportKind.TUTOR, SupportKind.METHODIST


def tutor_of(db: Session, member: Member) -> list[tuple[int, bool]]:
    """Return the tutors of a person in order, each with whether the assignment is open."""
    rows = db.scalars(select(TutorAssignment).where(TutorAssignment.employee_id == member.employee_id).order_by(TutorAssignment.id))
    return [(row.tutor_id, row.ends_on is None) for row in rows]


def second_tutor(db: Session, cast: Cast) -> Member:
    return make_member(db, cast.region, "Второй", "Тимур", role=Role.TUTOR)


def municipal_methodist(db: Session, cast: Cast) -> Member:
    member = make_member(db, cast.region, "Районная", "Рита", role=Role.TUTOR)
    db.add(
        RoleGrant(
            region_id=cast.region.id,
            person_id=member.person.id,
            role=Role.MUNICIPAL_METHODIST,
            unit_kind=UnitKind.MUNICIPALITY,
            municipality_id=cast.lesnoe.id,
            granted_at=START,
            effective_at=START,
        )
    )
    db.flush()
    return member


def test_a_change_closes_the_old_assignment_and_opens_a_new_one(db: Session, cast: Cast) -> None:
    other = second_tutor(db, cast)
    done = assign(db, cast.dina.actor, Assign(TUTOR, other.person.id, (cast.anna.employee_id, cast.gleb.employee_id)))
    assert done == Assigned(new=1, moved=1, same=0)
    assert tutor_of(db, cast.anna) == [(cast.boris.person.id, False), (other.person.id, True)]
    assert tutor_of(db, cast.gleb) == [(other.person.id, True)]
    old = db.scalars(select(TutorAssignment).where(TutorAssignment.tutor_id == cast.boris.person.id)).one()
    assert old.ends_on == clock.today() - timedelta(days=1)


def test_the_same_again_changes_nothing(db: Session, cast: Cast) -> None:
    cmd = Assign(TUTOR, cast.boris.person.id, (cast.anna.employee_id,))
    assert assign(db, cast.dina.actor, cmd) == Assigned(new=0, moved=0, same=1)
    assert tutor_of(db, cast.anna) == [(cast.boris.person.id, True)]


def test_two_changes_on_one_day_leave_dates_in_order(db: Session, cast: Cast) -> None:
    other = second_tutor(db, cast)
    for holder in (other, cast.boris, other):
        assign(db, cast.dina.actor, Assign(TUTOR, holder.person.id, (cast.anna.employee_id,)))
    assert [is_open for _, is_open in tutor_of(db, cast.anna)] == [False, False, False, True]


def test_the_old_tutor_sees_nothing_from_then_on(db: Session, cast: Cast) -> None:
    assign(db, cast.dina.actor, Assign(TUTOR, second_tutor(db, cast).person.id, (cast.anna.employee_id,)))
    target = policy.target_of(db, cast.anna.employee_id)
    assert not policy.allows(cast.boris.actor, Action.ROUTE_VIEW, target)


@pytest.mark.parametrize("who", ["marina", "vera", "dina"])
def test_each_role_gives_people_of_its_own_part(db: Session, cast: Cast, who: str) -> None:
    assert assign(db, getattr(cast, who).actor, Assign(TUTOR, cast.boris.person.id, (cast.marina.employee_id,))).new == 1


@pytest.mark.parametrize("who", ["marina", "olga"])
def test_somebody_elses_people_do_not_exist(db: Session, cast: Cast, who: str) -> None:
    foreign = cast.gleb if who == "marina" else cast.anna
    with pytest.raises(NotFound):
        assign(db, getattr(cast, who).actor, Assign(TUTOR, cast.boris.person.id, (foreign.employee_id,)))


@pytest.mark.parametrize("who", ["anna", "boris", "admin"])
def test_others_may_not(db: Session, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        assign(db, getattr(cast, who).actor, Assign(TUTOR, cast.boris.person.id, (cast.gleb.employee_id,)))


def refusal(db: Session, actor: Actor, cmd: Assign) -> str:
    with pytest.raises(Refused) as refused:
        assign(db, actor, cmd)
    return refused.value.reason


def test_the_other_end_must_hold_the_role(db: Session, cast: Cast) -> None:
    people = (cast.gleb.employee_id,)
    assert refusal(db, cast.dina.actor, Assign(TUTOR, cast.vera.person.id, people)) == SupportRefusal.NO_SUCH_HOLDER
    assert refusal(db, cast.dina.actor, Assign(METHODIST, cast.boris.person.id, people)) == SupportRefusal.NO_SUCH_HOLDER
    assert refusal(db, cast.dina.actor, Assign(TUTOR, cast.stranger.person.id, people)) == SupportRefusal.NO_SUCH_HOLDER
    db.query(RoleGrant).filter_by(person_id=cast.boris.person.id).one().revoked_at = START
    db.flush()
    assert refusal(db, cast.dina.actor, Assign(TUTOR, cast.boris.person.id, people)) == SupportRefusal.NO_SUCH_HOLDER


def test_a_municipal_methodist_takes_people_of_the_municipality_only(db: Session, cast: Cast) -> None:
    local = municipal_methodist(db, cast)
    assert assign(db, cast.dina.actor, Assign(METHODIST, local.person.id, (cast.marina.employee_id,))).new == 1
    assert refusal(db, cast.dina.actor, Assign(METHODIST, local.person.id, (cast.gleb.employee_id,))) == SupportRefusal.OUTSIDE_HOLDERS_UNIT


def test_nobody_accompanies_themselves(db: Session, cast: Cast) -> None:
    db.add(
        RoleGrant(
            region_id=cast.region.id,
            person_id=cast.gleb.person.id,
            role=Role.TUTOR,
            unit_kind=UnitKind.REGION,
            granted_at=START,
            effective_at=START,
        )
    )
    db.flush()
    assert refusal(db, cast.dina.actor, Assign(TUTOR, cast.gleb.person.id, (cast.gleb.employee_id,))) == SupportRefusal.OWN_SUPPORT


def test_nobody_chosen_is_said(db: Session, cast: Cast) -> None:
    assert refusal(db, cast.dina.actor, Assign(TUTOR, cast.boris.person.id, ())) == SupportRefusal.NOBODY_CHOSEN


def test_over_the_norm_only_the_centre_with_a_reason(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "NORM", 2)
    cmd = Assign(METHODIST, cast.vera.person.id, (cast.gleb.employee_id, cast.marina.employee_id))  # Анна is there: three
    assert refusal(db, cast.dina.actor, cmd) == SupportRefusal.OVER_NORM
    reasoned = Assign(METHODIST, cast.vera.person.id, cmd.employee_ids, "до конца декабря")
    assert refusal(db, cast.vera.actor, reasoned) == SupportRefusal.OVER_NORM
    assert assign(db, cast.dina.actor, reasoned).new == 2
    rows = db.scalars(select(MethodistAssignment).where(MethodistAssignment.employee_id == cast.gleb.employee_id)).one()
    assert rows.override_reason == "до конца декабря"


def test_up_to_the_norm_no_reason_is_kept(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "NORM", 2)
    assign(db, cast.dina.actor, Assign(METHODIST, cast.vera.person.id, (cast.gleb.employee_id,), "лишнее"))
    assert (
        db.scalars(select(MethodistAssignment).where(MethodistAssignment.employee_id == cast.gleb.employee_id)).one().override_reason == ""
    )


def test_each_person_gets_a_line_in_the_journal(db: Session, cast: Cast) -> None:
    other = second_tutor(db, cast)
    assign(db, cast.dina.actor, Assign(TUTOR, other.person.id, (cast.anna.employee_id, cast.gleb.employee_id)))
    db.commit()
    lines = db.scalars(select(AuditEntry).where(AuditEntry.action == Action.ASSIGN).order_by(AuditEntry.id)).all()
    assert {(line.subject_id, line.reason) for line in lines} == {
        (cast.anna.person.id, f"tutor {cast.boris.person.id} -> {other.person.id}"),
        (cast.gleb.person.id, f"tutor {other.person.id}"),
    }


def test_holders_are_listed_with_their_load(db: Session, cast: Cast) -> None:
    municipal_methodist(db, cast)
    found = assign_queries.list_holders(db, cast.dina.actor, METHODIST, clock.now())
    assert [(row.name, row.role, row.municipality, row.people) for row in found] == [
        ("Рита Районная", Role.MUNICIPAL_METHODIST, "Лесновский округ", 0),
        ("Вера Условная", Role.REGIONAL_METHODIST, "", 1),
    ]


def test_the_history_of_support_is_kept(db: Session, cast: Cast) -> None:
    assign(db, cast.dina.actor, Assign(TUTOR, second_tutor(db, cast).person.id, (cast.anna.employee_id,)))
    past = assign_queries.list_past(db, cast.anna.employee_id)
    assert [(line.name, line.ends_on is None) for line in past if line.kind is TUTOR] == [("Тимур Второй", True), ("Борис Примеров", False)]
    assert next(line for line in past if line.name == "Тимур Второй").assigned_by == "Дина Эталонова"


def test_two_officers_at_once_leave_one_tutor(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        cast = make_cast(session)
        others = [second_tutor(session, cast), make_member(session, cast.region, "Третий", "Олег", role=Role.TUTOR)]
    done = race(
        own_engine,
        *(
            lambda session, other=other: assign(session, cast.dina.actor, Assign(TUTOR, other.person.id, (cast.anna.employee_id,)))
            for other in others
        ),
    )
    assert sorted(done) in (["done", "done"], ["Conflict", "done"])
    with Session(own_engine) as session:
        rows = session.scalars(select(TutorAssignment).where(TutorAssignment.employee_id == cast.anna.employee_id)).all()
        assert sum(row.ends_on is None for row in rows) == 1


def test_two_officers_do_not_pass_the_norm_together(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "NORM", 2)
    with transaction(own_engine) as session:
        cast = make_cast(session)
    done = race(
        own_engine,
        *(
            lambda session, member=member: assign(session, cast.dina.actor, Assign(METHODIST, cast.vera.person.id, (member.employee_id,)))
            for member in (cast.gleb, cast.marina)
        ),
    )
    assert sorted(done) == ["Refused", "done"]


# Moving to another school


def test_a_move_closes_the_post_opens_another_and_ends_the_tutors_access(db: Session, cast: Cast) -> None:
    day = clock.today()
    done = transfer(db, cast.admin.actor, Transfer(cast.anna.employee_id, cast.ozerskaya.id, "учитель алгебры", day))
    posts = db.scalars(select(Employment).where(Employment.employee_id == cast.anna.employee_id).order_by(Employment.id)).all()
    assert [(post.school_id, post.ends_on, post.position) for post in posts] == [
        (cast.lesnovskaya.id, day - timedelta(days=1), "учитель"),
        (cast.ozerskaya.id, None, "учитель алгебры"),
    ]
    assert done.ended == (SupportKind.TUTOR,)  # the regional methodist stays
    target = policy.target_of(db, cast.anna.employee_id)
    assert [policy.allows(actor, Action.PERSON_VIEW, target) for actor in (cast.marina.actor, cast.boris.actor, cast.olga.actor)] == [
        False,
        False,
        True,
    ]


def test_a_municipal_methodist_stays_within_the_municipality(db: Session, cast: Cast) -> None:
    local = municipal_methodist(db, cast)
    assign(db, cast.dina.actor, Assign(METHODIST, local.person.id, (cast.anna.employee_id,)))
    done = transfer(db, cast.admin.actor, Transfer(cast.anna.employee_id, cast.ozerskaya.id, "учитель", clock.today()))
    assert done.ended == (SupportKind.TUTOR, SupportKind.METHODIST)


@pytest.mark.parametrize(
    ("school", "day", "reason"),
    [
        ("lesnovskaya", None, StaffRefusal.SAME_SCHOOL),
        ("far", None, StaffRefusal.SCHOOL_CLOSED),
        ("ozerskaya", clock.today() + timedelta(days=1), StaffRefusal.DAY_IN_FUTURE),
        ("ozerskaya", date(2020, 8, 31), StaffRefusal.DAY_BEFORE_POST),
    ],
)
def test_an_impossible_move_is_refused(db: Session, cast: Cast, school: str, day: date | None, reason: str) -> None:
    key = getattr(cast, school).id if school != "far" else 10_000
    with pytest.raises(Refused) as refused:
        transfer(db, cast.admin.actor, Transfer(cast.anna.employee_id, key, "учитель", day or clock.today()))
    assert refused.value.reason == reason


def test_a_move_to_another_region_is_not_possible(db: Session, cast: Cast) -> None:
    far = db.scalars(select(School).where(School.region_id == cast.other_region.id)).one()
    with pytest.raises(Refused):
        transfer(db, cast.admin.actor, Transfer(cast.anna.employee_id, far.id, "учитель", clock.today()))
    with pytest.raises(NotFound):
        transfer(db, cast.admin.actor, Transfer(cast.stranger.employee_id, cast.ozerskaya.id, "учитель", clock.today()))


@pytest.mark.parametrize("who", ["marina", "dina", "anna"])
def test_only_an_administrator_moves_people(db: Session, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        transfer(db, getattr(cast, who).actor, Transfer(cast.anna.employee_id, cast.ozerskaya.id, "учитель", clock.today()))
