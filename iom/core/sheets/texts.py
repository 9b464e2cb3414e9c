"""Russian for the spreadsheet door: a sentence for every refusal, and the letter shares that tell encodings apart."""

from typing import Final

from iom.core.format import number, tie
from iom.core.sheets.errors import Fact, SheetError, SheetErrorCode

KEPT = "Данные в системе не изменились."

# Files mix these two letters freely, also inside one name; comparisons take the second for the first.
DOTTED_LETTER: Final = "ё"
PLAIN_LETTER: Final = "е"

# What happened, and what to do about it; between them stands KEPT.
REFUSAL: dict[SheetErrorCode, tuple[str, str]] = {
    SheetErrorCode.EMPTY_FILE: ("Файл пустой, в нём 0 байт.", "Проверьте, что таблица сохранена, и загрузите её ещё раз."),
    SheetErrorCode.FILE_TOO_LARGE: (
        "Файл больше {limit_mb} МБ.",
        "Удалите лишние листы и картинки или разделите таблицу на несколько файлов.",
    ),
    SheetErrorCode.UNSUPPORTED_EXTENSION: ("Файлы «.{extension}» не читаются.", "Сохраните таблицу как XLSX или CSV."),
    SheetErrorCode.WRONG_EXTENSION: (
        "Имя файла кончается на «.{extension}», а внутри другой формат.",
        "Откройте таблицу и сохраните её через «Сохранить как»: XLSX или CSV.",
    ),
    SheetErrorCode.OLD_EXCEL: ("Это файл старого Excel (XLS).", "Откройте его и сохраните как XLSX."),
    SheetErrorCode.BINARY_WORKBOOK: ("Это двоичная книга Excel (XLSB).", "Откройте её и сохраните как XLSX."),
    SheetErrorCode.OPEN_DOCUMENT: ("Это таблица OpenDocument (ODS).", "Откройте её и сохраните как XLSX или CSV."),
    SheetErrorCode.HTML_PAGE: (
        "Внутри веб-страница, а не таблица: так выгружают данные некоторые программы.",
        "Откройте файл в Excel или LibreOffice и сохраните как XLSX.",
    ),
    SheetErrorCode.NOT_A_WORKBOOK: ("Это архив, но не книга Excel.", "Выберите файл таблицы: XLSX или CSV."),
    SheetErrorCode.ENCRYPTED: ("Файл защищён паролем.", "Снимите пароль в Excel и сохраните таблицу ещё раз."),
    SheetErrorCode.MACROS: ("В книге есть макросы, такие файлы не принимаются.", "Сохраните таблицу как XLSX без макросов."),
    SheetErrorCode.BROKEN_ARCHIVE: (
        "Файл повреждён или передан не полностью.",
        "Откройте таблицу, сохраните её заново и загрузите ещё раз.",
    ),
    SheetErrorCode.TOO_MANY_MEMBERS: ("В книге больше {limit} частей.", "Скопируйте нужный лист в новую книгу."),
    SheetErrorCode.UNPACKED_TOO_LARGE: (
        "В распакованном виде книга больше {limit_mb} МБ.",
        "Скопируйте нужный лист в новую книгу или сохраните его как CSV.",
    ),
    SheetErrorCode.RATIO_TOO_HIGH: (
        "Часть книги сжата более чем в {limit} раз, это не похоже на таблицу.",
        "Скопируйте нужный лист в новую книгу или сохраните его как CSV.",
    ),
    SheetErrorCode.UNSAFE_NAME: ("Внутри книги есть недопустимое имя файла.", "Скопируйте нужный лист в новую книгу."),
    SheetErrorCode.NESTED_ARCHIVE: (
        "В книгу вложен другой файл или архив.",
        "Удалите вложенные объекты или скопируйте нужный лист в новую книгу.",
    ),
    SheetErrorCode.DTD: ("В книге есть описание типа документа, такие файлы не принимаются.", "Скопируйте нужный лист в новую книгу."),
    SheetErrorCode.BROKEN_XML: ("Часть книги не читается.", "Откройте таблицу, сохраните её заново и загрузите ещё раз."),
    SheetErrorCode.NO_SHEETS: ("В книге нет листов с таблицами.", "Проверьте, тот ли файл выбран."),
    SheetErrorCode.SHEET_NOT_FOUND: ("В книге нет листа «{sheet}».", "Выберите лист из списка."),
    SheetErrorCode.TOO_HEAVY: (
        "Таблица слишком сложная, чтобы прочитать её целиком.",
        "Скопируйте нужный лист в новую книгу как значения или сохраните его как CSV.",
    ),
    SheetErrorCode.NO_ROWS: ("В таблице нет заполненных строк.", "Проверьте, тот ли лист и тот ли файл выбран."),
    SheetErrorCode.CELL_OUT_OF_RANGE: (
        "Далеко за пределами таблицы есть заполненная ячейка: {cell}. Читаются первые {rows} строк и {columns} столбцов.",
        "Очистите строки и столбцы за таблицей и сохраните файл.",
    ),
    SheetErrorCode.TOO_MANY_ROWS: ("Строк больше, чем {limit}.", "Разделите таблицу на несколько файлов."),
    SheetErrorCode.TOO_MANY_COLUMNS: ("Столбцов больше, чем {limit}.", "Оставьте нужные столбцы и очистите остальные."),
    SheetErrorCode.CELL_TOO_LONG: (
        "В одной ячейке больше {limit} знаков{place}.",
        "Сократите текст; в CSV проверьте, закрыты ли кавычки.",
    ),
    SheetErrorCode.UNKNOWN_ENCODING: ("Кодировка файла не определилась.", "Сохраните таблицу как XLSX или CSV в кодировке UTF-8."),
    SheetErrorCode.MIXED_ENCODING: (
        "В файле смешаны две кодировки, или он повреждён.",
        "Сохраните таблицу как XLSX или CSV в кодировке UTF-8.",
    ),
    SheetErrorCode.NUL: ("В файле есть нулевые байты (строка {line}), это не текст.", "Сохраните таблицу как XLSX или CSV."),
    SheetErrorCode.UNCLOSED_QUOTE: ("Кавычка, открытая в строке {row}, не закрыта до конца файла.", "Закройте кавычку или удалите её."),
    SheetErrorCode.BROKEN_QUOTES: (
        "В строке {row} кавычки стоят посреди значения.",
        "Удвойте кавычки внутри значения или сохраните таблицу как XLSX.",
    ),
    SheetErrorCode.WORKER_MEMORY: (
        "Для чтения файла не хватило отведённой памяти.",
        "Скопируйте нужный лист в новую книгу или разделите таблицу на несколько файлов.",
    ),
    SheetErrorCode.WORKER_TIME: (
        "Файл читался слишком долго и был отложен.",
        "Скопируйте нужный лист в новую книгу или разделите таблицу на несколько файлов.",
    ),
    SheetErrorCode.WORKER_FAILED: ("Прочитать файл не получилось.", "Откройте таблицу, сохраните её заново и загрузите ещё раз."),
}


