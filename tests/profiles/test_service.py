"""Insisting, adding, setting aside, asking in own words: who may, what becomes of it, what the journal says."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.core.errors import DomainError, Forbidden, NotFound, Refused
from iom.core.models import AuditEntry
from iom.profiles.finishing import FinishAttempt, finish_attempt
from iom.profiles.importing import ImportedRow, import_results
from iom.profiles.kinds import DeficitKind, DeficitOrigin, DeficitStatus, Depth
from iom.profiles.models import Deficit, PersonalRequest
from iom.profiles.queries import NeedRow, current_request, list_requests, open_needs
from iom.profiles.reasons import ProfileRefusal
from iom.profiles.service import (
    AddDeficit,
    DropDeficit,
    MarkCompetency,
    WriteRequest,
    add_deficit,
    drop_deficit,
    mark,
    write_request,
)
from tests.cast import Cast
from tests.diagnostics.samples import Bank, by_competency, take
from tests.site import moment

NOW = moment(24)


@pytest.fixture
def profiled(db: Session, cast: Cast, bank: Bank) -> Bank:
    """Анна claims a difficulty in ME.2; an import shows a deficit in PP.1."""
    attempt = take(db, cast.anna.actor, bank.diagnostic, by_competency(ME_1=3, ME_2=0, PP_2=3), NOW)
    finish_attempt(db, cast.anna.actor, FinishAttempt(attempt.id), NOW)
    import_results(db, None, cast.anna.employee_id, "Центр", [ImportedRow("PP.1", 20, NOW.date(), 25)], NOW)
    db.flush()
    return bank


def needs(db: Session, cast: Cast) -> dict[str, NeedRow]:
    db.flush()
    return {need.competency_code: need for need in open_needs(db, cast.anna.employee_id)}


def mark_it(db: Session, actor: Actor, cast: Cast, code: str, is_marked: bool = True) -> None:
    mark(db, actor, MarkCompetency(cast.anna.employee_id, code, is_marked), NOW)
    db.flush()


def test_needs_stand_by_priority(db: Session, cast: Cast, profiled: Bank) -> None:
    rows = open_needs(db, cast.anna.employee_id)
    assert [(row.competency_code, row.kind) for row in rows] == [("PP.1", DeficitKind.DEFICIT), ("ME.2", DeficitKind.CLAIM)]
    assert rows[0].priority == pytest.approx(rows[0].severity)
    assert rows[1].priority == pytest.approx(rows[1].severity / 2)


def test_a_mark_makes_a_need_weigh_half_as_much_again(db: Session, cast: Cast, profiled: Bank) -> None:
    before = needs(db, cast)["ME.2"].priority
    mark_it(db, cast.anna.actor, cast, "ME.2")
    assert needs(db, cast)["ME.2"].priority == pytest.approx(before * 1.5)
    mark_it(db, cast.anna.actor, cast, "ME.2", is_marked=False)
    assert needs(db, cast)["ME.2"].priority == pytest.approx(before)
    assert needs(db, cast)["ME.2"].is_marked is False


def test_a_mark_survives_the_next_result(db: Session, cast: Cast, profiled: Bank) -> None:
    mark_it(db, cast.anna.actor, cast, "PP.1")
    import_results(db, None, cast.anna.employee_id, "Другая", [ImportedRow("PP.1", 10, NOW.date(), 25)], NOW)
    need = needs(db, cast)["PP.1"]
    assert need.is_marked
    assert need.priority == pytest.approx(need.severity * 1.5)


def test_the_owners_mark_on_a_strength_is_a_wish_and_goes_with_the_mark(db: Session, cast: Cast, profiled: Bank) -> None:
    mark_it(db, cast.anna.actor, cast, "ME.1")
    wish = needs(db, cast)["ME.1"]
    assert (wish.kind, wish.severity) == (DeficitKind.CLAIM, 0.175)
    assert wish.priority == pytest.approx(0.175 * 0.5 * 1.5)
    mark_it(db, cast.anna.actor, cast, "ME.1", is_marked=False)
    assert "ME.1" not in needs(db, cast)
    mark_it(db, cast.anna.actor, cast, "ME.1", is_marked=False)  # nothing to take back, nothing happens


def test_a_tutor_insists_only_where_there_is_a_need(db: Session, cast: Cast, profiled: Bank) -> None:
    mark_it(db, cast.boris.actor, cast, "PP.1")
    assert needs(db, cast)["PP.1"].is_marked
    with pytest.raises(Refused) as refused:
        mark_it(db, cast.boris.actor, cast, "ME.1")
    assert refused.value.reason == ProfileRefusal.NOT_OPEN


@pytest.mark.parametrize("code", ["ME", "ME.2.1", "XX.1", ""])
def test_only_a_competency_can_be_marked(db: Session, cast: Cast, profiled: Bank, code: str) -> None:
    with pytest.raises(Refused, match="unknown_competency"):
        mark_it(db, cast.anna.actor, cast, code)


def test_a_tutor_adds_what_was_seen_in_a_lesson(db: Session, cast: Cast, profiled: Bank) -> None:
    row = add_deficit(db, cast.boris.actor, AddDeficit(cast.anna.employee_id, "ME.1", Depth.DEEP, "Видел на уроке 20 ноября"), NOW)
    assert (row.kind, row.origin, row.severity, row.decided_by_id) == (
        DeficitKind.DEFICIT,
        DeficitOrigin.TUTOR,
        0.35,
        cast.boris.person.id,
    )
    assert row.reason == "Видел на уроке 20 ноября"
    assert needs(db, cast)["ME.1"].priority == pytest.approx(0.35)


def test_a_tutor_confirms_a_claim_but_not_a_deficit_twice(db: Session, cast: Cast, profiled: Bank) -> None:
    add_deficit(db, cast.vera.actor, AddDeficit(cast.anna.employee_id, "ME.2", Depth.SMALL, "Обсудили"), NOW)
    assert needs(db, cast)["ME.2"].kind is DeficitKind.DEFICIT
    with pytest.raises(Refused) as refused:
        add_deficit(db, cast.boris.actor, AddDeficit(cast.anna.employee_id, "ME.2", Depth.DEEP, "Ещё раз"), NOW)
    assert refused.value.reason == ProfileRefusal.ALREADY_OPEN


def test_a_deficit_set_aside_with_a_reason_stays_aside_until_new_evidence(db: Session, cast: Cast, profiled: Bank) -> None:
    need = needs(db, cast)["PP.1"]
    drop_deficit(db, cast.boris.actor, DropDeficit(cast.anna.employee_id, need.deficit_id, "Тест был по другой теме"), NOW)
    assert "PP.1" not in needs(db, cast)
    row = db.scalars(select(Deficit).where(Deficit.id == need.deficit_id)).one()
    assert (row.status, row.reason, row.decided_by_id) == (DeficitStatus.DROPPED, "Тест был по другой теме", cast.boris.person.id)
    import_results(db, None, cast.anna.employee_id, "Старая", [ImportedRow("PP.1", 20, moment(1, 9).date(), 25)], NOW)
    assert "PP.1" not in needs(db, cast)
    import_results(db, None, cast.anna.employee_id, "Новая", [ImportedRow("PP.1", 20, moment(30).date(), 25)], moment(30))
    assert "PP.1" in needs(db, cast)


def test_owners_set_aside_what_they_named_and_not_a_deficit(db: Session, cast: Cast, profiled: Bank) -> None:
    found = needs(db, cast)
    drop_deficit(db, cast.anna.actor, DropDeficit(cast.anna.employee_id, found["ME.2"].deficit_id, "Уже разобралась"), NOW)
    with pytest.raises(Refused) as refused:
        drop_deficit(db, cast.anna.actor, DropDeficit(cast.anna.employee_id, found["PP.1"].deficit_id, "Не согласна"), NOW)
    assert refused.value.reason == ProfileRefusal.NOT_YOURS_TO_DROP
    with pytest.raises(Refused, match="not_yours"):
        add_deficit(db, cast.anna.actor, AddDeficit(cast.anna.employee_id, "ME.1", Depth.SMALL, "Себе"), NOW)
    assert list(needs(db, cast)) == ["PP.1"]


def test_what_is_no_longer_open_is_not_set_aside_again(db: Session, cast: Cast, profiled: Bank) -> None:
    cmd = DropDeficit(cast.anna.employee_id, needs(db, cast)["PP.1"].deficit_id, "Тест был по другой теме")
    drop_deficit(db, cast.boris.actor, cmd, NOW)
    with pytest.raises(Refused) as refused:
        drop_deficit(db, cast.boris.actor, cmd, NOW)
    assert refused.value.reason == ProfileRefusal.NOT_OPEN


def test_a_need_of_another_person_is_not_reached_through_ones_own(db: Session, cast: Cast, profiled: Bank) -> None:
    need = needs(db, cast)["ME.2"]
    with pytest.raises(NotFound):
        drop_deficit(db, cast.gleb.actor, DropDeficit(cast.gleb.employee_id, need.deficit_id, "Чужое"), NOW)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("gleb", NotFound),  # another school, knows nothing of her
        ("stranger", NotFound),
        ("olga", NotFound),
        ("marina", Forbidden),  # the head sees the person, not the profile
        ("dina", Forbidden),
        ("admin", Forbidden),
    ],
)
def test_nobody_else_touches_needs(db: Session, cast: Cast, profiled: Bank, who: str, refusal: type[DomainError]) -> None:
    actor = getattr(cast, who).actor
    need = needs(db, cast)["ME.2"]
    employee_id = cast.anna.employee_id
    with pytest.raises(refusal):
        mark(db, actor, MarkCompetency(employee_id, "ME.2", True), NOW)
    with pytest.raises(refusal):
        add_deficit(db, actor, AddDeficit(employee_id, "ME.1", Depth.DEEP, "Причина"), NOW)
    with pytest.raises(refusal):
        drop_deficit(db, actor, DropDeficit(employee_id, need.deficit_id, "Причина"), NOW)
    assert needs(db, cast)["ME.2"] == need


def test_a_tutor_who_is_also_the_owner_judges_nothing_of_their_own(db: Session, cast: Cast, profiled: Bank) -> None:
    both = replace(cast.boris.actor, person_id=cast.anna.person.id, employee_id=cast.anna.employee_id)
    with pytest.raises(Refused, match="not_yours"):
        add_deficit(db, both, AddDeficit(cast.anna.employee_id, "ME.1", Depth.SMALL, "Себе"), NOW)


def test_every_decision_is_in_the_journal_without_its_words(db: Session, cast: Cast, profiled: Bank) -> None:
    row = add_deficit(db, cast.boris.actor, AddDeficit(cast.anna.employee_id, "ME.1", Depth.SMALL, "Тайная причина"), NOW)
    drop_deficit(db, cast.boris.actor, DropDeficit(cast.anna.employee_id, row.id, "Другая тайна"), NOW)
    db.commit()
    lines = db.scalars(select(AuditEntry).where(AuditEntry.object_type == "deficit", AuditEntry.object_id == row.id)).all()
    assert [(line.reason, line.actor_id, line.subject_id) for line in lines] == [
        ("deficit added", cast.boris.person.id, cast.anna.person.id),
        ("deficit dropped", cast.boris.person.id, cast.anna.person.id),
    ]


def test_the_newest_request_is_in_force_and_the_older_ones_stay(db: Session, cast: Cast) -> None:
    write_request(db, cast.anna.actor, WriteRequest("Хочу вести уроки-исследования"), NOW)
    write_request(db, cast.anna.actor, WriteRequest("Хочу вести уроки-исследования"), moment(25))
    write_request(db, cast.anna.actor, WriteRequest("Работа с данными о нашем селе"), moment(26))
    found = current_request(db, cast.anna.employee_id)
    assert found is not None
    assert found.text == "Работа с данными о нашем селе"
    assert len(list_requests(db, cast.anna.employee_id)) == 2
    write_request(db, cast.anna.actor, WriteRequest(""), moment(27))
    assert current_request(db, cast.anna.employee_id) is None
    assert len(db.scalars(select(PersonalRequest)).all()) == 3


def test_who_is_no_employee_asks_for_nothing(db: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        write_request(db, cast.boris.actor, WriteRequest("Хочу"), NOW)
