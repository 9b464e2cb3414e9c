"""Russian words of the documents and the ways dates, periods, hours and shares are written in them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from iom.core.format import date_long, date_short, number, plural
from iom.core.format import percent as percent_text
from iom.core.texts import HOUR_FORMS, NBSP

ROUTE_TITLE = {
    "full": "Индивидуальный образовательный маршрут",
    "short": "Индивидуальный образовательный маршрут. Краткая форма",
    "final": "Отчёт об индивидуальном образовательном маршруте",
}
AIM_CAPTION = {True: "Дефицит, задача", False: "Задача"}
NO_ORDER = "приказ пока не издан"
ORDER_TITLE = "Об утверждении индивидуальных образовательных маршрутов"
ORDER_BASIS = f"По{NBSP}итогам диагностики профессиональных компетенций и{NBSP}по{NBSP}согласованию с{NBSP}тьюторами"
BLANK_NUMBER = "____________"
BLANK_DATE = f"«____» ______________ 20____{NBSP}года"
PROTOCOL_TITLE = "Личный протокол диагностики"
NOT_DETERMINED = "не определён"
ABOUT_SHEET = "О файле"
UNTITLED_SHEET = "Лист"
ABOUT_CAPTIONS = ("Что", "Значение")

LABELS = {
    "full_name": "Фамилия, имя, отчество",
    "school": "Образовательная организация",
    "municipality": "Муниципалитет",
    "position": "Должность",
    "subjects": "Предмет",
    "education": "Образование",
    "teaching_years": "Педагогический стаж",
    "position_years": "Стаж в должности",
    "category": "Квалификационная категория",
    "last_training_on": "Последнее повышение квалификации",
    "tutor": "Тьютор",
    "methodist": "Методист",
    "mentor": "Наставник",
    "coordinator": "Ответственный в организации",
}

PROTOCOL_LABELS = {
    "full_name": "Кто",
    "position": "Должность",
    "school": "Организация",
    "diagnostic": "Диагностика",
    "about": "Вид, способ, этап",
    "held_on": "Дата",
}

PLAN_SHEETS = {"people": "Люди", "deficits": "Дефициты", "items": "Пункты маршрутов", "uncovered": "Не охвачено"}
PLAN_CAPTIONS = {
    "person_code": "Код",
    "full_name": "ФИО",
    "school": "Организация",
    "municipality": "Муниципалитет",
    "position": "Должность",
    "subject": "Предмет",
    "competencies": "Компетенций измерено",
    "deficits": "Дефицитов",
    "claims": "Заявлено затруднений",
    "covered": "Охвачено дефицитов",
    "steps": "Пунктов",
    "hours": "Часы",
    "hours_estimated": "Из них часы по оценке",
    "money": "Стоимость, ₽",
    "start": "Начало",
    "end": "Окончание",
    "solution": "Решение",
    "gap_percent": "Отклонение от лучшего, не больше",
    "file_name": "Файл маршрута",
    "competency_code": "Код компетенции",
    "competency": "Компетенция",
    "answers": "Заданий",
    "level": "Уровень",
    "level_low": "Уровень от",
    "level_high": "Уровень до",
    "bound": "Граница",
    "probability": "Вероятность ниже границы",
    "verdict": "Вывод",
    "depth": "Глубина",
    "coverage": "Охват",
    "number": "№",
    "offering_code": "Код в каталоге",
    "title": "Мероприятие",
    "kind": "Вид",
    "provider": "Провайдер",
    "form": "Форма",
    "aims": "Дефициты",
    "why": "Почему здесь",
    "reason": "Причина",
    "remedy": "Что поможет",
}


def short_date(day: date | None) -> str:
    """Return «12.10.2026», or an empty text when there is no date."""
    return date_short(day) if day else ""


def long_date(day: date) -> str:
    """Return «12 октября 2026 года», as orders write it."""
    return f"{date_long(day)}{NBSP}года"


def period(start: date | None, end: date | None) -> str:
    """Return «14.09.2026 – 30.10.2026», or what is known of it."""
    if start and end:
        return short_date(start) if start == end else f"{short_date(start)}{NBSP}– {short_date(end)}"
    if start:
        return since(start)
    return f"до{NBSP}{short_date(end)}" if end else "в течение маршрута"


def hours(count: int, estimated: bool = False) -> str:
    """Return «72», or «≈ 36» for hours that the catalog does not know."""
    return f"≈{NBSP}{number(count)}" if estimated else number(count)


def years(count: int | None) -> str:
    """Return «14 лет», or an empty text when the number is not known."""
    return "" if count is None else plural(count, "год", "года", "лет")


def percent(value: int | None) -> str:
    """Return «61 %», or a dash when nothing was measured."""
    return "–" if value is None else percent_text(value)


def level_band(percent_value: int | None, low: int | None, high: int | None) -> str:
    """Return «54 %, вероятно от 33 до 72»."""
    if percent_value is None:
        return NOT_DETERMINED
    if low is None or high is None:
        return percent(percent_value)
    return f"{percent(percent_value)}, вероятно от{NBSP}{low} до{NBSP}{high}"


def order_reference(number_text: str, issued_on: date | None) -> str:
    """Return «№ 112-од от 28.09.2026» without the parts that are not known."""
    parts = [f"№{NBSP}{number_text}" if number_text else "", f"от{NBSP}{short_date(issued_on)}" if issued_on else ""]
    return " ".join(part for part in parts if part)


def since(day: date | None) -> str:
    """Return «с 15.03.2023», or an empty text when there is no date."""
    return f"с{NBSP}{short_date(day)}" if day else ""


def federal_registry(number_text: str) -> str:
    """Return the number of a programme in the federal registry, or an empty text when it has none."""
    return f"№{NBSP}ФР{NBSP}ДПП {number_text}" if number_text else ""


def footer_start(version: int, printed_on: date) -> str:
    """Return the part of a footer that stands before the page number."""
    return f"Редакция {version}, распечатано {short_date(printed_on)}"


def route_reference(route_number: str, version: int) -> str:
    """Return «маршрут № 24-0117, редакция 2» for the header of each page."""
    return f"маршрут{NBSP}№{NBSP}{route_number}, редакция{NBSP}{version}"


def hours_total(known: int, estimated: int) -> str:
    """Return the sum of hours as a sentence part; estimated hours stand apart."""
    if not estimated:
        return plural(known, *HOUR_FORMS)
    guess = f"≈{NBSP}{number(estimated)}{NBSP}ч по{NBSP}оценке"
    return f"{plural(known, *HOUR_FORMS)} и{NBSP}{guess}" if known else guess


def done_share(done: int, planned: int) -> str:
    """Return «3 из 8 пунктов, 38 %» (rounded half up); the share is left out when nothing is planned."""
    share = f", {percent((200 * done + planned) // (2 * planned))}" if planned else ""
    return f"{number(done)} из{NBSP}{plural(planned, 'пункта', 'пунктов', 'пунктов')}{share}"


def points_total(points: Decimal) -> str:
    """Return «12,5 балла», «3 балла»."""
    return plural(points, "балл", "балла", "баллов")


def agreement(role: str, name: str, agreed_on: date | None) -> str:
    """Return one line of the approval block; an electronic decision is text with its date."""
    who = f"{role} {name}".strip()
    return f"{who}, {short_date(agreed_on)}, электронно" if agreed_on else f"{who}, решение ожидается"


def printed_on(day: date) -> str:
    """Return the part of a footer that stands before the page number, for documents without editions."""
    return f"Распечатано {short_date(day)}"


def annex_to(number_text: str, issued_on: date | None) -> str:
    """Return the corner line of an annex; a draft leaves room for the number and the date."""
    return f"к{NBSP}приказу от{NBSP}{short_date(issued_on) or BLANK_NUMBER} №{NBSP}{number_text or BLANK_NUMBER}"


def self_rating(level: int | None) -> str:
    """Return «самооценка 70 %», or an empty text when there is none."""
    return "" if level is None else f"самооценка {percent(level)}"


def previous_level(level: int | None) -> str:
    """Return «в прошлый раз 41 %», or an empty text when there was none."""
    return "" if level is None else f"в{NBSP}прошлый раз {percent(level)}"


def order_points(people: int, deputy: str = "") -> tuple[str, ...]:
    """Return the usual points of an order: approve the routes, cover the lessons, keep control."""
    staff = plural(people, "педагогического работника", "педагогических работников", "педагогических работников")
    approve = f"Утвердить индивидуальные образовательные маршруты {staff} (приложение)."
    cover = f"{deputy} обеспечить замену уроков в{NBSP}дни очных мероприятий." if deputy else ""
    return tuple(point for point in (approve, cover, f"Контроль оставляю за{NBSP}собой.") if point)


def answers(count: int) -> str:
    """Return «12 заданий»."""
    return plural(count, "задание", "задания", "заданий")


def joined(parts: Sequence[str], separator: str = ", ") -> str:
    """Return the parts that are not empty as one text."""
    return separator.join(part for part in parts if part)
