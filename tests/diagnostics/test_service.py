"""Анна answers, closes the browser, goes on; nothing is lost, nothing counts twice, nothing of hers is another's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, ConsentState
from iom.accounts.models import Consent
from iom.core.actor import Actor
from iom.core.errors import NotFound, Refused
from iom.core.models import AuditEntry
from iom.diagnostics import queries
from iom.diagnostics.answering import AnswerFault, AnswerRefused
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, CampaignStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import AttemptAnswer, DiagnosticAttempt, DiagnosticCampaign
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.diagnostics.service import SaveAnswers, SentAnswer, StartAttempt, save_answers, start
from tests.cast import Cast
from tests.diagnostics.samples import Bank, add_test
from tests.site import moment

NOW = moment(24)


def send(db: Session, actor: Actor, attempt: DiagnosticAttempt, *answers: SentAnswer, minutes: int = 0) -> None:
    save_answers(db, actor, SaveAnswers(attempt.id, answers), NOW + timedelta(minutes=minutes))


def kept(db: Session, attempt: DiagnosticAttempt) -> dict[int, tuple[int | None, bool]]:
    db.flush()
    db.expire_all()
    rows = db.scalars(select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt.id))
    return {row.item_id: (row.category, row.is_not_applicable) for row in rows}


@pytest.fixture
def attempt(db: Session, cast: Cast, bank: Bank) -> DiagnosticAttempt:
    return start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)


def test_a_first_attempt_is_an_entry_one_of_the_persons_own(attempt: DiagnosticAttempt, cast: Cast) -> None:
    assert (attempt.employee_id, attempt.region_id) == (cast.anna.employee_id, cast.region.id)
    assert (attempt.stage, attempt.status, attempt.source, attempt.method) == (
        AttemptStage.ENTRY,
        AttemptStatus.STARTED,
        ResultSource.OWN,
        DiagnosticMethod.SELF,
    )
    assert attempt.campaign_id is None


def test_starting_again_goes_on_with_the_same_attempt(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    send(db, cast.anna.actor, attempt, SentAnswer(bank.items["S-ME-1-1"].id, ("2",)))
    again = start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW + timedelta(days=2))
    assert again.id == attempt.id
    assert kept(db, again) == {bank.items["S-ME-1-1"].id: (2, False)}


def test_the_start_is_in_the_journal_once(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)
    db.commit()
    lines = db.scalars(select(AuditEntry).where(AuditEntry.object_type == "attempt")).all()
    assert [(line.object_id, line.subject_id) for line in lines] == [(attempt.id, cast.anna.person.id)]


def test_an_attempt_belongs_to_the_running_campaign_of_the_region(db: Session, cast: Cast, bank: Bank) -> None:
    def campaign(title: str, region_id: int, first: date, last: date, status: CampaignStatus = CampaignStatus.OPEN) -> DiagnosticCampaign:
        row = DiagnosticCampaign(
            region_id=region_id, diagnostic_id=bank.diagnostic.id, title=title, starts_on=first, ends_on=last, status=status, audience={}
        )
        db.add(row)
        return row

    campaign("прошлая", cast.region.id, date(2026, 4, 1), date(2026, 4, 30))
    campaign("закрытая", cast.region.id, date(2026, 11, 1), date(2026, 11, 30), CampaignStatus.CLOSED)
    campaign("чужая", cast.other_region.id, date(2026, 11, 1), date(2026, 11, 30))
    running = campaign("нынешняя", cast.region.id, date(2026, 11, 24), date(2026, 11, 24))
    db.flush()
    assert start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW).campaign_id == running.id


def test_without_a_consent_nothing_starts(db: Session, cast: Cast, bank: Bank) -> None:
    withdraw(db, cast)
    with pytest.raises(Refused) as refused:
        start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)
    assert refused.value.reason == DiagnosticRefusal.NO_CONSENT
    assert db.scalars(select(DiagnosticAttempt)).all() == []


def withdraw(db: Session, cast: Cast) -> None:
    db.add(
        Consent(
            region_id=cast.region.id,
            person_id=cast.anna.person.id,
            kind=ConsentKind.DIAGNOSTICS,
            state=ConsentState.WITHDRAWN,
            text_version="2026-11",
            decided_at=NOW,
        )
    )
    db.flush()


def test_after_withdrawal_no_answer_is_taken(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    withdraw(db, cast)
    with pytest.raises(Refused):
        send(db, cast.anna.actor, attempt, SentAnswer(bank.items["S-ME-1-1"].id, ("2",)))
    assert kept(db, attempt) == {}


def test_somebody_who_is_no_employee_takes_no_diagnostic(db: Session, cast: Cast, bank: Bank) -> None:
    with pytest.raises(NotFound):
        start(db, cast.boris.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)


def test_an_instrument_out_of_use_is_not_started(db: Session, cast: Cast, bank: Bank) -> None:
    queries.retire_instruments(db, "self")
    with pytest.raises(NotFound):
        start(db, cast.anna.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)


def test_another_persons_attempt_does_not_exist(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    for other in (cast.gleb, cast.boris, cast.marina, cast.dina, cast.admin, cast.stranger):
        with pytest.raises(NotFound):
            send(db, other.actor, attempt, SentAnswer(bank.items["S-ME-1-1"].id, ("2",)))
    assert kept(db, attempt) == {}


def test_the_same_sending_twice_counts_once(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    item = bank.items["S-ME-1-1"].id
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("1",), "key-a"))
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("1",), "key-a"), minutes=60)
    assert kept(db, attempt) == {item: (1, False)}
    row = db.scalars(select(AttemptAnswer)).one()
    assert row.answered_at == NOW


def test_a_changed_answer_replaces_the_earlier_one(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    item = bank.items["S-ME-1-1"].id
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("1",), "key-a"))
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("na",), "key-b"), minutes=1)
    assert kept(db, attempt) == {item: (None, True)}
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("3",)), minutes=2)
    assert kept(db, attempt) == {item: (3, False)}


def test_an_answer_that_waited_on_a_phone_does_not_undo_a_newer_one(
    db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt
) -> None:
    item = bank.items["S-ME-1-1"].id
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("3",), "computer", NOW + timedelta(minutes=30)), minutes=30)
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("0",), "phone", NOW + timedelta(minutes=10)), minutes=40)
    assert kept(db, attempt) == {item: (3, False)}


def test_a_clock_gone_wrong_cannot_lock_an_answer(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    item = bank.items["S-ME-1-1"].id
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("1",), "a", NOW + timedelta(days=400)))
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("2",), "b", NOW - timedelta(days=400)), minutes=0)
    assert kept(db, attempt) == {item: (2, False)}
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("3",), "c"), minutes=1)
    assert kept(db, attempt) == {item: (3, False)}


def test_the_last_of_two_answers_in_one_sending_counts(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    item = bank.items["S-ME-1-1"].id
    send(db, cast.anna.actor, attempt, SentAnswer(item, ("1",)), SentAnswer(item, ("2",)))
    assert kept(db, attempt) == {item: (2, False)}


def test_answers_of_a_block_are_kept_together_or_not_at_all(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    good, bad = bank.items["S-ME-1-1"].id, bank.items["S-ME-1-2"].id
    with pytest.raises(AnswerRefused) as refused:
        send(db, cast.anna.actor, attempt, SentAnswer(good, ("1",)), SentAnswer(bad, ("9",)))
    assert (refused.value.reason, refused.value.item_id) == (AnswerFault.UNKNOWN_OPTION, bad)
    assert kept(db, attempt) == {}


def test_an_item_that_the_person_is_not_asked_is_not_found(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    send(db, cast.anna.actor, attempt, SentAnswer(bank.items["S-ME-1-9"].id, ("1",)))  # mathematics, which she teaches
    with pytest.raises(NotFound):
        send(db, cast.anna.actor, attempt, SentAnswer(bank.items["S-PP-2-9"].id, ("1",)))  # for managers
    of_gleb = start(db, cast.gleb.actor, StartAttempt(bank.diagnostic.id, NOW.date()), NOW)
    with pytest.raises(NotFound):
        send(db, cast.gleb.actor, of_gleb, SentAnswer(bank.items["S-ME-1-9"].id, ("1",)))


def test_an_item_of_another_instrument_is_not_found(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    other = add_test(db, bank)
    with pytest.raises(NotFound):
        send(db, cast.anna.actor, attempt, SentAnswer(other.items[0].id, ("0",)))


def test_what_was_chosen_is_kept_beside_the_category_of_a_keyed_item(db: Session, cast: Cast, bank: Bank) -> None:
    test = add_test(db, bank, n_items=2)
    attempt = start(db, cast.anna.actor, StartAttempt(test.id, NOW.date()), NOW)
    send(db, cast.anna.actor, attempt, SentAnswer(test.items[0].id, ("0",)), SentAnswer(test.items[1].id, ("7",)))
    rows = db.scalars(select(AttemptAnswer).order_by(AttemptAnswer.item_id)).all()
    assert [(row.category, row.response) for row in rows] == [(1, {"chosen": [0]}), (0, {"chosen": [7]})]


def test_progress_counts_blocks_of_this_person(db: Session, cast: Cast, bank: Bank, attempt: DiagnosticAttempt) -> None:
    send(db, cast.anna.actor, attempt, SentAnswer(bank.items["S-ME-1-1"].id, ("2",)), SentAnswer(bank.items["S-PP-1-1"].id, ("na",)))
    progress = queries.progress(db, queries.get_own_attempt(db, cast.anna.actor, attempt.id))
    assert [(block.code, block.n_answered, block.n_items) for block in progress.blocks] == [("ME", 1, 7), ("PP", 1, 6)]
    assert (progress.minutes, progress.minutes_left) == (13, 11)  # 13 minutes for 13 statements, 11 of them left


def test_questions_carry_the_answer_in_force_and_no_key(db: Session, cast: Cast, bank: Bank) -> None:
    test = add_test(db, bank, n_items=1)
    attempt = start(db, cast.anna.actor, StartAttempt(test.id, NOW.date()), NOW)
    send(db, cast.anna.actor, attempt, SentAnswer(test.items[0].id, ("7",)))
    (question,) = queries.questions(db, attempt.id, [test.items[0].id])
    assert question.chosen == {7}
    assert not hasattr(question, "key")
