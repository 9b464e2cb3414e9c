"""Words of the planning command: verdicts, solutions, sentences on the terminal."""

from iom.core.format import plural
from iom.profiles.kinds import Depth, Verdict
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
BAND = {1: "низкий", 2: "ниже базового", 3: "базовый", 4: "высокий"}
SOLUTION = {Status.OPTIMAL: "лучший, доказано", Status.FEASIBLE: "близкий к лучшему", Status.INFEASIBLE: "ближайший к условиям"}
NO_NEEDS = "дефицитов не найдено"
FORM = {"onsite": "очная", "online": "дистанционная", "blended": "очно-дистанционная", "unknown": ""}
STATE = "проект"
SOURCE_UNNAMED = "Результаты из файла"
METHOD = "внешняя диагностика"
SELF_RATING = "самооценка"
GOAL = "Дойти до базового уровня в темах, где найдены дефициты"
PLANNED = "запланировано"
ABOUT_CATALOG = "Каталог"
ABOUT_HOURS = "Часов на человека, не больше"
ABOUT_PERIOD = "Период"
ABOUT_PEOPLE = "Людей"
PREPARING = "Готовим каталог"
WRITING = "Пишем документы"
PLANNING = "Строим маршруты"
NOTHING_ACCEPTED = "В файле нет ни одной строки, по которой можно построить маршрут. Ничего не записано; причины – в списке ниже."
OUT_IS_FILE = "Папка для результатов – это файл. Укажите другую папку; ничего не записано."
PERIOD_BACKWARDS = "Конец периода раньше начала. Проверьте --from и --to; ничего не записано."


def done(people: int, items: int, folder: str) -> str:
    """Return the last sentence of a run."""
    routes = plural(people, "маршрут", "маршрута", "маршрутов")
    return f"Готово: {routes}, {plural(items, 'мероприятие', 'мероприятия', 'мероприятий')}. {folder}"


def rejected(count: int) -> str:
    """Return the sentence before rejected rows."""
    return f"Не принято: {plural(count, 'строка', 'строки', 'строк')}."


def rejected_row(row: str, column: str, sentence: str) -> str:
    """Return one rejected row or cell with its reason."""
    place = f"строка {row}, столбец «{column}»" if column else f"строка {row}"
    return f"  {place}: {sentence}"


def more_rejected(count: int) -> str:
    """Return the line after the rows that are shown."""
    return f"  и ещё {count}: все названы в summary.json"


def aims(titles: list[str]) -> str:
    """Return what an item works on."""
    return "; ".join(titles)


def catalog_unreadable(sentence: str) -> str:
    """Return the sentence for a catalog that cannot be read."""
    return f"Каталог не прочитан. {sentence}"
