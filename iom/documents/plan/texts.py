"""Words of the planning command: verdicts, solutions, the printed sheet, sentences on the terminal."""

from collections.abc import Sequence
from errno import EACCES, EDQUOT, ENAMETOOLONG, ENOSPC, EPERM, EROFS
from pathlib import Path

from iom.core.format import plural, tie
from iom.core.texts import NBSP
from iom.profiles.kinds import Depth, Verdict
from iom.profiles.results_file import ColumnKind, ColumnVerdict, Likeness, Scale, ScoreSource, column_verdict
from iom.routes.optimiser import Status

VERDICT = {
    Verdict.INSUFFICIENT: "мало данных",
    Verdict.DEFICIT: "дефицит",
    Verdict.PROBABLE: "вероятный дефицит, уточните",
    Verdict.OPEN: "дефицит не установлен",
    Verdict.NONE: "дефицита нет",
    Verdict.CLAIMED: "заявленное затруднение",
    Verdict.UNCLAIMED: "затруднение не заявлено",
}
DEPTH = {Depth.SMALL: "небольшой", Depth.MEDIUM: "средний", Depth.DEEP: "глубокий"}
SOLUTION = {Status.OPTIMAL: "лучший, доказано", Status.FEASIBLE: "близкий к лучшему", Status.INFEASIBLE: "ближайший к условиям"}
NO_NEEDS = "дефицитов не найдено"
NOT_SOLVED = "не посчитан: не хватило времени"
FORM = {"onsite": "очная", "online": "дистанционная", "blended": "очно-дистанционная", "unknown": ""}

# The reasons that sound otherwise than on a page, where a region stands behind the route and a person can change it.
UNCOVERED = {
    "no_programme": "подходящей программы в каталоге нет.",
    "not_checked": "причину посчитать не успели, запустите расчёт ещё раз.",
}

# The printed sheet.
STATE = "проект"
SOURCE_UNNAMED = "Результаты из файла"
SOURCE = {
    ScoreSource.MEASURED: "внешняя диагностика",
    ScoreSource.OTHER: "оценка коллег или эксперта",
    ScoreSource.SELF: "самооценка",
}
PRIORITY = {Depth.DEEP: "высокий", Depth.MEDIUM: "средний", Depth.SMALL: "невысокий"}
CLAIM_PRIORITY = "по желанию"
POSTPONED = "отложен до следующего маршрута"
PLANNED = "запланировано"
GOAL = tie("дойти до границы в темах, где найдены дефициты.")
GOAL_CLAIMS = tie("поработать над темами, в которых заявлены затруднения.")
GOAL_PROBABLE = tie(
    "уточнить вероятные дефициты: выполнить ещё несколько заданий по этим темам. "
    "Установленных дефицитов нет, поэтому мероприятий в маршруте нет."
)
GOAL_NONE = tie("сохранить достигнутый уровень. Дефицитов по этим результатам не установлено, поэтому мероприятий в маршруте нет.")
GOAL_THIN = tie("измерить компетенции: заданий пока слишком мало, чтобы судить. Поэтому мероприятий в маршруте нет.")

