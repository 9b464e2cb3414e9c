"""Orders of a school and approvals at the centre. What was measured is on none of these pages."""

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core import clock
from iom.core.errors import Conflict, Forbidden, InvalidMove, NotFound, Refused
from iom.core.format import full_name
from iom.documents import order_service
from iom.documents.order_sheet import order_view
from iom.organizations.models import School
from iom.policy import Action, may_ever
from iom.routes import order_queries, order_texts, ordering, review_queries, reviewing, waiting_queries
from iom.routes.kinds import ReviewDecision
from iom.routes.pages import texts as page_texts
from iom.routes.review_forms import CorrectionForm, OrderForm, ReturnForm, chosen_versions, route_and_version
from iom.routes.review_views import note_view
from iom.routes.reviewing import ReviewRoute
from iom.support import texts
from iom.web.access import access
from iom.web.paging import pages_of
from iom.web.transaction import db

bp = Blueprint("orders", __name__, url_prefix="/orders")
PAGE = 25
CENTER_PAGE = 50
LAST_ORDERS = 5
PREVIEW_ROWS = 3

Page = Response | tuple[str, int]


def _school() -> School:
    """Return the school that the actor acts for; the door lets in all who may see some route, orders are for those of a school."""
    if g.actor.school_id is None:
        raise Forbidden(action=Action.ROUTE_APPROVE, role=g.actor.role)
    school = order_queries.find_school(db, g.actor)
    if school is None:
        raise NotFound(kind="school", id=g.actor.school_id)
    return school


def _today() -> date:
    return clock.today(g.timezone)


@bp.get("/")
@access(Action.ROUTE_VIEW)
def index() -> str:
    return _list(_school(), OrderForm(data={"issued_on": _today()}, today=_today()))


def _list(school: School, form: OrderForm, ticked: set[int] | None = None) -> str:
    now, today = clock.now(), _today()
    rows = waiting_queries.list_for_order(db, g.actor, now, today)
    apart = [row for row in rows if row.obstacle is not None]
    ready = [row for row in rows if row.obstacle is None]
    draft = order_view(order_service.draft_order(db, school, ready, now, today))
    orders, total = order_queries.list_orders(db, g.actor, size=LAST_ORDERS)
    return render_template(
        "orders/index.html",
        school=school,
        form=form,
        rows_apart=apart,
        rows_ready=ready,
        ticked=ticked if ticked is not None else {row.route_id for row in ready},
        heading=order_texts.heading(len(ready)),
        meta=order_texts.meta(len(rows), len(apart)) if rows else "",
        obstacle=order_texts.OBSTACLE,
        obstacle_help=order_texts.OBSTACLE_HELP,
        draft=draft,
        preview_rows=PREVIEW_ROWS,
        hours=sum(row.hours for row in ready),
        with_tutors=waiting_queries.count_with_tutors(db, g.actor) if not rows else 0,
        may_approve=may_ever(g.actor, Action.ROUTE_APPROVE),
        orders=orders,
        orders_total=total,
    )


@bp.post("/")
@access(Action.ROUTE_APPROVE)
def approve() -> Page:
    school, today = _school(), _today()
    form = OrderForm(request.form, today=today)
    chosen = chosen_versions(request.form.getlist("route"))
    if not form.validate():
        return _list(school, form, set(chosen)), 422
    try:
        order = ordering.approve(db, g.actor, form.to_command(chosen))
    except (Conflict, InvalidMove, Refused) as error:
        return _refused(form, chosen, error)
    flash(order_texts.approved(len(chosen), order.number), "success")
    db.flush()
    return redirect(url_for(".show", order_id=order.id), 303)


def _refused(form: OrderForm, chosen: dict[int, int], error: Conflict | InvalidMove | Refused) -> Page:
    """Return the list as it is now with all that was typed; nothing was approved."""
    db.rollback()
    school = _school()
    if isinstance(error, Refused):
        form.form_errors.append(_sentence(error))
        return _list(school, form, set(chosen)), 422
    if error.facts.get("kind") == "order_number":
        form.number.errors = [order_texts.number_taken(form.clean_number, error.facts.get("issued_on"), _today())]
        return _list(school, form, set(chosen)), 422
    route_id = error.facts.get("id")
    names = review_queries.names_of(db, g.actor, [route_id] if isinstance(route_id, int) else [])
    flash(order_texts.changed(next(iter(names.values()), "")), "warning")
    return _list(school, form, set(chosen) - {route_id}), 409


