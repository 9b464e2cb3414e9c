"""«Мои данные и согласия»: what the person allowed, what they opened to others, who looked."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import consents, journal_queries, queries, texts
from iom.accounts.blueprint import bp
from iom.accounts.consent_views import asked_kind
from iom.accounts.forms import ShareForm
from iom.accounts.kinds import ConsentState, SharedPart
from iom.accounts.views import Page, client_address
from iom.core import clock
from iom.core.errors import NotFound, Refused
from iom.policy import Action
from iom.web import texts as web_texts
from iom.web.access import access
from iom.web.transaction import db

LOOKS_ON_PAGE = 10


@bp.get("/my-data")
@access(Action.OWN_ACCOUNT)
def my_data() -> str:
    return _page()


def _page(failed: SharedPart | None = None, form: ShareForm | None = None) -> str:
    today = clock.today(g.timezone)
    decisions = queries.list_consents(db, g.actor.person_id)
    latest = queries.latest_consents(db, g.actor.person_id)
    shared = queries.open_sharings(db, g.actor.person_id, today)
    return render_template(
        "accounts/my_data.html",
        consents=[(kind, texts.CONSENT[kind], latest.get(kind)) for kind in texts.CONSENT],
        states=texts.CONSENT_STATE,
        destroyed_by={
            kind: consents.destruction_due(row.decided_at) for kind, row in latest.items() if row.state is ConsentState.WITHDRAWN
        },
        earlier=[row for row in decisions if row is not latest[row.kind]],
        names=texts.CONSENT,
        parts=[
            (part, texts.SHARED_PART[part], texts.SHARED_WITH[part], shared.get(part), form if part is failed else ShareForm(prefix=part))
            for part in SharedPart
        ],
        looks=_looks(None, LOOKS_ON_PAGE),
        form=form,
    )


def _looks(before: int | None, limit: int) -> list[dict[str, object]]:
    """Return the lines of who looked, in words."""
    found = journal_queries.list_looks(db, g.actor, before=before, limit=limit)
    return [
        {
            "id": look.id,
            "at": look.at,
            "first_name": look.first_name,
            "last_name": look.last_name,
            "role": web_texts.role_name(look.role),
            "what": texts.LOOKED[look.action],
        }
        for look in found
    ]


@bp.get("/my-data/looks")
@access(Action.OWN_ACCOUNT)
def looks() -> str:
    before = request.args.get("before", type=int)
    rows = _looks(before, journal_queries.PAGE + 1)
    older = rows[journal_queries.PAGE - 1]["id"] if len(rows) > journal_queries.PAGE else None
    return render_template("accounts/looks.html", looks=rows[: journal_queries.PAGE], older=older, before=before)


@bp.get("/my-data/withdraw/<kind>")
@access(Action.CONSENT)
def confirm_withdrawal(kind: str) -> str:
    chosen = asked_kind(kind)
    return render_template("accounts/withdraw.html", kind=chosen, name=texts.CONSENT[chosen], about=texts.CONSENT_ABOUT[chosen])


@bp.post("/my-data/withdraw/<kind>")
@access(Action.CONSENT)
def withdraw(kind: str) -> Response:
    chosen = asked_kind(kind)
    consents.withdraw(db, g.actor, chosen, client_address())
    flash(texts.CONSENT_WITHDRAWN[chosen], "success")
    return redirect(url_for(".my_data"), 303)


@bp.post("/my-data/share/<part>")
@access(Action.SHARE)
def share(part: str) -> Page:
    chosen = _asked_part(part)
    form = ShareForm(request.form, prefix=chosen)
    if form.validate():
        try:
            consents.share(db, g.actor, form.to_command(chosen), clock.today(g.timezone))
        except Refused as error:
            form.until.errors = [texts.REFUSAL[error.reason]]
    if form.errors:
        return _page(chosen, form), 422
    flash(texts.SHARED, "success")
    return redirect(url_for(".my_data"), 303)


@bp.post("/my-data/unshare/<part>")
@access(Action.SHARE)
def unshare(part: str) -> Response:
    consents.unshare(db, g.actor, _asked_part(part))
    flash(texts.UNSHARED, "success")
    return redirect(url_for(".my_data"), 303)


def _asked_part(name: str) -> SharedPart:
    if name not in set(SharedPart):
        raise NotFound(kind="part", name=name)
    return SharedPart(name)
