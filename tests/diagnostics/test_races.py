"""Together at the same time: two starts, one answer sent twenty times, an answer against the end, two ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.core.database import open_session, transaction
from iom.core.errors import DomainError
from iom.diagnostics.kinds import AttemptStatus
from iom.diagnostics.models import AttemptAnswer, CompetencyResult, DiagnosticAttempt
from iom.diagnostics.service import SaveAnswers, SentAnswer, StartAttempt, save_answers, start
from iom.profiles.finishing import FinishAttempt, finish_attempt
from iom.profiles.models import Deficit
from tests.cast import make_cast
from tests.diagnostics.samples import Bank, by_competency, make_bank, take
from tests.site import moment

NOW = moment(24)


@pytest.fixture
def scene(own_engine: Engine) -> tuple[Engine, Actor, Bank]:
    """A database of its own with Анна and the questionnaire, committed."""
    with transaction(own_engine) as session:
        cast = make_cast(session)
        return own_engine, cast.anna.actor, make_bank(session)


def together(engine: Engine, *works: Callable[[Session], Any]) -> list[Any]:
    """Run all works at once, each in its own transaction; return what each gave, refusals included."""
    gate = Barrier(len(works))

    def run(work: Callable[[Session], Any]) -> Any:
        gate.wait()
        try:
            with transaction(engine) as session:
                return work(session)
        except DomainError as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_starts_give_one_attempt(scene: tuple[Engine, Actor, Bank]) -> None:
    engine, anna, bank = scene
    begin = StartAttempt(bank.diagnostic.id, NOW.date())
    found = together(engine, *[lambda session: start(session, anna, begin, NOW).id] * 4)
    assert len(set(found)) == 1
    with open_session(engine, writes=False) as session:
        assert len(session.scalars(select(DiagnosticAttempt)).all()) == 1


def test_one_answer_sent_ten_times_at_once_is_one_row(scene: tuple[Engine, Actor, Bank]) -> None:
    engine, anna, bank = scene
    with transaction(engine) as session:
        attempt_id = start(session, anna, StartAttempt(bank.diagnostic.id, NOW.date()), NOW).id
    command = SaveAnswers(attempt_id, (SentAnswer(bank.items["S-ME-1-1"].id, ("2",), "key"),))
    assert together(engine, *[lambda session: save_answers(session, anna, command, NOW)] * 10) == [None] * 10
    with open_session(engine, writes=False) as session:
        assert [row.category for row in session.scalars(select(AttemptAnswer))] == [2]


def test_two_ends_score_once(scene: tuple[Engine, Actor, Bank]) -> None:
    engine, anna, bank = scene
    with transaction(engine) as session:
        attempt_id = take(session, anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0, PP_1=3, PP_2=3), NOW).id
    found = together(engine, *[lambda session: finish_attempt(session, anna, FinishAttempt(attempt_id), NOW).status] * 4)
    assert found == [AttemptStatus.SCORED] * 4
    with open_session(engine, writes=False) as session:
        assert len(session.scalars(select(CompetencyResult)).all()) == 4
        assert len(session.scalars(select(Deficit)).all()) == 1


def test_an_answer_against_the_end_is_scored_or_refused(scene: tuple[Engine, Actor, Bank]) -> None:
    engine, anna, bank = scene
    item = bank.items["S-PP-2-1"].id
    with transaction(engine) as session:
        attempt_id = take(session, anna, bank.diagnostic, by_competency(ME_1=3, ME_2=0), NOW).id
    late = SaveAnswers(attempt_id, (SentAnswer(item, ("1",), "late"),))
    end, answered = together(
        engine,
        lambda session: finish_attempt(session, anna, FinishAttempt(attempt_id), NOW).status,
        lambda session: save_answers(session, anna, late, NOW),
    )
    assert end is AttemptStatus.SCORED
    with open_session(engine, writes=False) as session:
        is_kept = session.scalar(select(AttemptAnswer.id).where(AttemptAnswer.item_id == item)) is not None
        is_scored = len(session.scalars(select(CompetencyResult)).all()) == 3
    # Kept and counted, or refused and absent; never kept and left out.
    assert is_kept == is_scored == (answered is None)
