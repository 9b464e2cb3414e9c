"""Staff lists against the database: every row new, changed, the same or refused; written once, taken back as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session

from iom.accounts.models import Account, Person, RoleGrant
from iom.core.actor import Actor, Role
from iom.core.errors import Forbidden, NotFound, Refused
from iom.core.models import AuditEntry, ImportBatch, ImportState
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.models import Employee, Employment, Municipality, School
from iom.organizations.staff_import import batches, texts, wire
from iom.organizations.staff_import.kinds import VerdictKind
from iom.support.models import TutorAssignment
from tests.cast import START, Cast, make_cast, make_member, make_school

HEAD = "teacher_code;last_name;first_name;middle_name;org_code;post;subject_code;category;birth_year;email;active"
NEW = "77;Новая;Нина;Ильинична;;учитель физики;физика;первая;1990;nina@example.org;да"


def check(db: Session, actor: Actor, *lines: str, head: str = HEAD) -> ImportBatch:
    return batches.check(db, actor, "staff.csv", "\n".join((head, *lines)).encode())


def kinds(batch: ImportBatch) -> list[str]:
    return [line["kind"] for line in batch.verdicts]


def reasons(batch: ImportBatch) -> list[str]:
    return [line["reason"] for line in batch.verdicts if line["kind"] == VerdictKind.REFUSED]


def changes(batch: ImportBatch, row: int = 0) -> dict[str, Any]:
    return {change[0].partition(":")[0]: tuple(change[1:]) for change in batch.verdicts[row]["changes"]}


def load(db: Session, actor: Actor, *lines: str, head: str = HEAD) -> ImportBatch:
    batch = check(db, actor, *lines, head=head)
    assert batches.confirm(db, actor, batch.id).is_written
    return batch


def people(db: Session) -> list[str]:
    return list(db.scalars(select(Person.last_name).order_by(Person.last_name, Person.id)))


# New people


def test_a_check_writes_nothing_but_the_batch(db: Session, cast: Cast) -> None:
    before = people(db)
    batch = check(db, cast.marina.actor, NEW)
    assert kinds(batch) == ["new"]
    assert batch.counts == {"new": 1, "changed": 0, "same": 0, "refused": 0}
    assert people(db) == before
    assert batch.state is ImportState.CHECKED


def test_a_new_person_gets_a_post_an_account_without_password_and_one_role(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, NEW)
    employee = db.scalars(select(Employee).join(Person).where(Person.last_name == "Новая")).one()
    assert (employee.code, employee.category, employee.qualification_category) == (
        "S1-77",
        EmployeeCategory.TEACHER,
        QualificationCategory.FIRST,
    )
    assert [subject.title for subject in employee.subjects] == [cast.gleb.employee.subjects[0].title]
    assert [(post.school_id, post.position, post.is_main) for post in employee.employments] == [
        (cast.lesnovskaya.id, "учитель физики", True)
    ]
    assert (employee.person.birth_year, employee.person.email) == (1990, "nina@example.org")
    account = db.scalars(select(Account).where(Account.person_id == employee.person_id)).one()
    assert (account.login, account.password_hash, account.is_active) == ("s1-77", None, True)
    assert [grant.role for grant in db.scalars(select(RoleGrant).where(RoleGrant.person_id == employee.person_id))] == [Role.EMPLOYEE]


def test_the_same_file_again_changes_nothing(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, NEW)
    again = check(db, cast.marina.actor, NEW)
    assert kinds(again) == ["same"]
    assert again.verdicts[0]["changes"] == []


def test_a_centre_keeps_the_codes_of_its_file(db: Session, cast: Cast) -> None:
    load(db, cast.dina.actor, NEW.replace(";;учитель", ";S2;учитель").replace("77;", "R-77;", 1))
    assert db.scalars(select(Employee.code).join(Person).where(Person.last_name == "Новая")).one() == "R-77"


def test_people_without_codes_get_the_schools_next_number(db: Session, cast: Cast) -> None:
    lines = [f";Безкодов;{name};;;учитель;;;;;" for name in ("Павел", "Семён")]
    load(db, cast.marina.actor, *lines)
    codes = list(db.scalars(select(Employee.code).join(Person).where(Person.last_name == "Безкодов").order_by(Employee.id)))
    assert codes == ["S1-001", "S1-002"]
    assert kinds(check(db, cast.marina.actor, *lines)) == ["same", "same"]


def test_two_posts_of_one_new_person_are_one_person(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, NEW, NEW.replace("учитель физики", "заместитель директора"))
    assert kinds(batch) == ["new", "new"]
    employee = db.scalars(select(Employee).join(Person).where(Person.last_name == "Новая")).one()
    assert [(post.position, post.is_main) for post in employee.employments] == [("учитель физики", True), ("заместитель директора", False)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (NEW.replace("учитель физики", ""), "no_post"),
        (NEW.replace("Нина", "Н."), "initials_only"),
        (NEW.replace("физика", "алхимия"), "unknown_subject"),
        (NEW.replace("nina@example.org", "nina"), "bad_email"),
        (NEW.replace("Новая;Нина", ";Нина"), "missing_name"),
    ],
)
def test_a_refused_row_names_its_reason_and_makes_nobody(db: Session, cast: Cast, line: str, reason: str) -> None:
    before = people(db)
    batch = check(db, cast.marina.actor, line)
    assert reasons(batch) == [reason]
    assert texts.sentence(batch.verdicts[0]).replace("\u00a0", " ").startswith("строка 2")
    batches.confirm(db, cast.marina.actor, batch.id)
    assert people(db) == before


def test_a_second_post_of_a_refused_person_is_refused_too(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, NEW.replace("Нина", "Н."), NEW.replace("Нина", "Н.").replace("учитель физики", "методист"))
    assert reasons(batch) == ["initials_only", "first_row_refused"]


def test_good_rows_are_loaded_beside_refused_ones(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, NEW, "78;Плохая;Анна;;;;;;;;")
    assert "Новая" in people(db)
    assert "Плохая" not in people(db)


# Known people

ANNA = "T1;Образцова;Анна;;;учитель;математика;;;;да"


def test_a_row_that_says_what_is_known_is_the_same(db: Session, cast: Cast) -> None:
    assert kinds(check(db, cast.marina.actor, ANNA)) == ["same"]


def test_changed_values_are_shown_before_and_after(db: Session, cast: Cast) -> None:
    batch = check(
        db,
        cast.marina.actor,
        ANNA.replace("учитель", "учитель математики").replace("математика;;;", "математика, физика;высшая;1985;a@example.org"),
    )
    found = changes(batch)
    assert found["position"] == ("учитель", "учитель математики")
    assert found["qualification_category"] == ("none", "highest")
    assert found["birth_year"] == (None, 1985)
    assert found["email"] == (None, "a@example.org")
    assert set(found) == {"position", "qualification_category", "birth_year", "email", "subjects"}


def test_confirmed_changes_are_written(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, ANNA.replace("учитель", "директор школы"))
    db.expire_all()
    assert cast.anna.employee is not None
    assert [post.position for post in cast.anna.employee.employments] == ["директор школы"]
    assert cast.anna.employee.category is EmployeeCategory.MANAGER  # the new post is a manager's


def test_a_category_set_by_hand_stays_while_the_kind_of_post_does(db: Session, cast: Cast) -> None:
    cast.anna.employee.category = EmployeeCategory.MANAGER  # type: ignore[union-attr]
    db.flush()
    assert set(changes(check(db, cast.marina.actor, ANNA.replace("учитель", "учитель алгебры")))) == {"position"}


def test_an_empty_cell_and_an_absent_column_leave_values_alone(db: Session, cast: Cast) -> None:
    assert kinds(check(db, cast.marina.actor, "T1;Образцова;Анна", head="teacher_code;last_name;first_name")) == ["same"]


def test_initials_and_dots_of_a_letter_do_not_make_another_person(db: Session, cast: Cast) -> None:
    assert kinds(check(db, cast.marina.actor, ANNA.replace("Анна", "А."))) == ["same"]


def test_leaving_closes_the_post_and_keeps_it(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, ANNA.replace(";да", ";нет"))
    assert set(changes(batch)) == {"post_closed"}
    post = db.scalars(select(Employment).where(Employment.employee_id == cast.anna.employee_id)).one()
    assert post.ends_on is not None
    assert kinds(check(db, cast.marina.actor, ANNA.replace(";да", ";нет"))) == ["same"]  # known to have left, unknown here: nothing to do


def test_one_post_closed_and_another_opened_keep_a_main_post(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, ANNA.replace(";да", ";нет"), ANNA.replace("учитель", "методист"))
    posts = db.scalars(select(Employment).where(Employment.employee_id == cast.anna.employee_id).order_by(Employment.id)).all()
    assert [(post.position, post.is_main, post.ends_on is None) for post in posts] == [("учитель", True, False), ("методист", True, True)]


def test_a_second_post_at_the_own_school_is_a_further_one(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, ANNA, ANNA.replace("учитель", "руководитель кружка"))
    posts = db.scalars(select(Employment).where(Employment.employee_id == cast.anna.employee_id).order_by(Employment.id)).all()
    assert [(post.position, post.is_main) for post in posts] == [("учитель", True), ("руководитель кружка", False)]


def test_a_code_of_somebody_else_is_refused(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, ANNA.replace("Образцова;Анна", "Петрова;Ольга"))
    assert reasons(batch) == ["name_differs"]
    assert "Образцова Анна" in texts.sentence(batch.verdicts[0])


def test_a_namesake_under_another_code_is_not_doubled(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, ANNA.replace("T1;", "900;"))
    assert reasons(batch) == ["known_under_code"]


def test_years_of_birth_tell_namesakes_apart(db: Session, cast: Cast) -> None:
    cast.anna.person.birth_year = 1985
    db.flush()
    assert kinds(check(db, cast.marina.actor, "900;Образцова;Анна;;;учитель;;;1999;;")) == ["new"]


def test_several_of_one_name_need_a_code(db: Session, cast: Cast) -> None:
    make_member(db, cast.region, "Образцова", "Анна", school=cast.lesnovskaya, code="T9")
    assert reasons(check(db, cast.marina.actor, ANNA.replace("T1;", ";", 1))) == ["several_people"]


def test_a_move_between_schools_is_not_an_import(db: Session, cast: Cast) -> None:
    assert reasons(check(db, cast.dina.actor, "T1;Образцова;Анна;;S2;учитель;;;;;")) == ["works_elsewhere"]


def test_a_post_at_a_second_school_needs_the_row_of_the_first(db: Session, cast: Cast) -> None:
    load(db, cast.dina.actor, "T1;Образцова;Анна;;S1;учитель;;;;;", "T1;Образцова;Анна;;S2;учитель физики;;;;;")
    posts = db.scalars(select(Employment).where(Employment.employee_id == cast.anna.employee_id).order_by(Employment.id)).all()
    assert [(post.school_id, post.is_main) for post in posts] == [(cast.lesnovskaya.id, True), (cast.ozerskaya.id, False)]


# Whose rows (S-104, S-105)


@pytest.mark.parametrize("code", ["S2", "S999"])
def test_another_school_and_no_school_at_all_are_refused_alike(db: Session, cast: Cast, code: str) -> None:
    batch = check(db, cast.marina.actor, NEW.replace(";;учитель", f";{code};учитель"))
    assert reasons(batch) == ["other_school"]
    assert texts.sentence(batch.verdicts[0]).replace(code, "X") == texts.sentence(
        check(db, cast.marina.actor, NEW.replace(";;учитель", ";S3;учитель")).verdicts[0]
    ).replace("S3", "X")


@pytest.mark.parametrize("code", ["T2", "T555"])
def test_a_code_used_elsewhere_looks_like_any_new_code(db: Session, cast: Cast, code: str) -> None:
    """T2 is Глеб's in another municipality; nothing tells that to the head of Лесновская."""
    line = NEW.replace("77;", f"{code};", 1)
    batch = load(db, cast.marina.actor, line)
    assert kinds(batch) == ["new"]
    assert db.scalars(select(Employee.code).join(Person).where(Person.last_name == "Новая")).one() == f"S1-{code}"


