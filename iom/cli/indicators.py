"""`iom indicators`: the figures that the pages show, with the rows behind them, as JSON or a workbook."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click
from sqlalchemy.orm import Session

from iom.cli import centre_texts
from iom.cli.regions import find_unit, operator, pick_region, ready_engine
from iom.core import clock
from iom.core.actor import Actor, Role
from iom.core.database import open_session
from iom.documents.sheets_out import Sheet, write_workbook
from iom.monitoring import export, figures, queries, texts
from iom.monitoring.board import Board, Result
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.models import Indicator, IndicatorTarget
from iom.monitoring.scoping import Territory, territory_of
from iom.monitoring.statements import Scope

FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


def day_of(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """Return the day that an option names; raise BadParameter when it names none."""
    if text is None:
        return None
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a calendar day has no zone
        except ValueError:
            continue
    raise click.BadParameter(centre_texts.BAD_DAY.format(text=text))


def _codes(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[IndicatorCode, ...]:
    known = {str(code) for code in IndicatorCode}
    for text in given:
        if text not in known:
            raise click.BadParameter(centre_texts.UNKNOWN_CODE.format(code=text, known=", ".join(sorted(known))))
    return tuple(IndicatorCode(text) for text in given) or tuple(IndicatorCode)


@click.command()
@click.option("--as-of", metavar="DATE", callback=day_of, help="The day of the report; today without it.")
@click.option("--org", metavar="CODE", help="Code of a region, municipality or school.")
@click.option("--code", "codes", metavar="CODE", multiple=True, callback=_codes, help="Only this indicator; repeatable.")
@click.option("--rows", "with_rows", is_flag=True, help="Add the rows behind each figure.")
@click.option("--format", "form", type=click.Choice(["json", "xlsx"]), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the workbook goes; standard output without it.")
def indicators(as_of: date | None, org: str | None, codes: tuple[IndicatorCode, ...], with_rows: bool, form: str, out: Path | None) -> None:
    """Compute the ordered indicators."""
    with open_session(ready_engine(), writes=False) as session:
        report = Report.of(session, as_of, org)
        lines = [report.line(code, with_rows) for code in codes]
        if form == "json":
            json.dump(lines, sys.stdout, ensure_ascii=False)
            click.echo()
            return
        _write(report, lines, codes, with_rows, out)


class Report:
    """The figures of one unit on one day."""

    def __init__(self, session: Session, actor: Actor, territory: Territory, scope: Scope, org: str) -> None:
        self.session, self.actor, self.territory, self.scope, self.org = session, actor, territory, scope, org
        self.board = Board(session, actor, territory, scope)
        self.known: dict[str, Indicator] = queries.indicators_by_code(session)
        self.goals: dict[int, IndicatorTarget] = queries.targets(session, actor.region_id, scope.as_of)
        self.results: dict[IndicatorCode, Result] = {}

    @classmethod
    def of(cls, session: Session, as_of: date | None, org: str | None) -> "Report":
        """Return the report about the unit of this code, or about the only region."""
        region, municipality, school = find_unit(session, org) if org else (pick_region(session, None), None, None)
        actor = operator(region, Role.CNPPM_OFFICER)
        territory = territory_of(session, actor, municipality.id if municipality else None, school.id if school else None)
        return cls(session, actor, territory, territory.scope(as_of), org or region.code)

    def line(self, code: IndicatorCode, with_rows: bool) -> dict[str, Any]:
        """Return one indicator as the JSON has it."""
        result = self.results.setdefault(code, self.board.result(code))
        indicator, figure = self.known.get(code), result.figure
        assert figure is not None  # the operator sees everything
        goal = self.goals.get(indicator.id) if indicator else None
        facts = queries.list_facts(self.session, self.actor, code, self.scope)
        line: dict[str, Any] = {
            "code": str(code),
            "title": indicator.title if indicator else texts.TITLE[code],
            "document": indicator.document if indicator else "",
            "as_of": self.scope.as_of.isoformat(),
            "org": self.org,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "value": figure.value,
            "unit": texts.unit(code),
            "target": goal.target if goal else None,
            "target_date": goal.target_date.isoformat() if goal else None,
            "fingerprint": figures.fingerprint((fact.employee_id, fact.on) for fact in facts),
        }
        if code is IndicatorCode.METHODIST_LOAD:
            line["largest"] = result.largest
        if with_rows:
            line["rows"] = [
                {
                    "code": row.code,
                    "school": row.school,
                    "municipality": row.municipality,
                    "fact_on": row.fact_on.isoformat() if row.fact_on else None,
                    "in_numerator": row.counts,
                }
                for row in queries.list_rows(self.session, self.actor, code, self.scope)
            ]
        return line


def _write(report: Report, lines: list[dict[str, Any]], codes: tuple[IndicatorCode, ...], with_rows: bool, out: Path | None) -> None:
    sheets: list[Sheet] = [export.summary_sheet([report.results[code] for code in codes], report.known, report.goals)]
    if with_rows:
        for code in codes:
            rows = export.rows_sheet(code, queries.list_rows(report.session, report.actor, code, report.scope), named=False)
            sheets.append(Sheet(centre_texts.SHEET_ROWS.format(code=code), rows.columns, rows.rows))
    prints = [(f"{texts.ABOUT['fingerprint']} {line['code']}", line["fingerprint"]) for line in lines]
    about = [
        (texts.ABOUT["as_of"], report.scope.as_of.strftime("%d.%m.%Y")),
        (texts.ABOUT["territory"], report.territory.name),
        (texts.ABOUT["when"], clock.now().strftime("%d.%m.%Y %H:%M UTC")),
        *prints,
    ]
    target: Path | BinaryIO = out or sys.stdout.buffer
    write_workbook(target, sheets, made_at=clock.now(), about=about)
