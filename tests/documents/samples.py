"""Sheets that the tests print: Анна's route with everything filled in, an order for thirty people, a protocol."""

from datetime import date
from decimal import Decimal

from iom.documents.order_sheet import OrderPerson, OrderSheet
from iom.documents.protocol_sheet import CompetencyBar, ProtocolBlock, ProtocolSheet
from iom.documents.route_sheet import (
    Agreement,
    ChangeRow,
    DeficitRow,
    DiagnosticRow,
    ItemRow,
    OrderReference,
    ResultRow,
    RevisionRow,
    RouteSheet,
    TaskRow,
)
from iom.documents.texts import order_points

SCHOOL = "МБОУ «Лесновская средняя общеобразовательная школа имени академика И. И. Образцового»"
PRINTED = date(2026, 10, 12)

LONG_TITLE = (
    "Формирование и оценка функциональной грамотности обучающихся основной школы средствами учебных предметов "
    "естественно-научного и математического циклов в условиях реализации обновлённых ФГОС основного общего образования"
)
COMPETENCIES = (
    ("Предметный блок", "Решение задач повышенной сложности"),
    ("Методический блок", "Формирующее оценивание и обратная связь"),
    ("Методический блок", "Конструирование заданий на функциональную грамотность"),
    ("Психолого-педагогический блок", "Работа с обучающимися с особыми образовательными потребностями"),
    ("Коммуникативный блок", "Взаимодействие с родителями (законными представителями)"),
)


def results() -> tuple[ResultRow, ...]:
    levels = ((72, 55, 86, "дефицита нет"), (39, 25, 53, "дефицит"), (44, 28, 60, "дефицит"), (54, 33, 72, "вероятный дефицит, уточните"))
    rows = [ResultRow(*name, *level) for name, level in zip(COMPETENCIES, levels, strict=False)]
    return (*rows, ResultRow(*COMPETENCIES[4], None, level="2 задания: мало, чтобы судить"))


def item(number: int, **changes: object) -> ItemRow:
    values: dict[str, object] = {
        "number": number,
        "title": LONG_TITLE if number % 4 == 1 else "Формирующее оценивание на уроке математики",
        "kind": ("ПК", "стажировка", "наставничество", "семинар")[number % 4],
        "deficit": COMPETENCIES[number % 5][1],
        "task": "Освоить приёмы и применить их в двух темах",
        "level": ("региональный", "федеральный", "муниципальный", "школьный")[number % 4],
        "provider": "ГАУ ДПО «Институт развития образования Лесной области»",
        "registry_number": f"{1000 + number}" if number % 2 else "",
        "form": ("дистанционная", "очная", "очно-заочная")[number % 3],
        "hours": (36, 16, 4, 72)[number % 4],
        "hours_estimated": number % 5 == 0,
        "start": date(2026, 9, 14),
        "end": date(2026, 10, 30),
        "supporter": "Примеров Б. И., тьютор",
        "expected_result": "Разработанный комплект заданий",
        "evidence_form": "удостоверение",
        "status": "выполнено" if number <= 3 else "запланировано",
        "confirmation": f"№ 78000{number} от 30.10.2026, ссылка приложена" if number <= 3 else "",
        "tutor_mark": "принято 02.11.2026" if number <= 3 else "",
        "is_done": number <= 3,
    }
    return ItemRow(**(values | changes))  # type: ignore[arg-type]


