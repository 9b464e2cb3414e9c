"""The teacher's route: home, building, checking and sending."""

from pathlib import Path

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from iom import policy
from iom.core import clock
from iom.diagnostics import offer_queries
from iom.diagnostics.offer_queries import Offer
from iom.policy import Action
from iom.profiles import queries as profile_queries
from iom.routes import building, queries, reviewing
from iom.routes.blueprint import bp
from iom.routes.building import AddOffering, EditItem, ReplaceItem
from iom.routes.curve import hours_curve
from iom.routes.edits import swap_options
from iom.routes.forms import ConditionsForm, OwnItemForm
from iom.routes.models import Route
from iom.routes.pages import home as home_page
from iom.routes.pages import parts, texts
from iom.routes.planning import planning_for
from iom.routes.reviewing import SubmitRoute
from iom.routes.workflow import EDITABLE
from iom.web.access import access
from iom.web.transaction import db

DEFAULT_HOURS = 72
CURVE_SECONDS = 3.0  # for the whole staircase; what is not proven by then is shown as such


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Give all templates, macros too, the words of a route's states and kinds."""
    state.app.jinja_env.globals["route_words"] = texts


def catalog_dir() -> Path:
    found: Path = current_app.extensions["iom_settings"].catalog_dir
    return found


def _version() -> int:
    given = request.form.get("version", "")
    if not given.isdigit():
        abort(400)
    return int(given)


@bp.get("/")
@access(Action.ROUTE_EDIT)
def home() -> str:
    employee_id = g.actor.employee_id
    if employee_id is None:
        return render_template("routes/no_employee.html")
    route = queries.find_live(db, employee_id)
    page = home_page.build(db, employee_id, route, clock.today())
    return render_template("routes/home.html", route=route, page=page, offer=None if route else _open_offer())


def _open_offer() -> Offer | None:
    """Return the diagnostic that the person has begun, or is invited to and has not taken yet."""
    offers = offer_queries.list_offers(db, g.actor, clock.today(g.timezone))
    waiting = (one for one in offers if one.open_attempt_id or (one.campaign_title and one.last_scored_at is None))
    return next(waiting, None)


@bp.route("/new", methods=["GET", "POST"], defaults={"employee_id": None})
@bp.route("/new/<int:employee_id>", methods=["GET", "POST"])
@access(Action.ROUTE_EDIT)
def new(employee_id: int | None) -> Response | tuple[str, int]:
    owner = employee_id or g.actor.employee_id
    if owner is None:
        abort(404)
    policy.require(g.actor, Action.ROUTE_EDIT, policy.target_of(db, owner))
    form = ConditionsForm(request.form)
    if request.method == "POST" and form.validate():
        route = building.make(db, g.actor, form.to_make(owner), catalog_dir())
        flash(texts.MADE, "success")
        return redirect(url_for(".build", route_id=route.id), 303)
    if request.method == "GET":
        starts, ends = home_page.default_period(clock.today())
        form = ConditionsForm(data={"hours": DEFAULT_HOURS, "starts_on": starts, "ends_on": ends})
    needs = profile_queries.open_needs(db, owner)
    request_text = profile_queries.current_request(db, owner)
    return render_template(
        "routes/new.html", form=form, needs=needs, request_text=request_text, owner=employee_id
    ), 422 if form.errors else 200


@bp.get("/<int:route_id>/build")
@access(Action.ROUTE_EDIT)
def build(route_id: int) -> str | Response:
    route = queries.get_visible(db, g.actor, route_id)
    policy.require(g.actor, Action.ROUTE_EDIT, policy.target_of(db, route.employee_id))
    if route.status not in EDITABLE:
        return redirect(url_for(".show", route_id=route.id), 303)
    return _builder(route, _form_of(route))


def _form_of(route: Route) -> ConditionsForm:
    return ConditionsForm(data={"hours": route.budget_hours, "starts_on": route.starts_on, "ends_on": route.ends_on})


def _builder(route: Route, form: ConditionsForm) -> str:
    today = clock.today()
    planning = planning_for(db, route, catalog_dir())
    points = hours_curve(planning.needs, planning.candidates, planning.conditions, time_limit=CURVE_SECONDS)
    titles = parts.titles_of(route)
    gap = (route.bound - route.objective) / route.bound if route.bound and route.objective is not None else None
    taken = min(len(planning.needs), planning.conditions.needs_max)
    return render_template(
        "routes/build.html",
        route=route,
        form=form,
        items=sorted((parts.item_part(item, titles, today) for item in route.items), key=home_page.by_date),
        options=parts.curve_options(points, taken),
        proof=texts.proof(route.solver_status, route.budget_hours, gap),
        left_out=parts.left_out(route),
        hours=parts.summary_hours(route),
        coverage=round(100 * route.coverage),
        taken=taken,
        excluded=queries.list_excluded(db, route.id),
        candidates=sum(not candidate.obstacles for candidate in planning.selection.candidates),
        reviews=queries.list_reviews(db, route.id),
    )