def test_a_municipality_reaches_its_schools_only(db: Session, cast: Cast) -> None:
    actor = Actor(cast.vera.person.id, cast.region.id, Role.MUNICIPAL_METHODIST, municipality_id=cast.ozernoe.id)
    batch = check(db, actor, NEW.replace(";;учитель", ";S2;учитель"), NEW.replace("77;", "78;").replace(";;учитель", ";S1;учитель"))
    assert kinds(batch) == ["new", "refused"]


def test_another_regions_school_does_not_exist_here(db: Session, cast: Cast) -> None:
    far = db.scalars(select(School).where(School.region_id == cast.other_region.id)).one()
    far.code = "FAR"
    db.flush()
    assert reasons(check(db, cast.dina.actor, NEW.replace(";;учитель", ";FAR;учитель"))) == ["other_school"]


def test_a_regional_list_must_name_the_school(db: Session, cast: Cast) -> None:
    assert reasons(check(db, cast.dina.actor, NEW)) == ["no_school"]


def test_schools_are_found_by_name_and_namesakes_are_not_guessed(db: Session, cast: Cast) -> None:
    line = "77;Новая;Нина;Лесновская СОШ;учитель"
    head = "teacher_code;last_name;first_name;school;post"
    assert kinds(check(db, cast.dina.actor, line, head=head)) == ["new"]
    make_school(db, db.get_one(Municipality, cast.ozernoe.id), "S7", "Лесновская СОШ")
    assert reasons(check(db, cast.dina.actor, line, head=head)) == ["ambiguous_school"]


