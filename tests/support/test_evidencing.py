"""Evidence: handed in by the owner only, decided for an item as a whole, withdrawn with a trace; files open to few."""

from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from iom.core.actor import Role
from iom.core.database import transaction
from iom.core.errors import Conflict, Forbidden, InvalidMove, NotFound, Refused
from iom.core.models import AuditEntry
from iom.integrations.file_store import MemoryFileStore, StoredFile
from iom.policy import Action
from iom.routes.evidence_models import Certificate, Evidence
from iom.routes.kinds import EvidenceKind
from iom.routes.models import Route, RouteEvent, RouteItem
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus
from iom.support import evidencing
from iom.support.evidencing import (
    BYTES_PER_PERSON,
    FILES_PER_ITEM,
    CertificateFacts,
    EvidenceRefusal,
    FileFacts,
    ReviewEvidence,
    SubmitEvidence,
)
from tests.cast import Cast, make_cast
from tests.support.making import every_role, in_role, make_evidence, make_route, running
from tests.support.racing import race

S = ItemStatus


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": date(2026, 11, 24))


def text(item: RouteItem, words: str = "Провела урок") -> SubmitEvidence:
    return SubmitEvidence(item.id, EvidenceKind.TEXT, text=words)


def file(item: RouteItem, content: bytes = b"%PDF-1.7", size: int | None = None) -> SubmitEvidence:
    kept = MemoryFileStore().save(content)
    if size is not None:
        kept = StoredFile(kept.key, size, kept.sha256)
    return SubmitEvidence(item.id, EvidenceKind.FILE, file=FileFacts(kept, "Отчёт.pdf", "application/pdf"))


def document(item: RouteItem, issued_on: date = date(2026, 11, 20)) -> SubmitEvidence:
    facts = CertificateFacts("78", "000123", issued_on, 36, "ИРО Лесогорской области")
    return SubmitEvidence(item.id, EvidenceKind.CERTIFICATE, certificate=facts)


def verdict(item: RouteItem, *pieces: Evidence, accept: bool = True, comment: str = "", missing: bool = False) -> ReviewEvidence:
    return ReviewEvidence(item.id, frozenset(piece.id for piece in pieces), accept, comment, missing)


def moves(session: Session, route: Route) -> list[str]:
    session.flush()
    statement = select(RouteEvent.to_status).where(RouteEvent.route_id == route.id, RouteEvent.from_status != "").order_by(RouteEvent.id)
    return list(session.scalars(statement))


# Handing in


def test_handing_in_puts_the_item_before_the_tutor(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.APPROVED)
    item = route.items[0]
    evidence = evidencing.submit(db, cast.anna.actor, text(item))
    assert (evidence.status, item.status, route.status) == (EvidenceStatus.SUBMITTED, S.SUBMITTED, RouteStatus.IN_PROGRESS)
    evidencing.submit(db, cast.anna.actor, file(item))
    assert moves(db, route) == ["submitted", "in_progress"]  # the second piece joins the first


