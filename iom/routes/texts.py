"""Russian words of routes."""

from math import ceil

from iom.core.format import number, percent, plural, tie
from iom.routes.instance import Fault, Instance, InstanceError
from iom.routes.optimiser import Solution, Status
from iom.routes.rules import Rule
from iom.routes.softening import GaveWay

# Command `iom solve`

SOLVING = "Подбор маршрутов"

FAULT = {
    Fault.UNREADABLE: "файл не удалось открыть",
    Fault.NOT_UTF8: "файл не в кодировке UTF-8",
    Fault.NOT_JSON: "это не JSON",
    Fault.DUPLICATE_KEY: "ключ указан дважды",
    Fault.MISSPELT_KEY: "такого ключа нет, похоже на опечатку",
    Fault.MISSING: "значение не указано",
    Fault.NOT_OBJECT: "нужен объект {…}",
    Fault.NOT_LIST: "нужен список […]",
    Fault.NOT_INTEGER: "нужно целое число",
    Fault.NOT_TEXT: "нужна непустая строка",
    Fault.NOT_DATE: "нужна дата вида 2026-09-01, номер дня или null",
    Fault.NOT_PAIR: "нужна пара чисел: длина и наклон",
    Fault.NOT_DEFICIT: "нет дефицита с таким номером в weights",
    Fault.NEGATIVE: "число не может быть отрицательным",
    Fault.TOO_LARGE: "число слишком велико",
    Fault.DUPLICATE_ID: "такой id уже есть у другого пункта",
    Fault.UNKNOWN_ITEM: "пункта с таким id нет в items",
    Fault.HALF_DATED: "start и end указывают вместе или не указывают вовсе",
    Fault.MIXED_DAYS: "дни указаны то датами, то номерами",
    Fault.ENDS_BEFORE_START: "окончание раньше начала",
    Fault.NOT_CONCAVE: "наклоны отрезков должны идти по убыванию",
}

LIMIT = {
    Rule.HOURS_MAX: "предел часов",
    Rule.HOURS_MIN: "наименьшее число часов",
    Rule.MONEY: "предел расходов",
    Rule.ITEMS: "предел числа пунктов",
    Rule.LOAD: "нагрузка в один день",
    Rule.REQUIRES: "условие «сначала пройти другое»",
    Rule.ORDER: "порядок по датам",
    Rule.GROUP: "один поток программы",
    Rule.KIND_MIN: "наименьшее число пунктов вида",
    Rule.KIND_MAX: "предел числа пунктов вида",
    Rule.MUST: "закреплённый пункт",
    Rule.FORBIDDEN: "исключённые пункты",
}


def instance_fault(path: str, error: InstanceError) -> str:
    """Return the sentence about an instance file that cannot be used."""
    where = f", {error.where}" if error.where else ""
    return f"{path}{where}: {FAULT[error.reason]}."


def out_of_time(path: str, seconds: float) -> str:
    """Return the sentence about a file for which nothing was found in time."""
    sentence = f"за {number(seconds)} с не найдено ни одного маршрута и не доказано, что его нет; увеличьте --time-limit."
    return f"{path}: {tie(sentence)}"


def solution_sentence(instance: Instance, solution: Solution) -> str:
    """Return the sentence about one solved instance."""
    if solution.status is Status.INFEASIBLE:
        gave_way = "; ".join(gave_way_words(gave) for gave in solution.gave_way)
        clashes = ", ".join(LIMIT[rule] for rule in solution.clashes)
        way_out = f" Достаточно снять одно из ограничений: {clashes}." if clashes else ""
        return f"{instance.id}: условия противоречат друг другу. Не выполнить: {gave_way}.{way_out}"
    chosen = {item.id: item.hours for item in instance.items if item.id in solution.selected}
    found = f"{plural(len(chosen), 'пункт', 'пункта', 'пунктов')}, {plural(sum(chosen.values()), 'час', 'часа', 'часов')}"
    if solution.status is Status.OPTIMAL:
        return f"{instance.id}: лучший маршрут, это доказано: {found}."
    tenths = ceil(1000 * (solution.gap or 0))  # rounded up, so that the sentence stays true
    return f"{instance.id}: {found}; не хуже лучшего возможного больше чем на {percent(tenths / 10, 1)}."


def gave_way_words(gave: GaveWay) -> str:
    """Return one demand that had to give, with what was asked and what is possible."""
    if gave.rule is Rule.MUST:
        return f"{LIMIT[gave.rule]} «{gave.subject}»"
    subject = f" «{gave.subject}»" if gave.subject is not None else ""
    return f"{LIMIT[gave.rule]}{subject} (нужно {gave.asked}, возможно {gave.possible})"
