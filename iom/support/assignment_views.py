"""«Закрепление»: who follows whom, who is loaded how much, who has nobody; people are given to a tutor or a methodist together."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core import clock
from iom.core.actor import Role
from iom.core.errors import Refused
from iom.monitoring import people_queries
from iom.monitoring import texts as monitoring_texts
from iom.monitoring.asked_views import asked, key_of, page_number
from iom.monitoring.people_queries import PersonFilter
from iom.organizations import texts as staff_texts
from iom.organizations.staff_views import chips, people_scope
from iom.policy import Action
from iom.support import assign_queries, assigning, assignment_texts
from iom.support.assign_queries import Holder
from iom.support.assignment_forms import AssignForm
from iom.support.blueprint import bp
from iom.support.kinds import SupportKind, SupportRefusal
from iom.web.access import access
from iom.web.paging import pages_of
from iom.web.transaction import db

Page = Response | tuple[str, int]
PAGE = 25


def _kind() -> SupportKind:
    return SupportKind.METHODIST if request.args.get("kind") == SupportKind.METHODIST else SupportKind.TUTOR


def _wanted(kind: SupportKind) -> PersonFilter:
    """Return what the address asks for: those without support first, else all or one holder's."""
    who, holder = request.args.get("who", ""), key_of("holder")
    name = " ".join(request.args.get("q", "").split())[:100]
    has = False if who == "without" else None
    if kind is SupportKind.TUTOR:
        return PersonFilter(name=name, has_tutor=has, tutor_id=holder)
    return PersonFilter(name=name, has_methodist=has, methodist_id=holder)


@bp.get("/people/assignments", endpoint="assignments")
@access(Action.ASSIGN)
def show() -> str | tuple[str, int]:
    html = _page(_form())
    return (html, 422) if asked().problem else html


@bp.post("/people/assignments", endpoint="assign")
@access(Action.ASSIGN)
def assign() -> Page:
    kind, form = _kind(), _form()
    chosen = tuple(dict.fromkeys(int(text) for text in request.form.getlist("id") if text.isascii() and text.isdigit() and len(text) < 10))
    if not form.validate() or not form.holder.data:
        if form.holder.errors or not form.holder.data:
            form.holder.errors = [assignment_texts.CHOOSE_FIRST]
        return _page(form, chosen), 422
    try:
        done = assigning.assign(db, g.actor, form.to_command(kind, chosen))
    except Refused as error:
        field = form.reason if error.reason == SupportRefusal.OVER_NORM else form.holder
        field.errors = [assignment_texts.REFUSAL[error.reason]]
        return _page(form, chosen, over_norm=error.reason == SupportRefusal.OVER_NORM), 422
    names = dict(form.holder.choices)
    flash(assignment_texts.assigned(done, names[form.holder.data].split(",")[0]), "success")
    here: dict[str, Any] = request.args.to_dict()
    return redirect(url_for(".assignments", **here), 303)


def _form() -> AssignForm:
    form = AssignForm(request.form)
    holders = _holders()
    form.holder.choices = [
        (0, assignment_texts.CHOOSE),
        *((holder.person_id, assignment_texts.holder_option(holder)) for holder in holders),
    ]
    return form


def _holders() -> list[Holder]:
    """Return the holders whom the actor may give people to, one line a person."""
    found: dict[int, Holder] = {}
    for holder in assign_queries.list_holders(db, g.actor, _kind(), clock.now()):
        mine = g.actor.municipality_id
        if holder.municipality_id is None or mine is None or holder.municipality_id == mine:
            found.setdefault(holder.person_id, holder)
    return list(found.values())


def _page(form: AssignForm, chosen: tuple[int, ...] = (), *, over_norm: bool = False) -> str:
    kind, found, page = _kind(), asked(), page_number()
    narrowed, scope = _wanted(kind), people_scope(found)
    total = people_queries.count_people(db, g.actor, scope, narrowed)
    counts = people_queries.tally(db, g.actor, scope, narrowed)
    return render_template(
        "support/assignments.html",
        kind=kind,
        asked=found,
        form=form,
        chosen=chosen,
        over_norm=over_norm,
        holders=_holders(),
        rows=people_queries.list_people(db, g.actor, scope, narrowed, limit=PAGE, offset=(page - 1) * PAGE),
        wanted=narrowed,
        total=total,
        counts=counts,
        without=counts.without_tutor if kind is SupportKind.TUTOR else counts.without_methodist,
        norm=assigning.NORM,
        may_pass_norm=g.actor.role is Role.CNPPM_OFFICER,
        chips=[chip for chip in chips(found, PersonFilter(name=narrowed.name)) if chip["label"]],
        pages=pages_of(total, PAGE, page),
        first=(page - 1) * PAGE + 1,
        kinds=[_tab(other, kind) for other in SupportKind],
        lists=_lists(kind, counts),
        words=assignment_texts,
        staff_words=staff_texts,
        report_words=monitoring_texts,
        here=request.args.to_dict(),
    )


def _kept() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in {"municipality", "school", "q"} and value}


def _tab(kind: SupportKind, now: SupportKind) -> dict[str, Any]:
    kept = _kept()
    return {"label": assignment_texts.KIND[kind], "url": url_for(".assignments", kind=kind, **kept), "is_current": kind is now}


def _lists(kind: SupportKind, counts: people_queries.Tally) -> list[dict[str, Any]]:
    kept = _kept()
    without = counts.without_tutor if kind is SupportKind.TUTOR else counts.without_methodist
    who = request.args.get("who", "")
    return [
        {
            "label": "all",
            "url": url_for(".assignments", kind=kind, **kept),
            "count": counts.people,
            "is_current": who != "without" and not key_of("holder"),
        },
        {
            "label": "without",
            "url": url_for(".assignments", kind=kind, who="without", **kept),
            "count": without,
            "is_current": who == "without",
        },
    ]
