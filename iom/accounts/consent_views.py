"""Consents, one screen each: what is asked, who will see what, what happens if not; two equal buttons and nothing pre-ticked."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import consents, queries, text_files, texts
from iom.accounts.blueprint import bp
from iom.accounts.consent_texts import Document, to_html
from iom.accounts.consents import Decide
from iom.accounts.kinds import ConsentKind
from iom.accounts.local_paths import local_path
from iom.accounts.views import Page, client_address
from iom.core.config import Settings
from iom.core.errors import Conflict
from iom.policy import Action
from iom.web.access import access
from iom.web.navigation import home_url
from iom.web.transaction import db

ANSWERS = {"yes": True, "no": False}


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["iom_settings"]
    return found


def places() -> dict[str, str]:
    """Return what is filled into the texts: who answers for the data and how to reach them."""
    operator = settings().operator
    if not operator and g.actor is not None:
        operator = queries.center_name(db, g.actor.region_id)
    return {
        "operator": operator or texts.OPERATOR_UNKNOWN,
        "operator_contact": settings().operator_contact or texts.OPERATOR_CONTACT_UNKNOWN,
    }


def asked_kind(name: str) -> ConsentKind:
    """Return the kind of consent in an address, or answer 404."""
    if name not in set(ConsentKind):
        abort(404)
    return ConsentKind(name)


@bp.get("/consents")
@access(Action.CONSENT)
def ask_consents() -> Response:
    versions = text_files.versions(settings().catalog_dir)
    open_kinds = consents.list_unanswered(db, g.actor.person_id, versions)
    return redirect(url_for(".consent", kind=open_kinds[0]) if open_kinds else home_url(), 303)


@bp.get("/consents/<kind>")
@access(Action.CONSENT)
def consent(kind: str) -> str:
    chosen = asked_kind(kind)
    return _page(chosen, text_files.read_consent(settings().catalog_dir, chosen, **places()))


@bp.post("/consents/<kind>")
@access(Action.CONSENT)
def decide(kind: str) -> Page:
    chosen = asked_kind(kind)
    document = text_files.read_consent(settings().catalog_dir, chosen, **places())
    answer = ANSWERS.get(request.form.get("answer", ""))
    if answer is None:
        return _page(chosen, document, is_unanswered=True), 422
    command = Decide(chosen, answer, request.form.get("version", ""), document.version, client_address())
    try:
        consents.decide(db, g.actor, command)
    except Conflict:
        return _page(chosen, document, is_newer=True), 409
    flash(texts.CONSENT_DONE[chosen, answer], "success")
    # Whoever came from a page that needs the consent goes on with it; a "no" leads to what works without it.
    back = local_path(request.form.get("next") or url_for(".ask_consents"))
    return redirect(back if answer or back == url_for(".my_data") else url_for(".ask_consents"), 303)


@bp.get("/consents/<kind>/<version>")
@access(Action.CONSENT)
def consent_edition(kind: str, version: str) -> str:
    chosen = asked_kind(kind)
    document = text_files.find_edition(settings().catalog_dir, chosen, version, **places())
    if document is None:
        abort(404)
    decisions = [row for row in queries.list_consents(db, g.actor.person_id) if row.kind is chosen and row.text_version == version]
    return render_template(
        "accounts/consent_edition.html", document=document, body=to_html(document.blocks), decisions=decisions, states=texts.CONSENT_STATE
    )


def _page(kind: ConsentKind, document: Document, *, is_newer: bool = False, is_unanswered: bool = False) -> str:
    versions = text_files.versions(settings().catalog_dir)
    latest = queries.latest_consents(db, g.actor.person_id).get(kind)
    return render_template(
        "accounts/consent.html",
        kind=kind,
        about=texts.CONSENT_ABOUT[kind],
        document=document,
        viewers=to_html(document.section(texts.WHO_SEES)),
        body=to_html(document.blocks),
        steps=_steps(kind, consents.list_unanswered(db, g.actor.person_id, versions)),
        former=latest if latest is not None and latest.text_version != document.version else None,
        is_newer=is_newer,
        is_unanswered=is_unanswered,
        back=request.values.get("next", ""),
    )


def _steps(kind: ConsentKind, open_kinds: list[ConsentKind]) -> list[dict[str, str]]:
    """Return where the person is among the consents that are asked one after another."""
    if kind not in open_kinds:
        return []
    states = {True: "now", False: "ahead"}
    return [{"label": texts.CONSENT[asked], "state": states[asked is kind] if asked in open_kinds else "done"} for asked in consents.ASKED]
