"""Every state, reason and refusal of a tutor's and a head's work has its words, and the words speak Russian as it is written."""

import pytest

from iom.core.errors import Conflict, InvalidMove, NotFound
from iom.documents import service_texts
from iom.integrations.file_store import FileStoreProblem
from iom.routes import order_texts, review_texts
from iom.routes.finishing import FinishRefusal
from iom.routes.kinds import ClosingOutcome, EvidenceKind, ReviewDecision, ReviewStep
from iom.routes.ordering import OrderRefusal
from iom.routes.pages import texts as page_texts
from iom.routes.reviewing import ReviewRefusal
from iom.routes.waiting_queries import Obstacle
from iom.routes.workflow import ItemStatus, RouteStatus
from iom.support import evidence_texts, texts
from iom.support.evidencing import EvidenceRefusal
from iom.support.people import ListView, Stuck, Waits


def test_every_refusal_has_a_sentence() -> None:
    known = page_texts.REFUSAL | texts.REFUSAL
    reasons = [*ReviewRefusal, *OrderRefusal, *FinishRefusal, *EvidenceRefusal]
    assert [reason for reason in reasons if reason not in known] == []


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (texts.VIEW, ListView),
        (texts.CAPTION, ListView),
        (texts.WAITS, Waits),
        (texts.STUCK, Stuck),
        (texts.REMEDY, Stuck),
        (texts.SAY, Stuck),
        (evidence_texts.KIND, EvidenceKind),
        (evidence_texts.STORE, FileStoreProblem),
        (evidence_texts.OUTCOME, ClosingOutcome),
        (order_texts.OBSTACLE, Obstacle),
        (order_texts.OBSTACLE_HELP, Obstacle),
        (review_texts.ITEM_STATUS, ItemStatus),
        (service_texts.STATE, RouteStatus),
        (service_texts.SIDE, ReviewStep),
        (service_texts.EVIDENCE, EvidenceKind),
    ],
)
def test_tables_are_complete(table: dict[object, object], keys: type) -> None:
    assert set(table) == set(keys)


def test_every_decision_of_every_side_has_words() -> None:
    assert set(review_texts.DECISION) == {(step, decision) for step in ReviewStep for decision in ReviewDecision}


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "1\u00a0маршрут согласован."),
        (3, "3\u00a0маршрута согласованы."),
        (5, "5\u00a0маршрутов согласовано."),
        (21, "21\u00a0маршрут согласован."),
    ],
)
def test_agreed_in_the_right_number(count: int, sentence: str) -> None:
    assert texts.agreed(count) == sentence


def test_a_partial_success_names_each_reason() -> None:
    failed = [("Нина Условная", Conflict()), ("Зоя Типовая", InvalidMove()), ("маршрут", NotFound())]
    assert texts.agreed_partly(3, failed).replace("\u00a0", " ") == (
        "3 согласованы, 3 нет: Нина Условная – маршрут изменился, пока вы выбирали; Зоя Типовая – маршрут уже не ждёт решения; "
        "маршрут – маршрут вам недоступен."
    )
    assert texts.agreed_partly(0, failed[:1]).startswith("Не\u00a0согласовано: ")


@pytest.mark.parametrize(
    ("total", "apart", "sentence"),
    [
        (1, 0, "1 маршрут согласован тьютором. Это займёт 3–5 минут."),
        (30, 2, "30 маршрутов согласованы тьюторами, 2 ждут отдельного решения. Это займёт 3–5 минут."),
        (22, 1, "22 маршрута согласованы тьюторами, 1 ждёт отдельного решения. Это займёт 3–5 минут."),
    ],
)
def test_the_line_under_the_heading_of_orders(total: int, apart: int, sentence: str) -> None:
    assert order_texts.meta(total, apart).replace("\u00a0", " ") == sentence