def test_a_closed_school_takes_nobody(db: Session, cast: Cast) -> None:
    cast.ozerskaya.is_active = False
    db.flush()
    assert reasons(check(db, cast.dina.actor, NEW.replace(";;учитель", ";S2;учитель"))) == ["other_school"]


@pytest.mark.parametrize("who", ["anna", "boris", "vera"])
def test_others_may_not_load_lists(db: Session, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        check(db, getattr(cast, who).actor, NEW)


def test_the_address_of_somebody_who_has_entered_stays(db: Session, cast: Cast) -> None:
    cast.anna.person.email, cast.anna.account.password_hash = "own@example.org", "hash"
    db.flush()
    batch = check(db, cast.marina.actor, ANNA.replace(";;;;да", ";;;thief@example.org;да"))
    assert kinds(batch) == ["same"]
    assert batch.verdicts[0]["email_kept"]
    load(db, cast.marina.actor, ANNA.replace(";;;;да", ";первая;;thief@example.org;да"))
    assert cast.anna.person.email == "own@example.org"


def test_columns_of_rights_are_no_columns(db: Session, cast: Cast) -> None:
    load(db, cast.marina.actor, f"{NEW};admin;1;approved", head=f"{HEAD};role;is_admin;status")
    person = db.scalars(select(Person).where(Person.last_name == "Новая")).one()
    assert [grant.role for grant in db.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id))] == [Role.EMPLOYEE]


