"""Words of a tutor's work: what waits, who has stopped, what to write, why something is refused."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from iom.core.errors import Conflict, DomainError, InvalidMove
from iom.core.format import date_long, date_weekday, hours, number, percent, plural, tie
from iom.routes.finishing import FinishRefusal
from iom.routes.ordering import OrderRefusal
from iom.routes.reviewing import ReviewRefusal
from iom.support.evidencing import EvidenceRefusal
from iom.support.people import Decision, ListView, PersonFacts, RouteFacts, Stop, Stuck, Waits

ITEM_FORMS: Final = ("шаг", "шага", "шагов")
ROUTE_FORMS: Final = ("маршрут", "маршрута", "маршрутов")

VIEW: Final = {
    ListView.WAITING: "Ждут решения",
    ListView.STUCK: "Застряли",
    ListView.SOON: "Скоро срок",
    ListView.NO_ROUTE: "Без маршрута",
    ListView.ALL: "Все",
}

CAPTION: Final = {
    ListView.WAITING: "Педагоги, чьи маршруты и отчёты ждут вашего решения. Сначала те, у кого срок раньше",
    ListView.STUCK: "Педагоги, чей маршрут остановился. Сначала те, кто стоит дольше",
    ListView.SOON: "Педагоги, у которых скоро кончается шаг маршрута. Сначала ближайший срок",
    ListView.NO_ROUTE: "Педагоги без маршрута, по фамилиям",
    ListView.ALL: "Все закреплённые педагоги, по фамилиям",
}

WAITS: Final = {
    Waits.ROUTE: ("На согласовании", "wait", "hourglass-split"),
    Waits.EVIDENCE: ("Отчёт на проверке", "wait", "file-earmark-arrow-up"),
    Waits.REPLACEMENT: ("Нужна замена", "bad", "arrow-left-right"),
    Waits.CLOSING: ("Закрыть маршрут", "wait", "archive"),
}
"""Word, tone and icon of each decision."""

EDITED: Final = ("Правки педагога", "warn", "pencil")
NO_ROUTE: Final = ("Без маршрута", "idle", "circle")

STUCK: Final = {
    Stuck.SCHOOL: ("Ждёт школу", "warn", "hourglass-split"),
    Stuck.CENTER: ("Ждёт центр", "warn", "hourglass-split"),
    Stuck.OVERDUE: ("Срок прошёл", "bad", "exclamation-circle"),
    Stuck.RETURNED: ("Замечание без ответа", "warn", "arrow-return-left"),
    Stuck.SILENT: ("Не заходит", "warn", "exclamation-circle"),
    Stuck.STILL: ("Без движения", "warn", "exclamation-circle"),
}

REMEDY: Final = {
    Stuck.SCHOOL: "Спросить школу",
    Stuck.CENTER: "Спросить центр",
    Stuck.OVERDUE: "Спросить о шаге",
    Stuck.RETURNED: "Напомнить о замечании",
    Stuck.SILENT: "Написать",
    Stuck.STILL: "Предложить помощь",
}
"""One remedy for each reason; all open the talk about the route with words to start from."""

SAY: Final = {
    Stuck.SCHOOL: "Маршрут согласован и ждёт приказа школы. Подскажите, пожалуйста, когда его утвердят?",
    Stuck.CENTER: "Маршрут согласован и ждёт утверждения в центре. Подскажите, пожалуйста, когда его утвердят?",
    Stuck.OVERDUE: "Срок шага прошёл. Всё сделано и осталось приложить отчёт, или шаг лучше перенести либо заменить?",
    Stuck.RETURNED: "Посмотрите, пожалуйста, замечание к маршруту. Правка обычно занимает две–три минуты, помогу, если нужно.",
    Stuck.SILENT: "Давно не видно вас в системе. Если что-то мешает, напишите: сроки можно сдвинуть, шаги – заменить.",
    Stuck.STILL: "Как идут шаги маршрута? Если что-то мешает, напишите: сроки можно сдвинуть, шаги – заменить.",
}

READY_PHRASES: Final = (
    "Мало практики: добавьте стажировку или посещение уроков.",
    "Слишком плотно: разнесите шаги по месяцам.",
    "Этот курс уже пройден: замените его.",
    "Очные дни попадают на учебные занятия: выберите другой поток.",
    "Не закрыта главная тема: проверьте набор шагов.",
)
"""What tutors write most often; a tick adds the sentence to the remark."""

READY_EVIDENCE: Final = (
    "Файл не открывается или не читается: приложите другой.",
    "Не видно, что именно сделано: добавьте две строки о том, как это прошло.",
    "Нужен документ организатора: удостоверение, сертификат или справка.",
)

ALL_MUNICIPALITIES: Final = "Все районы"
ALL_SUBJECTS: Final = "Все предметы"
ANY_DECISION: Final = "Любое решение"
NOTHING_CHOSEN: Final = "Не выбран ни один маршрут. Отметьте маршруты, которые ждут согласования."
SOMEBODY: Final = "маршрут"
NOT_SENT: Final = "Не отправлено. Проверьте сообщение и отправьте ещё раз."

REFUSAL: Final[dict[str, str]] = {
    ReviewRefusal.NO_REASON: "Напишите, что исправить: вернуть маршрут без замечания нельзя.",
    ReviewRefusal.SCHOOL_DECIDES: "Этот маршрут утверждает школа своим приказом. Ничего не изменилось.",
    ReviewRefusal.CENTER_DECIDES: "Этот маршрут утверждает региональный центр, а не школа. Ничего не изменилось.",
    ReviewRefusal.OTHER_SCHOOL_DECIDES: "Маршрут утверждает школа основного места работы. Ничего не изменилось.",
    OrderRefusal.TOO_MANY: "В одном приказе не больше 300 маршрутов. Разделите список и утвердите частями.",
    OrderRefusal.NOTHING_CHANGED: "Номер и дата те же самые, исправлять нечего.",
    OrderRefusal.NO_REASON: "Напишите, почему исправляете номер или дату: это останется в истории приказа.",
    FinishRefusal.EVIDENCE_WAITS: "Сначала примите или верните отчёты, которые ждут проверки. Маршрут пока не закрыт.",
    FinishRefusal.NOT_OVER: "Маршрут ещё выполняется, и его срок не вышел. Закрыть можно, когда педагог завершит его.",
    FinishRefusal.NO_CONCLUSION: "Напишите заключение, хватит одной строки. Маршрут пока не закрыт.",
    EvidenceRefusal.ROUTE_NOT_RUNNING: "Маршрут сейчас не выполняется, приложить подтверждение нельзя.",
    EvidenceRefusal.ROUTE_CLOSED: "Маршрут закрыт, решение по отчёту уже не изменить.",
    EvidenceRefusal.TOO_MANY_FILES: "К шагу уже приложено 20 файлов. Отзовите лишний и приложите этот.",
    EvidenceRefusal.QUOTA: "Место для ваших файлов закончилось: можно хранить 300 МБ. Приложите ссылку или напишите словами.",
    EvidenceRefusal.DATE_IN_FUTURE: "Дата выдачи позже сегодняшней. Проверьте её.",
    EvidenceRefusal.NO_REASON: "Напишите, что доработать: вернуть отчёт без замечания нельзя.",
}


def heading(today: date, count: int, due_today: int, overdue: int) -> str:
    """Return «Понедельник, 12 октября: 14 решений, из них 3 сегодня»."""
    day = date_weekday(today, today.year)
    day = day[:1].upper() + day[1:]
    if not count:
        return f"{day}: решений не ждёт никто"
    parts = [f"{number(due_today)} сегодня"] * bool(due_today) + [f"{number(overdue)} просрочено"] * bool(overdue)
    tail = f", из них {', '.join(parts)}" if parts else ""
    return f"{day}: {plural(count, 'решение', 'решения', 'решений')}{tail}"


def shown(here: int, total: int) -> str:
    """Return «Показано 12 из 14.»."""
    return f"Показано {number(here)} из {number(total)}."


def route_summary(route: RouteFacts) -> str:
    """Return «6 шагов, 72 ч, охват 84 %»."""
    return f"{plural(route.items, *ITEM_FORMS)}, {hours(route.hours)}, охват {percent(round(100 * route.coverage))}"


def edits(added: int, removed: int) -> str:
    """Return «убрано 1, добавлено 2» for a route that was sent again."""
    parts = [f"убрано {number(removed)}"] * bool(removed) + [f"добавлено {number(added)}"] * bool(added)
    return ", ".join(parts) or "изменены часы или даты"


def evidence_summary(title: str, count: int) -> str:
    """Return «„Семинар“: 2 материала»."""
    return f"«{title}»: {plural(count, 'материал', 'материала', 'материалов')}"


def replacement_summary(count: int) -> str:
    """Return «1 шаг остался без мероприятия»."""
    return f"{plural(count, 'шаг остался', 'шага остались', 'шагов остались')} без мероприятия"


def hours_done(route: RouteFacts) -> str:
    """Return «4 из 72 ч»."""
    return f"{number(route.hours_done)} из {hours(route.hours)}"


def stop_text(stop: Stop, detail: str) -> str:
    """Return how long and over what a person has stopped."""
    days = plural(stop.days, "день", "дня", "дней")
    if stop.reason is Stuck.SILENT:
        return f"не заходит {days}" if stop.since else "ещё ни разу не вошли"
    if stop.reason is Stuck.OVERDUE:
        return f"«{detail}», {days} назад" if detail else f"{days} назад"
    return f"без движения {days}" if stop.reason is Stuck.STILL else days


def no_route_text(person: PersonFacts, diagnosed_on: date | None, today: date) -> str:
    """Return what is known of a person without a route."""
    if diagnosed_on:
        return f"Диагностика пройдена {date_long(diagnosed_on, today.year)}, можно собрать маршрут"
    return "Диагностики пока нет"


def place(person: PersonFacts) -> str:
    """Return the small line under a name: «Озёрская СОШ, математика»."""
    return ", ".join(part for part in (person.school, " и ".join(one.lower() for one in person.subjects) or person.position) if part)


def more(decisions: Sequence[Decision]) -> str:
    """Return «и ещё 1» when several decisions wait about one person."""
    return f"и ещё {number(len(decisions) - 1)}" if len(decisions) > 1 else ""


def agreed(count: int) -> str:
    """Return the sentence after agreeing to some routes."""
    return tie(f"{plural(count, 'маршрут согласован', 'маршрута согласованы', 'маршрутов согласовано')}.")


def agreed_partly(done: int, failed: Sequence[tuple[str, DomainError]]) -> str:
    """Return «3 согласованы, 1 нет: Нина Условная – маршрут изменился, пока вы выбирали»."""
    reasons = "; ".join(f"{name} – {_failure(error)}" for name, error in failed)
    start = f"{plural(done, 'согласован', 'согласованы', 'согласовано')}, {number(len(failed))} нет" if done else "Не согласовано"
    return tie(f"{start}: {reasons}.")


def _failure(error: DomainError) -> str:
    if isinstance(error, Conflict):
        return "маршрут изменился, пока вы выбирали"
    if isinstance(error, InvalidMove):
        return "маршрут уже не ждёт решения"
    return "маршрут вам недоступен"
