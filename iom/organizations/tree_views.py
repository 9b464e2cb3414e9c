"""«Организации»: the region's settings, its municipalities and their schools."""

from dataclasses import asdict
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core.errors import Conflict, Refused
from iom.organizations import tree, tree_queries, tree_texts
from iom.organizations.blueprint import bp
from iom.organizations.models import School
from iom.organizations.tree import Facts, Row
from iom.organizations.tree_forms import MunicipalityForm, RegionForm, SchoolForm
from iom.policy import Action
from iom.web.access import access
from iom.web.paging import pages_of
from iom.web.transaction import db

Page = Response | tuple[str, int]
Edited = RegionForm | MunicipalityForm | SchoolForm


@bp.get("/admin/organizations", endpoint="tree")
@access(Action.ORGANIZATION_EDIT)
def show_tree() -> str:
    region = tree_queries.get_region(db, g.actor.region_id)
    rows = tree_queries.list_municipalities(db, g.actor)
    return render_template(
        "organizations/tree.html",
        region=region,
        rows=rows,
        chain=tree_texts.CHAIN[region.approval_chain],
        timezone=tree_texts.TIMEZONES.get(region.timezone, region.timezone),
        schools=sum(row.schools for row in rows),
    )


@bp.route("/admin/organizations/region", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def edit_region() -> Page:
    region = tree_queries.get_region(db, g.actor.region_id)
    form = RegionForm(request.form, data=_shown(region))
    return _edit(form, region, "organizations/tree_region.html", url_for(".tree"), tree_texts.REGION_SAVED)


@bp.route("/admin/organizations/new", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def add_municipality() -> Page:
    form = MunicipalityForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            row = tree.add_municipality(db, g.actor, form.to_facts())
        except Refused as error:
            form.code.errors = [tree_texts.REFUSAL[error.reason]]
        else:
            flash(tree_texts.MUNICIPALITY_SAVED, "success")
            return redirect(url_for(".municipality", municipality_id=row.id), 303)
    return render_template("organizations/tree_municipality_edit.html", form=form, row=None), 422 if form.errors else 200


@bp.get("/admin/organizations/<int:municipality_id>")
@access(Action.ORGANIZATION_EDIT)
def municipality(municipality_id: int) -> str:
    row = tree_queries.get_municipality(db, g.actor, municipality_id)
    page = max(1, request.args.get("page", 1, type=int))
    total = tree_queries.count_schools(db, municipality_id)
    return render_template(
        "organizations/tree_municipality.html",
        row=row,
        schools=tree_queries.list_schools(db, municipality_id, page),
        total=total,
        first=(page - 1) * tree_queries.PAGE + 1,
        pages=pages_of(total, tree_queries.PAGE, page),
    )


@bp.route("/admin/organizations/<int:municipality_id>/edit", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def edit_municipality(municipality_id: int) -> Page:
    row = tree_queries.get_municipality(db, g.actor, municipality_id)
    form = MunicipalityForm(request.form, data=_shown(row))
    back = url_for(".municipality", municipality_id=municipality_id)
    return _edit(form, row, "organizations/tree_municipality_edit.html", back, tree_texts.MUNICIPALITY_SAVED)


@bp.route("/admin/organizations/<int:municipality_id>/schools/new", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def add_school(municipality_id: int) -> Page:
    tree_queries.get_municipality(db, g.actor, municipality_id)
    form = SchoolForm(request.form, data={"municipality": municipality_id}, municipalities=_municipalities())
    if request.method == "POST" and form.validate():
        try:
            row = tree.add_school(db, g.actor, form.to_facts())
        except Refused as error:
            form.code.errors = [tree_texts.REFUSAL[error.reason]]
        else:
            flash(tree_texts.SCHOOL_SAVED, "success")
            return redirect(url_for(".municipality", municipality_id=row.municipality_id), 303)
    return render_template("organizations/tree_school_edit.html", form=form, row=None, staff=0), 422 if form.errors else 200


@bp.route("/admin/schools/<int:school_id>", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def edit_school(school_id: int) -> Page:
    row = tree_queries.get_school(db, g.actor, school_id)
    form = SchoolForm(request.form, data=_shown(row), municipalities=_municipalities())
    back = url_for(".municipality", municipality_id=row.municipality_id)
    staff = tree_queries.count_staff(db, school_id)
    return _edit(form, row, "organizations/tree_school_edit.html", back, tree_texts.SCHOOL_SAVED, staff=staff)


@bp.post("/admin/schools/<int:school_id>/close")
@access(Action.ORGANIZATION_EDIT)
def close_school(school_id: int) -> Response:
    row = tree.close_school(db, g.actor, school_id)
    flash(tree_texts.SCHOOL_CLOSED, "success")
    return redirect(url_for(".municipality", municipality_id=row.municipality_id), 303)


@bp.post("/admin/schools/<int:school_id>/open")
@access(Action.ORGANIZATION_EDIT)
def open_school(school_id: int) -> Response:
    row = tree.open_school(db, g.actor, school_id)
    flash(tree_texts.SCHOOL_OPENED, "success")
    return redirect(url_for(".municipality", municipality_id=row.municipality_id), 303)


def _municipalities() -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in tree_queries.list_municipalities(db, g.actor)]


def _shown(row: Row) -> dict[str, Any]:
    """Return what a form shows of a row, with the mark by which a change made meanwhile is noticed."""
    facts = tree.facts_of(row)
    shown = asdict(facts) | {"seen": tree.seen(facts)}
    return shown | {"municipality": row.municipality_id} if isinstance(row, School) else shown


def _edit(form: Edited, row: Row, template: str, back: str, saved: str, **values: Any) -> Page:
    """Show the form or carry it out; what somebody changed meanwhile is shown beside the person's own text."""
    status, now_there = 200, []
    if request.method == "POST" and form.validate():
        try:
            tree.change(db, g.actor, row, form.to_facts(), form.seen.data or "")
        except Refused as error:
            form["code"].errors = [tree_texts.REFUSAL[error.reason]]
        except Conflict as error:
            status, now_there = 409, _words(error.facts["before"])
            form.seen.data = tree.seen(error.facts["before"])
        else:
            flash(saved, "success")
            return redirect(back, 303)
    name = row.name
    return render_template(template, form=form, row=row, row_name=name, back=back, now_there=now_there, **values), (
        422 if form.errors else status
    )


def _words(facts: Facts) -> list[tuple[str, str]]:
    """Return facts in words, for the page that shows both versions."""
    municipalities = dict(_municipalities())
    return [(tree_texts.FIELD[name], _word(name, value, municipalities)) for name, value in asdict(facts).items()]


def _word(name: str, value: Any, municipalities: dict[int, str]) -> str:
    if name == "approval_chain":
        return tree_texts.CHAIN[value]
    if name == "municipality_id":
        return municipalities.get(value, "")
    if name == "timezone":
        return tree_texts.TIMEZONES.get(value, str(value))
    if isinstance(value, bool):
        return tree_texts.YES if value else tree_texts.NO
    return str(value)
