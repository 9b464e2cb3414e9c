"""One route as those who decide about it read it: steps with reasons, what changed, needs, load, what may not work out, the talk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from iom.accounts.models import Person
from iom.core.actor import Actor
from iom.core.format import initials, short_name
from iom.organizations.models import Region
from iom.policy import Action
from iom.routes import differences, evidence_queries, queries, review_queries, review_texts
from iom.routes.models import Route, RouteComment, RouteItem, RouteReview, RouteVersion
from iom.routes.pages import parts
from iom.routes.pages.parts import ItemPart, MonthPart
from iom.routes.pages.texts import ROUTE_STATUS
from iom.routes.reasons import COVERED
from iom.routes.review_checks import PRESSING, findings
from iom.routes.workflow import FINISHED_ITEMS, RUNNING, ItemStatus, RouteStatus
from iom.support.evidence_parts import EvidencePart, parts_by_item

WITH_EVIDENCE = RUNNING | {RouteStatus.SUSPENDED, RouteStatus.COMPLETED, RouteStatus.CLOSED}

Edition = tuple[RouteVersion, RouteReview | None, Person | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk: a message, or what the system noted."""

    kind: str  # message, system
    text: str
    moment: datetime
    author: str = ""
    initials: str = ""
    is_own: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One item with its reason, its evidence and its talk."""

    part: ItemPart
    why: str
    status: str
    tone: str
    icon: str
    talk: list[Line]
    evidence: list[EvidencePart]
    waiting: list[int]  # keys of the pieces that wait for a decision
    needs_document: bool  # the work ends with a document, and none is there


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need with how far the route is expected to cover it, per cent of its gap."""

    title: str
    coverage: int
    is_covered: bool
    kind: str