def rich_route(item_count: int = 20, **changes: object) -> RouteSheet:
    values: dict[str, object] = {
        "route_number": "24-0117",
        "version": 2,
        "printed_on": PRINTED,
        "school": SCHOOL,
        "full_name": "Образцова Анна Сергеевна",
        "start": date(2026, 9, 14),
        "end": date(2027, 5, 31),
        "state": "утверждён",
        "include_results": True,
        "agreements": (
            Agreement("педагог", "А. С. Образцова", date(2026, 9, 22)),
            Agreement("тьютор", "Б. И. Примеров", date(2026, 9, 24)),
            Agreement("региональный методист", "В. П. Условная"),
        ),
        "order": OrderReference("МБОУ «Лесновская СОШ»", "112-од", date(2026, 9, 28)),
        "municipality": "Лесновский муниципальный округ",
        "position": "учитель",
        "subjects": ("математика", "информатика"),
        "education": "высшее, Лесной государственный педагогический университет, 2010, учитель математики и информатики",
        "teaching_years": 14,
        "position_years": 11,
        "category": "первая",
        "category_assigned_on": date(2023, 3, 15),
        "last_training_on": date(2024, 11, 20),
        "tutor": "Примеров Борис Иванович",
        "methodist": "Условная Вера Павловна (региональный методист)",
        "mentor": "Опытов Константин Львович",
        "coordinator": "Порядкова Светлана Олеговна",
        "diagnostics": (
            DiagnosticRow("Диагностика методических компетенций", "внешняя", date(2026, 9, 8), "тест и кейсы", "входная", results()),
            DiagnosticRow("Самодиагностика", "самооценка", date(2026, 9, 5), "анкета", "входная", results()[:2]),
        ),
        "deficits": tuple(
            DeficitRow(number, COMPETENCIES[number][1], "внешняя диагностика", ("высокий", "высокий", "средний")[number - 1])
            for number in (1, 2, 3)
        ),
        "personal_request": "Хочу научиться давать обратную связь так, чтобы дети сами видели, что исправить.",
        "goal": "Освоить формирующее оценивание и подготовку заданий на функциональную грамотность и применить их в своих классах.",
        "tasks": (
            TaskRow("Освоить приёмы формирующего оценивания", "дефицит 1", "Приёмы применяются в 7–9 классах"),
            TaskRow("Составить банк заданий на функциональную грамотность", "дефициты 2 и 3", "Банк из 20 заданий с критериями"),
        ),
        "expected_result": "Два дефицита закрыты по итогам повторной диагностики.",
        "items": tuple(item(number) for number in range(1, item_count + 1)),
        "points": Decimal("12.5"),
        "revisions": (
            RevisionRow(
                date(2026, 10, 5), "Курс отменён провайдером", "Пункт 4 заменён стажировкой", "Примеров Б. И.", "№ 131-од от 07.10.2026"
            ),
        ),
        "reflection": "Стала чаще показывать критерии до работы. Дети спорят с оценкой предметно.",
        "tutor_conclusion": "Маршрут выполнен. Приёмы видны на уроках, задания размещены в региональном банке.",
        "changes": (
            ChangeRow(COMPETENCIES[1][1], 39, 68, "закрыт"),
            ChangeRow(COMPETENCIES[2][1], 44, 57, "стало лучше, но в пределах погрешности"),
            ChangeRow(COMPETENCIES[3][1], 54, None, "недостаточно данных"),
        ),
        "recommendation": "Продолжить работу с заданиями на функциональную грамотность, пройти стажировку.",
        "method_version": "2026.2",
    }
    return RouteSheet(**(values | changes))  # type: ignore[arg-type]


def order(people: int = 30, **changes: object) -> OrderSheet:
    posts = ("учитель математики", "учитель начальных классов", "педагог-психолог", "учитель физической культуры")
    tutors = ("Примеров Б. И.", "Условная В. П.", "Опытов К. Л.")
    names = ("Макетова Мария Андреевна", "Наглядов Павел Ефимович", "Образцова Анна Сергеевна", "Прототипов Денис Игоревич")
    values: dict[str, object] = {
        "school": SCHOOL,
        "head_post": "Директор",
        "head_name": "М. Л. Шаблонова",
        "printed_on": PRINTED,
        "people": tuple(
            OrderPerson(names[number % 4], posts[number % 4], date(2026, 9, 14), date(2027, 5, 31), tutors[number % 3])
            for number in range(people)
        ),
        "points": order_points(people, "Заместителю директора С. О. Порядковой"),
        "number": "112-од",
        "issued_on": date(2026, 9, 28),
        "place": "с. Лесное",
    }
    return OrderSheet(**(values | changes))  # type: ignore[arg-type]


def protocol(**changes: object) -> ProtocolSheet:
    values: dict[str, object] = {
        "full_name": "Образцова Анна Сергеевна",
        "diagnostic": "Диагностика методических компетенций",
        "printed_on": PRINTED,
        "school": SCHOOL,
        "position": "учитель, математика",
        "campaign": "осень 2026 года",
        "kind": "внешняя",
        "method": "тест и кейсы",
        "stage": "входная",
        "held_on": date(2026, 9, 8),
        "summary": "Два дефицита, один под вопросом.",
        "method_version": "2026.2",
        "blocks": (
            ProtocolBlock(
                "Методический блок",
                (
                    CompetencyBar(
                        COMPETENCIES[1][1],
                        "дефицит",
                        39,
                        25,
                        53,
                        60,
                        12,
                        self_level=70,
                        previous=31,
                        band="скорее низкий",
                        note="глубокий дефицит",
                    ),
                    CompetencyBar(
                        COMPETENCIES[2][1], "дефицит", 44, 28, 60, 70, 9, self_level=40, band="скорее ниже базового", note="средний дефицит"
                    ),
                ),
            ),
            ProtocolBlock(
                "Психолого-педагогический блок",
                (
                    CompetencyBar(
                        COMPETENCIES[3][1], "вероятный дефицит, уточните", 54, 33, 72, 60, 6, is_open=True, note="ответьте ещё на 5 заданий"
                    ),
                    CompetencyBar(COMPETENCIES[4][1], "2 задания: мало, чтобы судить", answers=2, self_level=55),
                    CompetencyBar(COMPETENCIES[0][1], "дефицита нет", 86, 72, 95, 60, 12, band="скорее высокий"),
                ),
            ),
        ),
    }
    return ProtocolSheet(**(values | changes))  # type: ignore[arg-type]
