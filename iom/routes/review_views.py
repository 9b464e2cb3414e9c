"""One route before those who decide about it: the tutor, the head, the centre; and the talk about it."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core import audit, clock
from iom.core.errors import Conflict, InvalidMove
from iom.core.format import short_name
from iom.organizations.models import Region
from iom.policy import Action
from iom.routes import commenting, review_queries, review_texts, reviewing
from iom.routes.commenting import AddComment
from iom.routes.kinds import ReviewDecision
from iom.routes.models import Route
from iom.routes.review_forms import CommentForm, DecisionForm
from iom.support import review_page, texts
from iom.support.blueprint import bp
from iom.support.forms import EvidenceReviewForm
from iom.support.people import Stuck
from iom.web.access import access
from iom.web.database import apart
from iom.web.transaction import db

Page = Response | tuple[str, int]


def decision_form(route: Route) -> DecisionForm:
    """Return the form of a decision about the route as it is now."""
    return DecisionForm(phrases=texts.READY_PHRASES, data={"version": str(route.version)})


def note_view(route: Route) -> None:
    """Journal that somebody looked at another's route (S-78)."""
    person_id = route.employee.person_id
    if person_id != g.actor.person_id:
        with apart() as session:
            audit.record(session, g.actor, Action.ROUTE_VIEW, object_type="route", object_id=route.id, subject_id=person_id)


@bp.get("/routes/<int:route_id>/review")
@access(Action.ROUTE_VIEW)
def review(route_id: int) -> str:
    route, region, rights = review_queries.get_with_rights(db, g.actor, route_id)
    note_view(route)
    say = request.args.get("say", "")
    return render(route, region, rights, said=texts.SAY[Stuck(say)] if say in set(Stuck) else "")


def render(
    route: Route,
    region: Region,
    rights: frozenset[Action],
    *,
    form: DecisionForm | None = None,
    evidence_form: EvidenceReviewForm | None = None,
    evidence_item: int = 0,
    stale: bool = False,
    said: str = "",
    said_about: int = 0,
) -> str:
    """Return the page of a route whose visibility was checked."""
    today = clock.today(region.timezone)
    return render_template(
        "support/review.html",
        route=route,
        page=review_page.build(db, g.actor, route, region, rights, today),
        form=form or decision_form(route),
        evidence_form=evidence_form or EvidenceReviewForm(phrases=texts.READY_EVIDENCE),
        evidence_item=evidence_item,
        stale=stale,
        said=said,
        said_about=said_about,
        back_url=_back_url(route, rights),
        own_sentence=review_texts.OWN_ROUTE,
        nothing_found=review_texts.NOTHING_FOUND,
        stale_sentence=review_texts.STALE,
    )


def _back_url(route: Route, rights: frozenset[Action]) -> str:
    """Return the list that the reader most likely came from."""
    if route.employee.person_id == g.actor.person_id:
        return url_for("routes.home")
    if g.actor.school_id is not None:
        return url_for("orders.index")
    at_center = Action.ROUTE_APPROVE_CENTER in rights and Action.ROUTE_COMMENT not in rights
    return url_for("orders.center" if at_center else "support.people")


@bp.post("/routes/<int:route_id>/review")
@access(Action.ROUTE_REVIEW)
def decide(route_id: int) -> Page:
    form = DecisionForm(request.form, phrases=texts.READY_PHRASES)
    if not form.validate():
        return render(*review_queries.get_with_rights(db, g.actor, route_id), form=form), 422
    try:
        route = reviewing.review(db, g.actor, form.to_command(route_id))
    except (Conflict, InvalidMove):
        return stale_page(route_id, form)
    db.flush()  # the queue below must not count this one any more
    person = route.employee.person
    _, after, left = review_queries.neighbours(db, g.actor, route.id, None)
    agreed = form.decision.data == ReviewDecision.AGREE
    flash(review_texts.after_decision(short_name(person.first_name, person.last_name), agreed=agreed, left=left), "success")
    return redirect(url_for(".review", route_id=after) if after else url_for(".people"), 303)


def stale_page(route_id: int, form: DecisionForm) -> Page:
    """Return the route as it is now, with the remark that was typed; nothing was decided."""
    db.rollback()
    route, region, rights = review_queries.get_with_rights(db, g.actor, route_id)
    form.version.data = str(route.version)
    return render(route, region, rights, form=form, stale=True), 409


@bp.post("/routes/<int:route_id>/comments")
@access(Action.ROUTE_COMMENT)
def comment(route_id: int) -> Page:
    form = CommentForm(request.form)
    if not form.validate():
        flash(form.text.errors[0] if form.text.errors else texts.NOT_SENT, "error")
        found = review_queries.get_with_rights(db, g.actor, route_id)
        return render(*found, said=form.text.data or "", said_about=form.item.data or 0), 422
    said = commenting.comment(db, g.actor, AddComment(route_id, form.item.data, (form.text.data or "").strip()))
    flash(review_texts.SAID, "success")
    return redirect(url_for(".review", route_id=route_id) + (f"#step-{said.item_id}" if said.item_id else "#talk"), 303)
