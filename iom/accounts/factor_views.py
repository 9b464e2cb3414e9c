"""The second factor of the own account: turn it on, renew the spare codes, turn it off."""

from flask import current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from iom.accounts import factors, queries, texts, totp, tries
from iom.accounts.blueprint import bp
from iom.accounts.factors import TurnOn
from iom.accounts.forms import FactorChangeForm, TurnFactorOnForm
from iom.accounts.own_views import own_account
from iom.accounts.tries import TooManyTries
from iom.accounts.views import Page, client_address, signed_answer, too_many
from iom.core import clock
from iom.web import recent
from iom.web import texts as web_texts
from iom.web.access import signed_in
from iom.web.database import apart
from iom.web.transaction import db

SEALED_FOR = 30 * 60  # seconds: how long a shown secret may wait for its first code


@bp.get("/account/factor")
@signed_in
def factor() -> str:
    if own_account().totp_secret is not None:
        form = FactorChangeForm(is_recent=recent.is_recent())
        return render_template("accounts/factor_on.html", form=form, left=queries.count_recovery_codes(db, g.signed.account.id))
    return _show_secret(TurnFactorOnForm(is_recent=recent.is_recent()), totp.new_secret())


def _show_secret(form: TurnFactorOnForm, secret: str) -> str:
    form.sealed.data = _seal().dumps([g.signed.account.id, secret])
    brand = current_app.extensions["iom_settings"].brand_name or web_texts.BRAND
    return render_template(
        "accounts/factor_new.html",
        form=form,
        secret=totp.grouped(secret),
        link=totp.link(secret, g.signed.account.login, brand),
        needed=g.lacks_factor,
    )


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="second factor")


def _opened(sealed: str | None) -> str | None:
    """Return the secret that this person was shown a short while ago, or None."""
    try:
        account_id, secret = _seal().loads(sealed or "", max_age=SEALED_FOR)
    except (BadData, ValueError, TypeError):
        return None
    return str(secret) if account_id == g.signed.account.id else None


@bp.post("/account/factor")
@signed_in
def turn_factor_on() -> Page:
    form = TurnFactorOnForm(request.form, is_recent=recent.is_recent())
    secret = _opened(form.sealed.data)
    if secret is None:
        return redirect(url_for(".factor"), 303)
    if not form.validate() or not recent.passes(form):
        return _show_secret(form, secret), 422
    command = TurnOn(g.signed.account.id, g.signed.session.id, secret, form.code.data or "")
    done = factors.turn_on(db, g.actor, command, clock.now())
    if done is None:
        form.code.errors = [texts.FACTOR_WRONG]
        return _show_secret(form, secret), 422
    session.clear()
    # The spare codes are shown in this answer and nowhere else: only their hashes are kept.
    return signed_answer(_spare_codes(done.spare_codes), done.session_secret)


def _spare_codes(codes: tuple[str, ...]) -> Response:
    return make_response(render_template("accounts/spare_codes.html", codes=codes, login=g.signed.account.login))


@bp.post("/account/factor/codes")
@signed_in
def renew_spare_codes() -> Page:
    form = FactorChangeForm(request.form, is_recent=recent.is_recent())
    if refused := _check_factor(form):
        return refused
    return _spare_codes(factors.renew_spare_codes(db, g.actor, own_account()))


@bp.post("/account/factor/off")
@signed_in
def turn_factor_off() -> Page:
    form = FactorChangeForm(request.form, is_recent=recent.is_recent())
    if refused := _check_factor(form):
        return refused
    factors.turn_off(db, g.actor, own_account(), clock.now(), keep_session=g.signed.session.id)
    flash(texts.FACTOR_OFF, "success")
    return redirect(url_for(".account"), 303)


def _check_factor(form: FactorChangeForm) -> Page | None:
    """Return the page that asks again, or None when password and code are right and the code is spent."""
    if not form.validate() or not recent.passes(form):
        return render_template("accounts/factor_on.html", form=form), 422
    typed, now = form.code.data or "", clock.now()
    try:
        with apart() as short:
            tries.count_factor(short, g.signed.account.id, client_address(), now)
            is_good = factors.spend(short, g.signed.account.id, typed, now)
            if is_good:
                tries.forgive_factor(short, g.signed.account.id)
    except TooManyTries as error:
        return too_many("accounts/factor_on.html", error, form=form)
    if is_good:
        return None
    form.code.errors = [texts.FACTOR_WRONG]
    return render_template("accounts/factor_on.html", form=form), 422
