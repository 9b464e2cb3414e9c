"""The own account: who I am here, my sessions, my password."""

from datetime import timedelta

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import devices, own, queries, sessions, texts
from iom.accounts.blueprint import bp
from iom.accounts.forms import ChangePasswordForm, ConfirmedForm
from iom.accounts.local_paths import local_path
from iom.accounts.models import Account
from iom.accounts.own import ChangePassword
from iom.accounts.sessions import SessionLimits
from iom.accounts.views import Page
from iom.core import clock
from iom.core.errors import NotFound
from iom.web import identity, recent
from iom.web import texts as web_texts
from iom.web.access import signed_in
from iom.web.transaction import db


def own_account() -> Account:
    """Return the account of the person who asks, as it is in this transaction."""
    account = queries.find_account_of(db, g.actor.person_id)
    if account is None:
        raise NotFound(kind="account")
    return account


@bp.get("/account")
@signed_in
def account() -> str:
    held = queries.list_held(db, g.actor.person_id)
    now = clock.now()
    return render_template(
        "accounts/account.html",
        account=own_account(),
        posts=queries.list_posts(db, g.actor.person_id),
        roles=[role for role in held if not role.is_pending(now)],
        worn=g.signed.grant,
        role_names=web_texts.ROLE,
        spare_codes=queries.count_recovery_codes(db, g.signed.account.id),
        needs_factor=any(role.role in identity.NEEDS_FACTOR for role in held),
    )


@bp.get("/account/sessions")
@signed_in
def own_sessions() -> str:
    settings = current_app.extensions["iom_settings"]
    limits = SessionLimits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))
    rows = sessions.list_alive(db, g.signed.account.id, clock.now(), limits)
    return render_template(
        "accounts/sessions.html",
        rows=[(row, texts.device(devices.describe(row.device)), row.id == g.signed.session.id) for row in rows],
        idle_minutes=settings.session_idle_minutes,
        most_hours=settings.session_hours,
    )


@bp.post("/account/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Response:
    own.end_session(db, g.actor, g.signed.account.id, session_id, clock.now())
    flash(texts.SESSION_ENDED, "success")
    return redirect(url_for(".own_sessions"), 303)


@bp.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> Response:
    own.end_others(db, g.actor, g.signed.account.id, g.signed.session.id, clock.now())
    flash(texts.SESSIONS_ENDED, "success")
    return redirect(url_for(".own_sessions"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Page:
    form = ChangePasswordForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/password.html", form=form, login=g.signed.account.login), 422 if form.errors else 200
    if wrong := recent.check_password(form.own_password.data or ""):
        form.own_password.errors = [wrong]
        return render_template("accounts/password.html", form=form, login=g.signed.account.login), 422
    problem = own.password_problem(db, own_account(), form.password.data or "")
    if problem is not None:
        form.password.errors = [texts.PASSWORD_PROBLEM[problem]]
        return render_template("accounts/password.html", form=form, login=g.signed.account.login), 422
    own.change_password(db, g.actor, ChangePassword(g.signed.account.id, g.signed.session.id, form.password.data or ""), clock.now())
    flash(texts.CHANGED, "success")
    return redirect(url_for(".account"), 303)


@bp.route("/account/confirm", methods=["GET", "POST"])
@signed_in
def confirm_password() -> Page:
    form = ConfirmedForm(request.form)
    if request.method == "GET" or not form.validate() or not recent.passes(form):
        return render_template("accounts/confirm.html", form=form), 422 if form.errors else 200
    return redirect(local_path(request.args.get("next")), 303)
