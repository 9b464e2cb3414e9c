"""«Педагоги»: who works here, how far their routes are, who accompanies them; one person's card, post and move. Never a score."""

from dataclasses import replace
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from iom import policy
from iom.core import clock
from iom.core.errors import Conflict, Forbidden, Refused
from iom.monitoring import people_queries
from iom.monitoring import texts as monitoring_texts
from iom.monitoring.asked_views import Asked, asked, key_of, page_number
from iom.monitoring.kinds import NO_ROUTE
from iom.monitoring.people_queries import PersonFilter, Tally
from iom.organizations import queries, staff, texts
from iom.organizations.blueprint import bp
from iom.organizations.forms import PostForm, TransferForm
from iom.organizations.models import Employee
from iom.organizations.staff import EditPost
from iom.policy import Action
from iom.routes.workflow import RouteStatus
from iom.support import assign_queries, transferring
from iom.web.access import access
from iom.web.paging import pages_of, without
from iom.web.transaction import db

Page = Response | tuple[str, int]
PAGE = 50
STATES = (NO_ROUTE, *(str(status) for status in RouteStatus))
YES_NO = {"yes": True, "no": False}


def wanted() -> PersonFilter:
    """Return what the address narrows the list by, beside the territory; unknown values narrow nothing."""
    status = request.args.get("status", "")
    return PersonFilter(
        name=" ".join(request.args.get("q", "").split())[:100],
        status=status if status in STATES else None,
        has_tutor=YES_NO.get(request.args.get("tutor", "")),
        has_methodist=YES_NO.get(request.args.get("methodist", "")),
    )


def people_scope(found: Asked) -> Any:
    """Return the scope of a list of people: only what the address itself narrows, so that part-timers of a school are in its list."""
    return replace(found.scope, municipality_id=key_of("municipality"), school_id=found.scope.school_id if key_of("school") else None)


@bp.get("/people/", endpoint="staff")
@access(Action.PERSON_VIEW)
def list_staff() -> str | tuple[str, int]:
    if not policy.may_for_others(g.actor, Action.PERSON_VIEW):  # everybody sees their own card, which is no list
        raise Forbidden(action=Action.PERSON_VIEW, role=g.actor.role)
    found, narrowed, page = asked(), wanted(), page_number()
    scope = people_scope(found)
    counts = people_queries.tally(db, g.actor, scope, narrowed)
    total = people_queries.count_people(db, g.actor, scope, narrowed)
    html = render_template(
        "organizations/staff.html",
        asked=found,
        wanted=narrowed,
        rows=people_queries.list_people(db, g.actor, scope, narrowed, limit=PAGE, offset=(page - 1) * PAGE),
        counts=counts,
        total=total,
        hidden=0
        if total
        else people_queries.count_people(db, g.actor, replace(scope, municipality_id=None, school_id=None), PersonFilter()),
        lists=_tabs(counts, narrowed),
        chips=chips(found, narrowed),
        states=STATES,
        pages=pages_of(total, PAGE, page),
        first=(page - 1) * PAGE + 1,
        words=texts,
        report_words=monitoring_texts,
        may_open_routes=policy.may_for_others(g.actor, Action.ROUTE_VIEW) and "routes.show" in current_app.view_functions,
        may_import=policy.may_for_others(g.actor, Action.STAFF_IMPORT),
        may_assign=policy.may_for_others(g.actor, Action.ASSIGN),
        may_issue=policy.may_for_others(g.actor, Action.CODE_ISSUE) and "accounts.codes" in current_app.view_functions,
    )
    return (html, 422) if found.problem else html


def _tabs(counts: Tally, narrowed: PersonFilter) -> list[dict[str, Any]]:
    plain = without("status", "tutor", "methodist")
    joined = plain + ("&" if "?" in plain else "?")
    return [
        {
            "label": "all",
            "url": plain,
            "count": counts.people,
            "is_current": narrowed.status is None and narrowed.has_tutor is None,
        },
        {
            "label": "no_route",
            "url": f"{joined}status={NO_ROUTE}",
            "count": counts.without_route,
            "is_current": narrowed.status == NO_ROUTE,
        },
        {"label": "no_tutor", "url": f"{joined}tutor=no", "count": counts.without_tutor, "is_current": narrowed.has_tutor is False},
    ]


