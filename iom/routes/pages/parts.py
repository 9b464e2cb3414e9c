"""Views of a route's parts ready for a template: words, tones, sums; no queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iom.core.format import months_period, period
from iom.routes.curve import CurvePoint
from iom.routes.edits import Swap
from iom.routes.models import Route, RouteGoal, RouteItem
from iom.routes.months import load_by_month
from iom.routes.pages import texts
from iom.routes.planning import Planning
from iom.routes.reasons import COVERED, UncoveredReason
from iom.routes.workflow import FINISHED_ITEMS, ItemStatus
from iom.routes.workflow import RUNNING as ACTIVE

STRONG, NOTICEABLE = 60, 30  # per cent of a gap: three dots, two dots
_FOUR_DAYS = timedelta(days=4)  # from the 28th always into the next month
DONE = frozenset({ItemStatus.DONE, ItemStatus.DONE_UNCONFIRMED})
RUNNING = frozenset({ItemStatus.IN_PROGRESS, ItemStatus.ENROLLED, ItemStatus.SUBMITTED, ItemStatus.RETURNED})


@dataclass(frozen=True, slots=True)
class CoverPart:
    name: str
    strength: int  # 1 a little, 2 noticeable, 3 strong


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One item as a step of the builder or of the timeline."""

    item: RouteItem
    kind: str
    kind_icon: str
    when: str
    place: str
    why: str
    covered: list[CoverPart]
    status: str
    tone: str
    status_icon: str
    is_overdue: bool
    notes: list[str]


@dataclass(frozen=True, slots=True)
class MonthPart:
    month: int
    year: int
    url: str
    hours: dict[str, float]
    is_now: bool
    mark: str = ""
    mark_short: str = ""


@dataclass(frozen=True, slots=True)
class HoursOption:
    hours: int
    coverage: int
    text: str
    gain: int | None
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    text: str
    url: str = ""
    link: str = ""


def item_part(item: RouteItem, titles: dict[str, str], today: date) -> ItemPart:
    """Return an item in words; `titles` gives the title of a need by its code."""
    kind, icon = texts.ITEM_KIND[item.kind]
    overdue = (
        item.route.status in ACTIVE
        and item.ends_on is not None
        and item.ends_on < today
        and item.status not in FINISHED_ITEMS | {ItemStatus.SUBMITTED}
    )
    status, tone, status_icon = texts.OVERDUE if overdue else texts.ITEM_STATUS[item.status]
    facts = item.reason_facts
    return ItemPart(
        item=item,
        kind=kind,
        kind_icon=icon,
        when=when_of(item, today),
        place=item.provider_name,
        why=texts.item_reason(item.reason, titles.get(facts.get("need", ""), ""), facts.get("before", 0), facts.get("after", 0)),
        covered=[CoverPart(cover.goal.title, strength_of(cover.per_cent)) for cover in item.covers if cover.per_cent],
        status=status,
        tone=tone,
        status_icon=status_icon,
        is_overdue=overdue,
        notes=[texts.NOTE_TEXT[note] for note in facts.get("notes", []) if note in texts.NOTE_TEXT],
    )


def by_day(item: RouteItem) -> tuple[date, int]:
    """Return what puts items into the order of their first days."""
    return item.starts_on or date.max, item.position


def when_of(item: RouteItem, today: date) -> str:
    """Return exact days of a run, or the months that we propose."""
    if item.starts_on is None or item.ends_on is None:
        return ""
    if item.has_fixed_dates:
        return period(item.starts_on, item.ends_on, today.year)
    return months_period(item.starts_on, item.ends_on, today.year)


def strength_of(per_cent: int) -> int:
    """Return one to three dots."""
    return 3 if per_cent >= STRONG else 2 if per_cent >= NOTICEABLE else 1


def titles_of(route: Route) -> dict[str, str]:
    """Return the titles of the route's needs by their codes."""
    return {(goal.competency.code if goal.competency else "request"): goal.title for goal in route.goals}


