"""The profile: one's own, that of a person one accompanies, one competency of it, its history, how it is counted."""

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom import policy
from iom.accounts import text_files
from iom.accounts.consent_texts import to_html
from iom.core import audit
from iom.core.errors import NotFound
from iom.policy import Action, Target
from iom.profiles import answer_queries, page_texts, queries, service
from iom.profiles.summary import Line, Summary, summarise
from iom.web.access import access
from iom.web.database import apart
from iom.web.transaction import db

bp = Blueprint("profiles", __name__, url_prefix="/profile")

TABLE = "table"


def own_id() -> int:
    """Return the employee record of the person who asks; 404 for those who have none."""
    if g.actor.employee_id is None:
        raise NotFound(kind="employee", id=None)
    found: int = g.actor.employee_id
    return found


def visible(employee_id: int) -> Target:
    """Return the person whose profile is asked for and note in the journal that somebody else looks.

    A change is noted by the service that makes it, in its own transaction.
    """
    target = policy.target_of(db, employee_id)
    policy.require(g.actor, Action.PROFILE_VIEW, target)
    if target.person_id != g.actor.person_id and request.method == "GET":
        _note_view(Action.PROFILE_VIEW, target)
    return target


def _note_view(action: Action, target: Target) -> None:
    with apart() as session:
        audit.record(session, g.actor, action, object_type="profile", object_id=target.employee_id, subject_id=target.person_id)


def load(employee_id: int) -> Summary:
    """Return the summary of a profile whose visibility was checked."""
    needs = queries.list_deficits(db, employee_id)
    return summarise(queries.list_map(db, employee_id), needs, queries.change_between(db, employee_id, needs))


@bp.get("/")
@access(Action.PROFILE_VIEW)
def own() -> str:
    return _page(own_id(), None)


@bp.get("/<int:employee_id>")
@access(Action.PROFILE_VIEW)
def show(employee_id: int) -> Response | str:
    if employee_id == g.actor.employee_id:
        return redirect(url_for(".own"), 302)
    return _page(employee_id, visible(employee_id))


def _page(employee_id: int, target: Target | None) -> str:
    summary = load(employee_id)
    owner = None if target is None else queries.get_owner(db, employee_id)
    is_table = request.args.get("view") == TABLE or request.args.get(page_texts.VIEW) == page_texts.TABLE
    return render_template(
        "profiles/table.html" if is_table else "profiles/show.html",
        summary=summary,
        employee_id=employee_id,
        is_own=target is None,
        owner=owner,
        may_decide=target is not None and service.may_decide(g.actor, target),
        may_mark=target is None or policy.allows(g.actor, Action.ROUTE_EDIT, target),
        request_now=owner.request if owner else queries.current_request(db, employee_id),
        build_url=_build_url(employee_id, target),
        words=page_texts,
    )


def _build_url(employee_id: int, target: Target | None) -> str:
    """Return where a route is built; empty while that part is not there or is not the actor's."""
    may_build = target is None or policy.allows(g.actor, Action.ROUTE_EDIT, target)
    if not may_build or "routes.new" not in current_app.view_functions:
        return ""
    return url_for("routes.new") if target is None else url_for("routes.new", employee_id=employee_id)


@bp.get("/<int:employee_id>/competencies/<code>")
@access(Action.PROFILE_VIEW)
def competency(employee_id: int, code: str) -> str:
    target = visible(employee_id)
    summary = load(employee_id)
    line = _line_of(summary, code)
    is_own = target.person_id == g.actor.person_id
    may_see_answers = policy.allows(g.actor, Action.ANSWERS_VIEW, target)
    answers: list[answer_queries.AnswerRow] = []
    if may_see_answers and line.attempt_ids:
        if not is_own:
            _note_view(Action.ANSWERS_VIEW, target)
        answers = answer_queries.list_answers(db, employee_id, code, line.attempt_ids)
    return render_template(
        "profiles/competency.html",
        line=line,
        past=[row for row in queries.list_deficits(db, employee_id) if row.code == code],
        answers=answers,
        employee_id=employee_id,
        is_own=is_own,
        owner=None if is_own else queries.get_owner(db, employee_id),
        may_see_answers=may_see_answers,
        may_decide=service.may_decide(g.actor, target),
        may_mark=policy.allows(g.actor, Action.ROUTE_EDIT, target),
        words=page_texts,
    )


def _line_of(summary: Summary, code: str) -> Line:
    for line in summary.all_lines:
        if line.code == code:
            return line
    raise NotFound(kind="competency", code=code)


@bp.get("/<int:employee_id>/attempts")
@access(Action.PROFILE_VIEW)
def attempts(employee_id: int) -> str:
    target = visible(employee_id)
    is_own = target.person_id == g.actor.person_id
    return render_template(
        "profiles/attempts.html",
        rows=queries.list_attempts(db, employee_id),
        changes=queries.change_between(db, employee_id),
        employee_id=employee_id,
        is_own=is_own,
        owner=None if is_own else queries.get_owner(db, employee_id),
        words=page_texts,
    )


@bp.get("/how-counted")
@access(Action.PROFILE_VIEW)
def how_counted() -> str:
    document = text_files.read(current_app.extensions["iom_settings"].catalog_dir, "how_counted")
    summary = load(g.actor.employee_id) if g.actor.employee_id is not None else None
    return render_template("profiles/how_counted.html", title=document.title, body=to_html(document.blocks), **_numbers(summary))


def _numbers(summary: Summary | None) -> dict[str, Any]:
    """Return this person's own numbers for the text: one line to take apart, and how much there is."""
    measured = [line for line in summary.lines if line.grounds] if summary else []
    example = next((line for line in measured if not line.is_self), measured[0] if measured else None)
    return {"summary": summary, "example": example, "words": page_texts}
