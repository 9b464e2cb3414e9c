"""Words of evidence: what it may be, what happened with it."""

from typing import Final

from iom.core.format import date_short, file_size, hours, plural, tie
from iom.integrations.file_store import FileStoreProblem
from iom.routes.evidence_models import Certificate
from iom.routes.kinds import ClosingOutcome, EvidenceKind
from iom.routes.workflow import ItemStatus

KIND: Final = {
    EvidenceKind.FILE: "Файл",
    EvidenceKind.LINK: "Ссылка",
    EvidenceKind.TEXT: "Рассказ",
    EvidenceKind.CERTIFICATE: "Документ о квалификации",
}
FILE_HINT: Final = "PDF, JPG или PNG, до 10 МБ. Закройте на скане паспорт, СНИЛС и сведения о здоровье."

MARK: Final = {
    ItemStatus.PLANNED: "Ещё не начинали",
    ItemStatus.REQUESTED: "Подана заявка",
    ItemStatus.ENROLLED: "Есть зачисление",
    ItemStatus.IN_PROGRESS: "Шаг идёт",
}
"""How far an item is, in the owner's words."""

STORE: Final = {
    FileStoreProblem.TOO_LARGE: "Файл больше 10 МБ. Сожмите скан или снимок и приложите ещё раз.",
    FileStoreProblem.NO_SPACE: "На сервере закончилось место. Файл не сохранён, попробуйте позже; текст можно отправить и без файла.",
    FileStoreProblem.NOT_SAVED: "Файл не удалось сохранить. Приложите его ещё раз.",
    FileStoreProblem.MISSING: "Файла больше нет на месте.",
}

OUTCOME: Final = {
    ClosingOutcome.FULL: "выполнен полностью",
    ClosingOutcome.PARTIAL: "выполнен частично",
    ClosingOutcome.NOT_STARTED: "шаги не выполнялись",
    ClosingOutcome.CANCELLED: "отменён",
}

NO_FILE: Final = "Выберите файл: PDF, JPG или PNG."
SUBMITTED: Final = "Отправлено на проверку. Тьютор ответит здесь, страницу можно закрыть."
WITHDRAWN: Final = "Отозвано. След остался в истории шага, другим материал больше не виден."
MARKED: Final = "Отмечено."
ACCEPTED: Final = "Принято."
RETURNED: Final = "Возвращено с замечанием. Педагог увидит его на странице шага."
COMPLETED: Final = "Маршрут завершён. Тьютор закроет его, а повторная диагностика покажет, что изменилось."
CLOSED: Final = "Маршрут закрыт."
EVIDENCE_CHANGED: Final = "Пока вы смотрели, педагог изменил материалы шага. Посмотрите их ещё раз; замечание сохранено."
PRIVATE_NUMBERS: Final = (
    "Похоже, в тексте есть номер паспорта или СНИЛС. Он здесь не нужен: уберите его или отправьте ещё раз, если это другой номер."
)


def certificate_fields(certificate: Certificate) -> tuple[tuple[str, str], ...]:
    """Return the fields of a document as pairs of name and value."""
    number = " ".join(part for part in (certificate.series, certificate.number) if part)
    volume = (("Объём", hours(certificate.hours)),) if certificate.hours else ()
    return (("Номер", number), ("Дата выдачи", date_short(certificate.issued_on)), *volume, ("Кто выдал", certificate.issuer))


def space_left(used: int, limit: int) -> str:
    """Return how much room is left for files of a person."""
    return f"Свободно {file_size(max(0, limit - used))} из {file_size(limit)}."


def files_left(count: int, limit: int) -> str:
    """Return how many files still fit at an item."""
    left = max(0, limit - count)
    return tie(f"К шагу можно приложить ещё {plural(left, 'файл', 'файла', 'файлов')}.")
