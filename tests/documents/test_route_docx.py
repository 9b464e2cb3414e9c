"""The DOCX of a route, opened by python-docx: facts, pages, tables."""

from dataclasses import replace
from time import process_time

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table

from iom.documents.route_docx import render_route_docx
from iom.documents.route_sheet import Variant
from iom.documents.route_view import route_view
from iom.documents.word_template import BrokenTemplate

from .reading import docx_headings, docx_text, open_docx, part
from .samples import COMPETENCIES, SCHOOL, item, rich_route
from .test_word_template import make


def test_rich_route_prints_ten_numbered_sections():
    headings = [heading.replace("\u00a0", " ") for heading in docx_headings(render_route_docx(rich_route()))]

    assert headings == [
        "1. Сведения о педагоге (работнике)",
        "2. Сопровождение",
        "3. Результаты диагностики",
        "4. Дефициты и запрос",
        "5. Цель и задачи",
        "6. Карта профессионального развития",
        "7. Итого",
        "8. Корректировки",
        "9. Рефлексия и вывод тьютора",
        "10. Повторная диагностика",
    ]


def test_every_text_of_the_view_is_in_the_document():
    sheet = rich_route()
    text = docx_text(render_route_docx(sheet))
    view = route_view(sheet)

    values = [value for row in view["items"] for value in row.values()] + [fact["value"] for fact in view["person"] + view["support"]]
    values += [cell for diagnostic in view["diagnostics"] for row in diagnostic["results"] for cell in row.values()]
    values += [cell for name in ("deficits", "tasks", "revisions", "changes", "totals") for row in view[name] for cell in row.values()]
    values += [
        view[name] for name in ("title", "full_name", "goal", "personal_request", "reflection", "tutor_conclusion", "recommendation")
    ]
    assert [value for value in values if value not in text] == []


def test_approval_stands_as_text_with_dates():
    text = docx_text(render_route_docx(rich_route())).replace("\u00a0", " ")

    assert "тьютор Б. И. Примеров, 24.09.2026, электронно" in text
    assert "региональный методист В. П. Условная, решение ожидается" in text
    assert "УТВЕРЖДЕНО приказом\nМБОУ «Лесновская СОШ»\n№ 112-од от 28.09.2026" in text


def test_header_and_footer_name_the_route_its_edition_and_the_page():
    content = render_route_docx(rich_route())
    section = open_docx(content).sections[0]
    footer = section.footer.paragraphs[0].text.replace("\u00a0", " ")

    assert section.header.paragraphs[0].text.replace("\u00a0", " ") == f"{SCHOOL}, маршрут № 24-0117, редакция 2"
    assert footer == f"Редакция 2, распечатано 12.10.2026, с. 1 из 1, отпечаток {route_view(rich_route())['fingerprint']}"
    fields = part(content, "word/footer1.xml")
    assert " PAGE " in fields
    assert " NUMPAGES " in fields


def test_pages_are_a4_upright_and_then_wide():
    sections = open_docx(render_route_docx(rich_route())).sections

    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    sizes = [(round(section.page_width / Cm(1), 1), round(section.page_height / Cm(1), 1)) for section in sections]
    assert sizes == [(21.0, 29.7), (29.7, 21.0)]


def test_plan_has_a_row_for_each_item_a_repeating_head_and_rows_in_one_piece():
    plan = next(t for t in open_docx(render_route_docx(rich_route(20))).tables if len(t.columns) == 10)

    assert [row.cells[0].text for row in plan.rows] == ["№", *map(str, range(1, 21))]
    assert plan.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in plan.rows)


def test_every_table_fits_between_the_margins_of_its_page():
    document = open_docx(render_route_docx(rich_route()))
    widths = [section.page_width - section.left_margin - section.right_margin for section in document.sections]
    page = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            assert sum(column.width for column in block.columns) <= widths[page] + Cm(0.01)
            assert block._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        elif block._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            page += 1
    assert page == 1


def test_copy_without_consent_tells_no_result_and_no_deficit():
    text = docx_text(render_route_docx(rich_route(include_results=False)))

    assert "Результаты диагностики" not in text
    assert "Дефицит" not in text
    assert not any(name in text for _, name in COMPETENCIES[1:])
    assert "Хочу научиться" not in text


def test_empty_parts_say_that_nothing_is_there():
    sheet = rich_route(
        0, diagnostics=(), deficits=(), personal_request="", goal="", tasks=(), expected_result="", revisions=(), agreements=(), order=None
    )
    text = docx_text(render_route_docx(replace(sheet, tutor="", methodist="", mentor="", coordinator=""))).replace("\u00a0", " ")

    for words in (
        "Диагностика не проводилась.",
        "Дефицитов нет.",
        "Цель и задачи не заданы.",
        "Мероприятий пока нет.",
        "Корректировок нет.",
        "решений пока нет",
        "приказ пока не издан",
        "Сопровождающие не назначены.",
    ):
        assert words in text


@pytest.mark.parametrize(("variant", "title"), [(Variant.SHORT, "Краткая форма"), (Variant.FINAL, "Отчёт об индивидуальном")])
def test_variants_carry_their_own_titles(variant, title):
    assert title in docx_text(render_route_docx(rich_route(variant=variant)))


def test_item_with_one_text_in_a_pair_keeps_its_cell_valid():
    content = render_route_docx(
        rich_route(items=(item(1, deficit="", task="", status="", confirmation="", expected_result="", evidence_form=""),))
    )
    plan = next(table for table in open_docx(content).tables if len(table.columns) == 10)

    assert all(cell.paragraphs for cell in plan.rows[1].cells)
    assert plan.rows[1].cells[1].text == ""


def test_template_of_the_centre_goes_before_ours(tmp_path):
    make(tmp_path, "Наш бланк: {{ full_name }}", name="route.docx")

    assert "Наш бланк: Образцова Анна Сергеевна" in docx_text(render_route_docx(rich_route(), tmp_path))
    assert "Сопровождение" in docx_text(render_route_docx(rich_route(), tmp_path / "пусто"))


def test_template_of_the_centre_cannot_print_what_was_withheld(tmp_path):
    make(tmp_path, "{% for d in diagnostics %}{{ d.name }}{% endfor %}{{ personal_request }}{{ items[0].aim }}", name="route.docx")

    text = docx_text(render_route_docx(rich_route(include_results=False), tmp_path))

    assert text.strip() == "Освоить приёмы и применить их в двух темах"


def test_broken_template_of_the_centre_names_itself(tmp_path):
    make(tmp_path, "{{ no_such_thing }}", name="route.docx")

    with pytest.raises(BrokenTemplate, match="no_such_thing"):
        render_route_docx(rich_route(), tmp_path)


@pytest.mark.bench
def test_one_route_takes_less_than_sixty_milliseconds():
    sheet = rich_route(8)
    render_route_docx(sheet)
    start = process_time()
    for _ in range(50):
        render_route_docx(sheet)

    assert (process_time() - start) / 50 < 0.060