# The terminal.
READING = "Читаем файлы"
PREPARING = "Готовим каталог"
PLANNING = "Строим маршруты"
WRITING = "Пишем документы"
NOTHING_MEASURED = "нет ни одного результата"
NOTHING_WRITTEN = "Ничего не записано."
LIKENESS = {Likeness.CODE: "по коду", Likeness.TITLE: "по названию", Likeness.CLOSE: "по похожему названию, проверьте"}
SCALE = {Scale.PERCENT: "в процентах", Scale.FRACTION: "в долях от 0 до 1", Scale.SCORE: "в баллах"}
DOUBTFUL = "шкала под вопросом, проверьте"
NO_ROWS = f"В таблице есть заголовки, но нет ни одной строки с результатами. {NOTHING_WRITTEN}"
WORKER_DIED = (
    f"Один из процессов расчёта остановлен системой, обычно из-за нехватки памяти. {NOTHING_WRITTEN} "
    "Закройте другие программы и запустите расчёт ещё раз."
)
FOLDER_BUSY = f"В эту папку сейчас пишет другой расчёт. {NOTHING_WRITTEN} Дождитесь его или укажите другую папку."
INTERRUPTED = f"Расчёт прерван. {NOTHING_WRITTEN} Прежние результаты, если они были, остались на месте."
IN_THE_WAY = "такое имя нужно для результатов, а занято другим: файлом вместо папки или папкой вместо файла. Укажите другую папку."
NO_SUCH_FILE = "такого файла нет."
NOT_A_FILE = "это папка, а нужен файл XLSX или CSV."
NO_SUCH_FOLDER = "такой папки нет."
PERIOD_BACKWARDS = "конец периода раньше начала."
PERIOD_TOO_LONG = "период длиннее трёх лет, проверьте год. Один маршрут – это обычно один учебный год."
DISK = {
    ENOSPC: "На диске не хватило места.",
    EDQUOT: "На диске не хватило места.",
    EACCES: "Нет прав на запись в эту папку.",
    EPERM: "Нет прав на запись в эту папку.",
    EROFS: "Диск открыт только для чтения.",
    ENAMETOOLONG: "Имя файла слишком длинное для этого диска.",
}


def uncovered(title: str, percent: int, reason: str) -> str:
    """Return why a need stays below the line, in the form of the sentences of the route's page."""
    return f"«{title}», {percent} %: {reason}" if percent else f"«{title}»: {reason}"


def aims(titles: Sequence[str]) -> str:
    """Return what an item works on."""
    return "; ".join(titles)


def task(title: str, bound: float) -> str:
    """Return what a person is to reach in one topic."""
    return f"«{title}»: дойти до{NBSP}{bound:.0f}{NBSP}%"


def claim_task(title: str) -> str:
    """Return the task of a difficulty that only the person named."""
    return f"«{title}»: разобраться с{NBSP}заявленным затруднением"


def task_covered(percent: int) -> str:
    """Return what the route brings in one topic."""
    return f"маршрут закрывает {percent}{NBSP}% пути до{NBSP}границы"


def task_open(percent: int, reason: str) -> str:
    """Return what is left open in one topic, and why."""
    if percent:
        return f"маршрут закрывает {percent}{NBSP}% пути до{NBSP}границы, не{NBSP}весь: {reason}"
    return f"маршрут не{NBSP}закрывает: {reason}"


def done(people: int, routes: int, items: int, folder: str) -> str:
    """Return the last line of a run."""
    counted = (
        plural(people, "человек", "человека", "человек"),
        plural(routes, "маршрут", "маршрута", "маршрутов"),
        plural(items, "мероприятие", "мероприятия", "мероприятий"),
    )
    return f"Готово: {', '.join(counted)}. {folder}"


def columns_counted(columns: Sequence[ColumnVerdict]) -> str:
    """Return how many columns were taken for what, and which ones speak of the person and the result as a whole."""
    found = [column for column in columns if column.kind is ColumnKind.MATCHED]
    close = sum(column.likeness is Likeness.CLOSE for column in found)
    fields = [f"«{column.heading}»" for column in columns if column.kind is ColumnKind.FIELD]
    similar = f" (из{NBSP}них по{NBSP}похожему названию {close})" if close else ""
    rest = len(columns) - len(found) - len(fields)
    counted = f"Столбцы: компетенций {len(found)}{similar}, о{NBSP}человеке и{NBSP}результате {len(fields)}, не{NBSP}читается {rest}."
    return f"{counted} О{NBSP}человеке и{NBSP}результате: {', '.join(fields)}."


def column_line(column: ColumnVerdict) -> str:
    """Return the verdict on one column."""
    return f"  «{column.heading}» – {column_words(column)}" if column.heading else f"  столбец {column.index + 1} – {column_words(column)}"


def column_words(column: ColumnVerdict) -> str:
    """Return what a column was taken for, how surely, and on which scale its numbers stand."""
    words = [column_verdict(column)]
    if column.likeness and column.kind is ColumnKind.MATCHED:
        words.append(LIKENESS[column.likeness])
    if column.scale and column.kind is ColumnKind.MATCHED:
        words.append(SCALE[column.scale])
    if column.is_doubtful:
        words.append(DOUBTFUL)
    return ", ".join(words)


