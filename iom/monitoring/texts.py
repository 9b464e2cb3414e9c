"""Words of indicators: short titles, how each is counted, states of routes, captions of tables."""

from datetime import date
from typing import Final

from iom.core.format import date_long, number, percent, plural
from iom.core.texts import NBSP
from iom.monitoring.board import APPROVED, PREPARED
from iom.monitoring.figures import Figure
from iom.monitoring.kinds import NO_ROUTE, IndicatorCode, Slice
from iom.monitoring.reasons import MonitoringRefusal
from iom.routes.pages.texts import ROUTE_STATUS
from iom.routes.workflow import RouteStatus

C = IndicatorCode

TITLE: Final = {
    C.ASSESSED: "Прошли диагностику, доля педагогов",
    C.ROUTED: "Есть утверждённый маршрут, доля прошедших диагностику",
    C.TRAINED: "Освоили программы федерального реестра с учётом диагностики",
    C.METHODIST_LOAD: "Педагогов на одного регионального методиста",
}
NUMERATOR: Final = {
    C.ASSESSED: "педагоги, у которых в году отчёта есть проверенная диагностика; способ и число попыток не важны, каждый один раз",
    C.ROUTED: "прошедшие диагностику, чей маршрут утверждён и отвечает на дефицит, найденный в этом году",
    C.TRAINED: "педагоги, которые завершили программу федерального реестра, взятую в маршрут ради дефицита, найденного до её начала; "
    "нарастающим итогом с 2021 года, каждый один раз",
    C.METHODIST_LOAD: "педагоги, закреплённые в день отчёта за региональными методистами",
}
DENOMINATOR: Final = {
    C.ASSESSED: "педагоги, работающие в день отчёта; руководители не входят",
    C.ROUTED: "педагоги и руководители, работающие в день отчёта и прошедшие диагностику в этом году",
    C.TRAINED: "педагоги, работающие в день отчёта; руководители не входят",
    C.METHODIST_LOAD: "региональные методисты с действующей ролью",
}
RULES: Final = (
    "Школа и район берутся по основному месту работы в день отчёта.",
    "Дни считаются по времени региона. Аннулированные попытки и результаты тех, кто отозвал согласие на диагностику, не входят.",
)
FACT: Final = {
    C.ASSESSED: "Первая диагностика года",
    C.ROUTED: "Маршрут утверждён",
    C.TRAINED: "Программа завершена",
    C.METHODIST_LOAD: "Закреплён с",
}

STATE: Final[dict[str, str]] = {
    NO_ROUTE: "Без маршрута",
    PREPARED: "Маршрут готовится",
    APPROVED: "Утверждён и дальше",
    **{str(status): word for status, (word, _, _) in ROUTE_STATUS.items()},
    str(RouteStatus.CLOSED): "Закрыт в этом году",
}
"""States of routes as columns and filters, in the order of a route's life."""

STATES_AS_COLUMNS: Final = (NO_ROUTE, PREPARED, *(str(status) for status in RouteStatus))
BADGE: Final[dict[str, tuple[str, str, str]]] = {
    NO_ROUTE: ("Маршрута нет", "idle", "circle"),
    **{str(status): words for status, words in ROUTE_STATUS.items()},
}
"""Word, tone and icon of each state."""

WAITS_FOR: Final[dict[str, str]] = {
    NO_ROUTE: "педагога: диагностика и маршрут",
    RouteStatus.DRAFT: "педагога: отправить",
    RouteStatus.ON_REVIEW: "тьютора: согласовать",
    RouteStatus.RETURNED: "педагога: исправить",
    RouteStatus.AGREED: "приказа школы",
    RouteStatus.APPROVED: "первого шага",
    RouteStatus.IN_PROGRESS: "шагов по срокам",
    RouteStatus.SUSPENDED: "окончания паузы",
    RouteStatus.COMPLETED: "тьютора: закрыть",
    RouteStatus.CLOSED: "следующего цикла",
}
"""Whose turn it is, after «ждёт»."""

PART: Final = {Slice.MUNICIPALITY: "Район", Slice.SCHOOL: "Школа"}
PARTS: Final = {Slice.MUNICIPALITY: "По районам", Slice.SCHOOL: "По школам"}

