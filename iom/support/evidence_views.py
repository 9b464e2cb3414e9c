"""The page of one step: progress, evidence, files; the end of a route by its owner and its closing by the tutor."""

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from iom.core import audit, clock
from iom.core.errors import Conflict, Forbidden, InvalidMove, NotFound, Refused
from iom.integrations.file_store import FileStoreError
from iom.policy import Action
from iom.routes import commenting, evidence_queries, finishing, review_queries
from iom.routes.commenting import AddComment
from iom.routes.models import Route
from iom.routes.review_forms import CommentForm
from iom.routes.review_views import render as render_review
from iom.support import evidence_texts, evidencing, item_page, texts
from iom.support.evidencing import SubmitEvidence
from iom.support.forms import CertificateForm, EvidenceReviewForm, FileForm, LinkForm, MarkForm, TextForm
from iom.support.upload_views import file_store, take_file
from iom.web.access import access
from iom.web.database import apart
from iom.web.transaction import db

bp = Blueprint("evidence", __name__, url_prefix="/routes")
LIMIT_BEFORE_SENDING = 10 * 2**20  # what the browser stops by itself; the exact limit is the server's
SANDBOX = "sandbox; default-src 'none'"

Page = Response | tuple[str, int]


def _own_route(item_id: int) -> Route:
    """Return one's own route with this item."""
    route, _, rights = review_queries.get_with_rights(db, g.actor, evidence_queries.route_of_item(db, item_id))
    if Action.EVIDENCE_SUBMIT not in rights:
        raise Forbidden(action=Action.EVIDENCE_SUBMIT, role=g.actor.role)
    return route


def _render(item_id: int, said: str = "", **forms: Form) -> str:
    return _page(_own_route(item_id), item_id, said, **forms)


def _page(route: Route, item_id: int, said: str = "", **forms: Form) -> str:
    item = next(one for one in route.items if one.id == item_id)
    today = clock.today(g.timezone)
    return render_template(
        "evidence/item.html",
        route=route,
        item=item,
        page=item_page.build(db, g.actor, route, item, today),
        file_form=forms.get("file") or FileForm(),
        link_form=forms.get("link") or LinkForm(),
        text_form=forms.get("text") or TextForm(),
        certificate_form=forms.get("certificate") or CertificateForm(today=today),
        open_form=next(iter(forms), ""),
        form=next(iter(forms.values()), None),
        said=said,
        limit=LIMIT_BEFORE_SENDING,
    )


@bp.get("/items/<int:item_id>")
@access(Action.ROUTE_VIEW)
def item(item_id: int) -> str | Response:
    route, _, rights = review_queries.get_with_rights(db, g.actor, evidence_queries.route_of_item(db, item_id))
    if Action.EVIDENCE_SUBMIT not in rights:
        return redirect(url_for("support.review", route_id=route.id) + f"#step-{item_id}", 303)
    return _page(route, item_id)


@bp.post("/items/<int:item_id>/mark")
@access(Action.EVIDENCE_SUBMIT)
def mark(item_id: int) -> Response:
    form = MarkForm(request.form)
    if form.validate():
        finishing.mark(db, g.actor, form.to_command(item_id))
        flash(evidence_texts.MARKED, "success")
    return redirect(url_for(".item", item_id=item_id), 303)


@bp.post("/items/<int:item_id>/file")
@access(Action.EVIDENCE_SUBMIT)
def add_file(item_id: int) -> Page:
    form = FileForm(request.form)
    if not form.validate():
        return _render(item_id, file=form), 422
    taken = take_file(form, item_id)
    if taken.status:
        return _render(item_id, file=form), taken.status
    return _submit(item_id, "file", form, taken.command)


@bp.post("/items/<int:item_id>/link")
@access(Action.EVIDENCE_SUBMIT)
def add_link(item_id: int) -> Page:
    form = LinkForm(request.form)
    return _submit(item_id, "link", form, form.to_command(item_id) if form.validate() else None)


