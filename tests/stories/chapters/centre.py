"""Дина of the centre: before the year begins, and when its figures are asked for."""

import io
import re

from openpyxl import load_workbook

from tests.stories.people import NEWCOMERS, REFUSED, staff_workbook
from tests.stories.story import Story
from tests.stories.visitor import Visitor, loosely

PROGRAM = loosely("Математика: методика обучения в основной и средней школе")
SEARCH = "методика обучения математике"
REGISTRY_NUMBER = "ФР-2026-0417"


def loads_staff(story: Story) -> None:
    """A list with a row that cannot be taken: two people come in, the third is named with the reason."""
    dina = story.sign_in("Дина")
    dina.follow("Загрузка списка")
    dina.page.locator("input[type=file]").set_input_files(str(staff_workbook(story.folder)))
    dina.press("Проверить файл")
    dina.sees("Загрузить 2 строки?", "Не загрузим 1 строку", "неизвестная категория «третья»", REFUSED.last)
    story.album.show(
        dina,
        "staff",
        "Список педагогов",
        "Дина загружает список школы: до записи видно, что будет с каждой строкой и почему одну не взять.",
    )
    dina.press("Загрузить 2 строки")
    dina.sees("Загружено 2 строки")
    dina.follow("Педагоги")
    dina.sees(*(f"{line.last} {line.first}" for line in NEWCOMERS))
    dina.sees_no(REFUSED.last)


def gives_tutor_and_methodist(story: Story) -> None:
    """Анна gets Борис, and with Глеб the methodist Вера."""
    dina = story.meet("Дина")
    dina.follow("Закрепление")
    give(dina, "Борис Примеров", "Образцова Анна")
    dina.follow("Методисты")
    give(dina, "Вера Условная", "Образцова Анна", "Шаблонов Глеб")
    story.album.show(
        dina,
        "assignments",
        "Закрепление",
        "Тьютор и методист получают своих педагогов сразу списком; нагрузка каждого и норма в 250 человек стоят рядом.",
    )


def give(dina: Visitor, holder: str, *people: str) -> None:
    for one in people:
        dina.page.get_by_role("row").filter(has_text=one).get_by_role("checkbox").check()
    chooser = dina.page.get_by_label("За кем закрепить")
    line = next(text.strip() for text in chooser.locator("option").all_inner_texts() if holder in text)
    chooser.select_option(label=line)
    dina.press(re.compile("^Закрепить"))
    dina.sees(f"{holder}: закреплены впервые: {len(people)}")


def puts_program_into_register(story: Story) -> None:
    """The centre knows that a programme stands in the federal register, with its number and term."""
    dina = story.meet("Дина")
    dina.open("/catalog/")
    dina.fill("Что ищете", SEARCH)
    dina.press("Показать")
    dina.follow(PROGRAM)
    dina.follow("Править")
    dina.page.get_by_label("Реестр", exact=True).select_option("federal")
    dina.fill("Номер в реестре", REGISTRY_NUMBER)
    dina.fill("Действует до", "2028-12-31")
    dina.fill("Часы", "36")
    dina.press("Сохранить")
    dina.sees("Сохранено.", f"№ {REGISTRY_NUMBER}", "31.12.2028")
    story.album.show(
        dina,
        "program",
        "Программа каталога",
        "Дина вписывает место программы в федеральном реестре и срок; связи с компетенциями подтверждает человек, а не текст.",
    )


FIGURES = {
    "OKT-1.1": (2, 4, "50,0"),  # Анна and Глеб of the four teachers; the head of the school is none of them
    "OKT-2.1": (1, 2, "50,0"),  # of the two who were assessed Анна has an approved route
    "IVA-2.1": (1, 4, "25,0"),  # she finished a programme of the federal register for a deficit found before it
    "IVA-3.1": (2, 1, "2,0"),  # Анна and Глеб with Вера
}
TITLES = {
    "OKT-1.1": "Прошли диагностику",
    "OKT-2.1": "Есть утверждённый маршрут",
    "IVA-2.1": "Освоили программы федерального реестра",
    "IVA-3.1": "Педагогов на одного регионального методиста",
}


def counts(story: Story) -> None:
    """Four figures, worked out by hand above; each opens its rows, and the file says what the page says."""
    dina = story.sign_in("Дина")
    dina.sees("Показатели на 21 декабря")
    story.album.show(
        dina, "figures", "Показатели", "Четыре показателя из приказов регионов: у каждого числитель, знаменатель и цель.", highest=1100
    )
    for code, (numerator, denominator, value) in FIGURES.items():
        dina.follow("Показатели", within=dina.page.get_by_role("navigation", name="Основные разделы"))
        card = dina.page.locator(".kpi").filter(has_text=TITLES[code])
        assert value in card.inner_text(), card.inner_text()
        link = card.get_by_role("link").first
        assert re.findall(r"\d+", link.inner_text()) == [str(numerator), str(denominator)], link.inner_text()
        dina.go(link)
        rows = dina.page.locator("table.tbl-rows tbody tr")
        assert rows.count() == numerator
        dina.sees("Образцова Анна", "Просмотр строк с именами записан в журнал")
        if code == "IVA-2.1":
            story.album.show(
                dina,
                "rows",
                "Строки показателя",
                "Любое число открывает людей, из которых оно сложилось, и формулу словами приказа; отпечаток скрепляет строки.",
            )
        _export(dina, code, [rows.nth(number).inner_text() for number in range(numerator)])


def _export(dina: Visitor, code: str, shown: list[str]) -> None:
    """Make sure that the file holds the people of the page, and those who do not count with a mark."""
    numerator, denominator, _ = FIGURES[code]
    dina.follow("Скачать строки")
    dina.page.get_by_role("radio").first.check()
    name, content = dina.download("Скачать XLSX")
    assert name == f"{code}-2026-12-21.xlsx"
    lines = list(load_workbook(io.BytesIO(content), read_only=True)["Строки"].iter_rows(values_only=True))
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    counted = [row for row in rows if row["В числителе"] == "да"]
    assert len(counted) == numerator
    assert len(rows) == (numerator if code == "IVA-3.1" else denominator)
    for row, text in zip(counted, shown, strict=True):
        assert str(row["Педагог"]) in text
        assert f"код {row['Код']}" in text
