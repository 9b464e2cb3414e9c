"""What leaves as DOCX and PDF: a route, an order with its annex, the draft of an order."""

import io
from collections.abc import Callable

from flask import Blueprint, g, request, send_file
from werkzeug.wrappers import Response

from iom.core import audit, clock
from iom.core.errors import Forbidden, NotFound
from iom.documents import order_service, service
from iom.documents import service_texts as words
from iom.documents.order_docx import render_order_docx
from iom.documents.order_pdf import render_order_pdf
from iom.documents.order_sheet import OrderSheet
from iom.documents.route_docx import render_route_docx
from iom.documents.route_pdf import render_route_pdf
from iom.documents.route_sheet import RouteSheet, Variant
from iom.policy import Action
from iom.routes import order_queries, waiting_queries
from iom.routes.review_forms import chosen_versions
from iom.web.access import access
from iom.web.database import apart
from iom.web.transaction import db

bp = Blueprint("documents", __name__, url_prefix="/documents")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
SANDBOX = "sandbox; default-src 'none'"


def attachment(content: bytes, mime: str, name: str) -> Response:
    """Return a file that the browser keeps and never shows as a page of ours."""
    response = send_file(io.BytesIO(content), mimetype=mime, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _variant() -> Variant:
    given = request.args.get("variant", "")
    return Variant(given) if given in set(Variant) else Variant.FULL


def _route(route_id: int, render: Callable[[RouteSheet], bytes], mime: str, extension: str) -> Response:
    printed = service.route_sheet(db, g.actor, route_id, _variant(), clock.today(g.timezone))
    person_id = printed.route.employee.person_id
    if person_id != g.actor.person_id:
        with apart() as session:
            audit.record(
                session, g.actor, Action.ROUTE_VIEW, object_type="route", object_id=route_id, subject_id=person_id, reason=extension
            )
    return attachment(render(printed.sheet), mime, f"{printed.file_name}.{extension}")


@bp.get("/routes/<int:route_id>.docx")
@access(Action.ROUTE_VIEW)
def route_docx(route_id: int) -> Response:
    return _route(route_id, render_route_docx, DOCX, "docx")


@bp.get("/routes/<int:route_id>.pdf")
@access(Action.ROUTE_VIEW)
def route_pdf(route_id: int) -> Response:
    return _route(route_id, render_route_pdf, PDF, "pdf")


def _order(order_id: int, render: Callable[[OrderSheet], bytes], mime: str, extension: str) -> Response:
    sheet, order = order_service.order_sheet(db, g.actor, order_id, clock.now(), clock.today(g.timezone))
    return attachment(render(sheet), mime, f"{words.order_file(order.number)}.{extension}")


@bp.get("/orders/<int:order_id>.docx")
@access(Action.ROUTE_VIEW)
def order_docx(order_id: int) -> Response:
    return _order(order_id, render_order_docx, DOCX, "docx")


@bp.get("/orders/<int:order_id>.pdf")
@access(Action.ROUTE_VIEW)
def order_pdf(order_id: int) -> Response:
    return _order(order_id, render_order_pdf, PDF, "pdf")


def _draft(render: Callable[[OrderSheet], bytes], mime: str, extension: str) -> Response:
    """Return the draft for the ticked routes; a form sends it, so that no list of people stands in an address."""
    if g.actor.school_id is None:
        raise Forbidden(action=Action.ROUTE_APPROVE, role=g.actor.role)
    school = order_queries.find_school(db, g.actor)
    if school is None:
        raise NotFound(kind="school", id=g.actor.school_id)
    now, today = clock.now(), clock.today(g.timezone)
    ticked = chosen_versions(request.form.getlist("route"))
    rows = [row for row in waiting_queries.list_for_order(db, g.actor, now, today) if row.route_id in ticked]
    sheet = order_service.draft_order(db, school, rows, now, today)
    return attachment(render(sheet), mime, f"{words.order_file('')}.{extension}")


@bp.post("/orders/draft.docx")
@access(Action.ROUTE_VIEW)
def draft_docx() -> Response:
    return _draft(render_order_docx, DOCX, "docx")


@bp.post("/orders/draft.pdf")
@access(Action.ROUTE_VIEW)
def draft_pdf() -> Response:
    return _draft(render_order_pdf, PDF, "pdf")
