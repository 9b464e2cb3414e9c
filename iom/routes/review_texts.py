"""Words of those who decide about a route: what was found, what changed, what was decided."""

from datetime import date
from typing import Final

from iom.core.format import date_long, hours, money, month_name, number, period, plural, tie
from iom.routes.differences import Change, Difference
from iom.routes.kinds import ItemKind, ReviewDecision, ReviewStep
from iom.routes.pages import texts as page_texts
from iom.routes.review_checks import Check, Finding
from iom.routes.workflow import ItemStatus

FINDING: Final = {
    Check.BEGUN: "«{title}» уже началось {day}.",
    Check.ENROL_CLOSED: "Запись на «{title}» закрылась {day}.",
    Check.NO_SEATS: "На «{title}» мест нет.",
    Check.PROVIDER_PRIVATE: "«{title}»: частная организация, с {day} она не вправе набирать педагогов школ.",
    Check.OUTSIDE_PERIOD: "«{title}» выходит за срок маршрута: {days}.",
    Check.OVERLAP: "«{title}» и «{other}» пересекаются: {days}.",
    Check.FAR: "«{title}» проводится очно в другом регионе: {other}.",
    Check.HOLIDAYS: "«{title}» приходится на новогодние праздники: {days}.",
    Check.ENROL_SOON: "Запись на «{title}» идёт только до {day}.",
    Check.HEAVY_MONTH: "{month}: {hours}, больше 8 ч в неделю.",
    Check.OVER_BUDGET: "Шаги длиннее выбранных часов на {hours}.",
    Check.PAID: "«{title}» платно: {money}.",
    Check.ESTIMATED: "Часы по оценке: {items}.",
    Check.NO_DATES: "Без точных дат, месяцы предложены системой: {items}.",
}
NOTHING_FOUND: Final = "Даты, места и нагрузка сходятся."

ITEM_REASON: Final = page_texts.ITEM_REASON | {
    "pinned": "закреплено педагогом.",
    "only_candidate": "других предложений по теме «{need}» в периоде маршрута нет.",
    "chosen": "выбрано педагогом.",
    "own": "добавлено педагогом.",
}
NO_NEED: Final = "запросу педагога"

ITEM_STATUS: Final = page_texts.ITEM_STATUS | {ItemStatus.ENROLLED: ("Зачисление подтверждено", "info", "patch-check")}

DECISION: Final = {
    (ReviewStep.TUTOR, ReviewDecision.AGREE): "маршрут согласован",
    (ReviewStep.TUTOR, ReviewDecision.RETURN): "маршрут возвращён с замечанием",
    (ReviewStep.METHODIST, ReviewDecision.AGREE): "маршрут согласован методистом",
    (ReviewStep.METHODIST, ReviewDecision.RETURN): "маршрут возвращён методистом",
    (ReviewStep.SCHOOL_HEAD, ReviewDecision.AGREE): "маршрут согласован школой",
    (ReviewStep.SCHOOL_HEAD, ReviewDecision.RETURN): "маршрут возвращён школой",
    (ReviewStep.CENTER, ReviewDecision.AGREE): "маршрут утверждён центром",
    (ReviewStep.CENTER, ReviewDecision.RETURN): "маршрут возвращён центром",
}

OWNER: Final = "педагог"

OWN_ROUTE: Final = "Нельзя согласовать собственный маршрут: это сделает закреплённый за вами тьютор, а утвердит школа или центр."
STALE: Final = "Маршрут изменился, пока вы решали. Ниже то, что есть сейчас; ваше замечание на месте."
SAID: Final = "Сообщение отправлено."


def finding(one: Finding, today: date) -> str:
    """Return what was found as a sentence."""
    words = {
        "title": one.title,
        "other": one.other,
        "day": date_long(one.day, today.year) if one.day else "",
        "days": period(one.day, one.until, today.year) if one.day and one.until else "",
        "month": month_name(one.day.month).capitalize() if one.day else "",
        "hours": hours(one.amount),
        "money": money(one.amount),
        "items": plural(one.amount, "шаг", "шага", "шагов"),
    }
    return tie(FINDING[one.check].format(**words))


def item_reason(code: str, need: str, before: int, after: int) -> str:
    """Return «почему здесь» for a reader who is not the owner."""
    return ITEM_REASON.get(code, ITEM_REASON["chosen"]).format(need=need or NO_NEED, before=before, after=after)


def difference(one: Difference, today: date) -> dict[str, str]:
    """Return one change as the component of differences draws it."""
    if one.kind in {Change.ADDED, Change.REMOVED}:
        return {"kind": str(one.kind), "text": one.title}
    if one.kind is Change.HOURS:
        return {"kind": "change", "text": f"{one.title}:", "old": hours(one.old), "new": hours(one.new)}
    text = "Срок маршрута:" if one.kind is Change.PERIOD else f"{one.title}:"
    return {"kind": "change", "text": text, "old": _days(one.old, today), "new": _days(one.new, today)}


def _days(pair: tuple[str | None, str | None], today: date) -> str:
    first, last = pair
    if not first or not last:
        return "без дат"
    return period(date.fromisoformat(first), date.fromisoformat(last), today.year)


def decided(step: ReviewStep, decision: ReviewDecision, name: str, comment: str) -> str:
    """Return a decision as a line of the talk."""
    words = f": {comment}" if comment else ""
    return f"{name}, {DECISION[step, decision]}{words}"


def after_decision(name: str, *, agreed: bool, left: int) -> str:
    """Return the sentence after a decision about one person's route."""
    done = "Согласовано" if agreed else "Возвращено с замечанием"
    rest = f"Ждут решения ещё {number(left)}." if left else "Больше решений не ждёт никто."
    return tie(f"{done}: {name}. {rest}")


KIND_WITH_DOCUMENT: Final = frozenset({ItemKind.PROGRAM})
"""Kinds whose work ends with a document on qualification."""
