"""The end of a route: its owner completes it, the tutor closes it."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core import clock
from iom.core.errors import Forbidden, InvalidMove, Refused
from iom.core.format import short_name
from iom.policy import Action
from iom.routes import evidence_queries, finishing, review_queries
from iom.routes.models import Route
from iom.routes.pages import parts
from iom.routes.pages import texts as page_texts
from iom.routes.pages.parts import ItemPart
from iom.routes.review_views import note_view
from iom.routes.workflow import RouteStatus
from iom.support import evidence_texts, people_queries, texts
from iom.support.evidence_views import bp
from iom.support.forms import CloseForm, FinishForm
from iom.web.access import access
from iom.web.transaction import db

Page = Response | tuple[str, int]


def _unfinished(route: Route, timezone: str) -> list[ItemPart]:
    titles, today = parts.titles_of(route), clock.today(timezone)
    return [parts.item_part(item, titles, today) for item in finishing.unfinished(route)]


@bp.route("/<int:route_id>/finish", methods=["GET", "POST"])
@access(Action.EVIDENCE_SUBMIT)
def finish(route_id: int) -> Page:
    route, region, rights = review_queries.get_with_rights(db, g.actor, route_id)
    if Action.EVIDENCE_SUBMIT not in rights:
        raise Forbidden(action=Action.EVIDENCE_SUBMIT, role=g.actor.role)
    form = FinishForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            finishing.complete(db, g.actor, form.to_command(route_id))
        except Refused as error:
            form.leave_unfinished.errors = [_sentence(error)]
        else:
            flash(evidence_texts.COMPLETED, "success")
            return redirect(url_for("routes.home"), 303)
    elif request.method == "GET" and route.status is not RouteStatus.IN_PROGRESS:
        return redirect(url_for("routes.show", route_id=route_id), 303)
    html = render_template(
        "evidence/finish.html",
        route=route,
        form=form,
        unfinished=_unfinished(route, region.timezone),
        done_hours=sum(item.hours for item in route.items if item.status in parts.DONE),
        total_hours=parts.hours_of(route.items),
        done_items=sum(item.status in parts.DONE for item in route.items),
        has_repeat=people_queries.has_repeat(db, route.employee_id, route.starts_on),
    )
    return html, 422 if form.errors else 200


@bp.route("/<int:route_id>/close", methods=["GET", "POST"])
@access(Action.EVIDENCE_REVIEW)
def close(route_id: int) -> Page:
    route, region, rights = review_queries.get_with_rights(db, g.actor, route_id)
    if Action.EVIDENCE_REVIEW not in rights:
        raise Forbidden(action=Action.EVIDENCE_REVIEW, role=g.actor.role)
    form = CloseForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            finishing.close(db, g.actor, form.to_command(route_id))
        except Refused as error:
            form.form_errors.append(_sentence(error))
        else:
            flash(evidence_texts.CLOSED, "success")
            return redirect(url_for("support.people"), 303)
    if request.method == "GET":
        if route.status not in {RouteStatus.IN_PROGRESS, RouteStatus.COMPLETED}:
            raise InvalidMove(kind="route", current=route.status, to=RouteStatus.CLOSED)
        note_view(route)
    person = route.employee.person
    html = render_template(
        "evidence/close.html",
        route=route,
        form=form,
        name=short_name(person.first_name, person.last_name),
        unfinished=_unfinished(route, region.timezone),
        outcome=evidence_texts.OUTCOME[finishing.outcome_of(route)],
        done_hours=sum(item.hours for item in route.items if item.status in parts.DONE),
        total_hours=parts.hours_of(route.items),
        reflection=evidence_queries.find_reflection(db, route_id),
        waiting=evidence_queries.count_waiting_of_route(db, route_id),
        has_repeat=Action.PROFILE_VIEW in rights and people_queries.has_repeat(db, route.employee_id, route.starts_on),
    )
    return html, 422 if form.errors else 200


def _sentence(error: Refused) -> str:
    return texts.REFUSAL.get(error.reason) or page_texts.REFUSAL.get(error.reason, texts.NOT_SENT)