def test_nobody_corrects_their_own_row(db: Session, cast: Cast) -> None:
    own = "T3;Шаблонова;Марина;;;директор;;высшая;;;"
    assert reasons(check(db, cast.marina.actor, own)) == ["own_row"]
    assert kinds(check(db, cast.marina.actor, own.replace("высшая", ""))) == ["same"]


# Confirmation


def test_a_batch_is_written_once(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, NEW)
    with pytest.raises(Refused):
        batches.confirm(db, cast.marina.actor, batch.id)


def test_what_changed_since_the_check_is_shown_again_before_writing(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, ANNA.replace("учитель", "методист"))
    db.execute(text("UPDATE employments SET position = 'логопед' WHERE employee_id = :id"), {"id": cast.anna.employee_id})
    db.expire_all()
    assert not batches.confirm(db, cast.marina.actor, batch.id).is_written
    assert changes(batch)["position"] == ("логопед", "методист")
    assert batches.confirm(db, cast.marina.actor, batch.id).is_written


def test_another_persons_batch_is_not_there(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, NEW)
    for actor in (cast.olga.actor, cast.dina.actor):
        with pytest.raises(NotFound):
            batches.confirm(db, actor, batch.id)


def test_a_batch_of_one_school_is_not_confirmed_in_another(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, NEW)
    with pytest.raises(NotFound):
        batches.confirm(db, replace(cast.marina.actor, school_id=cast.ozerskaya.id), batch.id)


