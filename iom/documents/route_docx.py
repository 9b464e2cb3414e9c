"""The route as DOCX, from a template that a centre may edit."""

from pathlib import Path

from iom.documents.route_sheet import RouteSheet
from iom.documents.route_view import route_view
from iom.documents.template_files import find_template
from iom.documents.word_template import load_template

TEMPLATE = "route.docx"


def render_route_docx(sheet: RouteSheet, own_folder: Path | None = None) -> bytes:
    """Return the route as DOCX; `own_folder` may hold the centre's copy of the template.

    Raises
    ------
    BrokenTemplate : the template cannot be filled
    """
    template = load_template(find_template(TEMPLATE, own_folder))
    view = route_view(sheet)
    return template.fill(view, title=f"{view['title']}: {sheet.full_name}", creator=sheet.school, day=sheet.printed_on)
