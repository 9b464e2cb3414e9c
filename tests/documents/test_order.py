"""The order and its annex, in both formats."""

import io
import re

import pypdf
import pytest
from docx.oxml.ns import qn

from iom.documents.order_docx import render_order_docx
from iom.documents.order_pdf import render_order_pdf
from iom.documents.order_sheet import OrderPerson, OrderSheet, order_view

from .reading import docx_text, open_docx, pdf_pages, pdf_text
from .samples import order
from .test_word_template import make


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(params=["docx", "pdf"])
def printed(request):
    """A function that prints an order in one of the formats and returns its text on one line."""
    if request.param == "docx":
        return lambda sheet: flat(docx_text(render_order_docx(sheet)))
    return lambda sheet: flat(pdf_text(render_order_pdf(sheet)))


def test_order_says_who_orders_what_and_when(printed):
    text = printed(order())

    for words in (
        "ПРИКАЗ",
        "28 сентября 2026 года",
        "№ 112-од",
        "Об утверждении индивидуальных образовательных маршрутов",
        "по согласованию с тьюторами ПРИКАЗЫВАЮ:",
        "1. Утвердить индивидуальные образовательные маршруты 30 педагогических работников (приложение).",
        "2. Заместителю директора С. О. Порядковой обеспечить замену уроков",
        "3. Контроль оставляю за собой.",
        "М. Л. Шаблонова",
        "с. Лесное",
    ):
        assert words in text


def test_annex_names_its_order_and_every_person(printed):
    text = printed(order(30))

    assert "Приложение к приказу от 28.09.2026 № 112-од" in text
    for number in range(1, 31):
        assert re.search(rf"\b{number} (Макетова|Наглядов|Образцова|Прототипов) ", text)
    assert text.count("14.09.2026 – 31.05.2027") == 30


def test_draft_leaves_room_for_number_and_date(printed):
    text = printed(order(number="", issued_on=None))

    assert "«____» ______________ 20____ года" in text
    assert "№ ____________" in text
    assert "112" not in text


def test_order_has_no_field_for_a_score_or_a_deficit():
    fields = {name for row in (OrderSheet, OrderPerson) for name in row.__dataclass_fields__}

    assert fields == {
        *("school", "head_post", "head_name", "printed_on", "people", "points", "number", "issued_on", "place", "title", "basis"),
        *("full_name", "position", "start", "end", "tutor"),
    }


def test_annex_starts_on_a_page_of_its_own_and_repeats_its_head():
    pages = [flat(page.extract_text()) for page in pdf_pages(render_order_pdf(order(80)))]

    assert "Приложение" not in pages[0].replace("(приложение)", "")
    assert pages[1].startswith("Приложение")
    assert len(pages) >= 4
    assert all("ФИО" in page and "Тьютор" in page for page in pages[1:])


def test_rows_of_the_docx_annex_stay_whole_under_a_repeating_head():
    annex = open_docx(render_order_docx(order(30))).tables[-1]

    assert len(annex.rows) == 31
    assert [cell.text for cell in annex.rows[0].cells] == ["№", "ФИО", "Должность", "Период", "Тьютор"]
    assert annex.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in annex.rows)


def test_texts_of_a_school_are_literal(printed):
    text = printed(order(1, school="МБОУ <СОШ> & #image(1) {{ 7*7 }}", points=("*Пункт* один",)))

    assert "МБОУ <СОШ> & #image(1) {{ 7*7 }}" in text
    assert "1. *Пункт* один" in text


def test_fingerprint_is_the_same_in_both_formats():
    mark = str(order_view(order())["fingerprint"])

    assert mark in pdf_text(render_order_pdf(order()))
    assert mark in open_docx(render_order_docx(order())).sections[0].footer.paragraphs[0].text


def test_pages_are_a4_and_the_order_itself_takes_one():
    reader = pypdf.PdfReader(io.BytesIO(render_order_pdf(order(1))))

    assert len(reader.pages) == 2
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages} == {(595, 842)}


def test_template_of_the_school_goes_before_ours(tmp_path):
    make(tmp_path, "Распоряжение {{ number }}", name="order.docx")

    assert docx_text(render_order_docx(order(), tmp_path)).strip() == "Распоряжение 112-од"
