"""The rows behind a figure: people for those who may see them, groups for the others; and the same rows as a file."""

import io
from typing import Any

from flask import g, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from iom.core import audit, clock
from iom.core.errors import Forbidden, NotFound
from iom.documents.sheets_out import Sheet, write_workbook
from iom.monitoring import export, figures, queries, texts
from iom.monitoring.asked_views import Asked, asked, key_of, page_number
from iom.monitoring.blueprint import bp
from iom.monitoring.board import Board
from iom.monitoring.forms import ExportForm
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.views import XLSX, who
from iom.policy import Action
from iom.web import recent
from iom.web.access import access
from iom.web.database import apart
from iom.web.paging import pages_of
from iom.web.transaction import db

PAGE = 50
COUNTED = {"counted": True, "rest": False, "all": None}


def _code(text: str) -> IndicatorCode:
    try:
        return IndicatorCode(text)
    except ValueError as error:
        raise NotFound(kind="indicator") from error


def _part(board: Board, code: IndicatorCode, figure: figures.Figure | None) -> str:
    """Return the tab of the address, else the numerator's if it has anybody; groups only for those without names."""
    if not board.sees_names:
        return "parts"
    is_load = code is IndicatorCode.METHODIST_LOAD
    offered = ("counted", "methodists") if is_load else ("counted", "rest", "all", "parts")
    without_any = "methodists" if is_load else "all"
    asked_for = request.args.get("part") or ("counted" if figure and figure.numerator else without_any)
    if asked_for not in offered:
        raise NotFound(kind="part")
    return asked_for


@bp.get("/<code>/rows")
@access(Action.AGGREGATES_VIEW)
def rows(code: str) -> str:
    kind = _code(code)
    found = asked()
    board = Board(db, g.actor, found.territory, found.scope)
    result = board.result(kind)
    part = _part(board, kind, result.figure)
    known = queries.indicators_by_code(db)
    facts = queries.list_facts(db, g.actor, kind, found.scope) if board.sees_names else []
    view: dict[str, Any] = {"shown": [], "total": 0, "parts": [], "page": page_number()}
    if part == "parts":
        view["parts"] = [] if kind is IndicatorCode.METHODIST_LOAD else board.parts(kind)
    elif part in COUNTED:
        view |= _people(kind, found, part, view["page"])
        _note_opening(kind, found, part, len(view["shown"]))
    indicator = known.get(kind)
    frozen = queries.find_frozen(db, g.actor.region_id, indicator.id, found.scope.as_of) if indicator else None
    is_region = queries.is_about_region(g.actor, found.scope)
    return render_template(
        "monitoring/rows.html",
        code=kind,
        asked=found,
        indicator=indicator,
        result=result,
        part=part,
        lists=_tabs(board, kind, found, result.figure, part),
        fingerprint=figures.fingerprint((fact.employee_id, fact.on) for fact in facts) if board.sees_names else "",
        frozen=frozen if is_region else None,
        words=texts,
        hidden=texts.hidden_sentence(found.territory.region.min_group_size),
        part_url=_part_url(kind, found),
        sees_names=board.sees_names,
        export_url=url_for(".export_rows", code=kind, **_kept(found)),
        pages=pages_of(view["total"], PAGE, view["page"]),
        first=(view["page"] - 1) * PAGE + 1,
        **view,
    )


def _people(code: IndicatorCode, found: Asked, part: str, page: int) -> dict[str, Any]:
    narrowed: dict[str, Any] = {"counted": COUNTED[part]}
    if code is IndicatorCode.METHODIST_LOAD:
        narrowed = {"methodist_id": key_of("methodist")}
    total = queries.count_rows(db, g.actor, code, found.scope, **narrowed)
    shown = queries.list_rows(db, g.actor, code, found.scope, **narrowed, limit=PAGE, offset=(page - 1) * PAGE)
    return {"shown": shown, "total": total}


def _note_opening(code: IndicatorCode, found: Asked, part: str, count: int) -> None:
    with apart() as session:
        reason = f"{code} {part} {found.scope.as_of.isoformat()} {_where(found)} rows={count}"
        audit.record(session, g.actor, Action.AGGREGATES_VIEW, object_type="indicator_rows", reason=reason)


def _where(found: Asked) -> str:
    if found.scope.school_id:
        return f"school:{found.scope.school_id}"
    return f"municipality:{found.scope.municipality_id}" if found.scope.municipality_id else f"region:{g.actor.region_id}"


