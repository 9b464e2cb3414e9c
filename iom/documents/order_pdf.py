"""The order with its annex as PDF."""

from iom.documents.order_sheet import OrderSheet, order_view
from iom.documents.typst_pdf import render_pdf

TEMPLATE = "order.typ"


def render_order_pdf(sheet: OrderSheet) -> bytes:
    """Return the order as PDF: the same texts as in the DOCX."""
    return render_pdf(TEMPLATE, order_view(sheet), sheet.printed_on)
