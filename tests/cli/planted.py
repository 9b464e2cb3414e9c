"""Made results files with errors planted in known rows: what must be refused, what must be taken, and from whom."""

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import openpyxl

SURNAMES = ("Образцова", "Примерова", "Условная", "Пробная", "Учебная", "Лесная", "Полевая", "Речная", "Горная", "Степная")
GIVEN = ("Анна", "Вера", "Дина", "Зоя", "Инна", "Лада", "Майя", "Нина", "Ольга", "Яна")
PATRONYMICS = ("Борисовна", "Глебовна", "Ильинична", "Львовна", "Петровна")
SUBJECTS = ("математика", "физика", "русский язык", "история", "начальные классы")

# Written in a file → code of the framework. ME.3.1 is a component and counts for its competency ME.3.
COMPETENCIES = {
    "ME.1": "ME.1",
    "Методы и технологии обучения": "ME.2",
    "формирующее  ОЦЕНИВАНИЕ": "ME.3",
    "МЕ.4": "ME.4",  # typed on the Russian keyboard
    "Психологически безопасная среда": "PP.2",
    "Взаимодействие с родителями": "KO.1",
    "NM.3 Экспертная деятельность": "NM.3",
    "Задания на функциональную грамотность": "FG.6",
    "Особые образовательные потребности": "IN.1",
    "Персональные данные": "NP.2",
}

LONG_HEAD = (
    "Код педагога", "ФИО", "Школа", "Должность", "Предмет", "Компетенция", "Процент", "Балл", "Максимум", "Число заданий", "Источник",
    "Дата диагностики",
)  # fmt: skip
CSV_ONLY, XLSX_ONLY = "extra_cells", "cell_error"
ERROR = "#REF!"  # becomes an error cell in a workbook


@dataclass(frozen=True)
class Result:
    percent: float
    n_tasks: int
    taken_on: date


@dataclass
class Line:
    """One row to be; `reason` is why it must be refused, `twins` names a group of rows of which only the first is taken."""

    cells: list[object]
    reason: str = ""
    column: str = ""
    twins: str = ""
    cell_errors: list[tuple[str, str]] = field(default_factory=list)  # column, reason; the row itself is taken


@dataclass
class Planted:
    """A table with its secrets: `refused` are (row, column, reason), `taken` results by code and competency, `lost` people left out."""

    head: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    taken: dict[str, dict[str, Result]] = field(default_factory=lambda: defaultdict(dict))
    names: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def shuffle(self, seed):
        random.Random(seed).shuffle(self.lines)

    @property
    def refused(self):
        found, seen = set(), set()
        for row, line in enumerate(self.lines, start=2):
            found |= {(row, column, reason) for column, reason in line.cell_errors}
            if line.twins:
                if line.twins in seen:
                    found.add((row, line.column, line.reason))
                seen.add(line.twins)
            elif line.reason:
                found.add((row, line.column, line.reason))
        return found

    def write(self, path):
        rows = [self.head, *(line.cells for line in self.lines)]
        if path.suffix == ".xlsx":
            _write_workbook(path, rows)
        else:
            with path.open("w", encoding="windows-1251", newline="") as file:
                csv.writer(file, delimiter=";").writerows([[_as_text(cell) for cell in row] for row in rows])
        return path


def _as_text(cell):
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else "" if cell is None else cell


def _write_workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            if cell.value == ERROR:
                cell.data_type = "e"
    book.save(path)


def _person(number):
    code = f"К-{number:03}"
    name = f"{SURNAMES[number % 10]} {GIVEN[number // 10 % 10]} {PATRONYMICS[number // 100 % 5]}"
    subject = SUBJECTS[number % 5]
    return [code, name, f"СОШ № {number % 7 + 1}", "учитель", subject]


def _measure(rng, today, ability):
    tasks = rng.choice((10, 12, 20))
    percent = max(0.0, min(100.0, round(rng.gauss(ability, 16), 1)))
    return Result(percent, tasks, today - timedelta(days=rng.randrange(20, 400)))


def long_table(people, today, is_csv, seed=7):
    """Return a table in which a row is one result, with every refusal that the layout knows planted once."""
    rng = random.Random(seed)
    table = Planted(LONG_HEAD)
    for number in range(people):
        person = _person(number)
        table.names[person[0]] = person[1]
        ability = rng.gauss(62, 14)
        for written in rng.sample(sorted(COMPETENCIES), 6):
            result = _measure(rng, today, ability)
            table.lines.append(Line(_long_cells(rng, person, written, result)))
            table.taken[person[0]][COMPETENCIES[written]] = _exact(table.lines[-1].cells, result)
    _plant_long(table, today, is_csv)
    table.shuffle(seed)
    return table


