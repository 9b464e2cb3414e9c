"""The first screen of a teacher: what is the next step, the year by months, the steps."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from iom.profiles import queries as profile_queries
from iom.routes import queries
from iom.routes.models import Order, Route, RouteComment, RouteReview
from iom.routes.pages import parts
from iom.routes.pages.parts import DONE, ItemPart, MonthPart
from iom.routes.workflow import FINISHED_ITEMS, RUNNING, ItemStatus, RouteStatus

SUMMER = (6, 7, 8)
SEPTEMBER = 9
MAY_END = (5, 31)
TOO_SHORT_DAYS = 60  # less is left of the year: plan the next one


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Steps that begin in one month."""

    anchor: str
    month: int
    hours: int
    is_now: bool
    items: list[ItemPart]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the page shows."""

    state: str  # which next-step card: a RouteStatus, or none, needs_only
    next_item: ItemPart | None
    months: list[MonthPart]
    groups: list[MonthGroup]
    done_hours: int
    running_hours: int
    planned_hours: int
    total_hours: int
    done_items: int
    order: Order | None
    last_return: RouteReview | None
    comments: list[RouteComment]
    has_attempt: bool
    has_needs: bool
    closed: list[Route]
    all_finished: bool


def build(session: Session, employee_id: int, route: Route | None, today: date) -> HomePage:
    """Return the page of a live route, or of a person without one."""
    items = route.items if route else []
    titles = parts.titles_of(route) if route else {}
    shown = sorted((parts.item_part(item, titles, today) for item in items), key=by_date)
    waiting = [part for part in shown if part.item.status not in FINISHED_ITEMS | {ItemStatus.SUBMITTED}]
    running = bool(route and route.status in RUNNING)
    reviews = queries.list_reviews(session, route.id) if route else []
    returned = [review for review in reviews if review.decision == "return"]
    return HomePage(
        state=str(route.status) if route else "none",
        next_item=_next(waiting) if running else None,
        months=parts.months_of(route, today, "") if route else [],
        groups=_groups(shown, today),
        done_hours=sum(part.item.hours for part in shown if part.item.status in DONE),
        running_hours=sum(part.item.hours for part in shown if part.item.status in parts.RUNNING),
        planned_hours=sum(part.item.hours for part in shown if part.item.status not in DONE | parts.RUNNING),
        total_hours=parts.hours_of(items),
        done_items=sum(part.item.status in DONE for part in shown),
        order=queries.find_approving_order(session, route.id) if route else None,
        last_return=returned[-1] if returned and route and route.status is RouteStatus.RETURNED else None,
        comments=list(queries.list_comments(session, route.id))[-3:] if route else [],
        has_attempt=profile_queries.latest_scored_attempt(session, employee_id) is not None if route is None else True,
        has_needs=bool(profile_queries.open_needs(session, employee_id)) if route is None else True,
        closed=list(queries.list_closed(session, employee_id)) if route is None else [],
        all_finished=bool(shown) and all(part.item.status in FINISHED_ITEMS for part in shown),
    )


def by_date(part: ItemPart) -> tuple[date, int]:
    """Return the place of a step in the order of the year; steps without dates stand last."""
    return parts.by_day(part.item)


def _next(waiting: list[ItemPart]) -> ItemPart | None:
    """Return what to do next: something returned first, then what goes on, then what begins first."""
    returned = [part for part in waiting if part.item.status is ItemStatus.RETURNED]
    return next(iter(returned or waiting), None)


def _groups(shown: list[ItemPart], today: date) -> list[MonthGroup]:
    groups = []
    for first, items in groupby(shown, key=lambda part: (part.item.starts_on or today).replace(day=1)):
        listed = list(items)
        groups.append(
            MonthGroup(
                anchor=f"m-{first.year}-{first.month}",
                month=first.month,
                hours=sum(part.item.hours for part in listed),
                is_now=(first.year, first.month) == (today.year, today.month),
                items=listed,
            )
        )
    return groups


def default_period(today: date) -> tuple[date, date]:
    """Return the rest of the school year; in summer the next one from September."""
    if today.month in SUMMER:
        return date(today.year, SEPTEMBER, 1), date(today.year + 1, *MAY_END)
    end_year = today.year + 1 if today.month >= SEPTEMBER else today.year
    end = date(end_year, *MAY_END)
    if (end - today).days < TOO_SHORT_DAYS:
        return date(today.year, SEPTEMBER, 1), date(today.year + 1, *MAY_END)
    return today, end
