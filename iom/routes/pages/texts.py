"""Words of a route: states, kinds, reasons."""

from iom.core.format import hours, plural
from iom.routes.building import BuildRefusal
from iom.routes.finishing import FinishRefusal
from iom.routes.kinds import ItemKind
from iom.routes.ordering import OrderRefusal
from iom.routes.reviewing import ReviewRefusal
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus

ROUTE_STATUS = {
    RouteStatus.DRAFT: ("Черновик", "idle", "file-earmark"),
    RouteStatus.ON_REVIEW: ("На согласовании", "wait", "hourglass-split"),
    RouteStatus.RETURNED: ("Возвращён", "warn", "arrow-return-left"),
    RouteStatus.AGREED: ("Согласован", "info", "patch-check"),
    RouteStatus.APPROVED: ("Утверждён", "info", "patch-check"),
    RouteStatus.IN_PROGRESS: ("Выполняется", "info", "play-circle"),
    RouteStatus.SUSPENDED: ("Приостановлен", "idle", "circle"),
    RouteStatus.COMPLETED: ("Завершён", "ok", "check-circle"),
    RouteStatus.CLOSED: ("Закрыт", "idle", "archive"),
}
"""Word, tone and icon of each state (design/tokens.md, section 1)."""

ITEM_STATUS = {
    ItemStatus.PLANNED: ("Запланировано", "idle", "circle"),
    ItemStatus.REQUESTED: ("Заявка отправлена", "wait", "send"),
    ItemStatus.ENROLLED: ("Вы зачислены", "info", "patch-check"),
    ItemStatus.IN_PROGRESS: ("Идёт", "info", "play-circle"),
    ItemStatus.SUBMITTED: ("На проверке", "wait", "hourglass-split"),
    ItemStatus.RETURNED: ("Нужна доработка", "warn", "arrow-return-left"),
    ItemStatus.DONE: ("Выполнено", "ok", "check-circle"),
    ItemStatus.DONE_UNCONFIRMED: ("Документ не подтверждён", "warn", "exclamation-circle"),
    ItemStatus.NEEDS_REPLACEMENT: ("Нужна замена", "bad", "arrow-left-right"),
    ItemStatus.MOVED: ("Перенесено", "idle", "circle"),
}
OVERDUE = ("Срок прошёл", "bad", "exclamation-circle")

EVIDENCE_STATUS = {
    EvidenceStatus.SUBMITTED: ("На проверке", "wait", "hourglass-split"),
    EvidenceStatus.ACCEPTED: ("Принято", "ok", "check-circle"),
    EvidenceStatus.RETURNED: ("Возвращено", "warn", "arrow-return-left"),
    EvidenceStatus.WITHDRAWN: ("Отозвано", "idle", "archive"),
}

ITEM_KIND = {
    ItemKind.PROGRAM: ("Программа ДПО", "mortarboard"),
    ItemKind.INTERNSHIP: ("Стажировка", "compass"),
    ItemKind.MENTORING: ("Наставничество", "person-heart"),
    ItemKind.EVENT: ("Мероприятие", "people"),
    ItemKind.RESOURCE: ("Материал", "collection"),
    ItemKind.SELF_STUDY: ("Самообразование", "collection"),
    ItemKind.PEER_LEARNING: ("Взаимное обучение", "people"),
    ItemKind.POST_COURSE_SUPPORT: ("Посткурсовое сопровождение", "person-heart"),
    ItemKind.EXPERT_ACTIVITY: ("Экспертная работа", "file-earmark-check"),
    ItemKind.OPEN_SLOT: ("Мероприятие по выбору", "calendar-plus"),
}
"""Word and icon of each kind."""