@dataclass(frozen=True, slots=True)
class FindingView:
    text: str
    is_pressing: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the page shows."""

    name: str
    status: tuple[str, str, str]
    is_own: bool
    may_talk: bool
    may_decide: bool
    may_accept: bool
    may_close: bool
    may_approve: bool
    may_approve_at_center: bool
    shows_needs: bool
    steps: list[StepView]
    to_accept: list[StepView]
    changes: list[dict[str, str]]
    edition: int
    needs: list[NeedView]
    left_out: list[str]
    findings: list[FindingView]
    months: list[MonthPart]
    hours: str
    hours_done: int
    hours_running: int
    hours_planned: int
    coverage: int
    talk: list[Line]
    previous_id: int | None
    next_id: int | None
    left: int


def build(session: Session, actor: Actor, route: Route, region: Region, rights: frozenset[Action], today: date) -> ReviewPage:
    """Return the page; without the right to the profile nothing in it speaks of what was measured."""
    person = route.employee.person
    editions = review_queries.list_editions(session, route.id)
    comments = queries.list_comments(session, route.id)
    pieces = evidence_queries.list_of_route(session, route.id) if route.status in WITH_EVIDENCE else ()
    shows_needs = Action.PROFILE_VIEW in rights or person.id == actor.person_id
    steps = _Steps(route, actor, comments, parts_by_item(pieces), today, shows_needs=shows_needs).views()
    may_decide = Action.ROUTE_REVIEW in rights and route.status is RouteStatus.ON_REVIEW
    before, after, left = review_queries.neighbours(session, actor, route.id, route.due_on) if may_decide else (None, None, 0)
    may_accept = Action.EVIDENCE_REVIEW in rights and route.status is not RouteStatus.CLOSED
    over = route.status in RUNNING and route.ends_on < today
    months = parts.months_of(route, today, "")
    return ReviewPage(
        name=short_name(person.first_name, person.last_name),
        status=ROUTE_STATUS[route.status],
        is_own=person.id == actor.person_id,
        may_talk=Action.ROUTE_COMMENT in rights,
        may_decide=may_decide,
        may_accept=may_accept,
        may_close=may_accept and (route.status is RouteStatus.COMPLETED or (route.status is RouteStatus.IN_PROGRESS and over)),
        may_approve=Action.ROUTE_APPROVE in rights and route.status is RouteStatus.AGREED,
        may_approve_at_center=Action.ROUTE_APPROVE_CENTER in rights and route.status is RouteStatus.AGREED,
        shows_needs=shows_needs,
        steps=steps,
        to_accept=[step for step in steps if step.waiting] if may_accept else [],
        changes=_changes(route, editions, today),
        edition=max((version.number for version, _, _ in editions), default=1),
        needs=[NeedView(goal.title, min(100, goal.coverage), goal.coverage >= COVERED, str(goal.kind)) for goal in route.goals]
        if shows_needs
        else [],
        left_out=[one.text for one in parts.left_out(route)] if shows_needs else [],
        findings=_findings(route, region, today),
        months=months,
        hours=parts.summary_hours(route),
        hours_done=_hours(route.items, parts.DONE),
        hours_running=_hours(route.items, parts.RUNNING),
        hours_planned=_hours(route.items, frozenset(ItemStatus) - parts.DONE - parts.RUNNING),
        coverage=round(100 * route.coverage),
        talk=_talk(actor, route, comments, editions),
        previous_id=before,
        next_id=after,
        left=left,
    )


def _hours(items: Sequence[RouteItem], statuses: Collection[ItemStatus]) -> int:
    return sum(item.hours for item in items if item.status in statuses)


def _findings(route: Route, region: Region, today: date) -> list[FindingView]:
    if all(item.status in FINISHED_ITEMS for item in route.items) or route.status is RouteStatus.CLOSED:
        return []
    found = findings(route, region.name, today)
    return [FindingView(review_texts.finding(one, today), one.check in PRESSING) for one in found]


def _changes(route: Route, editions: Sequence[Edition], today: date) -> list[dict[str, str]]:
    """Return what a route that was sent again differs in from the edition before."""
    contents = {version.number: version.content for version, _, _ in editions}
    numbers = sorted(contents)
    if len(numbers) < 2 or route.status is not RouteStatus.ON_REVIEW:
        return []
    found = differences.differences(contents[numbers[-2]], contents[numbers[-1]])
    return [review_texts.difference(one, today) for one in found]


class _Steps:
    def __init__(
        self,
        route: Route,
        actor: Actor,
        comments: Sequence[RouteComment],
        evidence: dict[int, list[EvidencePart]],
        today: date,
        *,
        shows_needs: bool,
    ) -> None:
        self.route, self.actor, self.comments, self.evidence, self.today = route, actor, comments, evidence, today
        self.shows_needs = shows_needs
        self.titles = parts.titles_of(route)

    def views(self) -> list[StepView]:
        ordered = sorted(self.route.items, key=lambda item: (item.starts_on or date.max, item.position))
        return [self._view(item) for item in ordered]

    def _view(self, item: RouteItem) -> StepView:
        part = parts.item_part(item, self.titles, self.today)
        facts = item.reason_facts
        need = self.titles.get(facts.get("need", ""), "")
        status, tone, icon = (part.status, part.tone, part.status_icon) if part.is_overdue else review_texts.ITEM_STATUS[item.status]
        pieces = self.evidence.get(item.id, [])
        return StepView(
            part=part,
            why=review_texts.item_reason(item.reason, need, facts.get("before", 0), facts.get("after", 0)) if self.shows_needs else "",
            status=status,
            tone=tone,
            icon=icon,
            talk=[message_line(self.actor, self.route, one) for one in self.comments if one.item_id == item.id],
            evidence=[piece for piece in pieces if not piece.is_withdrawn or self.route.employee.person_id == self.actor.person_id],
            waiting=[piece.id for piece in pieces if piece.waits],
            needs_document=item.kind in review_texts.KIND_WITH_DOCUMENT and not any(piece.fields for piece in pieces),
        )


def message_line(actor: Actor, route: Route, one: RouteComment) -> Line:
    """Return one message; its author must be loaded."""
    author = one.author
    return Line(
        kind="message",
        text=one.text,
        moment=one.created_at,
        author=short_name(author.first_name, author.last_name),
        initials=initials(author.first_name, author.last_name),
        is_own=author.id == actor.person_id,
        role=review_texts.OWNER if author.id == route.employee.person_id else "",
    )


def _talk(actor: Actor, route: Route, comments: Sequence[RouteComment], editions: Sequence[Edition]) -> list[Line]:
    """Return messages about the route as a whole and the decisions about it, in order."""
    lines = [message_line(actor, route, one) for one in comments if one.item_id is None]
    for _, review, person in editions:
        if review is not None and person is not None:
            name = short_name(person.first_name, person.last_name)
            lines.append(Line("system", review_texts.decided(review.step, review.decision, name, review.comment), review.decided_at))
    return sorted(lines, key=lambda line: line.moment)