def test_a_cancelled_batch_is_not_written(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, NEW)
    batches.cancel(db, cast.marina.actor, batch.id)
    with pytest.raises(Refused):
        batches.confirm(db, cast.marina.actor, batch.id)


def test_the_journal_says_who_loaded_how_much(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, NEW)
    db.commit()
    entry = db.scalars(select(AuditEntry).where(AuditEntry.object_type == "import_batch")).one()
    assert (entry.actor_id, entry.object_id, entry.action) == (cast.marina.person.id, batch.id, "31_staff_import")
    assert "'new': 1" in entry.reason


def test_a_file_survives_its_journey_through_json(db: Session, cast: Cast) -> None:
    batch = check(db, cast.marina.actor, NEW, ANNA, "78;;Анна;;;учитель;;;;;")
    db.flush()
    db.refresh(batch)
    file = batches.stored_file(batch)
    assert [wire.row_to_json(row) for row in file.rows] == [line["values"] for line in batch.verdicts if "cells" not in line["values"]]
    assert [(row.row, str(row.reason)) for row in file.rejected] == [(4, "missing_name")]
    assert batch.verdicts[2]["values"]["cells"]["first_name"] == "Анна"


# Undo (S-109)


def everything(db: Session) -> Any:
    """Return all rows that an import may write, so that before and after can be compared."""
    db.flush()
    db.expire_all()
    tables = ("people", "employees", "employments", "accounts", "role_grants", "employee_subjects")
    order = {"employee_subjects": "employee_id, subject_id"}
    return {name: db.execute(text(f"SELECT * FROM {name} ORDER BY {order.get(name, 'id')}")).all() for name in tables}


FILE = (
    NEW,
    NEW.replace("учитель физики", "заместитель директора"),
    ";Безкодов;Павел;;;учитель;;;;;",
    ANNA.replace("учитель", "директор").replace(";математика;", ";физика;").replace(";;;;да", ";высшая;1985;a@example.org;да"),
)


def test_an_undo_brings_everything_back(db: Session, cast: Cast) -> None:
    before = everything(db)
    batch = load(db, cast.marina.actor, *FILE)
    assert everything(db) != before
    assert batches.undo(db, cast.marina.actor, batch.id) == []
    assert everything(db) == before
    assert batch.state is ImportState.CANCELLED
    with pytest.raises(Refused):
        batches.undo(db, cast.marina.actor, batch.id)


def test_an_undo_opens_a_closed_post_and_takes_the_new_main_one_away(db: Session, cast: Cast) -> None:
    before = everything(db)
    batch = load(db, cast.marina.actor, ANNA.replace(";да", ";нет"), ANNA.replace("учитель", "методист"))
    assert batches.undo(db, cast.marina.actor, batch.id) == []
    assert everything(db) == before