def chips(found: Asked, narrowed: PersonFilter) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address that takes it off."""
    territory = found.territory
    words = {
        "q": f"«{narrowed.name}»" if narrowed.name else "",
        "municipality": territory.municipality.name if territory.municipality and key_of("municipality") else "",
        "school": territory.school.short_name if territory.school and key_of("school") else "",
        "status": monitoring_texts.STATE[narrowed.status] if narrowed.status else "",
        "tutor": texts.HAS_TUTOR.get(request.args.get("tutor", ""), "") if narrowed.has_tutor is not None else "",
        "methodist": texts.HAS_METHODIST.get(request.args.get("methodist", ""), "") if narrowed.has_methodist is not None else "",
    }
    return [{"label": label, "remove_url": without(name)} for name, label in words.items() if label]


@bp.get("/people/<int:employee_id>", endpoint="employee")
@access(Action.PERSON_VIEW)
def show_employee(employee_id: int) -> str:
    employee = queries.get_employee(db, g.actor, employee_id)
    target = policy.target_of(db, employee_id)
    sees_route = policy.allows(g.actor, Action.ROUTE_VIEW, target)
    may_edit = policy.allows(g.actor, Action.PERSON_EDIT, target)
    return render_template(
        "organizations/staff_card.html",
        employee=employee,
        posts=staff.open_posts(employee),
        past=sorted((post for post in employee.employments if post.ends_on), key=lambda post: post.starts_on, reverse=True),
        support=assign_queries.list_past(db, employee_id),
        routes=people_queries.list_routes(db, employee_id) if sees_route else [],
        sees_route=sees_route,
        sees_profile=policy.allows(g.actor, Action.PROFILE_VIEW, target),
        may_edit=may_edit and _keeps_post(employee),
        may_move=may_edit and policy.may_ever(g.actor, Action.ORGANIZATION_EDIT),
        may_assign=policy.allows(g.actor, Action.ASSIGN, target),
        words=texts,
        report_words=monitoring_texts,
        known=current_app.view_functions,
    )


def _keeps_post(employee: Employee) -> bool:
    try:
        staff.post_for(g.actor, employee)
    except Refused:
        return False
    return True


@bp.route("/people/<int:employee_id>/post", methods=["GET", "POST"])
@access(Action.PERSON_EDIT)
def edit_post(employee_id: int) -> Page:
    employee = queries.get_employee(db, g.actor, employee_id)
    policy.require(g.actor, Action.PERSON_EDIT, policy.target_of(db, employee_id))
    facts = staff.facts_of(employee, staff.post_for(g.actor, employee))
    form = PostForm(request.form, data={**vars_of(facts), "seen": staff.mark_of(facts)})
    form.subjects.choices = [SelectChoice(str(subject.id), subject.title) for subject in queries.list_subjects(db)]
    if request.method == "GET" or not form.validate():
        return _post_page(employee, form, 422 if form.errors else 200)
    try:
        staff.edit_post(db, g.actor, EditPost(employee_id, form.to_facts(), form.seen.data or ""))
    except Conflict:
        form.seen.data = staff.mark_of(facts)  # what is sent next is sent with the present state in sight
        return _post_page(employee, form, 409, texts.CHANGED_MEANWHILE)
    flash(texts.POST_SAVED, "success")
    return redirect(url_for(".employee", employee_id=employee_id), 303)


def vars_of(facts: staff.PostFacts) -> dict[str, Any]:
    """Return the facts as the form names them."""
    return {
        "position": facts.position,
        "category": str(facts.category),
        "subjects": list(facts.subject_ids),
        "qualification_category": str(facts.qualification_category),
        "category_assigned_on": facts.category_assigned_on,
    }


def _post_page(employee: Employee, form: PostForm, status: int, warning: str = "") -> Page:
    post = staff.post_for(g.actor, employee)
    return render_template("organizations/staff_post.html", employee=employee, post=post, form=form, warning=warning, words=texts), status


@bp.route("/people/<int:employee_id>/transfer", methods=["GET", "POST"])
@access(Action.ORGANIZATION_EDIT)
def transfer(employee_id: int) -> Page:
    employee = queries.get_employee(db, g.actor, employee_id)
    policy.require(g.actor, Action.PERSON_EDIT, policy.target_of(db, employee_id))
    posts = staff.open_posts(employee)
    form = TransferForm(request.form, data={"position": posts[0].position if posts else "", "starts_on": clock.today(g.timezone)})
    form.school.choices = [SelectChoice(str(key), name) for key, name in queries.list_open_schools(db, g.actor.region_id)]
    page = {"employee": employee, "posts": posts, "form": form, "words": texts}
    if request.method == "GET" or not form.validate():
        return render_template("organizations/staff_transfer.html", **page), 422 if form.errors else 200
    try:
        done = transferring.transfer(db, g.actor, form.to_command(employee_id))
    except Refused as error:
        field = form.starts_on if "day" in error.reason else form.school
        field.errors = [texts.REFUSAL[error.reason]]
        return render_template("organizations/staff_transfer.html", **page), 422
    flash(texts.TRANSFERRED, "success")
    if done.ended:
        flash(texts.SUPPORT_ENDED, "warning")
    return redirect(url_for(".employee", employee_id=employee_id), 303)
