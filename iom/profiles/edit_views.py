"""What people do with a profile: ask in own words, insist, add, set aside."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom import policy
from iom.core import clock
from iom.core.errors import NotFound, Refused
from iom.policy import Action
from iom.profiles import forms, page_texts, queries, service
from iom.profiles.reasons import ProfileRefusal
from iom.profiles.views import bp, own_id, visible
from iom.web.access import access
from iom.web.transaction import db


def _profile_url(employee_id: int, anchor: str = "") -> str:
    """Return where the person comes back to: the line that was changed."""
    if employee_id == g.actor.employee_id:
        return url_for(".own", _anchor=anchor or None)
    return url_for(".show", employee_id=employee_id, _anchor=anchor or None)


@bp.route("/request", methods=["GET", "POST"])
@access(Action.DIAGNOSTIC_TAKE)
def write_request() -> Response | tuple[str, int]:
    employee_id = own_id()
    former = queries.list_requests(db, employee_id)
    form = forms.RequestForm(request.form, text=former[0].text if former else "")
    if request.method == "POST" and form.validate():
        command = form.to_command()
        service.write_request(db, g.actor, command, clock.now())
        flash(page_texts.REQUEST_SAVED if command.text else page_texts.REQUEST_REMOVED, "success")
        return redirect(url_for(".own"), 303)
    return render_template("profiles/request.html", form=form, former=former), 422 if form.errors else 200


@bp.post("/<int:employee_id>/marks")
@access(Action.ROUTE_EDIT)
def mark(employee_id: int) -> Response:
    form = forms.MarkForm(request.form)
    if not form.validate():
        raise NotFound(kind="competency", id=None)
    command = form.to_command(employee_id)
    service.mark(db, g.actor, command, clock.now())
    flash(page_texts.MARKED if command.is_marked else page_texts.UNMARKED, "success")
    return redirect(_profile_url(employee_id, f"c-{command.competency_code}"), 303)


@bp.route("/<int:employee_id>/deficits/add", methods=["GET", "POST"])
@access(Action.ROUTE_EDIT)
def add_deficit(employee_id: int) -> Response | tuple[str, int]:
    target = visible(employee_id)
    policy.require(g.actor, Action.ROUTE_EDIT, target)
    if not service.may_decide(g.actor, target):
        raise Refused(reason=ProfileRefusal.NOT_YOURS_TO_DROP)
    form = forms.AddForm(request.form)
    form.offer([(row.code, f"{row.block_title}: {row.title}") for row in queries.list_map(db, employee_id) if row.concerns])
    if request.method == "GET" and request.args.get("competency"):
        form.competency.data = request.args["competency"]
    if request.method == "POST" and form.validate():
        try:
            service.add_deficit(db, g.actor, form.to_command(employee_id), clock.now())
        except Refused as error:
            form.competency.errors = [page_texts.REFUSAL[error.reason]]
        else:
            flash(page_texts.ADDED, "success")
            return redirect(_profile_url(employee_id, f"c-{form.competency.data}"), 303)
    page = render_template("profiles/add.html", form=form, owner=queries.get_owner(db, employee_id), employee_id=employee_id)
    return page, 422 if form.errors else 200


@bp.route("/<int:employee_id>/deficits/<int:deficit_id>/drop", methods=["GET", "POST"])
@access(Action.ROUTE_EDIT)
def drop_deficit(employee_id: int, deficit_id: int) -> Response | tuple[str, int]:
    policy.require(g.actor, Action.ROUTE_EDIT, visible(employee_id))
    need = queries.find_need(db, employee_id, deficit_id)
    if need is None:
        raise NotFound(kind="deficit", id=deficit_id)
    if not need.is_open:
        raise Refused(reason=ProfileRefusal.NOT_OPEN)
    form = forms.ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        service.drop_deficit(db, g.actor, form.to_command(employee_id, deficit_id), clock.now())
        flash(page_texts.DROPPED, "success")
        return redirect(_profile_url(employee_id), 303)
    page = render_template("profiles/drop.html", form=form, need=need, employee_id=employee_id, back_url=_profile_url(employee_id))
    return page, 422 if form.errors else 200