def posts_found(found: int, people: int) -> str:
    """Return how many people the staff list knows."""
    return f"Список сотрудников: нашлись {found} из{NBSP}{plural(people, 'человека', 'человек', 'человек')}."


def staff_columns(headings: Sequence[str]) -> str:
    """Return which columns of the staff list were not read."""
    return f"Список сотрудников: не{NBSP}опознаны столбцы {', '.join(f'«{heading}»' for heading in headings)}."


def rejected(count: int) -> str:
    """Return the sentence before rejected rows and cells."""
    return f"Не{NBSP}принято: {plural(count, 'строка или ячейка', 'строки или ячейки', 'строк или ячеек')}."


def rejected_row(row: int, column: str, reason: str, file: str) -> str:
    """Return one rejected row or cell with its reason; the file is named where there are two."""
    place = f"строка{NBSP}{row}, столбец «{column}»" if column else f"строка{NBSP}{row}"
    return f"  {file}, {place}: {reason}" if file else f"  {place}: {reason}"


def left_out(count: int) -> str:
    """Return the sentence before people without a single result."""
    return f"Без маршрута, потому что нет ни{NBSP}одного принятого результата: {plural(count, 'человек', 'человека', 'человек')}."


def person_left_out(code: str, name: str, rows: Sequence[int]) -> str:
    """Return one person who is left out, with the rows."""
    who = ", ".join(filter(None, (name, code)))
    numbers = ", ".join(map(str, rows[:10])) + ("…" if len(rows) > 10 else "")
    return f"  {who} ({'строка' if len(rows) == 1 else 'строки'}{NBSP}{numbers})"


def more(count: int) -> str:
    """Return the line after those that are shown."""
    return f"  и ещё {count}: все названы в{NBSP}summary.json"


def replacing(documents: int) -> str:
    """Return what of an earlier run gives way."""
    papers = plural(documents, "документ", "документа", "документов")
    return f"В{NBSP}папке лежит прошлый расчёт: routes.xlsx, summary.json и{NBSP}{papers}. Новый заменит его целиком, когда будет готов."


def in_file(name: str, sentence: str) -> str:
    """Return the sentence with the file that it speaks of."""
    return f"{name}: {sentence}"


def in_option(name: str, sentence: str) -> str:
    """Return the sentence with the option of the command that it speaks of."""
    return f"{name}: {sentence}"


def unreadable(code: int | None) -> str:
    """Return the sentence for a file that the system does not give."""
    reason = "нет прав на чтение" if code in (EACCES, EPERM) else f"ошибка диска {code}"
    return f"Файл не{NBSP}читается: {reason}. {NOTHING_WRITTEN} Проверьте, открывается{NBSP}ли он в{NBSP}другой программе."


def catalog_unreadable(sentence: str) -> str:
    """Return the sentence for a catalog that cannot be read."""
    return f"Каталог не{NBSP}прочитан. {sentence} {NOTHING_WRITTEN}"


def template_broken(name: str, part: str) -> str:
    """Return the sentence for a document template that cannot be filled."""
    return f"Шаблон документа {name} не{NBSP}заполняется ({part}). {NOTHING_WRITTEN} Верните исходный шаблон."


def disk_failed(code: int | None, path: Path) -> str:
    """Return the sentence for results that could not be written."""
    what = DISK.get(code or 0, f"Результаты не{NBSP}записались (ошибка диска {code}).")
    return f"{what} Новые результаты не{NBSP}сохранены, прежние остались на{NBSP}месте. Папка: {path}"


def bad_date(text: str) -> str:
    """Return what is wrong with a day on the command line."""
    return f"«{text}» не{NBSP}читается как дата. Нужно 01.12.2026 или 2026-12-01, годы от{NBSP}2000 до{NBSP}2100."


def bad_hours(least: int, most: int) -> str:
    """Return which hours are possible."""
    return f"нужно целое число часов от{NBSP}{least} до{NBSP}{most}."
