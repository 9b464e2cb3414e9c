"""The order with its annex as DOCX, from a template that a school or a centre may edit."""

from pathlib import Path

from iom.documents.order_sheet import OrderSheet, order_view
from iom.documents.template_files import find_template
from iom.documents.word_template import load_template

TEMPLATE = "order.docx"


def render_order_docx(sheet: OrderSheet, own_folder: Path | None = None) -> bytes:
    """Return the order as DOCX; `own_folder` may hold another copy of the template.

    Raises
    ------
    BrokenTemplate : the template cannot be filled
    """
    template = load_template(find_template(TEMPLATE, own_folder))
    return template.fill(order_view(sheet), title=sheet.title, creator=sheet.school, day=sheet.printed_on)
