"""Words of diagnostics."""

from datetime import datetime

from iom.core.format import clock_time, plural
from iom.diagnostics.answering import AnswerFault
from iom.diagnostics.kinds import AttemptStage, DiagnosticMethod, ResultSource
from iom.diagnostics.reasons import DiagnosticRefusal

REFUSAL: dict[str, str] = {
    DiagnosticRefusal.NO_CONSENT: "Для диагностики нужно ваше согласие. Отвеченное сохранено; дать согласие можно в «Моих данных».",
    DiagnosticRefusal.ATTEMPT_FINISHED: "Эта самодиагностика уже завершена, ответы в ней не меняются. Результат – в профиле.",
    DiagnosticRefusal.NOTHING_ANSWERED: "Пока нет ни одного ответа, считать нечего. Ответьте хотя бы на несколько утверждений.",
}

FAULT = {
    AnswerFault.EMPTY: "Ответ пустой. Выберите вариант или пропустите утверждение.",
    AnswerFault.UNKNOWN_OPTION: "Такого варианта ответа нет. Выберите один из показанных.",
    AnswerFault.TOO_LONG: "Ответ слишком длинный. Сократите его.",
    AnswerFault.WRONG_COUNT: "Выбрано не столько вариантов, сколько нужно. Проверьте ответ.",
}

BAD_REQUEST = "Ответ не разобран. Обновите страницу и выберите его ещё раз."

STAGE = {
    AttemptStage.ENTRY: "входная",
    AttemptStage.CURRENT: "текущая",
    AttemptStage.REPEAT: "повторная",
}

METHOD = {
    DiagnosticMethod.SELF: "самодиагностика",
    DiagnosticMethod.EXTERNAL: "внешняя диагностика",
    DiagnosticMethod.MIXED: "задания и самооценка",
}

SOURCE = {
    ResultSource.OWN: "пройдена здесь",
    ResultSource.IMPORTED: "загружена",
}

NOT_APPLICABLE_LABEL = "Не относится к моей работе"
NOT_APPLICABLE_HINT = "Не повлияет на результат"

CONSENT_FIRST = "Для самодиагностики нужно ваше согласие. Всё, что уже отвечено, сохранено."
FINISHED = "Самодиагностика завершена. Вот ваш профиль."
PAUSED = "Ответы сохранены. Продолжить можно в любой день и с любого устройства."


def saved_at(moment: datetime) -> str:
    """Return the words beside the questions after answers were kept; `moment` by the reader's clock."""
    return f"Сохранено в {clock_time(moment)}"


def statements(count: int) -> str:
    """Return the number of statements in words."""
    return plural(count, "утверждение", "утверждения", "утверждений")
