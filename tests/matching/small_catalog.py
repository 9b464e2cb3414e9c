"""A hand-made catalog of six offerings, small enough to be worked through with a pencil."""

from iom.catalog.files import CompetencyRecord, OfferingRecord
from iom.catalog.kinds import AppliesTo, CompetencyLevel, OfferingKind, ProgramType


def program(code: str, title: str, **facts: object) -> OfferingRecord:
    return OfferingRecord(code=code, kind=OfferingKind.PROGRAM, program_type=ProgramType.UPSKILLING, title=title, **facts)  # type: ignore[arg-type]


def event(code: str, title: str, **facts: object) -> OfferingRecord:
    return OfferingRecord(code=code, kind=OfferingKind.EVENT, title=title, **facts)  # type: ignore[arg-type]


def competency(code: str, title: str, description: str = "", parent: str | None = None) -> CompetencyRecord:
    level = tuple(CompetencyLevel)[code.count(".")]
    return CompetencyRecord(code, parent, level, title, description, AppliesTo.TEACHER, "", "", 1)


OFFERINGS = [
    program("P1", "Формирующее оценивание на уроке", annotation="Обратная связь и критерии"),
    program("P2", "Смысловое чтение текста", subject="русский язык"),
    program("P3", "Решение уравнений и неравенств", subject="математика", audience="учителя математики"),
    program("P4", "Кибербезопасность школы", annotation="Защита данных в сети"),
    event("E1", "Форум по оцениванию результатов"),
    event("E2", "Конкурс чтецов"),
]
COMPETENCIES = [
    competency("A", "Методика"),
    competency("A.1", "Оценивание результатов", "Оценивает объективно", "A"),
    competency("A.1.1", "Формирующее оценивание", "Даёт обратную связь", "A.1"),
    competency("A.2", "Чтение", "Работает с текстом", "A"),
]
THESAURUS = [("травля", "буллинг"), ("информационная безопасность", "кибербезопасность"), ("отметка", "оценивание")]
