"""Russian for the door of evidence files: a sentence for every refusal."""

from typing import Final

from iom.core.format import number, tie
from iom.support.evidence_files.errors import EvidenceFileCode, EvidenceFileError

FALLBACK_STEM: Final = "документ"
KEPT: Final = "Остальное в форме сохранено."

# What happened, and what to do about it; between them stands KEPT.
REFUSAL: Final[dict[EvidenceFileCode, tuple[str, str]]] = {
    EvidenceFileCode.EMPTY: ("Файл пустой, в нём 0 байт.", "Проверьте, что он сохранён, и приложите ещё раз."),
    EvidenceFileCode.TOO_LARGE: ("Файл больше {limit_mb} МБ.", "Сожмите скан или снимок и приложите ещё раз."),
    EvidenceFileCode.UNSUPPORTED: ("Принимаются только PDF, JPG и PNG.", "Сохраните документ как PDF или приложите снимок."),
    EvidenceFileCode.MISMATCH: (
        "Имя файла кончается на «.{extension}», а внутри другой формат.",
        "Откройте файл и сохраните его как PDF, JPG или PNG.",
    ),
    EvidenceFileCode.BROKEN: ("Файл повреждён или не PDF/JPG/PNG.", "Откройте документ и сохраните его как PDF, JPG или PNG."),
    EvidenceFileCode.FOREIGN_DATA: (
        "В файле кроме документа есть посторонние данные.",
        "Откройте документ и сохраните его заново как PDF, JPG или PNG.",
    ),
    EvidenceFileCode.ENCRYPTED: ("PDF защищён паролем.", "Сохраните копию без пароля или приложите снимок документа."),
    EvidenceFileCode.ACTIVE_CONTENT: (
        "В PDF есть сценарии или действия, такие файлы не принимаются.",
        "Напечатайте документ в PDF или приложите снимок.",
    ),
    EvidenceFileCode.ATTACHMENT: ("В PDF вложены другие файлы.", "Напечатайте документ в PDF или приложите снимок."),
    EvidenceFileCode.TOO_MANY_PAGES: ("В PDF больше {limit} страниц.", "Приложите только страницы, которые подтверждают результат."),
    EvidenceFileCode.TOO_MANY_PIXELS: (
        "Снимок слишком большой: {width} × {height} точек.",
        "Уменьшите его до {limit_mp} млн точек и приложите ещё раз.",
    ),
    EvidenceFileCode.TOO_HEAVY: (
        "Файл слишком сложный, чтобы его проверить.",
        "Напечатайте документ в PDF или приложите снимок.",
    ),
}


def refusal(error: EvidenceFileError) -> str:
    """Return the whole message: what happened, what is kept, what to do next."""
    what, advice = REFUSAL[error.code]
    words = {name: number(fact) if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()}
    limit = error.facts.get("limit")
    if isinstance(limit, int):
        words["limit_mb"] = words["limit_mp"] = number(limit / 1_000_000)
    return tie(f"{what} {KEPT} {advice}".format_map(words))
