"""Taking a diagnostic: the start, one block a page, the check before the end."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts.kinds import ConsentKind
from iom.core import clock
from iom.core.errors import NotFound, Refused
from iom.diagnostics import forms, offer_queries, queries, service, texts
from iom.diagnostics.answering import AnswerRefused
from iom.diagnostics.choices import shown
from iom.diagnostics.progress import BlockLine, Progress
from iom.diagnostics.queries import OwnAttempt
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.diagnostics.start_text import start_lines
from iom.policy import Action
from iom.profiles import finishing
from iom.web import filters
from iom.web.access import access
from iom.web.transaction import db

bp = Blueprint("diagnostics", __name__, url_prefix="/diagnostics")


@bp.get("/")
@access(Action.DIAGNOSTIC_TAKE)
def index() -> str:
    offers = offer_queries.list_offers(db, g.actor, clock.today(g.timezone))
    opened = next((offer.open_attempt_id for offer in offers if offer.open_attempt_id is not None), None)
    progress = None if opened is None else queries.progress(db, queries.get_own_attempt(db, g.actor, opened))
    return render_template("diagnostics/index.html", offers=offers, progress=progress, start_lines=_start_lines)


def _start_lines(n_items: int, minutes: int) -> list[str]:
    return start_lines(current_app.extensions["iom_settings"].catalog_dir, n_items, minutes)


@bp.post("/<int:diagnostic_id>/attempts")
@access(Action.DIAGNOSTIC_TAKE)
def start(diagnostic_id: int) -> Response:
    try:
        attempt = service.start(db, g.actor, service.StartAttempt(diagnostic_id, clock.today(g.timezone)), clock.now())
    except Refused as error:
        return _ask_consent(error, url_for(".index"))
    return redirect(url_for(".show", attempt_id=attempt.id), 303)


def _ask_consent(error: Refused, back: str) -> Response:
    """Send the person to the consents and back; any other refusal is not ours to handle."""
    if error.reason != DiagnosticRefusal.NO_CONSENT:
        raise error
    flash(texts.CONSENT_FIRST, "warning")
    return redirect(url_for("accounts.consent", kind=ConsentKind.DIAGNOSTICS, next=back), 303)


@bp.get("/attempts/<int:attempt_id>")
@access(Action.DIAGNOSTIC_TAKE)
def show(attempt_id: int) -> Response:
    own = queries.get_own_attempt(db, g.actor, attempt_id)
    if not own.is_open:
        return redirect(url_for("profiles.own"), 302)
    resume = queries.progress(db, own).resume
    return redirect(
        url_for(".block", attempt_id=attempt_id, code=resume.code) if resume else url_for(".finish", attempt_id=attempt_id), 302
    )


@bp.route("/attempts/<int:attempt_id>/blocks/<code>", methods=["GET", "POST"])
@access(Action.DIAGNOSTIC_TAKE)
def block(attempt_id: int, code: str) -> Response | str | tuple[str, int]:
    own = queries.get_own_attempt(db, g.actor, attempt_id)
    progress = queries.progress(db, own)
    line = progress.find(code)
    if line is None:
        raise NotFound(kind="block", code=code)
    if not own.is_open and request.method == "GET":
        return redirect(url_for("profiles.own"), 302)
    try:
        service.require_consent(db, g.actor)
    except Refused as error:
        return _ask_consent(error, request.path)
    return _keep_block(own, progress, line) if request.method == "POST" else _block_page(own, progress, line)


def _keep_block(own: OwnAttempt, progress: Progress, line: BlockLine) -> Response | tuple[str, int]:
    typed = forms.read_block(request.form.getlist, line.item_ids)
    try:
        service.save_answers(db, g.actor, forms.block_command(own.attempt.id, typed), clock.now())
    except AnswerRefused as error:
        return _block_page(own, progress, line, typed, {error.item_id: texts.FAULT[error.reason]}), 422
    return redirect(_next_url(own.attempt.id, progress, line, request.form.get("go", "")), 303)


def _next_url(attempt_id: int, progress: Progress, line: BlockLine, go: str) -> str:
    if go == "pause":
        flash(texts.PAUSED, "success")
        return url_for(".index")
    target = progress.before(line.code) if go == "back" else progress.after(line.code)
    return url_for(".block", attempt_id=attempt_id, code=target.code) if target else url_for(".finish", attempt_id=attempt_id)


def _block_page(own: OwnAttempt, progress: Progress, line: BlockLine, typed: Any = None, errors: Any = None) -> str:
    questions = [shown(question, typed or {}, errors or {}) for question in queries.questions(db, own.attempt.id, line.item_ids)]
    return render_template(
        "diagnostics/block.html",
        own=own,
        progress=progress,
        line=line,
        place=progress.blocks.index(line) + 1,
        before=sum(other.n_items for other in progress.blocks[: progress.blocks.index(line)]),
        questions=questions,
        has_errors=bool(errors),
    )


@bp.post("/attempts/<int:attempt_id>/answers")
@access(Action.DIAGNOSTIC_TAKE)
def save_answer(attempt_id: int) -> tuple[dict[str, str], int]:
    form, values, now = forms.AutosaveForm(request.form), request.form.getlist("value"), clock.now()
    if not form.validate() or not forms.are_values(values):
        return {"error": texts.BAD_REQUEST}, 422
    try:
        service.save_answers(db, g.actor, form.to_command(attempt_id, values, now), now)
    except AnswerRefused as error:
        return {"error": texts.FAULT[error.reason]}, 422
    except Refused as error:
        return {"error": texts.REFUSAL[error.reason]}, 409
    return {"saved_at": filters.clock_time(now)}, 200


@bp.route("/attempts/<int:attempt_id>/finish", methods=["GET", "POST"])
@access(Action.DIAGNOSTIC_TAKE)
def finish(attempt_id: int) -> Response | str:
    if request.method == "POST":
        try:
            finishing.finish_attempt(db, g.actor, finishing.FinishAttempt(attempt_id), clock.now())
        except Refused as error:
            return _ask_consent(error, request.path)
        flash(texts.FINISHED, "success")
        return redirect(url_for("profiles.own"), 303)
    own = queries.get_own_attempt(db, g.actor, attempt_id)
    if not own.is_open:
        return redirect(url_for("profiles.own"), 302)
    return render_template("diagnostics/finish.html", own=own, progress=queries.progress(db, own))