@bp.post("/<int:route_id>/conditions")
@access(Action.ROUTE_EDIT)
def conditions(route_id: int) -> Response | tuple[str, int]:
    form = ConditionsForm(request.form)
    route = queries.get_visible(db, g.actor, route_id)
    if not form.validate():
        policy.require(g.actor, Action.ROUTE_EDIT, policy.target_of(db, route.employee_id))
        return _builder(route, form), 422
    building.change_conditions(db, g.actor, form.to_change(route_id, _version()), catalog_dir())
    flash(texts.REBUILT, "success")
    return redirect(url_for(".build", route_id=route_id), 303)


@bp.post("/items/<int:item_id>/pin")
@access(Action.ROUTE_EDIT)
def pin(item_id: int) -> Response:
    pinned = request.form.get("pinned") == "1"
    route = building.set_pinned(db, g.actor, EditItem(item_id, _version()), pinned=pinned)
    flash(texts.PINNED if pinned else texts.UNPINNED, "success")
    return redirect(url_for(".build", route_id=route.id), 303)


@bp.post("/items/<int:item_id>/remove")
@access(Action.ROUTE_EDIT)
def remove(item_id: int) -> Response:
    item = queries.get_item(db, g.actor, item_id)
    title, before = item.title, round(100 * item.route.coverage)
    route = building.remove(db, g.actor, EditItem(item_id, _version()), catalog_dir())
    flash(texts.removed(title, before, round(100 * route.coverage)), "success")
    return redirect(url_for(".build", route_id=route.id), 303)


@bp.route("/items/<int:item_id>/swap", methods=["GET", "POST"])
@access(Action.ROUTE_EDIT)
def swap(item_id: int) -> Response | str:
    item = queries.get_item(db, g.actor, item_id)
    route = item.route
    if request.method == "POST":
        building.replace_item(db, g.actor, ReplaceItem(item_id, _version(), request.form.get("candidate", "")), catalog_dir())
        flash(texts.REPLACED, "success")
        return redirect(url_for(".build", route_id=route.id), 303)
    policy.require(g.actor, Action.ROUTE_EDIT, policy.target_of(db, route.employee_id))
    planning = planning_for(db, route, catalog_dir())
    selected = list(planning.ids.values())
    swaps = swap_options(selected, planning.ids[item.id], planning.needs, planning.candidates, planning.conditions)
    return render_template("routes/swap.html", route=route, item=item, swaps=parts.swap_parts(swaps, planning, parts.titles_of(route)))


@bp.post("/<int:route_id>/add")
@access(Action.ROUTE_EDIT)
def add(route_id: int) -> Response:
    offering = request.form.get("offering", "")
    if not offering.isdigit() or len(offering) > 9:
        abort(400)
    route = building.add_offering(db, g.actor, AddOffering(route_id, _version(), int(offering)), catalog_dir())
    flash(texts.ADDED, "success")
    return redirect(url_for(".build", route_id=route.id), 303)


@bp.route("/<int:route_id>/own", methods=["GET", "POST"])
@access(Action.ROUTE_EDIT)
def own(route_id: int) -> Response | tuple[str, int]:
    route = queries.get_visible(db, g.actor, route_id)
    policy.require(g.actor, Action.ROUTE_EDIT, policy.target_of(db, route.employee_id))
    form = OwnItemForm(request.form, goal_choices=[(goal.id, goal.title) for goal in route.goals])
    if request.method == "POST" and form.validate():
        building.add_own(db, g.actor, form.to_command(route_id, _version()), catalog_dir())
        flash(texts.ADDED, "success")
        return redirect(url_for(".build", route_id=route_id), 303)
    return render_template("routes/own.html", route=route, form=form), 422 if form.errors else 200


@bp.get("/<int:route_id>/check")
@access(Action.ROUTE_SUBMIT)
def check(route_id: int) -> str | Response:
    route = queries.get_visible(db, g.actor, route_id)
    target = policy.target_of(db, route.employee_id)
    policy.require(g.actor, Action.ROUTE_SUBMIT, target)
    if route.status not in EDITABLE:
        return redirect(url_for(".show", route_id=route.id), 303)
    return render_template(
        "routes/check.html",
        route=route,
        items=sorted(route.items, key=parts.by_day),
        hours=parts.summary_hours(route),
        left_out=parts.left_out(route),
        coverage=round(100 * route.coverage),
        over=max(0, parts.hours_of(route.items) - route.budget_hours),
        tutor=queries.find_person(db, target.tutor_id) if target.tutor_id else None,
    )


@bp.post("/<int:route_id>/submit")
@access(Action.ROUTE_SUBMIT)
def submit(route_id: int) -> Response:
    reviewing.submit(db, g.actor, SubmitRoute(route_id, _version()))
    flash(texts.SUBMITTED, "success")
    return redirect(url_for(".show", route_id=route_id) if g.actor.employee_id is None else url_for(".home"), 303)


@bp.get("/<int:route_id>")
@access(Action.ROUTE_VIEW)
def show(route_id: int) -> str:
    route = queries.get_visible(db, g.actor, route_id)
    page = home_page.build(db, route.employee_id, route, clock.today())
    return render_template("routes/show.html", route=route, page=page, history=queries.list_events(db, route.id))