def test_the_fields_of_a_document_are_kept_as_typed(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    evidencing.submit(db, cast.anna.actor, document(item))
    kept = db.scalars(select(Certificate)).one()
    assert (kept.series, kept.number, kept.issued_on, kept.hours) == ("78", "000123", date(2026, 11, 20), 36)


def test_a_document_of_tomorrow_is_refused(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    with pytest.raises(Refused) as caught:
        evidencing.submit(db, cast.anna.actor, document(route.items[0], date(2026, 11, 25)))
    assert caught.value.reason == EvidenceRefusal.DATE_IN_FUTURE
    assert (moves(db, route), db.scalars(select(Evidence)).all()) == ([], [])


@pytest.mark.parametrize(
    "status", [status for status in RouteStatus if status not in {RouteStatus.APPROVED, RouteStatus.IN_PROGRESS, RouteStatus.CLOSED}]
)
def test_nothing_is_handed_in_for_a_route_that_is_not_carried_out(db: Session, cast: Cast, status: RouteStatus) -> None:
    route = make_route(db, cast, cast.anna, status)
    with pytest.raises(Refused) as caught:
        evidencing.submit(db, cast.anna.actor, text(route.items[0]))
    assert caught.value.reason == EvidenceRefusal.ROUTE_NOT_RUNNING


@pytest.mark.parametrize("status", [S.DONE, S.MOVED, S.NEEDS_REPLACEMENT])
def test_a_finished_item_takes_no_more(db: Session, cast: Cast, status: ItemStatus) -> None:
    route = running(db, cast, cast.anna, status)
    with pytest.raises(InvalidMove):
        evidencing.submit(db, cast.anna.actor, text(route.items[0]))
    assert db.scalars(select(Evidence)).all() == []


def test_nobody_hands_in_for_another(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    for member in (cast.boris, cast.marina, cast.vera):
        with pytest.raises(Forbidden):
            evidencing.submit(db, member.actor, text(item))
    for member in (cast.gleb, cast.olga, cast.stranger):
        with pytest.raises(NotFound):
            evidencing.submit(db, member.actor, text(item))


def test_twenty_files_fit_at_an_item_and_withdrawn_ones_do_not_count(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    pieces = [evidencing.submit(db, cast.anna.actor, file(item)) for _ in range(FILES_PER_ITEM)]
    with pytest.raises(Refused) as caught:
        evidencing.submit(db, cast.anna.actor, file(item))
    assert caught.value.reason == EvidenceRefusal.TOO_MANY_FILES
    evidencing.submit(db, cast.anna.actor, text(item))  # words are no file
    evidencing.withdraw(db, cast.anna.actor, pieces[0].id)
    evidencing.submit(db, cast.anna.actor, file(item))


@pytest.mark.parametrize(("size", "fits"), [(BYTES_PER_PERSON - 1, True), (BYTES_PER_PERSON, True), (BYTES_PER_PERSON + 1, False)])
def test_the_space_of_a_person_is_counted_to_the_byte(db: Session, cast: Cast, size: int, fits: bool) -> None:
    item = running(db, cast, cast.anna).items[0]
    evidencing.submit(db, cast.anna.actor, file(item, size=1000))
    last = file(item, size=size - 1000)
    if fits:
        evidencing.submit(db, cast.anna.actor, last)
    else:
        with pytest.raises(Refused) as caught:
            evidencing.submit(db, cast.anna.actor, last)
        assert caught.value.reason == EvidenceRefusal.QUOTA


# Deciding


def test_accepting_decides_all_that_waits_and_finishes_the_item(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    pieces = [evidencing.submit(db, cast.anna.actor, cmd) for cmd in (text(item), file(item))]
    evidencing.review(db, cast.boris.actor, verdict(item, *pieces, comment="Спасибо"))
    assert [(piece.status, piece.review_comment, piece.reviewed_by_id) for piece in pieces] == [
        (EvidenceStatus.ACCEPTED, "Спасибо", cast.boris.person.id)
    ] * 2
    assert (item.status, item.done_on) == (S.DONE, date(2026, 11, 24))
    assert moves(db, route) == ["submitted", "done"]


def test_returning_gives_the_item_back_with_the_words(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    piece = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.review(db, cast.boris.actor, verdict(item, piece, accept=False, comment="Добавьте карточку"))
    assert (piece.status, piece.review_comment, item.status) == (EvidenceStatus.RETURNED, "Добавьте карточку", S.RETURNED)
    again = evidencing.submit(db, cast.anna.actor, file(item))
    evidencing.review(db, cast.boris.actor, verdict(item, again))
    assert moves(db, route) == ["submitted", "returned", "submitted", "done"]
    assert piece.status is EvidenceStatus.RETURNED  # its history stays


def test_a_return_without_words_is_refused(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    piece = evidencing.submit(db, cast.anna.actor, text(route.items[0]))
    with pytest.raises(Refused) as caught:
        evidencing.review(db, cast.boris.actor, verdict(route.items[0], piece, accept=False, comment=" "))
    assert caught.value.reason == EvidenceRefusal.NO_REASON
    assert piece.status is EvidenceStatus.SUBMITTED


def test_what_the_tutor_has_not_seen_is_not_accepted_with_the_rest(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    first = evidencing.submit(db, cast.anna.actor, text(item))
    page = verdict(item, first)
    evidencing.submit(db, cast.anna.actor, file(item))
    with pytest.raises(Conflict):
        evidencing.review(db, cast.boris.actor, page)
    assert (first.status, item.status) == (EvidenceStatus.SUBMITTED, S.SUBMITTED)


def test_a_second_decision_finds_nothing_to_decide(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    piece = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.review(db, cast.boris.actor, verdict(item, piece))
    for accept in (True, False):
        with pytest.raises(InvalidMove):
            evidencing.review(db, cast.vera.actor, verdict(item, piece, accept=accept, comment="Поздно"))
    assert (piece.status, moves(db, route)) == (EvidenceStatus.ACCEPTED, ["submitted", "done"])


def test_work_is_accepted_while_its_document_is_awaited(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    report = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.review(db, cast.boris.actor, verdict(item, report, missing=True))
    assert item.status is S.DONE_UNCONFIRMED
    paper = evidencing.submit(db, cast.anna.actor, document(item))
    assert item.status is S.DONE_UNCONFIRMED  # the work stays accepted
    evidencing.review(db, cast.boris.actor, verdict(item, paper, accept=False, comment="Номер не читается"))
    assert (paper.status, item.status) == (EvidenceStatus.RETURNED, S.DONE_UNCONFIRMED)
    better = evidencing.submit(db, cast.anna.actor, document(item))
    evidencing.review(db, cast.boris.actor, verdict(item, better))
    assert moves(db, route) == ["submitted", "done_unconfirmed", "done"]
    assert item.done_on == date(2026, 11, 24)


def test_evidence_that_waits_is_decided_after_completion_and_not_after_closing(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna, S.SUBMITTED)
    item = route.items[0]
    piece = make_evidence(db, item, cast.anna)
    route.status, route.closed_on = RouteStatus.CLOSED, date(2026, 11, 23)
    db.flush()
    with pytest.raises(Refused) as caught:
        evidencing.review(db, cast.boris.actor, verdict(item, piece))
    assert caught.value.reason == EvidenceRefusal.ROUTE_CLOSED
    route.status, route.closed_on = RouteStatus.COMPLETED, None
    db.flush()
    evidencing.review(db, cast.boris.actor, verdict(item, piece))
    assert item.status is S.DONE


def test_who_may_decide(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna, S.SUBMITTED).items[0]
    piece = make_evidence(db, item, cast.anna)
    for actor in (cast.anna.actor, cast.marina.actor, cast.dina.actor, in_role(cast.vera, Role.MUNICIPAL_METHODIST)):
        with pytest.raises((Forbidden, NotFound)):
            evidencing.review(db, actor, verdict(item, piece))
    evidencing.review(db, cast.vera.actor, verdict(item, piece))
    assert piece.status is EvidenceStatus.ACCEPTED


def test_nobody_accepts_their_own_evidence_in_any_role(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.marina, S.SUBMITTED).items[0]
    piece = make_evidence(db, item, cast.marina)
    for actor in every_role(cast.marina, cast):
        with pytest.raises(Forbidden):
            evidencing.review(db, actor, verdict(item, piece))
    assert piece.status is EvidenceStatus.SUBMITTED


# Withdrawing


def test_withdrawing_the_only_piece_gives_the_item_back_to_work(db: Session, cast: Cast) -> None:
    route = running(db, cast, cast.anna)
    item = route.items[0]
    piece = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.withdraw(db, cast.anna.actor, piece.id)
    assert (piece.status, item.status) == (EvidenceStatus.WITHDRAWN, S.IN_PROGRESS)


def test_withdrawing_one_of_two_leaves_the_other_before_the_tutor(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    first, second = [evidencing.submit(db, cast.anna.actor, text(item)) for _ in range(2)]
    evidencing.withdraw(db, cast.anna.actor, first.id)
    assert (item.status, second.status) == (S.SUBMITTED, EvidenceStatus.SUBMITTED)


def test_withdrawing_what_was_sent_after_a_return_keeps_the_tutors_words_in_force(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    first = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.review(db, cast.boris.actor, verdict(item, first, accept=False, comment="Мало"))
    second = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.withdraw(db, cast.anna.actor, second.id)
    assert item.status is S.RETURNED


def test_accepted_evidence_may_be_withdrawn_and_the_work_stays_done(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    piece = evidencing.submit(db, cast.anna.actor, text(item))
    evidencing.review(db, cast.boris.actor, verdict(item, piece))
    evidencing.withdraw(db, cast.anna.actor, piece.id)
    assert (piece.status, item.status, piece.reviewed_by_id) == (EvidenceStatus.WITHDRAWN, S.DONE, cast.boris.person.id)
    with pytest.raises(InvalidMove):
        evidencing.withdraw(db, cast.anna.actor, piece.id)


def test_only_the_owner_withdraws(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna, S.SUBMITTED).items[0]
    piece = make_evidence(db, item, cast.anna)
    with pytest.raises(Forbidden):
        evidencing.withdraw(db, cast.boris.actor, piece.id)
    with pytest.raises(NotFound):
        evidencing.withdraw(db, cast.gleb.actor, piece.id)


# Files


def test_a_file_opens_for_the_owner_tutor_head_and_methodist_only(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    evidence = evidencing.submit(db, cast.anna.actor, file(item))
    assert evidence.file_id is not None
    for member in (cast.anna, cast.boris, cast.marina, cast.vera):
        assert evidencing.get_file(db, member.actor, evidence.file_id)[1] == cast.anna.person.id
    for member in (cast.gleb, cast.olga, cast.dina, cast.admin, cast.stranger):
        with pytest.raises(NotFound):
            evidencing.get_file(db, member.actor, evidence.file_id)


def test_a_withdrawn_file_is_there_for_its_owner_only(db: Session, cast: Cast) -> None:
    item = running(db, cast, cast.anna).items[0]
    evidence = evidencing.submit(db, cast.anna.actor, file(item))
    assert evidence.file_id is not None
    evidencing.withdraw(db, cast.anna.actor, evidence.id)
    db.flush()
    with pytest.raises(NotFound):
        evidencing.get_file(db, cast.boris.actor, evidence.file_id)
    assert evidencing.get_file(db, cast.anna.actor, evidence.file_id)[0].label == "Отчёт.pdf"


def test_a_file_that_never_was_looks_like_a_foreign_one(db: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        evidencing.get_file(db, cast.anna.actor, 10**6)


# Races


def submitted(engine: Engine, status: ItemStatus = S.SUBMITTED) -> tuple[Cast, int, int]:
    with transaction(engine) as session:
        cast = make_cast(session)
        item = running(session, cast, cast.anna, status).items[0]
        return cast, item.id, make_evidence(session, item, cast.anna).id if status is S.SUBMITTED else 0


@pytest.mark.parametrize("repeat", range(3))
def test_two_decisions_at_once_leave_one(own_engine: Engine, repeat: int) -> None:
    cast, item_id, piece_id = submitted(own_engine)
    seen = frozenset({piece_id})
    told = race(
        own_engine,
        lambda session: evidencing.review(session, cast.boris.actor, ReviewEvidence(item_id, seen, True, "")),
        lambda session: evidencing.review(session, cast.vera.actor, ReviewEvidence(item_id, seen, False, "Мало")),
    )
    with Session(own_engine) as session:
        item = session.scalars(select(RouteItem)).one()
        piece = session.scalars(select(Evidence)).one()
        decided = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == Action.EVIDENCE_REVIEW))
    assert (told, item.status, piece.status, decided) in [
        (["done", "InvalidMove"], S.DONE, EvidenceStatus.ACCEPTED, 1),
        (["InvalidMove", "done"], S.RETURNED, EvidenceStatus.RETURNED, 1),
    ]


@pytest.mark.parametrize("repeat", range(3))
def test_accepting_against_withdrawing_is_one_after_the_other(own_engine: Engine, repeat: int) -> None:
    cast, item_id, piece_id = submitted(own_engine)
    told = race(
        own_engine,
        lambda session: evidencing.review(session, cast.boris.actor, ReviewEvidence(item_id, frozenset({piece_id}), True, "")),
        lambda session: evidencing.withdraw(session, cast.anna.actor, piece_id),
    )
    with Session(own_engine) as session:
        item = session.scalars(select(RouteItem)).one()
        piece = session.scalars(select(Evidence)).one()
    assert piece.status is EvidenceStatus.WITHDRAWN
    assert (told, item.status) in [(["done", "done"], S.DONE), (["InvalidMove", "done"], S.IN_PROGRESS)]


@pytest.mark.parametrize("repeat", range(3))
def test_accepting_against_another_piece_never_accepts_the_unseen(own_engine: Engine, repeat: int) -> None:
    cast, item_id, piece_id = submitted(own_engine)
    told = race(
        own_engine,
        lambda session: evidencing.review(session, cast.boris.actor, ReviewEvidence(item_id, frozenset({piece_id}), True, "")),
        lambda session: evidencing.submit(session, cast.anna.actor, SubmitEvidence(item_id, EvidenceKind.TEXT, "Ещё")),
    )
    with Session(own_engine) as session:
        statuses = list(session.scalars(select(Evidence.status).order_by(Evidence.id)))
        item = session.scalars(select(RouteItem)).one()
    assert (told, statuses, item.status) in [
        (["done", "InvalidMove"], [EvidenceStatus.ACCEPTED], S.DONE),
        (["Conflict", "done"], [EvidenceStatus.SUBMITTED] * 2, S.SUBMITTED),
    ]


def test_parallel_uploads_stop_exactly_at_the_limit(own_engine: Engine) -> None:
    cast, item_id, _ = submitted(own_engine, S.IN_PROGRESS)
    with transaction(own_engine) as session:
        item = session.scalars(select(RouteItem).where(RouteItem.id == item_id)).one()
        for _ in range(FILES_PER_ITEM - 3):
            evidencing.submit(session, cast.anna.actor, file(item))

    def upload(session: Session) -> None:
        facts = FileFacts(MemoryFileStore().save(b"%PDF-1.7"), "a.pdf", "application/pdf")
        evidencing.submit(session, cast.anna.actor, SubmitEvidence(item_id, EvidenceKind.FILE, file=facts))

    told = race(own_engine, *[upload] * 5) + race(own_engine, *[upload] * 5)
    assert sorted(told) == ["Refused"] * 7 + ["done"] * 3
    with Session(own_engine) as session:
        assert session.scalar(select(func.count()).select_from(Evidence)) == FILES_PER_ITEM