REFUSAL: dict[str, str] = {
    BuildRefusal.LIVE_ROUTE_EXISTS: "Маршрут уже есть: новый можно собрать, когда этот будет закрыт. Ничего не изменилось.",
    BuildRefusal.NOT_EDITABLE: "Маршрут уже отправлен, и менять его нельзя. Если тьютор вернёт его, правки снова откроются.",
    BuildRefusal.NO_NEEDS: "Отвечать пока не на что: пройдите самодиагностику или напишите свой запрос в профиле.",
    BuildRefusal.NO_POST: "Нет действующего места работы. Его добавит ответственный в школе, после этого маршрут можно собрать.",
    BuildRefusal.TOO_MANY_ITEMS: "В маршруте уже 20 мероприятий, больше не помещается. Уберите одно и добавьте снова.",
    BuildRefusal.ALREADY_IN_ROUTE: "Это мероприятие уже в маршруте.",
    BuildRefusal.NOT_A_CANDIDATE: "Такой замены больше нет: каталог изменился. Посмотрите список замен ещё раз.",
    ReviewRefusal.EMPTY_ROUTE: "В маршруте нет ни одного мероприятия. Добавьте хотя бы одно и отправьте снова.",
    ReviewRefusal.NO_TUTOR: "За вами пока не закреплён тьютор. Обратитесь в школу или в ЦНППМ; черновик сохранён.",
    OrderRefusal.NOTHING_CHOSEN: "Не выбран ни один маршрут. Отметьте маршруты и утвердите снова.",
    OrderRefusal.DATE_IN_FUTURE: "Дата приказа позже сегодняшней. Проверьте дату; ничего не утверждено.",
    FinishRefusal.NOT_RUNNING: "Маршрут сейчас не выполняется, отметить мероприятие нельзя.",
    FinishRefusal.NOT_BY_OWNER: "Эту отметку ставит тьютор.",
    FinishRefusal.UNFINISHED_ITEMS: "Не все мероприятия выполнены. Подтвердите, что завершаете маршрут без них, или вернитесь к шагам.",
}

ITEM_REASON = {
    "pinned": "вы закрепили это мероприятие.",
    "only_candidate": "других предложений по теме «{need}» в вашем периоде нет.",
    "shortest_sufficient": "самый короткий вариант, который закрывает «{need}» целиком.",
    "strongest": "больше других даёт по теме «{need}»: {after} % пути.",
    "complements": "добавляет то, чего не дают остальные: «{need}» – было {before} %, станет {after} %.",
    "opens": "даёт по теме «{need}» {after} % пути; вместе с остальными шагами это лучший набор в ваших часах.",
    "prepares": "готовит к другому мероприятию маршрута.",
    "of_required_kind": "в маршруте нужна и такая форма.",
    "fills_hours": "добирает часы до выбранного числа.",
    "chosen": "вы выбрали это мероприятие.",
    "own": "вы добавили это мероприятие.",
}
NO_NEED = "вашему запросу"
NOTE_TEXT = {
    "no_run_dates": "Дат пока нет, уточните у организатора.",
    "new_run_not_announced": "Даты нового набора не объявлены.",
    "hours_estimated": "Часы в источнике не названы, взята оценка.",
    "form_unknown": "Форма обучения в источнике не названа.",
    "region_other_form_unknown": "Проводится в другом регионе, форма не названа.",
}

OBSTACLE = {
    "prerequisite": "сначала нужна другая программа",
    "dates": "мешают даты",
    "seats": "нет мест",
    "money": "нужно больше денег",
    "hours": "не помещается в выбранные часы",
    "eligibility": "подходящие программы – для других",
    "items": "мероприятий уже столько, сколько разрешено",
    "demands": "мешает то, что вы закрепили",
    "removed": "вы убрали подходящее мероприятие",
}
ELIGIBILITY = {
    "audience_manager_only": "для руководителей",
    "audience_teacher_only": "для учителей",
    "audience_specialist_only": "для специалистов",
    "audience_outsider_only": "для тех, кто ещё не работает в школе",
    "subject_other": "по другому предмету",
    "stage_other": "для другой ступени",
    "region_other_onsite": "очно в другом регионе",
    "event_past": "уже прошли",
    "no_run_in_period": "в ваш период набора нет",
    "no_seats": "нет мест",
    "provider_private_after_2025_09": "новые зачисления закрыты с 01.09.2025",
    "retraining_not_asked": "это переподготовка",
}

