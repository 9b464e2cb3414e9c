"""Words that stand in a printed route for facts of the database."""

from typing import Final

from iom.catalog.kinds import DeliveryForm
from iom.core.format import date_short
from iom.profiles.kinds import DeficitOrigin
from iom.routes.evidence_models import Certificate
from iom.routes.kinds import EvidenceKind, ItemLevel, ReviewStep
from iom.routes.workflow import RouteStatus

FORM: Final = {
    DeliveryForm.ONSITE: "очная",
    DeliveryForm.ONLINE: "дистанционная",
    DeliveryForm.BLENDED: "очно-заочная",
    DeliveryForm.UNKNOWN: "",
}

LEVEL: Final = {
    ItemLevel.SCHOOL: "школьный",
    ItemLevel.MUNICIPALITY: "муниципальный",
    ItemLevel.REGION: "региональный",
    ItemLevel.FEDERAL: "федеральный",
}

ORIGIN: Final = {
    DeficitOrigin.ATTEMPT: "диагностика",
    DeficitOrigin.TUTOR: "тьютор или методист",
    DeficitOrigin.PUPIL_RESULTS: "результаты обучающихся",
    DeficitOrigin.PERSONAL_REQUEST: "запрос педагога",
}

STATE: Final = {
    RouteStatus.DRAFT: "проект",
    RouteStatus.ON_REVIEW: "на согласовании",
    RouteStatus.RETURNED: "возвращён на доработку",
    RouteStatus.AGREED: "согласован",
    RouteStatus.APPROVED: "утверждён",
    RouteStatus.IN_PROGRESS: "утверждён, выполняется",
    RouteStatus.SUSPENDED: "приостановлен",
    RouteStatus.COMPLETED: "завершён",
    RouteStatus.CLOSED: "закрыт",
}

SIDE: Final = {
    ReviewStep.TUTOR: "тьютор",
    ReviewStep.METHODIST: "методист",
    ReviewStep.SCHOOL_HEAD: "директор",
    ReviewStep.CENTER: "региональный центр",
}
TEACHER: Final = "педагог"
HEAD: Final = "Директор"
SUPPORT: Final = "{name}, тьютор"
GOAL_PLAIN: Final = "Развитие профессиональных компетенций по согласованному плану."

PRIORITIES: Final = ((8, "высокий"), (4, "средний"), (1, "низкий"))
"""From which weight of 10 a need has which priority in words."""

EVIDENCE: Final = {
    EvidenceKind.FILE: "файл приложен",
    EvidenceKind.LINK: "ссылка приложена",
    EvidenceKind.TEXT: "отчёт приложен",
    EvidenceKind.CERTIFICATE: "документ",
}


def priority(weight: int) -> str:
    """Return the priority of a need in words, by its weight from 1 to 10."""
    return next(word for bound, word in PRIORITIES if weight >= bound)


def goal(titles: list[str]) -> str:
    """Return the goal of a route that names its needs."""
    return f"Освоить темы: {'; '.join(titles)}." if titles else GOAL_PLAIN


def certificate(found: Certificate) -> str:
    """Return a document on qualification as one line."""
    number = " ".join(part for part in (found.series, found.number) if part)
    return f"№ {number} от {date_short(found.issued_on)}, {found.issuer}"


def accepted(day: str) -> str:
    """Return the tutor's mark at an item."""
    return f"принято {day}"


def route_file(number: str) -> str:
    """Return the name of a route's file, without its extension; no person is named in it."""
    return f"Маршрут {number}"


def order_file(number: str) -> str:
    """Return the name of an order's file, without its extension."""
    return f"Приказ {number}" if number else "Проект приказа"
