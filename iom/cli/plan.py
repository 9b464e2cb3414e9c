"""`iom plan`: the main job without a server."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from iom.catalog.files import CatalogFileError
from iom.catalog.files.texts import fault_sentence
from iom.cli.progress import progress
from iom.core import clock
from iom.core.config import ROOT
from iom.core.errors import DomainError
from iom.core.sheets import SheetError
from iom.core.sheets.texts import refusal as sheet_refusal
from iom.documents.plan import run, texts
from iom.documents.plan.people import PlanSettings
from iom.documents.plan.reading import read_input
from iom.organizations.staff_file import StaffFileError
from iom.organizations.staff_file import file_refusal as staff_refusal
from iom.profiles.results_file import ResultsFileError
from iom.profiles.results_file import file_refusal as results_refusal
from iom.routes.pages.home import default_period

REJECTED_ROWS = 3  # exit code: done, with rows that were not taken
SHOWN = 20  # rejected rows named on the terminal; all stand in summary.json
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])


@click.command()
@click.option("--results", required=True, type=FILE, help="XLSX or CSV with results, a row each or a column each.")
@click.option("--staff", type=FILE, help="Staff list: posts, schools, subjects.")
@click.option("--catalog", default=ROOT / "catalog", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--hours", default=72, show_default=True, type=click.IntRange(8, 400), help="Academic hours a person at most.")
@click.option("--from", "starts", type=DAY, help="First day of the routes.")
@click.option("--to", "ends", type=DAY, help="Last day of the routes.")
@click.option("--out", required=True, type=click.Path(path_type=Path))
def plan(results: Path, staff: Path | None, catalog: Path, hours: int, starts: datetime | None, ends: datetime | None, out: Path) -> None:
    """Results in, profiles and routes out: routes.xlsx, one DOCX per person, summary.json."""
    settings = _settings(hours, starts, ends)
    if out.is_file():
        _fail(texts.OUT_IS_FILE)
    try:
        found = read_input(results, staff, catalog, settings.today)
        planned = run.plan_everybody(found.people, catalog, settings, progress) if found.people else None
    except DomainError as error:
        _fail(_sentence(error))
    _say_rejected([dict(line) for line in found.rejected])
    if planned is None:
        _fail(texts.NOTHING_ACCEPTED)
    summary = run.summarise(planned, [dict(line) for line in found.rejected])
    run.write(planned, summary, out, clock.now(), progress)
    click.echo(texts.done(summary.routes, summary.items, str(out)))
    sys.exit(REJECTED_ROWS if found.rejected else 0)


def _settings(hours: int, starts: datetime | None, ends: datetime | None) -> PlanSettings:
    today = clock.today()
    usual = default_period(today)
    first: date = starts.date() if starts else usual[0]
    last: date = ends.date() if ends else max(usual[1], default_period(first)[1])
    if last <= first:
        _fail(texts.PERIOD_BACKWARDS)
    return PlanSettings(hours, first, last, today)


def _sentence(error: DomainError) -> str:
    if isinstance(error, SheetError):
        return sheet_refusal(error)
    if isinstance(error, ResultsFileError):
        return results_refusal(error)
    if isinstance(error, StaffFileError):
        return staff_refusal(error)
    if isinstance(error, CatalogFileError):
        return texts.catalog_unreadable(fault_sentence(error))
    raise error


def _say_rejected(lines: list[dict[str, object]]) -> None:
    if not lines:
        return
    click.echo(texts.rejected(len(lines)), err=True)
    for line in lines[:SHOWN]:
        click.echo(texts.rejected_row(str(line["row"]), str(line["column"]), str(line["text"])), err=True)
    if len(lines) > SHOWN:
        click.echo(texts.more_rejected(len(lines) - SHOWN), err=True)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
