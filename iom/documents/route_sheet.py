"""Everything the printed route says, as plain values; who may see what was decided before a sheet is made."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Variant(StrEnum):
    """Which document is made of one route."""

    FULL = "full"  # every section
    SHORT = "short"  # for the annex of an order: person, deficits, plan
    FINAL = "final"  # report at the end: person, diagnostics, plan, conclusion, repeat


class Section(StrEnum):
    """Sections in their printed order; their numbers follow from what is shown."""

    PERSON = "person"
    SUPPORT = "support"
    DIAGNOSTICS = "diagnostics"
    DEFICITS = "deficits"
    GOALS = "goals"
    PLAN = "plan"
    TOTALS = "totals"
    REVISIONS = "revisions"
    REFLECTION = "reflection"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One electronic decision of the approval block; without a date it is still awaited."""

    role: str
    name: str  # «Б. И. Примеров»
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrderReference:
    """The order that approved the route."""

    issuer: str
    number: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One competency of one attempt; percentages are whole, 0–100, None when nothing may be said."""

    block: str
    competency: str
    percent: int | None
    low: int | None = None  # bounds of the 80 % interval
    high: int | None = None
    level: str = ""  # the verdict or band in words


@dataclass(frozen=True, slots=True)
class DiagnosticRow:
    """One completed diagnostic with its results."""

    name: str
    kind: str = ""
    held_on: date | None = None
    method: str = ""
    stage: str = ""
    results: tuple[ResultRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DeficitRow:
    number: int
    competency: str
    source: str = ""
    priority: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    text: str
    deficits: str = ""  # which deficits it answers; withheld together with them
    expected_result: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One activity of the route; hours are academic."""

    number: int
    title: str
    kind: str
    deficit: str = ""
    task: str = ""
    level: str = ""
    provider: str = ""
    registry_number: str = ""
    form: str = ""
    hours: int = 0
    hours_estimated: bool = False
    start: date | None = None
    end: date | None = None
    supporter: str = ""
    expected_result: str = ""
    evidence_form: str = ""
    status: str = ""
    confirmation: str = ""
    tutor_mark: str = ""
    is_done: bool = False
    is_dropped: bool = False  # stays in the plan as history, counts in no total


@dataclass(frozen=True, slots=True)
class RevisionRow:
    made_on: date
    reason: str
    change: str
    agreed_by: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One competency measured before and after, per cent."""

    competency: str
    before: int | None
    after: int | None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class RouteSheet:
    """One edition of one route, ready to be printed; an empty part is left out or says «нет»."""

    route_number: str
    version: int
    printed_on: date
    school: str
    full_name: str
    start: date | None = None
    end: date | None = None
    variant: Variant = Variant.FULL
    include_results: bool = False
    state: str = ""  # «проект», «утверждён»

    agreements: tuple[Agreement, ...] = ()
    order: OrderReference | None = None

    municipality: str = ""
    position: str = ""
    subjects: tuple[str, ...] = ()
    education: str = ""
    teaching_years: int | None = None
    position_years: int | None = None
    category: str = ""
    category_assigned_on: date | None = None
    last_training_on: date | None = None

    tutor: str = ""
    methodist: str = ""
    mentor: str = ""
    coordinator: str = ""

    diagnostics: tuple[DiagnosticRow, ...] = ()
    deficits: tuple[DeficitRow, ...] = ()
    personal_request: str = ""
    goal: str = ""
    tasks: tuple[TaskRow, ...] = ()
    expected_result: str = ""
    items: tuple[ItemRow, ...] = ()
    points: Decimal | None = None
    revisions: tuple[RevisionRow, ...] = ()
    reflection: str = ""
    tutor_conclusion: str = ""
    changes: tuple[ChangeRow, ...] = ()
    recommendation: str = ""

    method_version: str = ""  # of the scoring behind the results


ALWAYS = {
    Variant.FULL: frozenset(Section) - {Section.TOTALS, Section.REFLECTION, Section.REPEAT},
    Variant.SHORT: frozenset({Section.PERSON, Section.DEFICITS, Section.PLAN}),
    Variant.FINAL: frozenset({Section.PERSON, Section.DIAGNOSTICS, Section.PLAN, Section.REFLECTION, Section.REPEAT}),
}
"""Sections that stand even when empty, so that a reader is told that nothing is there."""

WHEN_FILLED = {
    Variant.FULL: frozenset({Section.TOTALS, Section.REFLECTION, Section.REPEAT}),
    Variant.SHORT: frozenset[Section](),
    Variant.FINAL: frozenset({Section.TOTALS}),
}
RESULTS = frozenset({Section.DIAGNOSTICS, Section.DEFICITS, Section.REPEAT})
"""Sections that speak of what was measured: only with the person's consent."""


def without_results(sheet: RouteSheet) -> RouteSheet:
    """Return the sheet as it may leave without consent: nothing in it tells what was measured or what is lacking.

    The values themselves go, not only their sections, so that a template edited by a centre cannot print them.
    """
    return dataclasses.replace(
        sheet,
        include_results=False,
        diagnostics=(),
        deficits=(),
        personal_request="",
        changes=(),
        recommendation="",
        method_version="",
        tasks=tuple(dataclasses.replace(task, deficits="") for task in sheet.tasks),
        items=tuple(dataclasses.replace(item, deficit="") for item in sheet.items),
    )


def shown_sections(sheet: RouteSheet) -> tuple[Section, ...]:
    """Return the sections that this sheet prints, in order."""
    filled = {
        Section.TOTALS: bool(sheet.items),
        Section.REFLECTION: bool(sheet.reflection or sheet.tutor_conclusion),
        Section.REPEAT: bool(sheet.changes or sheet.recommendation),
    }
    optional = {section for section in WHEN_FILLED[sheet.variant] if filled[section]}
    withheld = frozenset() if sheet.include_results else RESULTS
    return tuple(section for section in Section if section in (ALWAYS[sheet.variant] | optional) - withheld)
