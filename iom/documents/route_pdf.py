"""The route as PDF."""

from iom.documents.route_sheet import RouteSheet
from iom.documents.route_view import route_view
from iom.documents.typst_pdf import render_pdf

TEMPLATE = "route.typ"


def render_route_pdf(sheet: RouteSheet) -> bytes:
    """Return the route as PDF: the same texts as in the DOCX."""
    return render_pdf(TEMPLATE, route_view(sheet), sheet.printed_on)
