"""The personal protocol as PDF; the caller gives it to its owner only."""

from iom.documents.protocol_sheet import ProtocolSheet, protocol_view
from iom.documents.typst_pdf import render_pdf

TEMPLATE = "protocol.typ"


def render_protocol_pdf(sheet: ProtocolSheet) -> bytes:
    """Return the protocol as PDF: a bar for each competency, readable in black and white."""
    return render_pdf(TEMPLATE, protocol_view(sheet), sheet.printed_on)
