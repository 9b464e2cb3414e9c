"""«Люди и роли»: an administrator finds people, gives roles, closes accounts, hands out links. Results are never here."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from iom import policy
from iom.accounts import people, people_queries, queries, roles, texts
from iom.accounts.blueprint import bp
from iom.accounts.code_views import sheet_of_one
from iom.accounts.forms import AddPersonForm, IssueForm, PeopleFilterForm, RoleForm
from iom.accounts.kinds import CodePurpose
from iom.accounts.people_queries import PAGE, PeopleFilter
from iom.accounts.views import Page
from iom.core import clock
from iom.core.actor import Role
from iom.core.errors import Refused
from iom.policy import Action
from iom.web import recent
from iom.web import texts as web_texts
from iom.web.access import access
from iom.web.filters import capital
from iom.web.paging import pages_of, without
from iom.web.transaction import db


@bp.get("/admin/people", endpoint="people")
@access(Action.ROLE_GRANT)
def list_people() -> str:
    form = PeopleFilterForm(request.args)
    chosen = PeopleFilter(form.words, form.chosen_role, form.chosen_school, form.chosen_state)
    page = max(1, request.args.get("page", 1, type=int))
    found = people_queries.list_people(db, g.actor, chosen, page)
    schools = people_queries.list_schools(db, g.actor)
    return render_template(
        "accounts/people.html",
        found=found,
        form=form,
        schools=schools,
        role_names=web_texts.ROLE,
        state_names=texts.ACCOUNT_STATE,
        state_tones=texts.ACCOUNT_TONE,
        chips=_chips(form, dict(schools)),
        pages=pages_of(found.total, PAGE, page),
        first=(page - 1) * PAGE + 1,
    )


def _chips(form: PeopleFilterForm, schools: dict[int, str]) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address that takes it off."""
    words = {
        "q": " ".join(form.words),
        "role": web_texts.ROLE[form.chosen_role] if form.chosen_role else "",
        "school": schools.get(form.chosen_school or 0, ""),
        "state": texts.ACCOUNT_STATE[form.chosen_state] if form.chosen_state else "",
    }
    return [{"label": label, "remove_url": without(name)} for name, label in words.items() if label]


@bp.route("/admin/people/new", methods=["GET", "POST"])
@access(Action.ROLE_GRANT)
def add_person() -> Page:
    form = AddPersonForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/add_person.html", form=form), 422 if form.errors else 200
    try:
        account = people.add(db, g.actor, form.to_command(), clock.now())
    except Refused as error:
        form.login.errors = [texts.REFUSAL[error.reason]]
        return render_template("accounts/add_person.html", form=form), 422
    flash(texts.PERSON_ADDED, "success")
    return redirect(url_for(".person", person_id=account.person_id), 303)


@bp.get("/admin/people/<int:person_id>")
@access(Action.ROLE_GRANT)
def person(person_id: int) -> str:
    policy.require(g.actor, Action.PERSON_VIEW, policy.target_of_person(db, person_id))
    now = clock.now()
    held = queries.list_held(db, person_id)
    return render_template(
        "accounts/person.html",
        card=people_queries.get_card(db, g.actor, person_id, now),
        posts=queries.list_posts(db, person_id),
        held=held,
        now=now,
        is_own=person_id == g.actor.person_id,
        current_person=g.actor.person_id,
        is_admin=any(role.role is Role.ADMIN for role in held),
        granters=people_queries.names_of(db, {role.granted_by_id for role in held} | {role.confirmed_by_id for role in held}),
        role_names=web_texts.ROLE,
        state_names=texts.ACCOUNT_STATE,
        state_tones=texts.ACCOUNT_TONE,
    )


@bp.route("/admin/people/<int:person_id>/roles/new", methods=["GET", "POST"])
@access(Action.ROLE_GRANT)
def grant_role(person_id: int) -> Page:
    form = RoleForm(request.form, is_recent=recent.is_recent())
    if request.method == "POST" and not recent.passes(form):
        return _role_page(person_id, form), 422
    policy.require(g.actor, Action.ROLE_GRANT, policy.target_of_person(db, person_id))
    _offer_units(form)
    if request.method == "GET" or not form.validate():
        return _role_page(person_id, form), 422 if form.errors else 200
    try:
        roles.grant(db, g.actor, form.to_command(person_id))
    except Refused as error:
        form.role.errors = [texts.REFUSAL[error.reason]]
        return _role_page(person_id, form), 422
    flash(texts.ROLE_GRANTED, "success")
    return redirect(url_for(".person", person_id=person_id), 303)


