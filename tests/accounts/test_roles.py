"""Roles: two people or a day, never oneself, never over the border of a region (rows 05–08 of the matrix)."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts import roles, sessions
from iom.accounts.models import RoleGrant
from iom.accounts.reasons import AccountRefusal
from iom.accounts.roles import Grant, Unit
from iom.core import clock
from iom.core.actor import Actor, Role, UnitKind
from iom.core.errors import Forbidden, NotFound, Refused
from iom.core.models import AuditEntry
from iom.organizations.models import Provider, School
from iom.policy import Action
from tests.cast import Cast, Member, make_member

REGION = Unit(UnitKind.REGION)
ADMIN_ONLY = [Action.ACCOUNT_DEACTIVATE, Action.ROLE_GRANT]


def second_admin(db: Session, cast: Cast) -> Member:
    return make_member(db, cast.region, "Вторая", "Роза", role=Role.ADMIN)


def held_roles(db: Session, member: Member) -> list[Role]:
    db.flush()
    return [grant.role for grant in sessions.held_grants(db, member.person.id, clock.now())]


@pytest.mark.parametrize("action", ADMIN_ONLY)
def test_only_an_administrator_of_the_region_may_and_never_towards_themselves(db: Session, cast: Cast, action: Action) -> None:
    for doer in cast.everybody:
        for other in cast.everybody:
            target = policy.target_of_person(db, other.person.id)
            expected = doer is cast.admin and other is not cast.admin and other is not cast.stranger
            assert policy.allows(doer.actor, action, target) is expected, (doer.person.last_name, other.person.last_name)


def test_codes_are_given_by_the_administrator_and_the_own_school(db: Session, cast: Cast) -> None:
    allowed = {
        (doer.person.last_name, other.person.last_name)
        for doer in cast.everybody
        for other in cast.everybody
        if policy.allows(doer.actor, Action.CODE_ISSUE, policy.target_of_person(db, other.person.id))
    }
    same_region = {member.person.last_name for member in cast.everybody} - {"Чужая"}
    assert allowed == {("Порядкова", name) for name in same_region - {"Порядкова"}} | {
        ("Шаблонова", "Образцова"),  # the head of Лесновская to her teacher
        ("Пробная", "Шаблонов"),  # the head of Озёрская to hers
    }


def test_a_person_without_employee_record_has_a_target_too(db: Session, cast: Cast) -> None:
    target = policy.target_of_person(db, cast.boris.person.id)
    assert (target.person_id, target.employee_id, target.region_id) == (cast.boris.person.id, None, cast.region.id)
    with pytest.raises(NotFound):
        policy.target_of_person(db, 10**9)


def test_a_role_waits_a_day(db: Session, cast: Cast) -> None:
    row = roles.grant(db, cast.admin.actor, Grant(cast.anna.person.id, Role.TUTOR, REGION))
    assert row.effective_at - row.granted_at == timedelta(hours=24)
    assert held_roles(db, cast.anna) == [Role.EMPLOYEE]
    later = clock.now() + timedelta(hours=24, seconds=1)
    assert [grant.role for grant in sessions.held_grants(db, cast.anna.person.id, later)] == [Role.TUTOR, Role.EMPLOYEE]


def test_a_second_administrator_brings_it_into_force_at_once(db: Session, cast: Cast) -> None:
    roza = second_admin(db, cast)
    row = roles.grant(db, cast.admin.actor, Grant(cast.anna.person.id, Role.TUTOR, REGION))
    roles.confirm(db, roza.actor, row.id)
    assert held_roles(db, cast.anna) == [Role.TUTOR, Role.EMPLOYEE]
    assert row.confirmed_by_id == roza.person.id
    with pytest.raises(Refused) as caught:
        roles.confirm(db, roza.actor, row.id)
    assert caught.value.reason == AccountRefusal.ALREADY_IN_FORCE


def test_nobody_confirms_what_they_granted(db: Session, cast: Cast) -> None:
    row = roles.grant(db, cast.admin.actor, Grant(cast.anna.person.id, Role.TUTOR, REGION))
    with pytest.raises(Refused) as caught:
        roles.confirm(db, cast.admin.actor, row.id)
    assert caught.value.reason == AccountRefusal.OWN_CONFIRMATION
    assert held_roles(db, cast.anna) == [Role.EMPLOYEE]


def test_nobody_grants_confirms_or_revokes_their_own(db: Session, cast: Cast) -> None:
    roza = second_admin(db, cast)
    with pytest.raises(Forbidden):
        roles.grant(db, cast.admin.actor, Grant(cast.admin.person.id, Role.CNPPM_OFFICER, REGION))
    row = roles.grant(db, roza.actor, Grant(cast.admin.person.id, Role.CNPPM_OFFICER, REGION))
    for step in (roles.confirm, roles.revoke):
        with pytest.raises(Forbidden):
            step(db, cast.admin.actor, row.id)


def test_a_revoked_role_is_gone_with_the_next_question_and_its_line_stays(db: Session, cast: Cast) -> None:
    row = db.query(RoleGrant).filter_by(person_id=cast.boris.person.id, role=Role.TUTOR).one()
    roles.revoke(db, cast.admin.actor, row.id)
    assert held_roles(db, cast.boris) == []
    assert row.revoked_at is not None
    with pytest.raises(NotFound):
        roles.revoke(db, cast.admin.actor, row.id)


def test_other_roles_do_none_of_it(db: Session, cast: Cast) -> None:
    for doer in cast.everybody:
        if doer is not cast.admin:
            with pytest.raises((Forbidden, NotFound)):
                roles.grant(db, doer.actor, Grant(cast.gleb.person.id, Role.TUTOR, REGION))
    assert held_roles(db, cast.gleb) == [Role.EMPLOYEE]


def test_people_of_another_region_do_not_exist_here(db: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        roles.grant(db, cast.admin.actor, Grant(cast.stranger.person.id, Role.TUTOR, REGION))


@pytest.mark.parametrize(
    ("role", "kind", "is_possible"),
    [
        (Role.TUTOR, UnitKind.REGION, True),
        (Role.TUTOR, UnitKind.SCHOOL, False),
        (Role.SCHOOL_HEAD, UnitKind.SCHOOL, True),
        (Role.SCHOOL_HEAD, UnitKind.REGION, False),
        (Role.SCHOOL_COORDINATOR, UnitKind.MUNICIPALITY, False),
        (Role.MUNICIPAL_METHODIST, UnitKind.MUNICIPALITY, True),
        (Role.AUTHORITY_VIEWER, UnitKind.REGION, True),
        (Role.AUTHORITY_VIEWER, UnitKind.MUNICIPALITY, True),
        (Role.AUTHORITY_VIEWER, UnitKind.SCHOOL, False),
        (Role.PROVIDER, UnitKind.PROVIDER, True),
        (Role.PROVIDER, UnitKind.REGION, False),
        (Role.ADMIN, UnitKind.MUNICIPALITY, False),
    ],
)
def test_each_role_is_held_in_its_kind_of_unit(db: Session, cast: Cast, role: Role, kind: UnitKind, is_possible: bool) -> None:
    provider = Provider(name="Институт развития образования")
    db.add(provider)
    db.flush()
    ids = {UnitKind.SCHOOL: cast.lesnovskaya.id, UnitKind.MUNICIPALITY: cast.lesnoe.id, UnitKind.PROVIDER: provider.id}
    cmd = Grant(cast.gleb.person.id, role, Unit(kind, ids.get(kind)))
    if is_possible:
        assert roles.grant(db, cast.admin.actor, cmd).unit_kind is kind
    else:
        with pytest.raises(Refused):
            roles.grant(db, cast.admin.actor, cmd)


def test_a_school_of_another_region_is_no_unit_here(db: Session, cast: Cast) -> None:
    far = db.query(School).filter_by(region_id=cast.other_region.id).one()
    with pytest.raises(Refused):
        roles.grant(db, cast.admin.actor, Grant(cast.gleb.person.id, Role.SCHOOL_HEAD, Unit(UnitKind.SCHOOL, far.id)))
    with pytest.raises(Refused):
        roles.grant(db, cast.admin.actor, Grant(cast.gleb.person.id, Role.SCHOOL_HEAD, Unit(UnitKind.SCHOOL)))


def test_the_same_role_twice_in_one_place_is_refused_in_two_places_it_is_not(db: Session, cast: Cast) -> None:
    first = Grant(cast.gleb.person.id, Role.SCHOOL_HEAD, Unit(UnitKind.SCHOOL, cast.lesnovskaya.id))
    roles.grant(db, cast.admin.actor, first)
    with pytest.raises(Refused) as caught:
        roles.grant(db, cast.admin.actor, first)
    assert caught.value.reason == AccountRefusal.ROLE_HELD
    roles.grant(db, cast.admin.actor, Grant(cast.gleb.person.id, Role.SCHOOL_HEAD, Unit(UnitKind.SCHOOL, cast.ozerskaya.id)))


def test_two_roles_never_mix(db: Session, cast: Cast) -> None:
    """Head of one school and methodist of another municipality: nothing extra in either."""
    head = Actor(cast.gleb.person.id, cast.region.id, Role.SCHOOL_HEAD, school_id=cast.lesnovskaya.id)
    methodist = Actor(cast.gleb.person.id, cast.region.id, Role.MUNICIPAL_METHODIST, municipality_id=cast.ozernoe.id)
    anna = policy.target_of(db, cast.anna.employee_id)
    assert policy.allows(head, Action.PERSON_VIEW, anna)
    assert not policy.allows(methodist, Action.PERSON_VIEW, anna)
    assert not policy.allows(methodist, Action.ROUTE_APPROVE, anna)


def test_every_step_is_journalled(db: Session, cast: Cast) -> None:
    roza = second_admin(db, cast)
    row = roles.grant(db, cast.admin.actor, Grant(cast.anna.person.id, Role.SCHOOL_HEAD, Unit(UnitKind.SCHOOL, cast.lesnovskaya.id)))
    roles.confirm(db, roza.actor, row.id)
    roles.revoke(db, roza.actor, row.id)
    db.commit()
    lines = db.query(AuditEntry).filter_by(action=Action.ROLE_GRANT).order_by(AuditEntry.id).all()
    place = f"school_head@school:{cast.lesnovskaya.id}"
    assert [line.reason for line in lines] == [f"granted {place}", f"confirmed {place}", f"revoked {place}"]
    assert {line.subject_id for line in lines} == {cast.anna.person.id}
    assert [line.actor_id for line in lines] == [cast.admin.person.id, roza.person.id, roza.person.id]
