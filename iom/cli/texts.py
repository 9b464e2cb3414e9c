"""Sentences of the command line."""

from iom.core.format import file_size, plural

DATABASE_READY = "База данных готова."
DATABASE_AT_HEAD = "База данных на последней версии схемы."
DATABASE_BEHIND = "База данных на другой версии схемы. Выполните: iom db upgrade"
CHAIN_WHOLE = "Журнал цел: ни одна строка не изменена."
INTEGRITY_GOOD = "База данных цела."
KNOWN_PROBLEMS = {
    "missing or shorter than 32 characters": "не задан или короче 32 знаков",
    "plain http without IOM_PLAIN_HTTP=1": "адрес без шифрования, а IOM_PLAIN_HTTP=1 не указан",
    "must be 0 or 1": "нужно 0 или 1",
    "must be a whole number": "нужно целое число",
}


def bad_setting(name: str, problem: str) -> str:
    """Return the sentence for a setting that stops the start."""
    return f"Настройка {name}: {KNOWN_PROBLEMS.get(problem, problem)}. Ничего не запущено. Все настройки описаны в .env.example."


def chain_broken(line: int) -> str:
    """Return the sentence for a changed journal."""
    return f"Журнал изменён: строка {line} не следует из предыдущей."


def loaded(new: int, changed: int, same: int) -> str:
    """Return the sentence after a load."""
    if not new and not changed:
        return f"Изменений нет: {plural(same, 'строка', 'строки', 'строк')} уже в базе."
    return f"Добавлено {new}, изменено {changed}, без изменений {same}."


def links_proposed(count: int) -> str:
    """Return the sentence after matching the catalog with the map."""
    return f"Предложено связей компетенций с каталогом: {count}."


def serving(url: str) -> str:
    """Return the line printed when the site answers."""
    return f"Сайт отвечает: {url}"


FRAMEWORK_TITLE = "Компетенции педагога и руководителя"
DOCTOR_PYTHON = "Python 3.11 или новее"
DOCTOR_SETTINGS = "Настройки"
DOCTOR_FOLDER = "Папка данных"
DOCTOR_CATALOG = "Каталог"
DOCTOR_DATABASE = "База данных отвечает"
DOCTOR_SCHEMA = "Версия схемы"
DOCTOR_DURABLE = "PostgreSQL пишет надёжно"
DOCTOR_REDIS = "Redis отвечает"
DOCTOR_EMPTY = "пустая база, выполните iom db upgrade"


def folder(path: str, free: int) -> str:
    """Return where the data lies and how much space is left."""
    return f"{path}, свободно {file_size(free)}"


def check_line(name: str, is_good: bool, detail: str) -> str:
    """Return one line of the examination."""
    return f"{'хорошо' if is_good else 'ПЛОХО '}  {name}{': ' + detail if detail else ''}"