FROZEN = "Срез зафиксирован. Эти значения больше не пересчитываются."
BAD_DAY = "Дата не читается. Ничего не зафиксировано."
REFUSAL: Final[dict[str, str]] = {
    MonitoringRefusal.ALREADY_FROZEN: "Срез на этот день уже зафиксирован, второй раз он не записывается. Ничего не изменилось.",
    MonitoringRefusal.NOT_LOADED: "Показатели ещё не загружены. Их загружает администратор командой iom load catalog.",
}

REGION = "Весь регион"
ALL_SCHOOLS = "Все школы"

SHEET_ROWS = "Строки"
SHEET_PARTS = "Разрез"
SHEET_SUMMARY = "Показатели"
SHEET_COMPLETION = "Выполнение маршрутов"
CAPTION: Final = {
    "code": "Код",
    "name": "Педагог",
    "school": "Школа",
    "municipality": "Район",
    "fact_on": "Дата факта",
    "in_numerator": "В числителе",
    "indicator": "Показатель",
    "title": "Название по документу",
    "document": "Документ",
    "numerator": "Числитель",
    "denominator": "Знаменатель",
    "value": "Значение",
    "unit": "Единица",
    "target": "Цель",
    "target_date": "Цель на дату",
    "people": "Человек",
    "part": "Территория",
    "fingerprint": "Отпечаток строк",
    "largest": "Больше всего у одного",
}
YES, NO = "да", "нет"
HIDDEN = "скрыто"
ABOUT: Final = {
    "indicator": "Показатель",
    "document": "Документ",
    "numerator": "Числитель",
    "denominator": "Знаменатель",
    "as_of": "Состояние на",
    "territory": "Территория",
    "rows": "Строк",
    "fingerprint": "Отпечаток строк",
    "who": "Кто выгрузил",
    "when": "Когда",
    "purpose": "Цель выгрузки",
}
EXPORT_NAME = "{code}-{day}.xlsx"
SUMMARY_NAME = "pokazateli-{day}.xlsx"


def unit(code: IndicatorCode) -> str:
    """Return the unit of an indicator's value."""
    return "чел." if code is C.METHODIST_LOAD else "%"


def figure_text(code: IndicatorCode, figure: Figure) -> str:
    """Return what a figure is made of: «71 из 92», «187 педагогов, 2 методиста»."""
    if code is C.METHODIST_LOAD:
        people = plural(figure.numerator, "педагог", "педагога", "педагогов")
        return f"{people}, {plural(figure.denominator, 'методист', 'методиста', 'методистов')}"
    return f"{number(figure.numerator)} из{NBSP}{number(figure.denominator)}"


def value_text(code: IndicatorCode, figure: Figure) -> str:
    """Return the value with its unit: «48,2 %», «93,5 чел.»."""
    if figure.value is None:
        return "–"
    return f"{number(figure.value, 1)}{NBSP}{unit(code)}" if code is C.METHODIST_LOAD else percent(figure.value, 1)


def target_badge(value: float | None, target: float, day: date) -> tuple[str, str, str]:
    """Return the mark of a share against its target: text, tone, icon."""
    if value is not None and value >= target:
        return "цель достигнута", "ok", "check-circle"
    return f"цель на{NBSP}{date_long(day)}", "info", "flag"


def load_badge(largest: int | None, norm: float | None) -> tuple[str, str, str] | None:
    """Return the mark of the methodists' load against the norm."""
    if largest is None:
        return None
    most = f"больше всего {number(largest)}"
    if norm is None:
        return most, "info", "people"
    text = f"норма до{NBSP}{number(norm)}, {most}"
    return (text, "ok", "check-circle") if largest <= norm else (text, "warn", "exclamation-circle")


def hidden_sentence(least: int) -> str:
    """Return what stands in place of a small group."""
    return f"менее {least}{NBSP}человек, скрыто"


def tab(label: str, count: int) -> str:
    """Return a tab's label with its count."""
    return f"{label} {number(count)}"


TAB: Final = {"counted": "В числителе", "rest": "Не вошли в числитель", "all": "В знаменателе", "parts": "", "methodists": "Методисты"}
