"""`iom import`: staff lists and results measured elsewhere, each row with a verdict; 3 when some rows were refused."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from iom.catalog import queries as catalog_queries
from iom.cli import centre_texts, context
from iom.cli.indicators import day_of
from iom.cli.progress import progress
from iom.cli.regions import operator, pick_region, ready_engine
from iom.core import clock
from iom.core.actor import Role
from iom.core.database import open_session
from iom.core.errors import Refused
from iom.core.sheets import SheetError, read_table
from iom.core.sheets.texts import refusal as sheet_refusal
from iom.matching import queries as matching_queries
from iom.organizations.staff_file import StaffFileError
from iom.organizations.staff_file import file_refusal as staff_refusal
from iom.organizations.staff_import import batches
from iom.organizations.staff_import import texts as staff_texts
from iom.organizations.staff_import.kinds import VerdictKind
from iom.profiles import page_texts
from iom.profiles.file_import import Order, RowProblem, Taken, take_over
from iom.profiles.results_file import ResultsFile, ResultsFileError, read_results, rejection
from iom.profiles.results_file import file_refusal as results_refusal

REFUSED_ROWS = 3  # exit code: done, some rows were not taken
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PROBLEM = {
    RowProblem.NOBODY: centre_texts.NOTHING_NAMED,
    RowProblem.SEVERAL: centre_texts.SEVERAL_NAMED,
    RowProblem.NOT_MEASURED: centre_texts.NOT_MEASURED,
    RowProblem.NO_DAY: centre_texts.NO_DAY,
}


@click.group("import")
def import_() -> None:
    """Files of a region: staff lists, results of outside diagnostics."""


def _end(facts: dict[str, Any], lines: list[str], refused: int, as_json: bool) -> None:
    """Say what was done and leave with the code that tells whether all rows were taken."""
    if as_json:
        json.dump(facts, sys.stdout, ensure_ascii=False)
        click.echo()
    else:
        for line in lines:
            click.echo(line)
    if refused:
        sys.exit(REFUSED_ROWS)


@import_.command("staff")
@click.argument("file", type=FILE)
@click.option("--region", metavar="CODE", help="Code of the region; the only one without it.")
@click.option("--dry-run", is_flag=True, help="Check only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def staff(file: Path, region: str | None, dry_run: bool, as_json: bool) -> None:
    """Take over the staff list FILE, XLSX or CSV."""
    with open_session(ready_engine(), writes=True) as session:
        actor = operator(pick_region(session, region), Role.ADMIN)
        try:
            batch = batches.check(session, actor, file.name, file.read_bytes())
        except SheetError as error:
            context.fail(sheet_refusal(error))
        except StaffFileError as error:
            context.fail(staff_refusal(error))
        lines, counts = batch.verdicts, batch.counts
        if not dry_run:
            if not batches.confirm(session, actor, batch.id).is_written:
                context.fail(centre_texts.CHANGED_SINCE)
            session.commit()
    refused = [line for line in lines if line["kind"] == VerdictKind.REFUSED]
    facts = {
        "file": file.name,
        "written": not dry_run,
        "counts": {str(kind): counts[str(kind)] for kind in VerdictKind},
        "rows": [_row(line) for line in lines],
    }
    words = [staff_texts.sentence(line) for line in refused] + [centre_texts.staff_counts(counts)]
    _end(facts, words + ([centre_texts.CHECKED_ONLY] if dry_run else []), len(refused), as_json)


def _row(line: dict[str, Any]) -> dict[str, Any]:
    reason = staff_texts.sentence(line) if line["kind"] == VerdictKind.REFUSED else ""
    return {"row": line["row"], "verdict": line["kind"], "reason": line["reason"], "column": line["column"], "message": reason}


@import_.command("results")
@click.argument("file", type=FILE)
@click.option("--region", metavar="CODE", help="Code of the region; the only one without it.")
@click.option("--source", metavar="NAME", help="What the outside diagnostic is called; the file's name without it.")
@click.option("--date", "day", metavar="DATE", callback=day_of, help="Day of results whose rows give none.")
@click.option("--dry-run", is_flag=True, help="Check only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def results(file: Path, region: str | None, source: str | None, day: date | None, dry_run: bool, as_json: bool) -> None:
    """Take over results of an outside diagnostic from FILE, XLSX or CSV."""
    with open_session(ready_engine(), writes=True) as session:
        found = pick_region(session, region)
        read = _read(session, file, clock.today(found.timezone))
        try:
            with progress(centre_texts.TAKING, len(read.people)) as advance:
                taken = take_over(session, None, read, Order(found.id, source or file.stem, day), clock.now(), advance)
        except Refused as error:
            context.fail(page_texts.REFUSAL.get(error.reason, error.reason))
        if not dry_run:
            session.commit()
    rejected = [*read.rejected, *read.rejected_cells]
    left = [{"rows": list(item.rows), "who": item.who, "reason": str(item.problem), "message": _left(item)} for item in taken.left]
    facts = _facts(file, taken, dry_run) | {
        "rejected": [{"row": item.row, "column": item.column, "reason": str(item.reason), "message": rejection(item)} for item in rejected],
        "left": left,
    }
    refused = len(rejected) + len(left)
    counts = centre_texts.results_counts(taken.people, taken.new, taken.corrected, taken.same, refused)
    words = [*(rejection(item) for item in rejected), *(item["message"] for item in left), counts]
    _end(facts, [str(word) for word in words] + ([centre_texts.CHECKED_ONLY] if dry_run else []), refused, as_json)


def _read(session: Session, file: Path, today: date) -> ResultsFile:
    """Return the file as read, or leave with the sentence that says why it cannot be."""
    try:
        framework = catalog_queries.active_framework(session)
        return read_results(read_table(file, file.name), matching_queries.competency_records(session, framework.id), today)
    except SheetError as error:
        context.fail(sheet_refusal(error))
    except ResultsFileError as error:
        context.fail(results_refusal(error))
    except LookupError:
        context.fail(centre_texts.NO_FRAMEWORK)


def _facts(file: Path, taken: Taken, dry_run: bool) -> dict[str, Any]:
    counts = {"people": taken.people, "new": taken.new, "corrected": taken.corrected, "same": taken.same}
    return {"file": file.name, "written": not dry_run, "counts": counts}


def _left(item: Any) -> str:
    return PROBLEM[item.problem].format(who=item.who)
