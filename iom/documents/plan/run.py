"""Plans everybody of a file on all processors and writes the workbook, a document a person and the summary."""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from iom.documents.plan import rows, texts
from iom.documents.plan.people import Desk, PersonInput, PlannedPerson, PlanSettings, make_desk, plan_person
from iom.documents.plan_workbook import write_plan
from iom.documents.route_docx import render_route_docx

CHUNK = 10  # people given to a process at once: enough to pay for the journey, few enough for even progress
SAFE_NAME = re.compile(r"[^\w.-]+")

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]
"""Opens one part of the work: its label and how many steps it has; gives a function told of steps just done."""


@dataclass(frozen=True)
class Planned:
    """Everybody's plans, in the order of the file."""

    plans: tuple[PlannedPerson, ...]
    desk: Desk
    settings: PlanSettings


@dataclass
class Summary:
    """What `summary.json` says."""

    people: int = 0
    deficits: int = 0
    routes: int = 0
    items: int = 0
    hours: int = 0
    covered_share: float | None = None  # of all deficits, covered by 60 per cent or more
    uncovered: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)


_desk: Desk | None = None


def _prepare(catalog_dir: str) -> None:
    global _desk  # each process of the pool makes the catalog ready once
    _desk = make_desk(Path(catalog_dir))


def _plan(people: Sequence[PersonInput], settings: PlanSettings) -> list[PlannedPerson]:
    assert _desk is not None
    return [plan_person(person, _desk, settings) for person in people]


def plan_everybody(people: Sequence[PersonInput], catalog_dir: Path, settings: PlanSettings, progress: Progress) -> Planned:
    """Return the plans of all people.

    Raises
    ------
    CatalogFileError : a file of the catalog cannot be read
    """
    with progress(texts.PREPARING, 1) as advance:
        desk = make_desk(catalog_dir)
        advance(1)
    found: dict[int, list[PlannedPerson]] = {}
    with progress(texts.PLANNING, len(people)) as advance:
        for start, plans in _chunks(people, catalog_dir, desk, settings):
            found[start] = plans
            advance(len(plans))
    return Planned(tuple(plan for start in sorted(found) for plan in found[start]), desk, settings)


def _chunks(
    people: Sequence[PersonInput], catalog_dir: Path, desk: Desk, settings: PlanSettings
) -> Iterator[tuple[int, list[PlannedPerson]]]:
    workers = min(os.cpu_count() or 1, (len(people) + CHUNK - 1) // CHUNK)
    if workers <= 1:
        for number, person in enumerate(people):
            yield number, [plan_person(person, desk, settings)]
        return
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(str(catalog_dir),)) as pool:
        jobs = {pool.submit(_plan, people[start : start + CHUNK], settings): start for start in range(0, len(people), CHUNK)}
        for job in as_completed(jobs):
            yield jobs[job], job.result()


def summarise(planned: Planned, rejected: list[dict[str, Any]]) -> Summary:
    """Return the sums; each uncovered need with how many people have it and why."""
    needs = sum(len(plan.needs) for plan in planned.plans)
    covered = sum(len(plan.proposal.covered) for plan in planned.plans)
    return Summary(
        people=len(planned.plans),
        deficits=needs,
        routes=sum(bool(plan.proposal.items) for plan in planned.plans),
        items=sum(len(plan.proposal.items) for plan in planned.plans),
        hours=sum(plan.proposal.hours for plan in planned.plans),
        covered_share=round(covered / needs, 4) if needs else None,
        uncovered=[
            {
                "person": plan.person.code,
                "competency": need.code,
                "percent": need.percent,
                "reason": str(need.reason),
                "obstacles": [str(obstacle) for obstacle in need.obstacles],
                "text": rows.reason_of(need, planned.desk),
            }
            for plan in planned.plans
            for need in plan.proposal.uncovered
        ],
        rejected=rejected,
    )


def file_names(plans: Sequence[PlannedPerson]) -> list[str]:
    """Return a file name for each person: the number in the file, the code, the name; safe on every disk."""
    width = len(str(len(plans)))
    return [
        f"{number:0{width}}_{SAFE_NAME.sub('_', f'{plan.person.code}_{plan.person.name}').strip('_.')[:60]}.docx"
        for number, plan in enumerate(plans, start=1)
    ]


def write(planned: Planned, summary: Summary, out: Path, made_at: datetime, progress: Progress) -> None:
    """Write routes.xlsx, the documents and summary.json; the summary last, so that its presence means that all is there."""
    out.mkdir(parents=True, exist_ok=True)
    documents = out / "routes"
    documents.mkdir(exist_ok=True)
    names = file_names(planned.plans)
    desk, plans = planned.desk, planned.plans
    write_plan(
        out / "routes.xlsx",
        people=[rows.person_row(plan, name) for plan, name in zip(plans, names, strict=True)],
        deficits=[row for plan in plans for row in rows.deficit_rows(plan, desk)],
        items=[row for plan in plans for row in rows.item_rows(plan, desk)],
        uncovered=[row for plan in plans for row in rows.uncovered_rows(plan, desk)],
        made_at=made_at,
    )
    with progress(texts.WRITING, len(plans)) as advance:
        for plan, name in zip(plans, names, strict=True):
            sheet = rows.route_sheet(plan, desk, planned.settings, plan.person.code)
            (documents / name).write_bytes(render_route_docx(sheet))
            advance(1)
    text = json.dumps(vars(summary), ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")
