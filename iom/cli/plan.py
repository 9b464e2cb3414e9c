"""`iom plan`: the main job without a server."""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from iom.cli.progress import progress
from iom.core import clock
from iom.documents.plan import texts
from iom.documents.plan.folder import stands_in_the_way
from iom.documents.plan.people import OWN_CATALOG, PlanSettings
from iom.documents.plan.refusals import REFUSALS, sentence_of
from iom.documents.plan.run import PlanOrder, carry_out
from iom.routes.pages.home import default_period

REJECTED_ROWS = 3  # exit code: done, with rows that were not taken
LEAST_HOURS, MOST_HOURS = 8, 400
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_DAYS = 3 * 366
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
PATH = click.Path(path_type=Path)


def _wrong(option: click.Parameter, sentence: str) -> click.UsageError:
    return click.UsageError(texts.in_option(option.opts[0], sentence))


def _file(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and not os.path.isfile(path):  # unlike Path's, it also answers where nobody may look
        raise _wrong(option, texts.in_file(str(path), texts.NOT_A_FILE if os.path.isdir(path) else texts.NO_SUCH_FILE))
    return path


def _folder(context: click.Context, option: click.Parameter, path: Path) -> Path:
    if not os.path.isdir(path):
        raise _wrong(option, texts.in_file(str(path), texts.NO_SUCH_FOLDER))
    return path


def _out(context: click.Context, option: click.Parameter, path: Path) -> Path:
    if (obstacle := stands_in_the_way(path)) is not None:
        raise _wrong(option, texts.in_file(str(obstacle), texts.IN_THE_WAY))
    return path


def _hours(context: click.Context, option: click.Parameter, text: str) -> int:
    if not (text.isascii() and text.isdigit() and LEAST_HOURS <= int(text[:9]) <= MOST_HOURS):
        raise _wrong(option, texts.bad_hours(LEAST_HOURS, MOST_HOURS))
    return int(text)


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    for form in DATE_FORMATS:
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 a calendar day
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise _wrong(option, texts.bad_date(text))


@click.command()
@click.option(
    "--results", required=True, type=PATH, metavar="FILE", callback=_file, help="XLSX or CSV with results, a row each or a column each."
)
@click.option("--staff", type=PATH, metavar="FILE", callback=_file, help="Staff list: posts, schools, subjects.")
@click.option(
    "--catalog", default=OWN_CATALOG, envvar="IOM_CATALOG_DIR", type=PATH, metavar="DIR", callback=_folder,
    help="Folder of catalog files; what it lacks beside offerings is taken from the product's own.",
)  # fmt: skip
@click.option("--hours", default="72", show_default=True, metavar="N", callback=_hours, help="Academic hours a person at most.")
@click.option("--from", "starts", metavar="DATE", callback=_day, help="First day of the routes, 2026-12-01 or 01.12.2026.")
@click.option("--to", "ends", metavar="DATE", callback=_day, help="Last day of the routes.")
@click.option(
    "--out", required=True, type=PATH, metavar="DIR", callback=_out, help="Folder for the results; an earlier run in it is replaced."
)
def plan(results: Path, staff: Path | None, catalog: Path, hours: int, starts: date | None, ends: date | None, out: Path) -> None:
    """Results in, profiles and routes out: routes.xlsx, one DOCX per person, summary.json."""
    order = PlanOrder(results, staff, catalog, out, _settings(hours, starts, ends), clock.now())
    try:
        summary = carry_out(order, progress, _tell)
    except REFUSALS as error:
        _fail(sentence_of(error, out))
    click.echo(texts.done(summary.people, summary.routes, summary.items, str(out)))
    sys.exit(REJECTED_ROWS if summary.rejected else 0)


def _settings(hours: int, starts: date | None, ends: date | None) -> PlanSettings:
    today = clock.today()
    usual = default_period(today)
    first = starts or usual[0]
    last = ends or max(usual[1], default_period(first)[1])
    if last < first:
        raise click.UsageError(texts.in_option("--from, --to", texts.PERIOD_BACKWARDS))
    if (last - first).days > LONGEST_DAYS:
        raise click.UsageError(texts.in_option("--from, --to", texts.PERIOD_TOO_LONG))
    return PlanSettings(hours, first, last, today)


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