def test_a_row_touched_since_is_left_and_named(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, ANNA.replace("учитель", "методист").replace(";;;;да", ";высшая;;;да"), NEW)
    cast.anna.employee.qualification_category = QualificationCategory.FIRST  # type: ignore[union-attr]
    db.flush()
    assert batches.undo(db, cast.marina.actor, batch.id) == [2]
    db.expire_all()
    assert [post.position for post in cast.anna.employee.employments] == ["методист"]  # type: ignore[union-attr]
    assert "Новая" not in people(db)


def test_a_person_who_has_entered_is_not_taken_away(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, NEW)
    account = db.scalars(select(Account).where(Account.login == "s1-77")).one()
    account.password_hash = "hash"
    db.flush()
    assert batches.undo(db, cast.marina.actor, batch.id) == [2]
    assert "Новая" in people(db)


def test_a_person_on_whom_something_rests_is_not_taken_away(db: Session, cast: Cast) -> None:
    batch = load(db, cast.marina.actor, NEW, NEW.replace("77;Новая", "78;Вторая"))
    employee = db.scalars(select(Employee).join(Person).where(Person.last_name == "Новая")).one()
    db.add(
        TutorAssignment(
            region_id=cast.region.id,
            employee_id=employee.id,
            tutor_id=cast.boris.person.id,
            starts_on=date(2026, 11, 24),
            assigned_at=START,
        )
    )
    db.flush()
    assert batches.undo(db, cast.marina.actor, batch.id) == [2]
    assert "Новая" in people(db)
    assert "Вторая" not in people(db)


EDITS = ("position", "category", "subjects", "qualification", "birth_year", "email", "nothing")


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session of its own for one example."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@given(edits=st.lists(st.sampled_from(EDITS), max_size=3), data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_import_edits_undo(shared_engine: Engine, edits: list[str], data: st.DataObject) -> None:
    """Whatever is edited in between, an undo restores untouched rows exactly and leaves touched ones exactly."""
    with rolled_back(shared_engine) as db:
        cast = make_cast(db)
        before = everything(db)
        batch = load(db, cast.marina.actor, *FILE)
        anna = cast.anna.employee
        assert anna is not None
        for edit in edits:
            if edit == "position":
                next(post for post in anna.employments if post.ends_on is None).position = data.draw(st.sampled_from(["директор", "завуч"]))
            elif edit == "category":
                anna.category = data.draw(st.sampled_from(list(EmployeeCategory)))
            elif edit == "subjects":
                anna.subjects = []
            elif edit == "qualification":
                anna.qualification_category = data.draw(st.sampled_from(list(QualificationCategory)))
            elif edit == "birth_year":
                anna.person.birth_year = data.draw(st.sampled_from([1985, 1986]))
            elif edit == "email":
                anna.person.email = data.draw(st.sampled_from(["a@example.org", "b@example.org"]))
            db.flush()
        edited = everything(db)
        touched = batches.undo(db, cast.marina.actor, batch.id)
        after = everything(db)
        assert touched in ([], [5])
        if not touched:
            assert after == before
        else:
            mine = lambda rows: [row for row in rows if row.id == anna.id]
            assert mine(after["employees"]) == mine(edited["employees"])
            assert len(after["people"]) == len(before["people"])


def test_twenty_thousand_rows_would_take_constant_statements(db: Session, cast: Cast) -> None:
    """The number of statements of a check does not grow with rows: 40 rows and 4 rows ask alike."""

    def asked(count: int) -> int:
        seen: list[str] = []
        listener = lambda conn, cursor, statement, *rest: seen.append(statement)
        event.listen(db.get_bind(), "before_cursor_execute", listener)
        try:
            check(db, cast.marina.actor, *(f"N{count}-{number};Массовая;Имя;;;учитель;;;19{number + 50};;" for number in range(count)))
        finally:
            event.remove(db.get_bind(), "before_cursor_execute", listener)
        return len(seen)

    assert asked(4) == asked(40)
