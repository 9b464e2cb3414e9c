"""The engine that fills DOCX templates: literal texts, a sandbox, errors that name the place."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.documents.cleaning import clean_text
from iom.documents.word_template import BrokenTemplate, WordTemplate, load_template

from .reading import docx_text, open_docx, part, part_names

DAY = date(2026, 10, 12)


def make(folder: Path, *paragraphs: str, name: str = "t.docx") -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(folder / name))
    return folder / name


def fill(template: WordTemplate, **context: object) -> bytes:
    return template.fill(context, title="Название", creator="Школа", day=DAY)


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> WordTemplate:
    return load_template(make(tmp_path_factory.mktemp("templates"), "[{{ text }}]"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{# заметка #}",
        "{_{ не docxtpl }_}",
        "<w:p/>",
        "</w:t></w:r>",
        "a & b &amp; &lt;",
        "]]>",
        "«Ёлочки» и „лапки“ “ ”",
        "x" * 5000,
        "$& \\1 \\g<0>",
        "😀 漢字 Ҡҙ",
    ],
)
def test_text_of_a_person_comes_out_literally(echo, text):
    assert docx_text(fill(echo, text=text)).strip() == f"[{text}]"


@settings(max_examples=60)
@given(text=st.text(max_size=80))
def test_any_text_comes_out_as_it_was_cleaned(echo, text):
    expected = clean_text(text).replace("\t", " ")

    assert docx_text(fill(echo, text=text)).removeprefix("\n").rstrip("\n") == f"[{expected}]"


def test_line_feed_of_a_person_is_a_line_end_in_word(echo):
    content = part(fill(echo, text="один\r\nдва\n\nтри"), "word/document.xml")

    assert content.count("<w:br/>") == 3


def test_control_characters_are_left_out(echo):
    assert docx_text(fill(echo, text="а\x00б\x0b\x1fв\ud800")).strip() == "[абв]"


def test_tags_split_by_the_word_processor_are_understood(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ na", "me }", "}"):
        paragraph.add_run(piece).bold = piece == "{ na"
    document.save(str(tmp_path / "split.docx"))

    assert docx_text(fill(load_template(tmp_path / "split.docx"), name="Анна")).strip() == "Анна"


def test_loops_over_rows_print_each_row(tmp_path):
    document = docx.Document()
    table = document.add_table(3, 2)
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "{{ row.a }}", "{{ row.b }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(str(tmp_path / "loop.docx"))
    rows = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}, {"a": 3, "b": "z"}]

    filled = open_docx(fill(load_template(tmp_path / "loop.docx"), rows=rows))

    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [["1", "x"], ["2", "y"], ["3", "z"]]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ text.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ rows.append(1) }}",
    ],
)
def test_template_of_a_centre_cannot_leave_the_sandbox(tmp_path, tag):
    template = load_template(make(tmp_path, tag))

    with pytest.raises(BrokenTemplate):
        fill(template, text="x", rows=[])


def test_misspelt_name_is_an_error_that_names_it(tmp_path):
    template = load_template(make(tmp_path, "{{ ful_name }}"))

    with pytest.raises(BrokenTemplate) as caught:
        fill(template, full_name="Анна")

    assert caught.value.facts["name"] == "t.docx"
    assert caught.value.facts["part"] == "word/document.xml"
    assert "ful_name" in caught.value.facts["reason"]


def test_broken_tag_is_found_when_the_template_is_read(tmp_path):
    with pytest.raises(BrokenTemplate, match=r"word/document\.xml"):
        load_template(make(tmp_path, "{% if x %}"))


def test_tags_that_tear_the_markup_apart_give_no_document(tmp_path):
    document = docx.Document()
    document.add_paragraph("{%p if yes %}")
    document.add_table(1, 1).rows[0].cells[0].text = "{%tr endif %}"
    document.add_paragraph("{{ 1 }}{%p if yes %}")
    document.save(str(tmp_path / "torn.docx"))

    with pytest.raises(BrokenTemplate):
        fill(load_template(tmp_path / "torn.docx"), yes=True)


def rewritten(source: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, content if entry.filename == name else old.read(entry))
    return target


def test_document_type_in_a_template_is_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "&#65;">]><w:d xmlns:w="x"><w:t>&a;</w:t></w:d>'
    path = rewritten(make(tmp_path, "x"), tmp_path / "dtd.docx", "word/document.xml", bomb)

    with pytest.raises(BrokenTemplate, match="DTD"):
        load_template(path)


def test_what_is_no_docx_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK not really")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")

    for name in ("a.docx", "b.docx"):
        with pytest.raises(BrokenTemplate, match="package"):
            load_template(tmp_path / name)


def test_template_that_unpacks_to_much_is_refused(tmp_path):
    path = rewritten(make(tmp_path, "x"), tmp_path / "bomb.docx", "word/styles.xml", b"0" * 30_000_000)

    assert path.stat().st_size < 100_000
    with pytest.raises(BrokenTemplate, match="too large"):
        load_template(path)


def test_changed_template_is_read_again(tmp_path):
    path = make(tmp_path, "старый")
    assert docx_text(fill(load_template(path))).strip() == "старый"

    make(tmp_path, "новый текст")
    os.utime(path, ns=(1, 1))

    assert docx_text(fill(load_template(path))).strip() == "новый текст"


def test_same_facts_give_the_same_bytes(echo):
    assert fill(echo, text="а") == fill(echo, text="а")


def test_properties_name_the_document_and_nobody_else(echo):
    properties = open_docx(echo.fill({"text": ""}, title="ИОМ & <план>", creator="МБОУ\x00 СОШ", day=DAY)).core_properties

    assert (properties.title, properties.author, properties.created.date()) == ("ИОМ & <план>", "МБОУ СОШ", DAY)
    assert not properties.comments
    assert not properties.last_modified_by


def test_other_parts_of_the_package_stay_as_they_were(tmp_path, echo):
    source = make(tmp_path, "[{{ text }}]").read_bytes()
    filled = fill(load_template(tmp_path / "t.docx"), text="x")

    assert part_names(filled) == part_names(source)
    assert part(filled, "word/styles.xml") == part(source, "word/styles.xml")
    assert zipfile.ZipFile(io.BytesIO(filled)).testzip() is None