def _sentence(error: Refused) -> str:
    return texts.REFUSAL.get(error.reason) or page_texts.REFUSAL.get(error.reason, texts.NOT_SENT)


@bp.get("/issued")
@access(Action.ROUTE_VIEW)
def issued() -> str:
    _school()
    page = max(1, request.args.get("page", 1, type=int))
    orders, total = order_queries.list_orders(db, g.actor, page=page, size=PAGE)
    return render_template("orders/issued.html", orders=orders, total=total, first=(page - 1) * PAGE + 1, pages=pages_of(total, PAGE, page))


@bp.route("/<int:order_id>", methods=["GET", "POST"])
@access(Action.ROUTE_VIEW)
def show(order_id: int) -> Page:
    _school()
    order = order_queries.get_order(db, g.actor, order_id)
    form = CorrectionForm(request.form, data={"number": order.number, "issued_on": order.issued_on}, today=_today())
    if request.method == "POST" and form.validate():
        try:
            ordering.correct(db, g.actor, form.to_correction(order_id))
        except Conflict as error:
            form.number.errors = [order_texts.number_taken(form.clean_number, error.facts.get("issued_on"), _today())]
        except Refused as error:
            form.form_errors.append(_sentence(error))
        else:
            flash(order_texts.CORRECTED, "success")
            return redirect(url_for(".show", order_id=order_id), 303)
    issuer = order.issued_by
    html = render_template(
        "orders/order.html",
        order=order,
        annex=order_queries.list_annex(db, order),
        corrections=order_queries.list_corrections(db, order_id),
        issuer=full_name(issuer.first_name, issuer.last_name, issuer.middle_name),
        form=form,
        may_correct=may_ever(g.actor, Action.ROUTE_APPROVE),
    )
    return html, 422 if form.errors else 200


@bp.route("/routes/<int:route_id>/return", methods=["GET", "POST"])
@access(Action.ROUTE_VIEW)
def send_back(route_id: int) -> Page:
    route, _, rights = review_queries.get_with_rights(db, g.actor, route_id)
    at_center = Action.ROUTE_APPROVE_CENTER in rights
    if not at_center and Action.ROUTE_APPROVE not in rights:
        raise Forbidden(action=Action.ROUTE_APPROVE, role=g.actor.role)
    form = ReturnForm(request.form, data={"version": route.version})
    if request.method == "POST" and form.validate():
        service = reviewing.approve_at_center if at_center else reviewing.return_by_head
        service(db, g.actor, form.to_command(route_id))
        flash(order_texts.RETURNED, "success")
        return redirect(url_for(".center" if at_center else ".index"), 303)
    if request.method == "GET":
        note_view(route)
    person = route.employee.person
    html = render_template(
        "orders/return.html",
        route=route,
        form=form,
        name=f"{person.first_name} {person.last_name}",
        back_url=url_for(".center") if at_center else url_for(".index"),
    )
    return html, 422 if form.errors else 200


@bp.get("/center")
@access(Action.ROUTE_APPROVE_CENTER)
def center() -> str:
    page = max(1, request.args.get("page", 1, type=int))
    rows, total = waiting_queries.list_for_center(db, g.actor, clock.now(), _today(), page=page, size=CENTER_PAGE)
    return render_template(
        "orders/center.html", rows=rows, total=total, first=(page - 1) * CENTER_PAGE + 1, pages=pages_of(total, CENTER_PAGE, page)
    )


@bp.post("/center")
@access(Action.ROUTE_APPROVE_CENTER)
def approve_at_center() -> Response:
    pair = route_and_version(request.form.get("route", ""))
    if pair is None:
        flash(texts.NOTHING_CHOSEN, "info")
        return redirect(url_for(".center"), 303)
    reviewing.approve_at_center(db, g.actor, ReviewRoute(*pair, ReviewDecision.AGREE, ""))
    flash(order_texts.APPROVED_AT_CENTER, "success")
    return redirect(url_for(".center"), 303)
