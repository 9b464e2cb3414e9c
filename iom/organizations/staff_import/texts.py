"""Words of the import of staff lists: verdicts, reasons, columns, the template."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from iom.core.format import date_short, plural, tie
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.staff_file.texts import CELL, ROW
from iom.organizations.staff_file.texts import REASON as FILE_REASONS
from iom.organizations.staff_import.kinds import ImportReason, VerdictKind
from iom.organizations.texts import EMPLOYEE_CATEGORY, QUALIFICATION

VERDICT: Final = {
    VerdictKind.NEW: ("Новый", "info", "plus-lg"),
    VerdictKind.CHANGED: ("Изменится", "wait", "pencil"),
    VerdictKind.SAME: ("Без изменений", "idle", "circle"),
    VerdictKind.REFUSED: ("Не загрузим", "warn", "exclamation-circle"),
}
"""Word, tone and icon of each verdict."""

TAB: Final = {
    VerdictKind.NEW: "Новые",
    VerdictKind.CHANGED: "Изменятся",
    VerdictKind.SAME: "Без изменений",
    VerdictKind.REFUSED: "Не загрузим",
}

LEFT_TAB = "Оставлены как есть"

# A sentence follows «строка 57, столбец «Школа»: ».
REASON: Final[dict[str, str]] = FILE_REASONS | {
    ImportReason.NO_SCHOOL: "не указана школа: добавьте столбец «Код школы» или «Школа»",
    ImportReason.OTHER_SCHOOL: "организации «{value}» нет среди тех, чьи списки вы ведёте",
    ImportReason.AMBIGUOUS_SCHOOL: "организаций с названием «{value}» несколько: укажите код школы",
    ImportReason.NO_POST: "не указана должность",
    ImportReason.NAME_DIFFERS: "под кодом «{value}» уже есть {known}: проверьте код или имя",
    ImportReason.SEVERAL_PEOPLE: "в школе несколько человек с таким именем: укажите код",
    ImportReason.KNOWN_UNDER_CODE: "человек с таким именем уже есть в школе под кодом «{known}»: поставьте этот код",
    ImportReason.INITIALS_ONLY: "для нового человека нужно полное имя, не инициалы",
    ImportReason.WORKS_ELSEWHERE: "основная работа в другой школе; перевод делает администратор в карточке человека",
    ImportReason.UNKNOWN_SUBJECT: "предмета «{value}» нет в справочнике",
    ImportReason.OWN_ROW: "свои сведения меняет другой ответственный или администратор",
    ImportReason.FIRST_ROW_REFUSED: "не загружена первая строка этого человека ({first_row})",
}

CAPTION: Final[dict[str, str]] = {
    "teacher_code": "Код педагога",
    "last_name": "Фамилия",
    "first_name": "Имя",
    "middle_name": "Отчество",
    "org_code": "Код школы",
    "school": "Школа",
    "post": "Должность",
    "subject_code": "Предметы",
    "category": "Категория",
    "category_assigned_on": "Дата категории",
    "experience_start_date": "Начало педагогической работы",
    "birth_year": "Год рождения",
    "email": "Почта",
    "active": "Работает",
}

HOW_TO_FILL: Final[dict[str, str]] = {
    "teacher_code": "Постоянный код человека: табельный номер или другой. Пусто – код назначит система",
    "last_name": "Обязательно",
    "first_name": "Обязательно, полностью",
    "middle_name": "Если есть",
    "org_code": "Код школы в системе. Ответственный одной школы может не заполнять",
    "post": "Обязательно. Две должности – две строки с одним кодом",
    "subject_code": "Через точку с запятой, как в справочнике ниже",
    "category": "нет, первая, высшая, педагог-методист, педагог-наставник",
    "category_assigned_on": "ДД.ММ.ГГГГ",
    "experience_start_date": "ДД.ММ.ГГГГ",
    "birth_year": "Четыре цифры",
    "email": "Если есть. Адрес того, кто уже входил, не меняется",
    "active": "да или нет. «Нет» закрывает должность",
}

FIELD: Final[dict[str, str]] = {
    "category": "кто это",
    "subjects": "предметы",
    "qualification_category": "категория",
    "category_assigned_on": "дата категории",
    "experience_start_date": "начало работы",
    "birth_year": "год рождения",
    "email": "почта",
    "position": "должность",
    "post_added": "новая должность",
    "post_closed": "должность закрыта",
}

TEMPLATE_NAME = "shablon-spiska-pedagogov.xlsx"
TEMPLATE_SHEET = "Педагоги"
DICTIONARY_SHEET = "Как заполнять"
SCHOOLS_SHEET = "Школы"
SUBJECTS_SHEET = "Предметы"
REFUSED_SHEET = "Не загружены"
REFUSED_NAME = "ne-zagruzheny-{batch}.xlsx"
DICTIONARY: Final = {"key": "Ключ столбца", "caption": "Столбец", "how": "Как заполнять"}
SCHOOL: Final = {"code": "Код школы", "name": "Школа"}
SUBJECT: Final = {"title": "Предмет"}
LINE: Final = {"row": "Строка файла", "reason": "Почему не загрузили"}

NOTHING_CHANGES = "Изменений нет: всё, что есть в файле, уже в системе."
NO_FILE = "Выберите файл: XLSX или CSV."
CANCELLED = "Список отложен, ничего не\u00a0загружено."
CHANGED_SINCE = "Пока вы смотрели, данные изменились. Ничего не\u00a0загружено: проверьте новый результат и\u00a0подтвердите ещё раз."
EMAIL_KEPT = "почта останется прежней: человек уже входил и\u00a0меняет её сам"


def sentence(line: Mapping[str, Any]) -> str:
    """Return why a row is refused: «строка 57, столбец «Почта»: …»."""
    reason = REASON[line["reason"]].format_map(line["facts"])
    column = CAPTION.get(line["column"], line["column"])
    template = CELL if column else ROW
    return tie(template.format(row=line["row"], column=column, reason=reason))


def refusal(line: Mapping[str, Any]) -> str:
    """Return why a row is refused, for a table that names the row beside."""
    reason = REASON[line["reason"]].format_map(line["facts"])
    column = CAPTION.get(line["column"], line["column"])
    return tie(f"«{column}»: {reason}" if column else reason)


def change_words(change: list[Any], subjects: Mapping[int, str], schools: Mapping[int, str]) -> str:
    """Return one change in words: «должность: учитель → методист»."""
    name, _, _ = change[0].partition(":")
    if name == "post_added":
        kind = FIELD[name] if change[2]["is_main"] else "ещё одна должность"
        return f"{kind}: {change[2]['position']}, {schools.get(change[2]['school_id'], '')}"
    if name == "post_closed":
        return FIELD[name]
    old, new = (value_words(name, value, subjects) for value in change[1:])
    return f"{FIELD[name]}: {old} → {new}"


def value_words(name: str, value: Any, subjects: Mapping[int, str]) -> str:
    """Return a value of a change in words."""
    if value in (None, "", []):
        return "пусто"
    if name == "subjects":
        return ", ".join(subjects.get(key, "") for key in value)
    if name == "category":
        return EMPLOYEE_CATEGORY[EmployeeCategory(value)]
    if name == "qualification_category":
        return QUALIFICATION[QualificationCategory(value)]
    if name in {"category_assigned_on", "experience_start_date"}:
        return date_short(date.fromisoformat(value))
    return str(value)


def rows(count: int) -> str:
    """Return «214 строк»."""
    return plural(count, "строка", "строки", "строк")


def rows_accusative(count: int) -> str:
    """Return «214 строк», «1 строку»."""
    return plural(count, "строку", "строки", "строк")


def confirmed(count: int) -> str:
    """Return the sentence after a confirmation."""
    verb = "Загружена" if count % 10 == 1 and count % 100 != 11 else "Загружено"
    return f"{verb} {rows(count)}. Отменить можно в\u00a0течение 30\u00a0дней."


def undone(left: int) -> str:
    """Return the sentence after an undo."""
    if not left:
        return "Загрузка отменена, прежние значения возвращены."
    return f"Загрузка отменена. Оставили как есть {rows_accusative(left)}: их успели изменить."
