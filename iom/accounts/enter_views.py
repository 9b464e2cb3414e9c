"""First entry by a link or a printed code, and a new password for who forgot theirs."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import entering, texts, tries
from iom.accounts.blueprint import bp
from iom.accounts.entering import Entry, Proof
from iom.accounts.forms import CodeForm, NewPasswordForm
from iom.accounts.tries import TooManyTries
from iom.accounts.views import Page, client_address, end_former, signed_answer, too_many
from iom.core import clock
from iom.web.access import public
from iom.web.database import apart
from iom.web.transaction import db


@bp.get("/forgotten")
@public
def forgotten() -> str:
    return render_template("accounts/forgotten.html")


@bp.route("/enter", methods=["GET", "POST"])
@public
def enter() -> Page:
    form = CodeForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/enter.html", form=form), 422 if form.errors else 200
    proof = Proof(login=form.login.data or "", code=form.code.data or "")
    try:
        entry = _prove(proof)
    except TooManyTries as error:
        return too_many("accounts/enter.html", error, form=form)
    if entry is None:
        return render_template("accounts/enter.html", form=form, refused=texts.CODE_WRONG), 422
    return _is_it_you(entry, NewPasswordForm(login=proof.login, code=proof.code), 200)


@bp.get("/enter/<token>")
@public
def enter_by_link(token: str) -> Page:
    """Opening changes nothing: mail scanners open links too."""
    entry = entering.find_link(db, token[:200], clock.now())
    if entry is None:
        return render_template("accounts/enter.html", form=CodeForm(), refused=texts.LINK_DEAD), 404
    return _is_it_you(entry, NewPasswordForm(token=token), 200)


@bp.post("/enter/password")
@public
def set_first_password() -> Page:
    form = NewPasswordForm(request.form)
    try:
        entry = _prove(form.to_proof())
    except TooManyTries as error:
        return too_many("accounts/enter.html", error, form=CodeForm())
    if entry is None:
        return render_template("accounts/enter.html", form=CodeForm(), refused=texts.LINK_DEAD), 404
    if not form.validate():
        return _is_it_you(entry, form, 422)
    if problem := entering.password_problem(entry, form.password.data or ""):
        form.password.errors = [texts.PASSWORD_PROBLEM[problem]]
        return _is_it_you(entry, form, 422)
    secret = entering.set_password(db, entry, form.to_command(client_address(), request.user_agent.string), clock.now())
    end_former()
    flash(texts.ENTERED, "success")
    return signed_answer(redirect(url_for("health.home"), 303), secret)


def _prove(proof: Proof) -> Entry | None:
    """Return whose link or code this is. The try is counted first and taken back when it was good.

    Raises
    ------
    TooManyTries : a limit is passed
    """
    now, address = clock.now(), client_address()
    if proof.token:
        with apart() as short:
            tries.count_link(short, address, now)
            entry = entering.find_link(short, proof.token[:200], now)
            if entry is not None:
                tries.forgive_link(short, address, now)
        return entry
    login = proof.login.strip().lower()
    with apart() as short:
        tries.count_password(short, login, address, now)
        entry = entering.find_printed(short, login, now)
    if not entering.is_right_code(entry, proof.code):
        return None
    with apart() as short:
        tries.forgive_password(short, login, address, now)
    return entry


def _is_it_you(entry: Entry, form: NewPasswordForm, status: int) -> Response:
    form.password.data = form.password_again.data = None
    html = render_template("accounts/is_it_you.html", entry=entry, form=form)
    return Response(html, status, mimetype="text/html")