@bp.post("/items/<int:item_id>/text")
@access(Action.EVIDENCE_SUBMIT)
def add_text(item_id: int) -> Page:
    form = TextForm(request.form)
    return _submit(item_id, "text", form, form.to_command(item_id) if form.validate() else None)


@bp.post("/items/<int:item_id>/certificate")
@access(Action.EVIDENCE_SUBMIT)
def add_certificate(item_id: int) -> Page:
    form = CertificateForm(request.form, today=clock.today(g.timezone))
    return _submit(item_id, "certificate", form, form.to_command(item_id) if form.validate() else None)


def _submit(item_id: int, name: str, form: Form, command: SubmitEvidence | None) -> Page:
    """Hand in; what the person can mend comes back on the form."""
    if command is None:
        return _render(item_id, **{name: form}), 422
    try:
        evidencing.submit(db, g.actor, command)
    except (Refused, InvalidMove) as error:
        _forget_file(command)
        if isinstance(error, InvalidMove):
            raise
        form.form_errors.append(texts.REFUSAL.get(error.reason, texts.NOT_SENT))
        return _render(item_id, **{name: form}), 422
    flash(evidence_texts.SUBMITTED, "success")
    return redirect(url_for(".item", item_id=item_id), 303)


def _forget_file(command: SubmitEvidence) -> None:
    if command.file is not None:
        file_store().delete(command.file.kept.key)


@bp.post("/evidence/<int:evidence_id>/withdraw")
@access(Action.EVIDENCE_WITHDRAW)
def withdraw(evidence_id: int) -> Response:
    evidence = evidencing.withdraw(db, g.actor, evidence_id)
    flash(evidence_texts.WITHDRAWN, "success")
    return redirect(url_for(".item", item_id=evidence.item_id), 303)


@bp.get("/evidence/files/<int:file_id>")
@access(Action.EVIDENCE_OPEN)
def download(file_id: int) -> Response:
    stored, person_id = evidencing.get_file(db, g.actor, file_id)
    if person_id != g.actor.person_id:
        with apart() as session:
            audit.record(session, g.actor, Action.EVIDENCE_OPEN, object_type="file", object_id=file_id, subject_id=person_id)
    try:
        content = file_store().open(stored.key)
    except FileStoreError as error:
        raise NotFound(kind="file", id=file_id) from error
    response = send_file(content, mimetype=stored.mime, as_attachment=True, download_name=stored.label)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.content_length = stored.size
    return response


@bp.post("/items/<int:item_id>/comments")
@access(Action.ROUTE_COMMENT)
def comment(item_id: int) -> Page:
    form = CommentForm(request.form)
    route = _own_route(item_id)
    if not form.validate():
        flash(form.text.errors[0] if form.text.errors else texts.NOT_SENT, "error")
        return _render(item_id, said=form.text.data or ""), 422
    commenting.comment(db, g.actor, AddComment(route.id, item_id, (form.text.data or "").strip()))
    return redirect(url_for(".item", item_id=item_id) + "#talk", 303)


@bp.post("/items/<int:item_id>/decision")
@access(Action.EVIDENCE_REVIEW)
def decide(item_id: int) -> Page:
    form = EvidenceReviewForm(request.form, phrases=texts.READY_EVIDENCE)
    route_id = evidence_queries.route_of_item(db, item_id)
    if not form.validate():
        return render_review(*review_queries.get_with_rights(db, g.actor, route_id), evidence_form=form, evidence_item=item_id), 422
    try:
        evidencing.review(db, g.actor, form.to_command(item_id))
    except (Conflict, InvalidMove):
        db.rollback()
        flash(evidence_texts.EVIDENCE_CHANGED, "warning")
        return render_review(*review_queries.get_with_rights(db, g.actor, route_id), evidence_form=form, evidence_item=item_id), 409
    flash(evidence_texts.ACCEPTED if form.decision.data == "accept" else evidence_texts.RETURNED, "success")
    return redirect(url_for("support.review", route_id=route_id) + f"#step-{item_id}", 303)