def _offer_units(form: RoleForm) -> None:
    form.role.choices = [SelectChoice("", texts.CHOOSE), *(SelectChoice(role.value, capital(web_texts.ROLE[role])) for role in Role)]
    units = people_queries.list_units(db, g.actor)
    for field, rows in ((form.municipality, units.municipalities), (form.school, units.schools), (form.provider, units.providers)):
        field.choices = [SelectChoice("", texts.NOT_CHOSEN), *(SelectChoice(str(key), name) for key, name in rows)]


def _role_page(person_id: int, form: RoleForm) -> str:
    if form.role.choices is None:
        _offer_units(form)
    card = people_queries.get_card(db, g.actor, person_id, clock.now())
    return render_template("accounts/grant_role.html", form=form, card=card)


@bp.post("/admin/roles/<int:grant_id>/confirm")
@access(Action.ROLE_GRANT)
def confirm_role(grant_id: int) -> Response:
    if not recent.is_recent():
        flash(texts.CONFIRM_FIRST, "warning")
        return redirect(url_for(".confirm_password", next=request.form.get("back")), 303)
    row = roles.confirm(db, g.actor, grant_id)
    flash(texts.ROLE_CONFIRMED, "success")
    return redirect(url_for(".person", person_id=row.person_id), 303)


@bp.post("/admin/roles/<int:grant_id>/revoke")
@access(Action.ROLE_GRANT)
def revoke_role(grant_id: int) -> Response:
    row = roles.revoke(db, g.actor, grant_id)
    flash(texts.ROLE_REVOKED, "success")
    return redirect(url_for(".person", person_id=row.person_id), 303)


@bp.post("/admin/people/<int:person_id>/close")
@access(Action.ACCOUNT_DEACTIVATE)
def deactivate(person_id: int) -> Response:
    people.deactivate(db, g.actor, person_id, clock.now())
    flash(texts.ACCOUNT_CLOSED, "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@bp.post("/admin/people/<int:person_id>/open")
@access(Action.ACCOUNT_DEACTIVATE)
def reactivate(person_id: int) -> Response:
    people.reactivate(db, g.actor, person_id)
    flash(texts.ACCOUNT_OPENED, "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@bp.post("/admin/people/<int:person_id>/end-sessions")
@access(Action.ACCOUNT_DEACTIVATE)
def end_persons_sessions(person_id: int) -> Response:
    people.end_sessions(db, g.actor, person_id, clock.now())
    flash(texts.PERSON_SIGNED_OUT, "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@bp.post("/admin/people/<int:person_id>/factor-off")
@access(Action.ACCOUNT_DEACTIVATE)
def remove_factor(person_id: int) -> Response:
    people.remove_factor(db, g.actor, person_id, clock.now())
    flash(texts.FACTOR_REMOVED, "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@bp.route("/admin/people/<int:person_id>/code", methods=["GET", "POST"])
@access(Action.ROLE_GRANT)
def issue_code(person_id: int) -> Page:
    form = IssueForm(request.form, is_recent=recent.is_recent())
    passed = request.method == "POST" and form.validate() and recent.passes(form)
    policy.require(g.actor, Action.CODE_ISSUE, policy.target_of_person(db, person_id))
    card = people_queries.get_card(db, g.actor, person_id, clock.now())
    if not passed:
        return render_template("accounts/issue.html", form=form, card=card), 422 if form.errors else 200
    purpose = CodePurpose(form.purpose.data)
    shown = people.issue(db, g.actor, person_id, purpose, clock.now())
    if purpose is CodePurpose.PRINTED:
        return sheet_of_one(card, shown, clock.now()), 200
    base = current_app.extensions["iom_settings"].base_url
    link = f"{base}{url_for('.enter_by_link', token=shown)}"  # never from Host (S-11)
    return render_template("accounts/issued.html", card=card, link=link, lives=texts.CODE_LIVES[purpose]), 200
