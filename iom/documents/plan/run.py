"""The whole planning command: reads, plans, and writes the workbook, a document a person and the summary."""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from iom.documents.plan import rows, said, texts
from iom.documents.plan.folder import DOCUMENTS, SUMMARY, WORKBOOK, ResultsFolder, results_folder
from iom.documents.plan.people import Desk, PlannedPerson, PlanSettings, make_desk
from iom.documents.plan.pool import plan_all
from iom.documents.plan.reading import read_input
from iom.documents.plan.refusals import NothingToPlan
from iom.documents.plan.sheet import route_sheet
from iom.documents.plan.signals import interrupts_held_back
from iom.documents.plan.summary import Summary, summarise
from iom.documents.plan_workbook import write_plan
from iom.documents.route_docx import render_route_docx

SAFE_NAME = re.compile(r"[^\w.-]+")
NAME_BYTES = 120  # of the code and the name in a file's name; most disks allow 255 for the whole

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]
"""Opens one part of the work: its label and how many steps it has; gives a function told of steps just done."""


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What is to be planned from which files, and where to."""

    results: Path
    staff: Path | None
    catalog: Path
    out: Path
    settings: PlanSettings
    made_at: datetime  # stands in the properties of the workbook


def carry_out(order: PlanOrder, progress: Progress, tell: Callable[[str], object]) -> Summary:
    """Plan for everybody of the files, write the results and return their summary; `tell` gets lines for the person who waits.

    Raises
    ------
    UnreadableFile, CatalogFileError, BrokenTemplate, FolderBusy, BrokenProcessPool, OSError : `refusals` has the words
    NothingToPlan : the table has no row below its headings
    """
    settings = order.settings
    with progress(texts.READING, 1) as advance:
        found = read_input(order.results, order.staff, order.catalog, settings.today)
        advance(1)
    if not found.people and not found.rejected:
        raise NothingToPlan(order.results.name)
    for line in said.about_input(found, order.results.name):
        tell(line)
    with results_folder(order.out) as folder:
        for line in said.about_folder(folder):
            tell(line)
        with progress(texts.PREPARING, 1) as advance:
            desk = make_desk(order.catalog)
            advance(1)
        with progress(texts.PLANNING, len(found.people)) as advance:
            plans = plan_all(found.people, desk, settings, folder.staging, advance)
        summary = summarise(found, plans, desk, settings)
        _write(folder, plans, desk, summary, order, progress)
        with interrupts_held_back():
            folder.publish()
    return summary


def file_names(plans: Sequence[PlannedPerson]) -> list[str]:
    """Return a file name for each person: the number in the file, the code, the name; safe on every disk."""
    width = max(4, len(str(len(plans))))
    return [f"{number:0{width}}_{_name_part(plan)}.docx" for number, plan in enumerate(plans, start=1)]


def _name_part(plan: PlannedPerson) -> str:
    told = SAFE_NAME.sub("_", f"{plan.person.code}_{plan.person.name}").strip("_.")
    return told.encode()[:NAME_BYTES].decode(errors="ignore")


def _write(
    folder: ResultsFolder, plans: Sequence[PlannedPerson], desk: Desk, summary: Summary, order: PlanOrder, progress: Progress
) -> None:
    names = file_names(plans)
    write_plan(
        folder.staging / WORKBOOK,
        people=[rows.person_row(plan, name) for plan, name in zip(plans, names, strict=True)],
        deficits=[row for plan in plans for row in rows.deficit_rows(plan, desk)],
        items=[row for plan in plans for row in rows.item_rows(plan, desk)],
        uncovered=[row for plan in plans for row in rows.uncovered_rows(plan, desk)],
        made_at=order.made_at,
    )
    with progress(texts.WRITING, len(plans)) as advance:
        for plan, name in zip(plans, names, strict=True):
            (folder.staging / DOCUMENTS / name).write_bytes(render_route_docx(route_sheet(plan, desk, order.settings)))
            advance(1)
    text = json.dumps(asdict(summary), ensure_ascii=False, indent=2)
    (folder.staging / SUMMARY).write_text(text + "\n", encoding="utf-8")
