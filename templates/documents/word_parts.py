"""The pieces that our DOCX templates are built of: page, styles, tables with a loop, page-number fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

FONT = "Times New Roman"
"""On every office machine, or replaced there by a font of the same widths (Liberation Serif, PT Astra Serif)."""
PORTRAIT_CM = 17.0
LANDSCAPE_CM = 26.7
CELL_MARGIN = 75  # twentieths of a point
SAMPLE_STYLES = ("List", "Macro", "Intense", "Quote", "Subtle", "Book", "TOC", "Body")
TABLE_PROPERTIES = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
"""The order that the format asks for (ISO/IEC 29500-1, 17.4.59), as far as we use it."""


@dataclass(frozen=True)
class Column:
    """One column: its head, its width, and the tag that fills a cell."""

    caption: str
    width_cm: float
    tag: str
    align: str = "left"


def new_document() -> DocumentObject:
    """Return an empty A4 portrait document with our styles and nothing of the library's own sample inside."""
    document = Document()
    _drop_samples(document)
    _styles(document)
    _settings(document)
    portrait(document.sections[0])
    return document


def _drop_samples(document: DocumentObject) -> None:
    package = document.part.package
    for rel_id, rel in list(package.rels.items()):
        if rel.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[rel_id]
    for rel_id, rel in list(document.part.rels.items()):
        if rel.reltype.endswith(("/customXml", "/numbering", "/stylesWithEffects", "/webSettings")):
            del document.part.rels[rel_id]
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        is_spare = style.get(qn("w:type")) in {"table", "numbering"} and style.get(qn("w:default")) != "1"
        if is_spare or style.get(qn("w:styleId")).startswith(SAMPLE_STYLES):
            styles.remove(style)


def _styles(document: DocumentObject) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "ru-RU")
    _fonts(defaults)
    _style(document, "Normal", size=11, after=4)
    _style(document, "Title", size=14, bold=True, after=2, before=10, center=True)
    _style(document, "Subtitle", size=12, after=2, center=True)
    _style(document, "Heading 1", size=12, bold=True, before=12, after=4, keep=True)
    _style(document, "Header", size=9, center=True)
    _style(document, "Footer", size=9, center=True)
    document.styles.add_style("Order", 1)
    _style(document, "Order", size=13, after=3)
    for name, size, bold in (("Cell", 10, False), ("Cell head", 10, True), ("Small cell", 9, False), ("Small cell head", 9, True)):
        document.styles.add_style(name, 1)
        _style(document, name, size=size, bold=bold)


