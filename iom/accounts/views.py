"""Signing in and out, the second step of signing in, the choice of role."""

from flask import current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from iom.accounts import factors, sessions, texts, tries
from iom.accounts import sign_in as service
from iom.accounts.blueprint import bp
from iom.accounts.forms import FactorForm, SignInForm
from iom.accounts.local_paths import local_path
from iom.accounts.tries import TooManyTries
from iom.core import audit, clock
from iom.core.errors import NotFound
from iom.web import identity, resend
from iom.web.access import public, signed_in
from iom.web.database import apart
from iom.web.transaction import db

Page = Response | tuple[str, int]


def client_address() -> str:
    """Return the address counted and kept; proxies beyond the configured ones are not believed (S-06)."""
    return request.remote_addr or ""


def signed_answer(response: Response, secret: str) -> Response:
    """Hand over the secret of a session that has just begun or changed; forms made before it are stale."""
    identity.set_cookie(response, current_app.extensions["iom_settings"], secret)
    return response


def too_many(template: str, error: TooManyTries, **values: object) -> Response:
    """Return the page that says how long to wait."""
    now = clock.now()
    with apart() as short:
        tries.note_limit(short, client_address(), now)
    seconds = int(error.facts["wait"].total_seconds()) + 1
    html = render_template(template, refused=texts.too_many_tries(seconds), **values)
    return make_response(html, 429, {"Retry-After": str(seconds)})


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    form = SignInForm(request.form)
    if request.method == "GET":
        if g.actor is not None or g.half_signed is not None:
            return redirect(url_for(".factor_step") if g.half_signed else local_path(request.args.get("next")), 303)
        has_ended = identity.has_cookie(current_app.extensions["iom_settings"], request)
        return render_template("accounts/sign_in.html", form=form, ended=has_ended), 200
    kept = resend.of_form()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, kept=kept), 422
    command = form.to_command(client_address(), request.user_agent.string)
    now = clock.now()
    try:
        with apart() as short:
            known = service.count_try(short, command, now)
    except TooManyTries as error:
        return too_many("accounts/sign_in.html", error, form=form, kept=kept)
    # The password is checked between two transactions: it takes long, and nobody waits for the database meanwhile.
    secret = service.sign_in(db, known, command, now) if service.is_right(known, command.password) else None
    if secret is None:
        db.rollback()
        with apart() as short:
            service.record_failure(short, known, command)
        refused = texts.sign_in_refused(known.tries_left)
        return render_template("accounts/sign_in.html", form=form, kept=kept, refused=refused), 422
    end_former()
    return signed_answer(_second_step(kept) if known.has_factor else _onward(kept), secret)


def end_former() -> None:
    """End the session this browser had before: an identifier known before signing in is worth nothing after it (S-12)."""
    former = g.signed or g.half_signed
    if former is not None:
        sessions.end(db, former.account.id, clock.now(), only=former.session.id)
    session.clear()


def _second_step(kept: resend.Kept | None) -> Response:
    if kept is not None:
        return make_response(render_template("accounts/factor_step.html", form=FactorForm(), kept=kept), 200)
    return redirect(url_for(".factor_step", next=request.args.get("next")), 303)


def _onward(kept: resend.Kept | None) -> Response:
    if kept is not None:
        return resend.page(kept, texts.SIGNED_IN_AGAIN, texts.KEPT_FOR_YOU, 200)
    return redirect(local_path(request.args.get("next")), 303)


@bp.route("/login/factor", methods=["GET", "POST"])
@public
def factor_step() -> Page:
    half = g.half_signed
    if half is None:
        return redirect(url_for(".sign_in"), 303)
    form = FactorForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/factor_step.html", form=form, kept=resend.of_form()), 422 if form.errors else 200
    typed, now = form.code.data or "", clock.now()
    try:
        with apart() as short:
            tries.count_factor(short, half.account.id, client_address(), now)
            could_be = factors.is_right(short, half.account.id, typed, now)
            if not could_be:
                factors.record_failure(short, half.account.id, client_address())
    except TooManyTries as error:
        return too_many("accounts/factor_step.html", error, form=form, kept=resend.of_form())
    if not could_be or not factors.spend(db, half.account.id, typed, now):
        form.code.errors = [texts.FACTOR_WRONG]
        return render_template("accounts/factor_step.html", form=form, kept=resend.of_form()), 422
    secret = sessions.note_factor(db, half.session.id, now)
    tries.forgive_factor(db, half.account.id)
    audit.record(
        db,
        None,
        "factor",
        object_type="account",
        object_id=half.account.id,
        subject_id=half.person.id,
        region_id=half.person.region_id,
        address=client_address(),
    )
    session.clear()
    return signed_answer(_onward(resend.of_form()), secret)


@bp.post("/logout")
@public
def sign_out() -> Response:
    signed = g.signed or g.half_signed
    if signed is not None:
        sessions.end(db, signed.account.id, clock.now(), only=signed.session.id)
        audit.record(
            db,
            g.actor,
            "sign_out",
            object_type="account",
            object_id=signed.account.id,
            subject_id=signed.person.id,
            region_id=signed.person.region_id,
            address=client_address(),
        )
    session.clear()
    flash(texts.SIGNED_OUT, "success")
    response = redirect(url_for(".sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    identity.drop_cookie(response, current_app.extensions["iom_settings"])
    return response


@bp.post("/account/role")
@signed_in
def choose_role() -> Response:
    chosen = request.form.get("grant", type=int)
    if chosen is None or chosen not in {grant.id for grant in g.signed.grants}:
        raise NotFound(kind="role_grant", id=chosen)
    secret = sessions.wear(db, g.signed.session.id, chosen, clock.now())
    audit.record(db, g.actor, "role_chosen", object_type="role_grant", object_id=chosen, subject_id=g.actor.person_id)
    session.clear()
    flash(texts.ROLE_CHOSEN, "success")
    return signed_answer(redirect("/", 303), secret)