def _kept(found: Asked) -> dict[str, Any]:
    """Return the filters of this page, the chosen methodist among them."""
    methodist = key_of("methodist")
    return found.filters | ({"methodist": methodist} if methodist else {})


def _tabs(board: Board, code: IndicatorCode, found: Asked, figure: figures.Figure | None, part: str) -> list[dict[str, Any]]:
    if not board.sees_names or figure is None:
        return []
    if code is IndicatorCode.METHODIST_LOAD:
        counts: dict[str, int | None] = {"counted": figure.numerator, "methodists": figure.denominator}
    else:
        counts = {"counted": figure.numerator, "rest": figure.denominator - figure.numerator, "all": figure.denominator, "parts": None}
    labels = texts.TAB | {"parts": texts.PARTS[found.territory.cut]}
    return [
        {
            "label": labels[name],
            "url": url_for(".rows", code=code, part=name, **found.filters),
            "is_current": name == part,
            "count": count,
        }
        for name, count in counts.items()
    ]


def _part_url(code: IndicatorCode, found: Asked) -> Any:
    cut = found.territory.cut
    return lambda part: url_for(".rows", code=code, part="parts", **(found.filters | {str(cut): part}))


@bp.route("/<code>/export", methods=["GET", "POST"])
@access(Action.AGGREGATES_VIEW)
def export_rows(code: str) -> Response | tuple[str, int]:
    kind = _code(code)
    form = ExportForm(request.form, is_recent=recent.is_recent())
    is_sent = request.method == "POST" and form.validate() and recent.passes(form)
    found = asked()
    board = Board(db, g.actor, found.territory, found.scope)
    result = board.result(kind)
    if result.figure is None:
        raise Forbidden(action=Action.EXPORT_NAMED, role=g.actor.role)
    if not is_sent:
        html = render_template(
            "monitoring/export.html",
            form=form,
            asked=found,
            code=kind,
            result=result,
            words=texts,
            kept=_kept(found),
            named=board.sees_names,
        )
        return html, 422 if form.errors else 200
    sheet = _sheet(board, kind, found)
    return _file(kind, found, board, sheet, form.reason())


def _sheet(board: Board, code: IndicatorCode, found: Asked) -> Sheet:
    if not board.sees_names:
        return export.parts_sheet(board.parts(code))
    methodist = key_of("methodist") if code is IndicatorCode.METHODIST_LOAD else None
    return export.rows_sheet(code, queries.list_rows(db, g.actor, code, found.scope, methodist_id=methodist), named=True)


def _file(code: IndicatorCode, found: Asked, board: Board, sheet: Sheet, purpose: str) -> Response:
    now = clock.now()
    sheet_rows = list(sheet.rows)
    facts = queries.list_facts(db, g.actor, code, found.scope) if board.sees_names else []
    indicator = queries.indicators_by_code(db).get(code)
    about = [
        (texts.ABOUT["indicator"], f"{code} {indicator.title if indicator else texts.TITLE[code]}"),
        (texts.ABOUT["document"], indicator.document if indicator else ""),
        (texts.ABOUT["numerator"], texts.NUMERATOR[code]),
        (texts.ABOUT["denominator"], texts.DENOMINATOR[code]),
        (texts.ABOUT["as_of"], found.scope.as_of.strftime("%d.%m.%Y")),
        (texts.ABOUT["territory"], found.territory.name),
        (texts.ABOUT["rows"], str(len(sheet_rows))),
        *([(texts.ABOUT["fingerprint"], figures.fingerprint((f.employee_id, f.on) for f in facts))] if facts else []),
        (texts.ABOUT["who"], who()),
        (texts.ABOUT["when"], now.strftime("%d.%m.%Y %H:%M UTC")),
        (texts.ABOUT["purpose"], purpose),
    ]
    file = io.BytesIO()
    count = write_workbook(file, [Sheet(sheet.title, sheet.columns, sheet_rows)], made_at=now, about=about)
    file.seek(0)
    reason = f"{code} {found.scope.as_of.isoformat()} {_where(found)} rows={count} purpose={purpose}"
    action = Action.EXPORT_NAMED if board.sees_names else Action.AGGREGATES_VIEW
    audit.record(db, g.actor, action, object_type="indicator_export", reason=reason)
    return send_file(file, XLSX, as_attachment=True, download_name=export.file_name(texts.EXPORT_NAME, found.scope.as_of, str(code)))