def _long_cells(rng, person, written, result):
    """Write a result as per cent, as points with their maximum, or as both."""
    source = rng.choice(("тест", "внешняя диагностика", ""))
    way = rng.random()
    points = round(result.percent * 40 / 100)
    values = [result.percent, None, None] if way < 0.6 else [None, points, 40] if way < 0.8 else [2.5 * points, points, 40]
    return [*person, written, *values, result.n_tasks, source, result.taken_on]


def _exact(cells, result):
    percent = cells[6] if cells[6] is not None else 100 * cells[7] / cells[8]
    return Result(percent, result.n_tasks, result.taken_on)


def _plant_long(table, today, is_csv):
    """Add rows that must be refused: to people who have results, and two who have nothing else."""
    rows = iter(range(0, 100))

    def bad(reason, column, changes, owner=None, twins=""):
        person = owner or _person(next(rows))
        cells = [*person, "UP.1", 50, None, None, 10, "тест", today - timedelta(days=500)]
        for heading, value in changes.items():
            cells[LONG_HEAD.index(heading)] = value
        table.lines.append(Line(cells, reason, column, twins))

    bad("no_code", "", {"Код педагога": None})
    bad("no_competency", "Компетенция", {"Компетенция": None})
    bad("unknown_competency", "Компетенция", {"Компетенция": "Умение петь"})
    bad("ambiguous_competency", "Компетенция", {"Компетенция": "Рабочая программа"})
    bad("block_level", "Компетенция", {"Компетенция": "Методическая компетентность"})
    bad("not_a_number", "Процент", {"Процент": "хорошо"})
    bad("negative", "Процент", {"Процент": -5})
    bad("above_100", "Процент", {"Процент": 140})
    bad("no_max", "Балл", {"Процент": None, "Балл": 7})
    bad("bad_max", "Максимум", {"Процент": None, "Балл": 7, "Максимум": 0})
    bad("score_above_max", "Балл", {"Процент": None, "Балл": 25, "Максимум": 20})
    bad("contradiction", "Балл", {"Процент": 90, "Балл": 5, "Максимум": 20})
    bad("bad_tasks", "Число заданий", {"Число заданий": "много"})
    bad("unknown_source", "Источник", {"Источник": "гадание"})
    bad("bad_date", "Дата диагностики", {"Дата диагностики": "вчера"})
    bad("future_date", "Дата диагностики", {"Дата диагностики": today + timedelta(days=30)})
    bad("nothing_measured", "", {"Процент": None})
    bad("nothing_measured", "", {"Процент": "н/д"})
    if is_csv:
        table.lines.append(Line([*_person(next(rows)), "UP.1", 50, None, None, 10, "тест", today, "лишнее"], "extra_cells"))
    else:
        bad("cell_error", "Процент", {"Процент": ERROR})
    twin = _person(next(rows))
    for _ in range(2):
        bad("duplicate", "Компетенция", {"Компетенция": "UP.2", "Процент": 90}, twin, twins="twin")
    table.taken[twin[0]]["UP.2"] = Result(90, 10, today - timedelta(days=500))
    torn = _person(next(rows))
    for percent in (20, 80):
        bad("conflict", "Компетенция", {"Процент": percent}, torn)
    two = ["Х-1", "Двойная Анна Борисовна", "СОШ № 1", "учитель", "физика"]
    bad("name_conflict", "", {}, two)
    bad("name_conflict", "", {"ФИО": "Другая Вера Глебовна"}, two)
    bad("above_100", "Процент", {"Процент": 101}, ["Х-2", "Потерянная Яна Львовна", "СОШ № 2", "учитель", "физика"])
    table.lost = {"Х-1", "Х-2"}


WIDE_HEAD = (
    "№", "Код", "ФИО", "Школа", "Должность", "Предмет", "Число заданий", "Дата диагностики",
    "ME.1", "Методы и технологии обучения", "Самоанализ уроков", "Психологически безопасная СРЕДА, %",
    "Взаимодействие с родителями (макс. 20)", "NM.3 Экспертная деятельность", "Задания на функциональную грамотность",
    "Искусственный интеллект в работе педагога", "Методическая компетентность", "Любимый цвет",
)  # fmt: skip
WIDE_CODES = ("ME.1", "ME.2", "ME.4", "PP.2", "KO.1", "NM.3", "FG.6", "CI.5")
FIRST, MAX_COLUMN, TOP = 8, 12, 20  # place of the first competency, place and maximum of the column of points