def refusal(error: SheetError) -> str:
    """Return the whole message: what happened, what is kept, what to do next."""
    what, advice = REFUSAL[error.code]
    return tie(f"{what.format_map(_words(error.facts))} {KEPT} {advice}")


def _words(facts: dict[str, Fact]) -> dict[str, str]:
    words = {name: number(fact) if isinstance(fact, int | float) else str(fact) for name, fact in facts.items()}
    limit = facts.get("limit")
    if isinstance(limit, int):
        words["limit_mb"] = number(limit / 1_000_000)
    words["place"] = _place(facts)
    return words


def _place(facts: dict[str, Fact]) -> str:
    if facts.get("cell"):
        return f" (ячейка {facts['cell']})"
    return f" (строка {facts['row']})" if facts.get("row") else ""


# Shares of letters in Russian prose, per character; punctuation of Russian typesetting gets a small share of its own.
LETTER_SHARES: dict[str, float] = {
    "о": 0.1097, "е": 0.0845, "а": 0.0801, "и": 0.0735, "н": 0.0670, "т": 0.0626, "с": 0.0547, "р": 0.0473,
    "в": 0.0454, "л": 0.0440, "к": 0.0349, "м": 0.0321, "д": 0.0298, "п": 0.0281, "у": 0.0262, "я": 0.0201,
    "ы": 0.0190, "ь": 0.0174, "г": 0.0170, "з": 0.0165, "б": 0.0159, "ч": 0.0144, "й": 0.0121, "х": 0.0097,
    "ж": 0.0094, "ш": 0.0073, "ю": 0.0064, "ц": 0.0048, "щ": 0.0036, "э": 0.0032, "ф": 0.0026, "ё": 0.0020,
    "ъ": 0.0010, "«": 0.0030, "»": 0.0030, "№": 0.0030, "–": 0.0030, "—": 0.0030, "\u00a0": 0.0030,
}  # fmt: skip
