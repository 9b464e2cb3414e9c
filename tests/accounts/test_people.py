"""What an administrator and a school do with accounts, and whom they see."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts import entering, factors, people, people_queries, sessions
from iom.accounts.kinds import AccountState, CodePurpose
from iom.accounts.models import Account, Person, SignInSession
from iom.accounts.people import AddPerson
from iom.accounts.people_queries import PeopleFilter
from iom.accounts.reasons import AccountRefusal
from iom.core import clock
from iom.core.actor import Actor, Role
from iom.core.errors import Forbidden, NotFound, Refused
from tests.cast import Cast, make_member
from tests.site import moment

NOW = moment(24)


def names(db: Session, cast: Cast, **chosen: object) -> list[str]:
    page = people_queries.list_people(db, cast.admin.actor, PeopleFilter(**chosen), 1)  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [row.last_name for row in page.rows]


def test_the_list_holds_the_own_region_by_surname(db: Session, cast: Cast) -> None:
    everybody = ["Образцова", "Порядкова", "Примеров", "Пробная", "Условная", "Шаблонов", "Шаблонова", "Эталонова"]
    assert names(db, cast) == everybody


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("шаблон",), ["Шаблонов", "Шаблонова"]),
        (("ШАБЛОН", "глеб"), ["Шаблонов"]),
        (("Анна",), ["Образцова"]),
        (("T1",), ["Образцова"]),
        (("t2",), ["Шаблонов"]),
        (("%",), []),
        (("_",), []),
        (("чужая",), []),
    ],
)
def test_people_are_found_by_the_beginning_of_a_name_or_code(db: Session, cast: Cast, words: tuple[str, ...], found: list[str]) -> None:
    assert names(db, cast, words=words) == found


def test_people_are_found_by_login_role_school_and_state(db: Session, cast: Cast) -> None:
    cast.gleb.account.is_active = False
    cast.anna.account.password_hash = "x"
    db.flush()
    assert names(db, cast, words=(cast.dina.account.login.upper(),)) == ["Эталонова"]
    assert names(db, cast, role=Role.SCHOOL_HEAD) == ["Пробная", "Шаблонова"]
    assert names(db, cast, school_id=cast.lesnovskaya.id) == ["Образцова", "Шаблонова"]
    assert names(db, cast, state=AccountState.CLOSED) == ["Шаблонов"]
    assert names(db, cast, state=AccountState.ACTIVE) == ["Образцова"]
    assert len(names(db, cast, state=AccountState.NO_ENTRY)) == 6


def test_pages_do_not_overlap(db: Session, cast: Cast) -> None:
    for number in range(30):
        make_member(db, cast.region, f"Листова{number:02}", "Ада")
    pages = [people_queries.list_people(db, cast.admin.actor, PeopleFilter(), page) for page in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [25, 13, 0]
    assert {page.total for page in pages} == {38}
    assert len({row.person_id for page in pages for row in page.rows}) == 38


def test_only_an_administrator_sees_the_list_and_a_card_stays_in_its_region(db: Session, cast: Cast) -> None:
    for member in cast.everybody:
        if member is not cast.admin:
            with pytest.raises(Forbidden):
                people_queries.list_people(db, member.actor, PeopleFilter(), 1)
    with pytest.raises(NotFound):
        people_queries.get_card(db, cast.admin.actor, cast.stranger.person.id, NOW)


def test_a_closed_account_ends_its_sessions_and_opens_again(db: Session, cast: Cast) -> None:
    sessions.start(db, cast.anna.account, NOW, address="10.0.0.1", device="test")
    people.deactivate(db, cast.admin.actor, cast.anna.person.id, NOW)
    assert not db.get_one(Account, cast.anna.account.id).is_active
    assert db.scalars(select(SignInSession.ended_at)).all() == [NOW]
    people.reactivate(db, cast.admin.actor, cast.anna.person.id)
    assert db.get_one(Account, cast.anna.account.id).is_active


def test_an_administrator_does_none_of_it_to_themselves(db: Session, cast: Cast) -> None:
    own = cast.admin.person.id
    for step in (
        lambda: people.deactivate(db, cast.admin.actor, own, NOW),
        lambda: people.end_sessions(db, cast.admin.actor, own, NOW),
        lambda: people.remove_factor(db, cast.admin.actor, own, NOW),
        lambda: people.issue(db, cast.admin.actor, own, CodePurpose.RESET, NOW),
    ):
        with pytest.raises(Forbidden):
            step()


def test_a_head_gives_codes_to_the_own_teachers_only(db: Session, cast: Cast) -> None:
    head = cast.marina.actor
    code = people.issue(db, head, cast.anna.person.id, CodePurpose.PRINTED, NOW)
    db.flush()
    assert entering.is_right_code(entering.find_printed(db, cast.anna.account.login, NOW), code)
    with pytest.raises(NotFound):
        people.issue(db, head, cast.gleb.person.id, CodePurpose.PRINTED, NOW)
    with pytest.raises(Forbidden):
        people.issue(db, head, cast.marina.person.id, CodePurpose.PRINTED, NOW)
    with pytest.raises(Forbidden):
        people.issue(db, cast.boris.actor, cast.anna.person.id, CodePurpose.PRINTED, NOW)


def test_a_school_never_gets_hold_of_wider_rights_than_a_teachers(db: Session, cast: Cast) -> None:
    teacher_and_admin = make_member(db, cast.region, "Двойная", "Ия", role=Role.ADMIN, school=cast.lesnovskaya, code="T9")
    with pytest.raises(Refused) as caught:
        people.issue(db, cast.marina.actor, teacher_and_admin.person.id, CodePurpose.PRINTED, NOW)
    assert caught.value.reason == AccountRefusal.WIDER_RIGHTS
    assert people.issue(db, cast.admin.actor, teacher_and_admin.person.id, CodePurpose.PRINTED, NOW)


def test_an_administrators_factor_is_not_removed_here(db: Session, cast: Cast) -> None:
    other = make_member(db, cast.region, "Вторая", "Роза", role=Role.ADMIN)
    with pytest.raises(Refused) as caught:
        people.remove_factor(db, cast.admin.actor, other.person.id, NOW)
    assert caught.value.reason == AccountRefusal.FACTOR_OF_ADMIN
    db.get_one(Account, cast.dina.account.id).totp_secret = "S" * 32
    db.flush()
    people.remove_factor(db, cast.admin.actor, cast.dina.person.id, NOW)
    assert not factors.is_right(db, cast.dina.account.id, "000000", NOW)
    assert db.get_one(Account, cast.dina.account.id).totp_secret is None


def test_a_taken_login_is_refused_and_the_transaction_goes_on(db: Session, cast: Cast) -> None:
    taken = AddPerson("Новая", "Нора", "", cast.anna.account.login.upper())
    with pytest.raises(Refused) as caught:
        people.add(db, cast.admin.actor, taken, NOW)
    assert caught.value.reason == AccountRefusal.LOGIN_TAKEN
    account = people.add(db, cast.admin.actor, AddPerson(" Новая ", "Нора", "", "P-77"), NOW)
    person = db.get_one(Person, account.person_id)
    assert (account.login, person.last_name, person.email, person.region_id) == ("p-77", "Новая", None, cast.region.id)
    assert account.password_hash is None


def test_the_sheet_lists_own_staff_without_password_and_without_wider_roles(db: Session, cast: Cast) -> None:
    make_member(db, cast.region, "Двойная", "Ия", role=Role.TUTOR, school=cast.lesnovskaya, code="T9")
    ready = make_member(db, cast.region, "Готовая", "Ева", school=cast.lesnovskaya, code="T10")
    ready.account.password_hash = "x"
    db.flush()
    listed = people_queries.list_without_entry(db, cast.marina.actor, cast.lesnovskaya.id, NOW)
    assert [row.last_name for row in listed] == ["Образцова"]
    assert people_queries.list_without_entry(db, cast.marina.actor, cast.ozerskaya.id, NOW) == []
    for_admin = people_queries.list_without_entry(db, cast.admin.actor, cast.lesnovskaya.id, NOW)
    assert [row.last_name for row in for_admin] == ["Двойная", "Образцова", "Шаблонова"]
    assert people_queries.list_without_entry(db, cast.boris.actor, cast.lesnovskaya.id, NOW) == []


def test_the_sheet_shows_until_when_a_code_lives(db: Session, cast: Cast) -> None:
    people.issue(db, cast.marina.actor, cast.anna.person.id, CodePurpose.PRINTED, NOW)
    db.flush()
    (row,) = people_queries.list_without_entry(db, cast.marina.actor, cast.lesnovskaya.id, NOW)
    assert row.code_expires_at == moment(8, month=12)


def test_someone_of_another_region_is_nobody_to_this_administrator(db: Session, cast: Cast) -> None:
    actor = Actor(cast.admin.person.id, cast.other_region.id, Role.ADMIN)
    with pytest.raises(NotFound):
        people.deactivate(db, actor, cast.anna.person.id, clock.now())