def wide_table(people, today, is_csv, seed=11):
    """Return a table in which a row is a person, with every refusal that the layout knows planted once."""
    rng = random.Random(seed)
    table = Planted(WIDE_HEAD)
    for number in range(people):
        person = _person(number)
        table.names[person[0]] = person[1]
        ability, common = rng.gauss(62, 14), _measure(rng, today, 50)
        cells = [number + 1, *person, common.n_tasks, common.taken_on]
        for place, code in enumerate(WIDE_CODES, start=FIRST):
            percent = _measure(rng, today, ability).percent
            written = round(percent * TOP / 100) if place == MAX_COLUMN else percent
            is_silent = rng.random() < 0.15
            cells.append("–" if is_silent else written)
            if not is_silent:
                exact = 100 * written / TOP if place == MAX_COLUMN else percent
                table.taken[person[0]][code] = Result(exact, common.n_tasks, common.taken_on)
        table.lines.append(Line([*cells, 55, "синий"]))
    _plant_wide(table, today, is_csv)
    table.shuffle(seed)
    return table


def _plant_wide(table, today, is_csv):
    def spoil(number, place, value, reason):
        line = table.lines[number]
        line.cells[place] = value
        line.cell_errors.append((WIDE_HEAD[place], reason))
        table.taken[line.cells[1]].pop(WIDE_CODES[place - FIRST], None)

    spoil(0, 8, "хорошо", "not_a_number")
    spoil(1, 9, -5, "negative")
    spoil(2, 10, 140, "above_100")
    spoil(3, MAX_COLUMN, 25, "score_above_max")
    if not is_csv:
        spoil(4, 13, ERROR, "cell_error")

    def bad(reason, column, person, changes=None, percent=90, twins=""):
        cells = [None, *person, 10, today - timedelta(days=90), percent, *[None] * 7, None, None]
        for heading, value in (changes or {}).items():
            cells[WIDE_HEAD.index(heading)] = value
        table.lines.append(Line(cells, reason, column, twins))
        if not twins:
            table.lost.add(person[0])

    def stranger(number):
        return [f"Х-{number}", f"Потерянная {GIVEN[number]} Львовна", "СОШ № 2", "учитель", "физика"]

    bad("no_code", "", [None, *stranger(0)[1:]])
    bad("bad_tasks", "Число заданий", stranger(1), {"Число заданий": 0})
    bad("bad_date", "Дата диагностики", stranger(2), {"Дата диагностики": "31.02.2026"})
    bad("future_date", "Дата диагностики", stranger(3), {"Дата диагностики": today + timedelta(days=2)})
    bad("nothing_measured", "", stranger(4), percent=None)
    bad("name_conflict", "", stranger(5))
    bad("name_conflict", "", [stranger(5)[0], "Другая Вера Глебовна", *stranger(5)[2:]])
    bad("conflict", "ME.1", stranger(6), percent=20)
    bad("conflict", "ME.1", stranger(6), percent=80)
    for _ in range(2):
        bad("duplicate", "ME.1", stranger(7), twins="twin")
    table.names[stranger(7)[0]] = stranger(7)[1]
    table.taken[stranger(7)[0]]["ME.1"] = Result(90, 10, today - timedelta(days=90))
    if is_csv:
        bad("extra_cells", "", stranger(8))
        table.lines[-1].cells.append("лишнее")
    table.lost.discard(None)


def nameless_tables(today):
    """Return a long and a wide table without codes, in which a person is known by name and school."""
    day = today - timedelta(days=60)
    long_rows = Planted(("ФИО", "Школа", "Компетенция", "Процент", "Дата"))
    wide_rows = Planted(("ФИО", "Школа", "ME.1", "Дата"))
    for name, school, percent in (("Образцова Анна", "СОШ № 1", 20), ("Образцова Анна", "СОШ № 2", 90), ("Пробная Вера", "СОШ № 1", 30)):
        long_rows.lines.append(Line([name, school, "ME.1", percent, day]))
        wide_rows.lines.append(Line([name, school, percent, day]))
    long_rows.lines.append(Line([None, "СОШ № 1", "ME.1", 50, day], "no_person"))
    wide_rows.lines.append(Line([None, "СОШ № 1", 50, day], "no_person"))
    return long_rows, wide_rows
