"""Sentences of `iom load`, `iom import` and `iom indicators`."""

from collections.abc import Mapping
from typing import Any

from iom.core.format import plural

REGION_OPTION = "--region"
NO_REGION = "В базе нет ни одного региона. Создайте его: iom demo или раздел «Организации»."
MANY_REGIONS = "В базе несколько регионов, укажите код одного: --region КОД."
UNKNOWN_REGION = "Региона с таким кодом нет: {code}."
UNKNOWN_ORG = "Организации с таким кодом нет: {code}."
UNKNOWN_CODE = "Такого показателя нет: {code}. Есть: {known}."
BAD_DAY = "нужна дата ГГГГ-ММ-ДД или ДД.ММ.ГГГГ: {text}"
NO_FRAMEWORK = "Карта компетенций не загружена. Выполните сначала: iom load framework КАТАЛОГ"
NO_INSTRUMENTS = "В папке нет файлов инструментов .json: {folder}"
CHANGED_SINCE = "Данные в базе изменились во время загрузки. Ничего не записано, запустите команду ещё раз."
CHECKED_ONLY = "Только проверка: ничего не записано."
OUT_NEEDED = "Укажите файл для книги: --out ФАЙЛ.xlsx"
NO_DAY = "в строках нет даты измерения: укажите --date"
TAKING = "Результаты"
NOTHING_NAMED = "нет такого человека в регионе: {who}"
SEVERAL_NAMED = "подходят несколько человек, нужен код: {who}"
NOT_MEASURED = "самооценка и отзывы не загружаются как измеренные результаты"
SHEET = "Показатели"
SHEET_ROWS = "Строки {code}"


def framework_loaded(subjects: int, nodes: int) -> str:
    """Return the sentence after a framework."""
    words = plural(nodes, "узел", "узла", "узлов")
    return f"Карта компетенций: {words}. Справочник предметов: {plural(subjects, 'предмет', 'предмета', 'предметов')}."


def instrument_loaded(code: str, version: str, is_new: bool) -> str:
    """Return the sentence after an instrument."""
    return f"Инструмент {code} {version}: {'загружен' if is_new else 'уже загружен, изменений нет'}."


def indicators_loaded(count: int) -> str:
    """Return the sentence after the words of indicators."""
    return f"Показателей: {count}."


def staff_counts(counts: Mapping[str, Any]) -> str:
    """Return the sentence about a staff list."""
    return f"Новых {counts['new']}, изменится {counts['changed']}, без изменений {counts['same']}, не принято {counts['refused']}."


def results_counts(people: int, new: int, corrected: int, same: int, refused: int) -> str:
    """Return the sentence about a file of results."""
    who = plural(people, "человек", "человека", "человек")
    return f"{who}: новых результатов {new}, исправлено {corrected}, без изменений {same}; строк не принято {refused}."


def indicator_line(code: str, title: str, value: str, made_of: str) -> str:
    """Return one indicator as a line of the terminal."""
    return f"{code}  {value}  ({made_of})  {title}"
