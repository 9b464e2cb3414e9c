"""Words of orders."""

from datetime import date
from typing import Final

from iom.core.format import date_long, plural, tie
from iom.routes.waiting_queries import Obstacle, WaitingRow

ROUTE_FORMS: Final = ("маршрут", "маршрута", "маршрутов")

OBSTACLE: Final = {
    Obstacle.OWN: "Свой маршрут не утверждают",
    Obstacle.CENTER: "Утверждает региональный центр",
    Obstacle.BEGUN: "Один шаг уже начался",
}

OBSTACLE_HELP: Final = {
    Obstacle.OWN: "Он передан в региональный центр: там его утвердят или вернут.",
    Obstacle.CENTER: "Маршрут уже в списке согласования центра.",
    Obstacle.BEGUN: "Утвердите его сейчас или верните, чтобы сдвинуть даты.",
}

RETURNED: Final = "Маршрут возвращён педагогу с замечанием. Остальные маршруты ждут приказа как прежде."
APPROVED_AT_CENTER: Final = "Маршрут утверждён."
CORRECTED: Final = "Исправлено. Прежние номер и дата остались в истории приказа."


def heading(ready: int) -> str:
    """Return what the page is about: «Утвердить 28 маршрутов одним приказом»."""
    if not ready:
        return "Приказы об утверждении маршрутов"
    return tie(f"Утвердить {plural(ready, *ROUTE_FORMS)} одним приказом")


def meta(total: int, apart: int) -> str:
    """Return how many are agreed and how many wait for something else."""
    agreed = plural(total, "маршрут согласован", "маршрута согласованы", "маршрутов согласованы")
    rest = f", {plural(apart, 'ждёт', 'ждут', 'ждут')} отдельного решения" if apart else ""
    who = "тьютором" if total == 1 else "тьюторами"
    return tie(f"{agreed} {who}{rest}. Это займёт 3–5 минут.")


def approved(count: int, number: str) -> str:
    """Return «28 маршрутов утверждены приказом № 112-од.»."""
    return tie(f"{plural(count, 'маршрут утверждён', 'маршрута утверждены', 'маршрутов утверждены')} приказом № {number}.")


def number_taken(number: str, issued_on: date | None, today: date) -> str:
    """Return «Приказ 112-од уже введён 3 сентября»."""
    day = f" {date_long(issued_on, today.year)}" if issued_on else ""
    return f"Приказ {number} уже введён{day}. Проверьте номер: ничего не утверждено."


def changed(name: str) -> str:
    """Return which route was taken out of the choice, because it is not what was seen any more."""
    whose = f"Маршрут изменился, пока вы выбирали: {name}." if name else "Один из маршрутов изменился, пока вы выбирали."
    return f"{whose} Он снят с выбора, ничего не утверждено. Проверьте список и утвердите ещё раз."


def begun(row: WaitingRow, today: date) -> str:
    """Return since when an item goes on before the approval."""
    return f"с {date_long(row.begun_on, today.year)}" if row.begun_on else ""
