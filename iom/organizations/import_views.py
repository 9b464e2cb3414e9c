"""«Загрузка списка»: a staff file is checked row by row, shown, written when confirmed, and can be taken back."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.core import clock
from iom.core.errors import Refused
from iom.core.models import ImportBatch, ImportState
from iom.core.sheets import SheetError
from iom.core.sheets.texts import refusal as sheet_refusal
from iom.organizations import texts as staff_texts
from iom.organizations.blueprint import bp
from iom.organizations.forms import StaffFileForm
from iom.organizations.staff_file import StaffFileError, file_refusal
from iom.organizations.staff_import import batches, queries, sheet_views, texts
from iom.organizations.staff_import.kinds import VerdictKind
from iom.policy import Action
from iom.web.access import access
from iom.web.paging import pages_of
from iom.web.transaction import db

Page = Response | tuple[str, int]
PAGE = 50
MOST_BYTES = 10_000_000


@bp.route("/people/import", methods=["GET", "POST"], endpoint="import_staff")
@access(Action.STAFF_IMPORT)
def upload() -> Page:
    form = StaffFileForm()
    if request.method == "POST":
        problem, batch = _check()
        if batch is not None:
            return redirect(url_for(".import_batch", batch_id=batch.id), 303)
        form.file.errors = [problem]
    recent = queries.list_batches(db, g.actor, batches.KIND)
    html = render_template("organizations/import.html", form=form, recent=recent, words=texts, states=ImportState, most_bytes=MOST_BYTES)
    return html, 422 if form.errors else 200


def _check() -> tuple[str, ImportBatch | None]:
    """Return what is wrong with the file, or the batch it was checked into."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return texts.NO_FILE, None
    content = file.stream.read(MOST_BYTES + 1)
    try:
        return "", batches.check(db, g.actor, file.filename, content)
    except SheetError as error:
        return sheet_refusal(error), None
    except StaffFileError as error:
        return file_refusal(error), None


@bp.get("/people/import/template.xlsx", endpoint="import_template")
@access(Action.STAFF_IMPORT)
def template() -> Response:
    schools = queries.list_schools(db, g.actor)
    subjects = sorted(subject.title for subject in queries.list_subjects(db))
    return sheet_views.template([(school.code, school.short_name) for school in schools], subjects, clock.now())


@bp.get("/people/import/<int:batch_id>", endpoint="import_batch")
@access(Action.STAFF_IMPORT)
def preview(batch_id: int) -> str:
    batch = queries.get_batch(db, g.actor, batch_id, batches.KIND)
    kind = _kind(batch)
    lines = [line for line in batch.verdicts if line["kind"] == kind]
    if kind == LEFT:
        lines = [line for line in batch.verdicts if line.get("left")]
    page = max(1, request.args.get("page", 1, type=int))
    shown = lines[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "organizations/import_batch.html",
        batch=batch,
        kind=kind,
        lists=_tabs(batch, kind),
        shown=[_shown(line) for line in _with_words(shown)],
        total=len(lines),
        first=(page - 1) * PAGE + 1,
        pages=pages_of(len(lines), PAGE, page),
        to_write=batch.counts["new"] + batch.counts["changed"],
        may_undo=batches.may_undo(batch),
        states=ImportState,
        words=texts,
    )


LEFT = "left"


def _kind(batch: ImportBatch) -> str:
    """Return the tab of the address; without one the first that has rows, what will not be loaded before the rest."""
    asked = request.args.get("kind", "")
    if asked in set(VerdictKind) or asked == LEFT:
        return asked
    order = (VerdictKind.REFUSED, VerdictKind.NEW, VerdictKind.CHANGED, VerdictKind.SAME)
    return str(next((kind for kind in order if batch.counts[kind]), VerdictKind.SAME))


def _tabs(batch: ImportBatch, kind: str) -> list[dict[str, Any]]:
    tabs = [(str(key), label, batch.counts[key]) for key, label in texts.TAB.items()]
    if batch.counts.get("left"):
        tabs.append((LEFT, texts.LEFT_TAB, batch.counts["left"]))
    return [
        {"label": label, "url": url_for(".import_batch", batch_id=batch.id, kind=key), "count": count, "is_current": key == kind}
        for key, label, count in tabs
    ]


def _with_words(lines: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[int, str], dict[int, str]]]:
    subjects = {subject.id: subject.title for subject in queries.list_subjects(db)}
    schools = {school.id: school.short_name for school in queries.list_schools(db, g.actor)}
    return [(line, subjects, schools) for line in lines]


def _shown(found: tuple[dict[str, Any], dict[int, str], dict[int, str]]) -> dict[str, Any]:
    line, subjects, schools = found
    values = line["values"]
    cells = values.get("cells")
    name = " ".join(filter(None, (values.get("last_name"), values.get("first_name"), values.get("middle_name"))))
    word, tone, icon = texts.VERDICT[VerdictKind(line["kind"])]
    return {
        "row": line["row"],
        "name": name or ", ".join(list(cells.values())[:3] if cells else ()),
        "code": values.get("teacher_code", ""),
        "school": schools.get(line["school_id"], values.get("org_code") or values.get("school") or ""),
        "post": values.get("post", ""),
        "badge": (word, tone, icon),
        "reason": texts.refusal(line) if line["kind"] == VerdictKind.REFUSED else "",
        "changes": [texts.change_words(change, subjects, schools) for change in line["changes"] if _is_told(line, change)],
        "email_kept": line["email_kept"],
    }


def _is_told(line: dict[str, Any], change: list[Any]) -> bool:
    """Whether a change is worth a line: of a new person, what the file says and no empty values."""
    return line["kind"] != VerdictKind.NEW or (change[0] != "post_added" and change[2] not in (None, [], "none", "teacher"))


@bp.post("/people/import/<int:batch_id>/confirm", endpoint="import_confirm")
@access(Action.STAFF_IMPORT)
def confirm(batch_id: int) -> Response:
    done = batches.confirm(db, g.actor, batch_id)
    if done.is_written:
        flash(texts.confirmed(done.batch.counts["new"] + done.batch.counts["changed"]), "success")
    else:
        flash(texts.CHANGED_SINCE, "warning")
    return redirect(url_for(".import_batch", batch_id=batch_id), 303)


@bp.post("/people/import/<int:batch_id>/cancel", endpoint="import_cancel")
@access(Action.STAFF_IMPORT)
def cancel(batch_id: int) -> Response:
    batches.cancel(db, g.actor, batch_id)
    flash(texts.CANCELLED, "success")
    return redirect(url_for(".import_staff"), 303)


@bp.post("/people/import/<int:batch_id>/undo", endpoint="import_undo")
@access(Action.STAFF_IMPORT)
def undo(batch_id: int) -> Response:
    try:
        left = batches.undo(db, g.actor, batch_id)
    except Refused as error:
        flash(staff_texts.REFUSAL[error.reason], "warning")
        return redirect(url_for(".import_batch", batch_id=batch_id), 303)
    flash(texts.undone(len(left)), "warning" if left else "success")
    return redirect(url_for(".import_batch", batch_id=batch_id, kind=LEFT if left else None), 303)


@bp.get("/people/import/<int:batch_id>/refused.xlsx", endpoint="import_refused")
@access(Action.STAFF_IMPORT)
def refused_rows(batch_id: int) -> Response:
    batch = queries.get_batch(db, g.actor, batch_id, batches.KIND)
    return sheet_views.refused([line for line in batch.verdicts if line["kind"] == VerdictKind.REFUSED], batch.id, clock.now())