def _style(
    document: DocumentObject,
    name: str,
    *,
    size: float,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    center: bool = False,
    keep: bool = False,
) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _fonts(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.keep_with_next, layout.widow_control = keep, True
    if center:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:
        style.element.pPr.remove(borders)


def _fonts(properties) -> None:  # type: ignore[no-untyped-def]
    """Name the font for every script at once; the sample document names theme fonts, which an office may lack."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for leftover in ("w:spacing", "w:kern"):
        found = properties.find(qn(leftover))
        if found is not None:
            properties.remove(found)


def _settings(document: DocumentObject) -> None:
    settings = document.settings.element
    hyphens = OxmlElement("w:autoHyphenation")
    hyphens.set(qn("w:val"), "true")
    settings.find(qn("w:defaultTabStop")).addnext(hyphens)
    settings.remove(settings.find(qn("w:zoom")))
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 and later; an older mode is announced in the window's title


def portrait(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.header_distance, section.footer_distance = Cm(1), Cm(1)


def landscape(document: DocumentObject) -> None:
    """Begin a landscape page; the wide edge at the top is where the sheets are bound."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends the upright section takes a line; after a full page it would make an empty one.
    ending = document.paragraphs[-1].paragraph_format
    ending.space_before = ending.space_after = Pt(0)
    ending.line_spacing = Pt(1)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin, section.right_margin = Cm(1.5), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    section.header_distance, section.footer_distance = Cm(1), Cm(0.9)


def running_lines(document: DocumentObject, head: str, before: str, after: str) -> None:
    """Fill the header and the footer; the footer is «{before}, с. 1 из 3{after}»."""
    section = document.sections[0]
    section.header.paragraphs[0].text = head
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{before}, с.\u00a0")
    _field(footer, "PAGE")
    footer.add_run(" из\u00a0")
    _field(footer, "NUMPAGES")
    footer.add_run(after)


def _field(paragraph: Paragraph, instruction: str) -> None:
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            order = OxmlElement("w:instrText")
            order.set(qn("xml:space"), "preserve")
            order.text = f" {text} "
            run._r.append(order)


def tag(document: DocumentObject, text: str) -> None:
    """Add a paragraph that holds only a template tag; it leaves no trace in the filled document."""
    document.add_paragraph(text)


def heading(document: DocumentObject, section: str, text: str) -> None:
    document.add_paragraph(f"{{{{ has.{section} }}}}. {text}", style="Heading 1")


def loop_table(document: DocumentObject, columns: Sequence[Column], each: str, *, size: str = "Cell") -> Table:
    """Add a bordered table whose head repeats on each page and whose row is printed for `each` («item in items»)."""
    table = document.add_table(4, len(columns))
    _frame(table, [column.width_cm for column in columns], bordered=True)
    head, start, body, end = table.rows
    for column, cell in zip(columns, head.cells, strict=True):
        _write(cell, column.caption, f"{size} head", column.align)
    _write(start.cells[0], f"{{%tr for {each} %}}", size)
    for column, cell in zip(columns, body.cells, strict=True):
        _write(cell, column.tag, size, column.align)
    _write(end.cells[0], "{%tr endfor %}", size)
    _mark_row(head, "w:tblHeader")
    for row in (head, body):
        _mark_row(row, "w:cantSplit")
    return table


def facts_table(document: DocumentObject, each: str, label_cm: float, value_cm: float) -> Table:
    """Add a table of facts, «label – value» for `each`, without a head."""
    table = document.add_table(3, 2)
    _frame(table, [label_cm, value_cm], bordered=True)
    start, body, end = table.rows
    _write(start.cells[0], f"{{%tr for {each} %}}", "Cell")
    _write(body.cells[0], "{{ fact.label }}", "Cell")
    _write(body.cells[1], "{{ fact.value }}", "Cell")
    _write(end.cells[0], "{%tr endfor %}", "Cell")
    _mark_row(body, "w:cantSplit")
    return table


def plain_table(document: DocumentObject, widths_cm: Sequence[float]) -> list[_Cell]:
    """Add a borderless table of one row and return its cells, each with one empty paragraph."""
    table = document.add_table(1, len(widths_cm))
    _frame(table, widths_cm, bordered=False)
    return list(table.rows[0].cells)


def write_lines(cell: _Cell, lines: Sequence[str], style: str = "Cell", align: str = "left") -> None:
    """Write one paragraph a line; a line that begins with «!» is bold."""
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = f"{style} head" if line.startswith("!") else style
        paragraph.alignment = _alignment(align)
        paragraph.add_run(line.removeprefix("!"))


def _alignment(name: str) -> WD_ALIGN_PARAGRAPH:
    return {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[name]


def _write(cell: _Cell, text: str, style: str, align: str = "left") -> None:
    """Write the first line always and each further one only when its tag has a value: a cell must keep a paragraph."""
    first, *more = text.split("\n")
    lines = [first]
    for line in more:
        lines += [line.replace("{{", "{%p if").replace("}}", "%}"), line, "{%p endif %}"]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.alignment = _alignment(align)
        if number:
            paragraph.paragraph_format.space_before = Pt(2)
        paragraph.add_run(line)


def _frame(table: Table, widths_cm: Sequence[float], *, bordered: bool) -> None:
    """Fix the widths and draw thin lines; a floating layout would let one long word push the others off the page."""
    table.autofit = False
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(round(sum(widths_cm) * 567)))
    margin = CELL_MARGIN if bordered else 0
    properties.extend([_cell_margins(margin), *([_borders()] if bordered else [])])
    properties[:] = sorted(properties, key=lambda child: TABLE_PROPERTIES.index(etree.QName(child).localname))
    for column, width_cm in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width_cm)
        for cell in column.cells:
            cell.width = Cm(width_cm)


def _borders() -> object:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    return borders


def _cell_margins(side_margin: int) -> object:
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 30), ("left", side_margin), ("bottom", 30), ("right", side_margin)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _mark_row(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))
