"""Consents and sharing: every decision kept, a withdrawal hides at once (S-62, S-63, S-73)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts import consents, queries
from iom.accounts.consents import Decide, Share
from iom.accounts.kinds import ConsentKind, ConsentState, SharedPart
from iom.accounts.models import Consent, Sharing
from iom.core import clock
from iom.core.errors import Conflict, Refused
from iom.organizations.models import Employee
from iom.policy import Action
from tests.cast import Cast, Member

VERSIONS = dict.fromkeys(ConsentKind, "2026-11")
BOTH = [ConsentKind.PERSONAL_DATA, ConsentKind.DIAGNOSTICS]


def decide(db: Session, member: Member, kind: ConsentKind, is_given: bool, version: str = "2026-11") -> None:
    consents.decide(db, member.actor, Decide(kind, is_given, version, version))


def states(db: Session, member: Member) -> dict[ConsentKind, ConsentState]:
    return {kind: row.state for kind, row in queries.latest_consents(db, member.person.id).items()}


def may_see_profile(db: Session, actor: Member, owner: Member) -> bool:
    target = policy.target_of(db, owner.employee_id)
    allowed = policy.allows(actor.actor, Action.PROFILE_VIEW, target)
    clause = policy.visible_employees(actor.actor, Action.PROFILE_VIEW)
    listed = db.scalar(select(Employee.id).where(Employee.id == owner.employee_id, clause)) is not None
    assert allowed == listed
    return allowed


def test_nothing_is_given_before_it_was_asked(db: Session, cast: Cast) -> None:
    assert not consents.has_given(db, cast.boris.person.id, ConsentKind.DIAGNOSTICS)
    assert consents.list_unanswered(db, cast.boris.person.id, VERSIONS) == BOTH


def test_a_decision_is_kept_with_version_time_and_address(db: Session, cast: Cast) -> None:
    before = clock.now()
    consents.decide(db, cast.boris.actor, Decide(ConsentKind.PERSONAL_DATA, True, "2026-11", "2026-11", "10.0.0.7"))
    row = db.scalars(select(Consent).where(Consent.person_id == cast.boris.person.id)).one()
    assert (row.state, row.text_version, row.way, row.address) == (ConsentState.GIVEN, "2026-11", "web", "10.0.0.7")
    assert before <= row.decided_at <= clock.now()


def test_a_text_that_changed_meanwhile_is_not_decided_about(db: Session, cast: Cast) -> None:
    with pytest.raises(Conflict):
        consents.decide(db, cast.boris.actor, Decide(ConsentKind.DIAGNOSTICS, True, "2026-11", "2027-02"))
    assert states(db, cast.boris) == {}


def test_declining_is_an_answer_and_is_not_asked_again(db: Session, cast: Cast) -> None:
    decide(db, cast.boris, ConsentKind.PERSONAL_DATA, True)
    decide(db, cast.boris, ConsentKind.DIAGNOSTICS, False)
    assert states(db, cast.boris)[ConsentKind.DIAGNOSTICS] is ConsentState.DECLINED
    assert not consents.has_given(db, cast.boris.person.id, ConsentKind.DIAGNOSTICS)
    assert consents.list_unanswered(db, cast.boris.person.id, VERSIONS) == []


def test_a_new_version_asks_anew_and_the_old_consent_holds_until_then(db: Session, cast: Cast) -> None:
    newer = VERSIONS | {ConsentKind.DIAGNOSTICS: "2027-02"}
    assert consents.list_unanswered(db, cast.anna.person.id, newer) == [ConsentKind.DIAGNOSTICS]
    assert consents.has_given(db, cast.anna.person.id, ConsentKind.DIAGNOSTICS)


def test_without_consent_to_personal_data_nothing_else_is_asked(db: Session, cast: Cast) -> None:
    decide(db, cast.boris, ConsentKind.PERSONAL_DATA, False)
    assert consents.list_unanswered(db, cast.boris.person.id, VERSIONS) == []


def test_withdrawal_hides_the_profile_from_everyone_else_at_once(db: Session, cast: Cast) -> None:
    assert may_see_profile(db, cast.boris, cast.anna)
    assert may_see_profile(db, cast.vera, cast.anna)

    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)

    assert not may_see_profile(db, cast.boris, cast.anna)
    assert not may_see_profile(db, cast.vera, cast.anna)
    assert may_see_profile(db, cast.anna, cast.anna)
    assert cast.anna.person.id not in set(db.scalars(consents.active_person_ids(ConsentKind.DIAGNOSTICS)))
    assert cast.gleb.person.id in set(db.scalars(consents.active_person_ids(ConsentKind.DIAGNOSTICS)))


def test_given_again_it_is_seen_again(db: Session, cast: Cast) -> None:
    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)
    decide(db, cast.anna, ConsentKind.DIAGNOSTICS, True)
    assert may_see_profile(db, cast.boris, cast.anna)


def test_a_withdrawn_consent_is_not_asked_for_again(db: Session, cast: Cast) -> None:
    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)
    newer = VERSIONS | {ConsentKind.DIAGNOSTICS: "2027-02"}
    assert consents.list_unanswered(db, cast.anna.person.id, newer) == []


def test_personal_data_withdrawn_takes_diagnostics_along(db: Session, cast: Cast) -> None:
    consents.withdraw(db, cast.anna.actor, ConsentKind.PERSONAL_DATA)
    assert states(db, cast.anna) == dict.fromkeys(BOTH, ConsentState.WITHDRAWN)
    assert not may_see_profile(db, cast.boris, cast.anna)


def test_saying_no_to_a_newer_text_withdraws_what_was_given(db: Session, cast: Cast) -> None:
    decide(db, cast.anna, ConsentKind.DIAGNOSTICS, False, "2027-02")
    assert states(db, cast.anna)[ConsentKind.DIAGNOSTICS] is ConsentState.WITHDRAWN


def test_there_is_nothing_to_withdraw_twice(db: Session, cast: Cast) -> None:
    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)
    with pytest.raises(Refused):
        consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)


def test_older_decisions_stay_readable(db: Session, cast: Cast) -> None:
    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)
    decide(db, cast.anna, ConsentKind.DIAGNOSTICS, True, "2027-02")
    kept = [row.state for row in queries.list_consents(db, cast.anna.person.id) if row.kind is ConsentKind.DIAGNOSTICS]
    assert kept == [ConsentState.GIVEN, ConsentState.WITHDRAWN, ConsentState.GIVEN]


def test_data_is_destroyed_thirty_days_after() -> None:
    withdrawn = clock.now()
    assert consents.destruction_due(withdrawn) - withdrawn == timedelta(days=30)


def test_a_switch_opens_the_profile_to_the_head_and_closes_it(db: Session, cast: Cast) -> None:
    today = clock.today()
    assert not may_see_profile(db, cast.marina, cast.anna)
    consents.share(db, cast.anna.actor, Share(SharedPart.PROFILE, today), today)
    assert may_see_profile(db, cast.marina, cast.anna)
    assert not may_see_profile(db, cast.olga, cast.anna)
    consents.unshare(db, cast.anna.actor, SharedPart.PROFILE)
    assert not may_see_profile(db, cast.marina, cast.anna)


def test_what_was_shared_until_yesterday_is_closed(db: Session, cast: Cast) -> None:
    yesterday = clock.today() - timedelta(days=1)
    consents.share(db, cast.anna.actor, Share(SharedPart.PROFILE, yesterday), yesterday)
    assert not may_see_profile(db, cast.marina, cast.anna)


def test_withdrawal_closes_what_was_shared_and_consent_alone_does_not_open_it(db: Session, cast: Cast) -> None:
    today = clock.today()
    consents.share(db, cast.anna.actor, Share(SharedPart.PROFILE, today), today)
    consents.withdraw(db, cast.anna.actor, ConsentKind.DIAGNOSTICS)
    decide(db, cast.anna, ConsentKind.DIAGNOSTICS, True)
    assert not may_see_profile(db, cast.marina, cast.anna)


def test_opening_again_replaces_the_day(db: Session, cast: Cast) -> None:
    today = clock.today()
    for days in (1, 30):
        consents.share(db, cast.anna.actor, Share(SharedPart.ANSWERS, today + timedelta(days=days)), today)
    rows = db.scalars(select(Sharing).where(Sharing.person_id == cast.anna.person.id).order_by(Sharing.id)).all()
    assert [row.ended_at is None for row in rows] == [False, True]
    assert rows[-1].until == today + timedelta(days=30)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_past_or_too_far_is_refused(db: Session, cast: Cast, days: int) -> None:
    today = date(2026, 11, 24)
    with pytest.raises(Refused):
        consents.share(db, cast.anna.actor, Share(SharedPart.PROFILE, today + timedelta(days=days)), today)


def test_answers_need_their_own_switch(db: Session, cast: Cast) -> None:
    today = clock.today()
    consents.share(db, cast.anna.actor, Share(SharedPart.PROFILE, today), today)
    assert not policy.allows(cast.boris.actor, Action.ANSWERS_VIEW, policy.target_of(db, cast.anna.employee_id))
    consents.share(db, cast.anna.actor, Share(SharedPart.ANSWERS, today), today)
    assert policy.allows(cast.boris.actor, Action.ANSWERS_VIEW, policy.target_of(db, cast.anna.employee_id))
    assert not policy.allows(cast.marina.actor, Action.ANSWERS_VIEW, policy.target_of(db, cast.anna.employee_id))
