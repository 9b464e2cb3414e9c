"""«Журнал»: an administrator searches who did what to whose data, and checks that no line was changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom.accounts import journal_queries
from iom.accounts.journal_queries import PAGE, JournalFilter, Line
from iom.core import audit
from iom.policy import Action
from iom.web import texts
from iom.web.access import access
from iom.web.admin_forms import JournalForm
from iom.web.paging import without
from iom.web.transaction import db

bp = Blueprint("admin", __name__)
CHECKED_LINES = 20_000  # about a second; the whole chain is checked by `iom db check`


@bp.get("/admin/journal")
@access(Action.JOURNAL_READ)
def journal() -> str:
    form = JournalForm(request.args)
    form.validate()
    before = request.args.get("before", type=int)
    found = journal_queries.search(db, g.actor, _chosen(form), before=before)
    shown = found[:PAGE]
    return render_template(
        "admin/journal.html",
        form=form,
        lines=[(line, action_name(line), texts.role_name(line.role), texts.OUTCOME[line.outcome]) for line in shown],
        outcomes=texts.OUTCOME,
        actions=texts.ACTION,
        tones=texts.OUTCOME_TONE,
        chips=_chips(form),
        older=shown[-1].id if len(found) > PAGE else None,
        newest_url=without("before"),
        is_first=before is None,
    )


def action_name(line: Line) -> str:
    """Return the action in words; a code that has none is shown as it is."""
    return texts.ACTION.get(line.action, line.action)


def _chosen(form: JournalForm) -> JournalFilter:
    kind, number = form.chosen_object
    since, until = form.days
    return JournalFilter(
        person_id=request.args.get("person", type=int),
        words=form.words,
        action=form.action.data or "",
        object_type=kind,
        object_id=number,
        outcome=form.chosen_outcome,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _midnight(day: date) -> datetime:
    """Return the moment the day begins in the region."""
    return datetime.combine(day, time(), ZoneInfo(g.timezone)).astimezone(UTC)


def _chips(form: JournalForm) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address that takes it off."""
    since, until = form.days
    words = {
        "q": " ".join(form.words),
        "person": request.args.get("person", ""),
        "action": texts.ACTION.get(form.action.data or "", form.action.data or ""),
        "object": form.object.data or "",
        "outcome": texts.OUTCOME[form.chosen_outcome] if form.chosen_outcome else "",
        "since": texts.since_day(since) if since else "",
        "until": texts.until_day(until) if until else "",
    }
    return [{"label": label, "remove_url": without(name, "before")} for name, label in words.items() if label]


@bp.post("/admin/journal/check")
@access(Action.JOURNAL_READ)
def check_chain() -> Response:
    broken = audit.first_broken_line(db, last=CHECKED_LINES)
    audit.record(db, g.actor, "journal_checked", reason=f"broken line {broken}" if broken else "whole")
    flash(texts.chain_broken(broken) if broken else texts.chain_whole(CHECKED_LINES), "error" if broken else "success")
    return redirect(url_for(".journal"), 303)
