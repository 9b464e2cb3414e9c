"""The journal as it is searched, and who looked as the owner sees it (S-77 to S-82)."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from iom.accounts import journal_queries
from iom.accounts.journal_queries import PAGE, JournalFilter
from iom.core import audit, clock
from iom.core.database import transaction
from iom.core.errors import Forbidden
from iom.core.models import AuditEntry, Outcome
from iom.policy import Action
from tests.cast import Cast


@pytest.fixture
def lines(db: Session, cast: Cast) -> Cast:
    """Boris looked twice, was refused once; Anna did something; another region and nobody at all left a line."""
    audit.record(db, cast.boris.actor, Action.PROFILE_VIEW, object_type="employee", object_id=1, subject_id=cast.anna.person.id)
    audit.record(db, cast.vera.actor, Action.ROUTE_VIEW, object_type="route", object_id=12, subject_id=cast.anna.person.id)
    audit.record(db, cast.gleb.actor, Action.PROFILE_VIEW, object_type="employee", subject_id=cast.anna.person.id, outcome=Outcome.REFUSED)
    audit.record(db, cast.anna.actor, Action.CONSENT, object_type="consent", object_id=12, subject_id=cast.anna.person.id)
    audit.record(db, cast.stranger.actor, Action.CONSENT, subject_id=cast.stranger.person.id)
    audit.record(db, None, "sign_in", outcome=Outcome.FAILED, address="10.0.0.9")
    db.commit()
    return cast


def found(db: Session, cast: Cast, **chosen: object) -> list[tuple[str, str]]:
    lines = journal_queries.search(db, cast.admin.actor, JournalFilter(**chosen))  # type: ignore[arg-type]
    return [(line.actor_last or "", line.action) for line in lines]


PROFILE, ROUTE, CONSENT = Action.PROFILE_VIEW, Action.ROUTE_VIEW, Action.CONSENT


def test_the_newest_come_first_and_other_regions_never(db: Session, lines: Cast) -> None:
    assert found(db, lines) == [
        ("", "sign_in"),
        ("Образцова", CONSENT),
        ("Шаблонов", PROFILE),
        ("Условная", ROUTE),
        ("Примеров", PROFILE),
    ]


def test_it_is_searched_by_person_action_object_and_outcome(db: Session, lines: Cast) -> None:
    assert found(db, lines, person_id=lines.boris.person.id) == [("Примеров", PROFILE)]
    assert len(found(db, lines, person_id=lines.anna.person.id)) == 4
    assert found(db, lines, words=("услов",)) == [("Условная", ROUTE)]
    assert found(db, lines, words=("никто",)) == []
    assert found(db, lines, action=PROFILE) == [("Шаблонов", PROFILE), ("Примеров", PROFILE)]
    assert found(db, lines, object_type="route", object_id=12) == [("Условная", ROUTE)]
    assert found(db, lines, object_id=12) == [("Образцова", CONSENT), ("Условная", ROUTE)]
    assert found(db, lines, outcome=Outcome.REFUSED) == [("Шаблонов", PROFILE)]


def test_it_is_searched_by_period(db: Session, lines: Cast) -> None:
    now = clock.now()
    assert len(found(db, lines, since=now - timedelta(minutes=5), until=now + timedelta(minutes=5))) == 5
    assert found(db, lines, until=now - timedelta(minutes=5)) == []
    assert found(db, lines, since=now + timedelta(minutes=5)) == []
    assert found(db, lines, since=now + timedelta(days=5)) == []


def test_only_an_administrator_reads_it(db: Session, lines: Cast) -> None:
    for member in lines.everybody:
        if member is not lines.admin:
            with pytest.raises(Forbidden):
                journal_queries.search(db, member.actor, JournalFilter())


def test_pages_go_by_key_and_miss_nothing(db: Session, cast: Cast) -> None:
    for number in range(PAGE + 7):
        audit.record(db, cast.admin.actor, "sign_out", object_id=number)
    db.commit()
    first = journal_queries.search(db, cast.admin.actor, JournalFilter())
    assert len(first) == PAGE + 1
    rest = journal_queries.search(db, cast.admin.actor, JournalFilter(), before=first[PAGE - 1].id)
    assert [line.object_id for line in first[:PAGE] + rest] == list(range(PAGE + 6, -1, -1))


def test_the_owner_sees_who_looked_and_not_who_was_refused(db: Session, lines: Cast) -> None:
    looks = journal_queries.list_looks(db, lines.anna.actor)
    assert [(look.first_name, look.action, look.role.split("@")[0]) for look in looks] == [
        ("Вера", ROUTE, "regional_methodist"),
        ("Борис", PROFILE, "tutor"),
    ]
    assert journal_queries.list_looks(db, lines.gleb.actor) == []


def test_the_tail_is_checked_against_the_line_before_it(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        for number in range(6):
            audit.record(session, None, "sign_in", reason=str(number))
    with own_engine.begin() as connection:
        if own_engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entries_no_UPDATE"))
        else:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit_entries SET reason = 'changed' WHERE id = 3"))
    with Session(own_engine) as session:
        assert [audit.first_broken_line(session, last=last) for last in (1, 3, 4, 6, 100)] == [None, None, 3, 3, 3]
        assert audit.first_broken_line(session) == 3


def test_lines_without_an_actor_carry_their_address(db: Session, lines: Cast) -> None:
    line = db.query(AuditEntry).filter_by(action="sign_in").one()
    assert (line.address, line.actor_id, line.region_id) == ("10.0.0.9", None, None)