def left_out(route: Route) -> list[LeftOut]:
    """Return every need below the line with its reason."""
    titles = titles_of(route)
    below = [goal for goal in route.goals if goal.coverage < COVERED]
    postponed = [goal.title for goal in below if goal.reason == UncoveredReason.POSTPONED]
    answered = [LeftOut(_why_not(goal, titles)) for goal in below if goal.reason != UncoveredReason.POSTPONED]
    return [*answered, LeftOut(texts.postponed(postponed))] if postponed else answered


def _why_not(goal: RouteGoal, titles: dict[str, str]) -> str:
    facts = goal.reason_facts
    winners = ", ".join(f"«{titles[code]}»" for code in facts.get("winners", []) if code in titles)
    return texts.uncovered(
        goal.title,
        goal.coverage,
        goal.reason,
        winners=winners,
        obstacles=facts.get("obstacles", []),
        eligibility=facts.get("eligibility", []),
        needed=facts.get("needed"),
    )


def hours_of(items: Iterable[RouteItem]) -> int:
    """Return all hours of the items, estimated ones included."""
    return sum(item.hours for item in items)


def months_of(route: Route, today: date, url: str) -> list[MonthPart]:
    """Return the months of the period with hours done, going on and ahead."""
    parts: dict[date, dict[str, float]] = {}
    month = route.starts_on.replace(day=1)
    while month <= route.ends_on:
        parts[month] = {}
        month = (month.replace(day=28) + _FOUR_DAYS).replace(day=1)
    for item in route.items:
        if item.starts_on is None or item.ends_on is None:
            continue
        state = "done" if item.status in DONE else "running" if item.status in RUNNING else "planned"
        for first, share in load_by_month({str(item.id): (item.starts_on, item.ends_on)}, {str(item.id): item.hours}).items():
            hours = parts.setdefault(first, {})
            hours[state] = hours.get(state, 0.0) + share
    return [
        MonthPart(
            month=first.month,
            year=first.year,
            url=f"{url}#m-{first.year}-{first.month}",
            hours={state: round(value) for state, value in hours.items()},
            is_now=(first.year, first.month) == (today.year, today.month),
        )
        for first, hours in sorted(parts.items())
    ]


def curve_options(points: Sequence[CurvePoint], needs: int) -> list[HoursOption]:
    """Return the rows of the choice of hours with the gain over the row before."""
    options: list[HoursOption] = []
    for point in points:
        coverage = round(100 * point.share)
        gain = coverage - options[-1].coverage if options else None
        options.append(HoursOption(point.hours, coverage, texts.option_text(point.covered, needs, len(point.items)), gain))
    return options


def summary_hours(route: Route) -> str:
    """Return the sum of hours with its sign of estimate."""
    return texts.summed_hours(hours_of(route.items), is_estimate=any(item.hours_estimated for item in route.items))


@dataclass(frozen=True, slots=True)
class SwapPart:
    """A replacement with its effect in words."""

    candidate_id: str
    title: str
    provider: str
    hours: int
    hours_estimated: bool
    hours_delta: int
    coverage_before: int
    coverage_after: int
    changes: list[tuple[str, int, int]]


def swap_parts(swaps: Sequence[Swap], planning: Planning, titles: dict[str, str]) -> list[SwapPart]:
    """Return replacements ready to be chosen from."""
    found = []
    for swap in swaps:
        choice = planning.selection.choices[str(swap.id)]
        record = planning.shelf.library.offers[choice.offering_code].record
        found.append(
            SwapPart(
                candidate_id=str(swap.id),
                title=record.title,
                provider=record.provider,
                hours=choice.hours,
                hours_estimated=choice.hours_estimated,
                hours_delta=swap.hours_delta,
                coverage_before=round(100 * swap.share_before),
                coverage_after=round(100 * swap.share_after),
                changes=[(titles.get(change.code, change.code), change.before, change.after) for change in swap.changes],
            )
        )
    return found
