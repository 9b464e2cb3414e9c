"""«Показатели»: four ordered indicators, completion of routes, load of methodists, frozen slices."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from iom import policy
from iom.core import audit, clock
from iom.core.errors import Refused
from iom.documents.sheets_out import write_workbook
from iom.monitoring import cards, export, freezing, queries, texts
from iom.monitoring.asked_views import Asked, asked
from iom.monitoring.blueprint import bp
from iom.monitoring.board import Board, Result
from iom.monitoring.kinds import IndicatorCode, Slice
from iom.monitoring.models import IndicatorTarget
from iom.monitoring.queries import Frozen
from iom.policy import Action
from iom.web.access import access
from iom.web.database import apart
from iom.web.transaction import db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
@access(Action.AGGREGATES_VIEW)
def index() -> str | tuple[str, int]:
    found = asked()
    board = Board(db, g.actor, found.territory, found.scope)
    results = [board.result(code) for code in IndicatorCode]
    completion = board.completion()
    goals = queries.targets_by_code(db, g.actor.region_id, found.scope.as_of)
    is_region = queries.is_about_region(g.actor, found.scope)
    year = date(found.scope.as_of.year, 1, 1)
    frozen = queries.frozen_values(db, g.actor.region_id, year, clock.today(found.scope.timezone)) if is_region else []
    html = render_template(
        "monitoring/index.html",
        asked=found,
        cards=[_card(result, goals, frozen, found) for result in results],
        completion=completion,
        states=[state for state in texts.STATES_AS_COLUMNS if completion.total and completion.total.by_status.get(state)],
        cell_url=_cell_url(board, found),
        loads=results[-1].loads,
        largest=results[-1].largest,
        load_url=_load_url(found),
        slices=cards.slices(frozen, results, found.scope.as_of),
        may_freeze=policy.may_ever(g.actor, Action.INDICATOR_FREEZE),
        words=texts,
        hidden=texts.hidden_sentence(found.territory.region.min_group_size),
        codes=list(IndicatorCode),
        is_region=is_region,
        today=clock.today(found.scope.timezone),
    )
    return (html, 422) if found.problem else html


def _card(result: Result, goals: Mapping[str, IndicatorTarget], frozen: Sequence[Frozen], found: Asked) -> dict[str, Any]:
    history = cards.history_of(frozen, result.code, found.scope.as_of)
    return {
        "facts": cards.card(result, goals.get(result.code), history),
        "url": url_for(".rows", code=result.code, **found.filters) if result.figure else "",
    }


def _cell_url(board: Board, found: Asked) -> Any:
    """Return what gives the address of the people behind a cell of completion; nothing for those who see groups only."""
    if not (board.sees_names and policy.may_for_others(g.actor, Action.PERSON_VIEW)):
        return None
    cut = "school" if found.territory.cut is Slice.SCHOOL else "municipality"

    def address(part: int | None, state: str | None = None) -> str:
        narrowed = found.filters | ({cut: part} if part else {}) | ({"status": state} if state else {})
        return url_for("organizations.staff", **narrowed)

    return address


def _load_url(found: Asked) -> Any:
    return lambda methodist_id: url_for(".rows", code=IndicatorCode.METHODIST_LOAD, methodist=methodist_id, **found.filters)


@bp.get("/summary.xlsx")
@access(Action.AGGREGATES_VIEW)
def summary() -> Response:
    found = asked()
    board = Board(db, g.actor, found.territory, found.scope)
    results = [board.result(code) for code in IndicatorCode]
    goals = queries.targets(db, g.actor.region_id, found.scope.as_of)
    sheets = [
        export.summary_sheet(results, queries.indicators_by_code(db), goals),
        export.completion_sheet(board.completion()),
    ]
    now = clock.now()
    about = [
        (texts.ABOUT["as_of"], found.scope.as_of.strftime("%d.%m.%Y")),
        (texts.ABOUT["territory"], found.territory.name),
        (texts.ABOUT["who"], who()),
        (texts.ABOUT["when"], now.strftime("%d.%m.%Y %H:%M UTC")),
    ]
    file = io.BytesIO()
    count = write_workbook(file, sheets, made_at=now, about=about)
    file.seek(0)
    with apart() as session:
        audit.record(session, g.actor, Action.AGGREGATES_VIEW, object_type="indicators", reason=f"summary xlsx rows={count}")
    return send_file(file, XLSX, as_attachment=True, download_name=export.file_name(texts.SUMMARY_NAME, found.scope.as_of))


def who() -> str:
    """Return the name and the role of the signed-in person, for the first sheet of an export."""
    person = g.signed.person
    return f"{person.last_name} {person.first_name}, {audit.role_at_unit(g.actor)}"


@bp.post("/freeze")
@access(Action.INDICATOR_FREEZE)
def freeze() -> Response:
    day = request.form.get("date", "")
    try:
        freezing.freeze(db, g.actor, date.fromisoformat(day) if day else None)
    except ValueError:
        flash(texts.BAD_DAY, "error")
    except Refused as error:
        flash(texts.REFUSAL[error.reason], "warning")
    else:
        flash(texts.FROZEN, "success")
    return redirect(url_for(".index", date=day or None), 303)
