"""Consents: given, declined, withdrawn; one purpose each, every decision kept as a row of its own (S-62, S-63)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select
from sqlalchemy.orm import Session

from iom import policy
from iom.accounts import queries
from iom.accounts.kinds import ConsentKind, ConsentState, SharedPart
from iom.accounts.models import Consent, Sharing
from iom.accounts.reasons import AccountRefusal
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Conflict, Refused
from iom.policy import Action
from iom.policy.relations import people_who_allow

ASKED = (ConsentKind.PERSONAL_DATA, ConsentKind.DIAGNOSTICS)
"""Asked of everyone whose route is tracked, in this order; mentoring is asked when a pair is made."""

DESTROYED_WITHIN = timedelta(days=30)  # 152-FZ, article 21 part 5
SHARED_AT_MOST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Decide:
    """A person says yes or no to one text, of the version that was shown."""

    kind: ConsentKind
    is_given: bool
    version: str
    current_version: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """The owner opens a part of their own data until a day, that day included."""

    part: SharedPart
    until: date


def has_given(session: Session, person_id: int, kind: ConsentKind) -> bool:
    """Tell whether the latest decision of the person about this purpose is a consent."""
    latest = queries.latest_consents(session, person_id).get(kind)
    return latest is not None and latest.state is ConsentState.GIVEN


def active_person_ids(kind: ConsentKind) -> Select[int]:
    """Return a subquery of the people whose consent is in force, for lists, jobs and aggregates."""
    return people_who_allow(kind)


def list_unanswered(session: Session, person_id: int, versions: dict[ConsentKind, str]) -> list[ConsentKind]:
    """Return what is still to be asked: never decided, or decided about an older text and not withdrawn since.

    Without the consent to personal data nothing else is asked: there would be nothing to hang it on.
    """
    latest = queries.latest_consents(session, person_id)
    basis = latest.get(ConsentKind.PERSONAL_DATA)
    refused = basis is not None and basis.state is not ConsentState.GIVEN
    asked = ASKED[:1] if refused else ASKED
    return [kind for kind in asked if _is_open(latest.get(kind), versions[kind])]


def _is_open(latest: Consent | None, version: str) -> bool:
    return latest is None or (latest.text_version != version and latest.state is not ConsentState.WITHDRAWN)


def decide(session: Session, actor: Actor, cmd: Decide) -> None:
    """Keep the person's decision.

    Raises
    ------
    Conflict : the text changed since it was shown
    """
    _require_own(session, actor, Action.CONSENT)
    if cmd.version != cmd.current_version:
        raise Conflict(kind="consent_text", version=cmd.current_version)
    if cmd.is_given:
        _keep(session, actor, cmd.kind, ConsentState.GIVEN, cmd.version, cmd.address)
    else:
        _refuse(session, actor, cmd.kind, cmd.version, cmd.address)


def withdraw(session: Session, actor: Actor, kind: ConsentKind, address: str = "") -> None:
    """Withdraw a consent that is in force; from this moment the data is hidden from everyone else.

    Raises
    ------
    Refused : there is no consent to withdraw
    """
    _require_own(session, actor, Action.CONSENT)
    latest = queries.latest_consents(session, actor.person_id).get(kind)
    if latest is None or latest.state is not ConsentState.GIVEN:
        raise Refused(reason=AccountRefusal.NOTHING_TO_WITHDRAW)
    _refuse(session, actor, kind, latest.text_version, address)


def _refuse(session: Session, actor: Actor, kind: ConsentKind, version: str, address: str) -> None:
    """Keep a "no": a withdrawal when there was a consent, and everything that rested on it ends too."""
    latest = queries.latest_consents(session, actor.person_id)
    was_given = {name for name, consent in latest.items() if consent.state is ConsentState.GIVEN}
    _keep(session, actor, kind, ConsentState.WITHDRAWN if kind in was_given else ConsentState.DECLINED, version, address)
    if kind is ConsentKind.PERSONAL_DATA:
        for other in sorted(was_given - {kind}):
            _keep(session, actor, other, ConsentState.WITHDRAWN, latest[other].text_version, address)
    if kind in {ConsentKind.PERSONAL_DATA, ConsentKind.DIAGNOSTICS}:
        for part in SharedPart:
            _close(session, actor, part, clock.now())


def _keep(session: Session, actor: Actor, kind: ConsentKind, state: ConsentState, version: str, address: str) -> None:
    consent = Consent(
        region_id=actor.region_id,
        person_id=actor.person_id,
        kind=kind,
        state=state,
        text_version=version,
        decided_at=clock.now(),
        address=address[:64],
    )
    session.add(consent)
    session.flush()  # the journal names the row
    audit.record(
        session,
        actor,
        Action.CONSENT,
        object_type="consent",
        object_id=consent.id,
        subject_id=actor.person_id,
        reason=f"{kind} {state} {version}",
    )


def destruction_due(withdrawn_at: datetime) -> datetime:
    """Return the moment by which the data that rested on a withdrawn consent is destroyed."""
    return withdrawn_at + DESTROYED_WITHIN


def share(session: Session, actor: Actor, cmd: Share, today: date) -> None:
    """Open a part of the own data until a day; an earlier opening of the same part ends.

    Raises
    ------
    Refused : the day is past or more than a year away
    """
    _require_own(session, actor, Action.SHARE)
    if not today <= cmd.until <= today + SHARED_AT_MOST:
        raise Refused(reason=AccountRefusal.SHARED_DAY)
    now = clock.now()
    _close(session, actor, cmd.part, now)
    row = Sharing(region_id=actor.region_id, person_id=actor.person_id, part=cmd.part, started_at=now, until=cmd.until)
    session.add(row)
    session.flush()  # the journal names the row
    _record_sharing(session, actor, row, f"{cmd.part} until {cmd.until}")


def unshare(session: Session, actor: Actor, part: SharedPart) -> None:
    """Close a part of the own data at once."""
    _require_own(session, actor, Action.SHARE)
    _close(session, actor, part, clock.now())


def _close(session: Session, actor: Actor, part: SharedPart, now: datetime) -> None:
    for row in queries.lapsed_sharings(session, actor.person_id, part):
        row.ended_at = now
        _record_sharing(session, actor, row, f"{part} closed")
    session.flush()  # one part is open once: the old row closes before a new one opens


def _record_sharing(session: Session, actor: Actor, row: Sharing, reason: str) -> None:
    audit.record(session, actor, Action.SHARE, object_type="sharing", object_id=row.id, subject_id=actor.person_id, reason=reason)


def _require_own(session: Session, actor: Actor, action: Action) -> None:
    policy.require(actor, action, policy.target_of_person(session, actor.person_id))
