"""Documents read back by other programs: what a DOCX, a PDF and a workbook really hold."""

import io
import re
import zipfile

import docx
import pypdf
from docx.document import Document
from python_calamine import CalamineWorkbook


def open_docx(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def docx_text(content: bytes) -> str:
    """Every text of the body in its order, cells too; a line end inside a paragraph is a line feed."""
    body = open_docx(content).element.body
    pieces = []
    for node in body.iter():
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "t":
            pieces.append(node.text or "")
        elif tag in {"br", "p"}:
            pieces.append("\n")
    return "".join(pieces)


def docx_headings(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in open_docx(content).paragraphs if paragraph.style.name == "Heading 1"]


def pdf_pages(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def pdf_text(content: bytes) -> str:
    """The text of all pages on one line, without the invisible places where a line may end."""
    text = " ".join(page.extract_text() for page in pdf_pages(content))
    return re.sub(r"\s+", " ", re.sub("[\u200b\u00ad]", "", text))


def sheet_rows(content: bytes, title: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(title).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def part_names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()
