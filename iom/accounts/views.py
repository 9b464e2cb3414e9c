"""Signing in and out, the own account."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import sessions, texts
from iom.accounts import sign_in as service
from iom.accounts.forms import SignInForm
from iom.core import clock
from iom.web import identity
from iom.web.access import public, signed_in
from iom.web.database import apart
from iom.web.transaction import db

bp = Blueprint("accounts", __name__)


def local_path(target: str | None) -> str:
    """Return the target when it is a path on this site, else the first screen."""
    target = target or "/"
    parts = urlsplit(target.replace("\\", "/"))
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if plain and not parts.scheme and not parts.netloc else "/"


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int]:
    form = SignInForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200
    command = form.to_command(request.remote_addr or "", request.user_agent.string)
    now = clock.now()
    try:
        with apart() as session:
            service.count_try(session, command, now)
    except service.TooManyTries as error:
        return _too_many(form, error)
    secret = service.sign_in(db, command, now)
    if secret is None:
        with apart() as session:
            service.record_failure(session, command)
        return render_template("accounts/sign_in.html", form=form, refused=texts.SIGN_IN_REFUSED), 422
    response = redirect(local_path(request.args.get("next")), 303)
    identity.set_cookie(response, current_app.extensions["iom_settings"], secret)
    return response


def _too_many(form: SignInForm, error: service.TooManyTries) -> Response:
    seconds = int(error.facts["wait"].total_seconds()) + 1
    html = render_template("accounts/sign_in.html", form=form, refused=texts.too_many_tries(seconds))
    return make_response(html, 429, {"Retry-After": str(seconds)})


@bp.post("/logout")
@signed_in
def sign_out() -> Response:
    sessions.end(db, g.signed.account.id, clock.now(), only=g.signed.session.id)
    flash(texts.SIGNED_OUT, "success")
    response = redirect(url_for(".sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    identity.drop_cookie(response, current_app.extensions["iom_settings"])
    return response


@bp.get("/account")
@signed_in
def account() -> str:
    return render_template("accounts/account.html", signed=g.signed)