MADE = "Маршрут собран. Посмотрите шаги, измените, что нужно, и отправьте тьютору."
REBUILT = "Маршрут пересчитан. Закреплённое и своё осталось на месте."
PINNED = "Закреплено: при пересчёте мероприятие останется."
UNPINNED = "Больше не закреплено."
REPLACED = "Заменено."
ADDED = "Добавлено в маршрут."
SUBMITTED = "Отправлено тьютору. Ответ придёт сюда, страницу можно закрыть."
STALE = "Маршрут изменился, пока вы смотрели страницу. Ваш выбор не применён, проверьте и повторите."


def removed(title: str, before: int, after: int) -> str:
    """Return the sentence after an item was taken out, with what it did to the coverage."""
    change = f" Охват {before} % → {after} %." if before != after else ""
    return f"Убрано: «{title}».{change}"


def item_reason(code: str, need: str, before: int, after: int) -> str:
    """Return the sentence «почему здесь»."""
    if code == "complements" and before == 0:
        return ITEM_REASON["opens"].format(need=need or NO_NEED, after=after)
    return ITEM_REASON.get(code, ITEM_REASON["chosen"]).format(need=need or NO_NEED, before=before, after=after)


def uncovered(
    title: str, percent: int, code: str, *, winners: str, obstacles: list[str], eligibility: list[str], needed: int | None
) -> str:
    """Return why a need stays below the line of 60 per cent."""
    start = f"«{title}», {percent} %: " if percent else f"«{title}»: "
    if code == "outweighed":
        return f"{start}важнее оказались другие темы – {winners}." if winners else f"{start}важнее оказались другие темы."
    if code == "obstacle":
        words = [OBSTACLE.get(one, one) for one in obstacles]
        barred = f" ({', '.join(dict.fromkeys(ELIGIBILITY.get(one, one) for one in eligibility))})" if eligibility else ""
        more = f" – нужно {hours(needed)}" if needed and obstacles == ["hours"] else ""
        return f"{start}{', '.join(words)}{barred}{more}."
    if code == "postponed":
        return f"{start}отложено: в один маршрут берём не больше пяти тем."
    if code == "removed":
        return f"{start}после правок закрывается не полностью."
    if code == "no_programme":
        return f"{start}подходящей программы в каталоге нет. Мы учли это в спросе региона."
    return f"{start}причину посчитать не успели, пересоберите маршрут."


def postponed(titles: list[str]) -> str:
    """Return the line about deficits that wait for the next route."""
    named = ", ".join(f"«{title}»" for title in titles)
    return f"В следующий маршрут отложено: {named}. За один раз берём не больше пяти тем."


def proof(status: str, hours_max: int, gap: float | None) -> tuple[str, str, str]:
    """Return tone, title and text of how good the route is proven to be."""
    if status == "optimal":
        return (
            "ok",
            f"Лучший маршрут на {hours(hours_max)}, это доказано",
            f"Другого набора с большим охватом в пределах {plural(hours_max, 'часа', 'часов', 'часов')} нет.",
        )
    if status == "feasible":
        return (
            "info",
            f"Не хуже лучшего возможного больше чем на {round(100 * (gap or 0)) or 1} %",
            "Времени на полное доказательство не хватило.",
        )
    if status == "infeasible":
        return "warn", "Все условия сразу выполнить нельзя", "Показан ближайший набор. Увеличьте часы или снимите закрепление."
    return "info", "Это ваш вариант", "Вы изменили предложенный набор. Чтобы вернуть лучший, пересчитайте маршрут."


def option_text(covered: int, needs: int, items: int) -> str:
    """Return what a budget of hours brings, in words."""
    return f"закрыто {covered} из {needs}, {plural(items, 'шаг', 'шага', 'шагов')}"


def summed_hours(total: int, *, is_estimate: bool) -> str:
    """Return a sum of hours; a sum with estimated parts carries the sign."""
    return f"≈ {hours(total)}" if is_estimate else hours(total)
