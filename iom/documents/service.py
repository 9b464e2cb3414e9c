"""Builds the sheet that a route is printed from: out of the database, under the policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from iom.accounts.models import Person
from iom.core.actor import Actor
from iom.core.format import date_short, full_name, name_with_initials
from iom.diagnostics import texts as diagnostics_texts
from iom.documents import queries
from iom.documents import service_texts as words
from iom.documents.queries import Facts
from iom.documents.route_sheet import (
    Agreement,
    ChangeRow,
    DeficitRow,
    DiagnosticRow,
    ItemRow,
    OrderReference,
    ResultRow,
    RouteSheet,
    TaskRow,
    Variant,
)
from iom.organizations.kinds import QualificationCategory
from iom.organizations.models import Region
from iom.organizations.texts import QUALIFICATION
from iom.policy import Action
from iom.profiles import page_texts as profile_texts
from iom.profiles import queries as profile_queries
from iom.profiles.kinds import Basis, DeficitKind
from iom.routes import evidence_queries, review_queries
from iom.routes.evidence_models import Evidence
from iom.routes.kinds import ReviewDecision
from iom.routes.models import Route, RouteGoal, RouteItem
from iom.routes.pages import parts
from iom.routes.pages.texts import ITEM_KIND, ITEM_STATUS
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet, the person whose it is, and a name for its file."""

    sheet: RouteSheet
    route: Route
    file_name: str


def route_sheet(session: Session, actor: Actor, route_id: int, variant: Variant, today: date) -> Printed:
    """Return a route as it may be printed for the actor: without the right to the profile nothing that was measured is in it.

    Raises
    ------
    NotFound : no such route, or none that the actor may see
    """
    route, region, rights = review_queries.get_with_rights(session, actor, route_id)
    return _Sheet(session, actor, route, region, Action.PROFILE_VIEW in rights, variant, today).printed()


class _Sheet:
    def __init__(
        self, session: Session, actor: Actor, route: Route, region: Region, with_results: bool, variant: Variant, today: date
    ) -> None:
        self.session, self.actor, self.route, self.variant, self.today = session, actor, route, variant, today
        self.zone, self.with_results = ZoneInfo(region.timezone), with_results
        self.facts: Facts = queries.facts_of(session, route.employee_id, route.school_id)
        self.editions = review_queries.list_editions(session, route.id)
        self.needs = [goal for goal in route.goals if goal.kind is not DeficitKind.REQUEST]

    def printed(self) -> Printed:
        route, person, employee = self.route, self.route.employee.person, self.route.employee
        number = f"{route.starts_on:%y}-{route.id:04d}"
        reflection = evidence_queries.find_reflection(self.session, route.id)
        sheet = RouteSheet(
            route_number=number,
            version=max((version.number for version, _, _ in self.editions), default=1),
            printed_on=self.today,
            school=self.facts.school,
            full_name=full_name(person.first_name, person.last_name, person.middle_name),
            start=route.starts_on,
            end=route.ends_on,
            variant=self.variant,
            include_results=self.with_results,
            state=words.STATE[route.status],
            agreements=self._agreements(person),
            order=self._order(),
            municipality=self.facts.municipality,
            position=self.facts.position,
            subjects=tuple(title.lower() for title in self.facts.subjects),
            education=employee.education,
            teaching_years=_years(employee.experience_start_date, self.today),
            position_years=_years(self.facts.position_since, self.today),
            category=_category(employee.qualification_category),
            category_assigned_on=employee.category_assigned_on,
            tutor=_name(self.facts.tutor),
            methodist=_name(self.facts.methodist),
            coordinator=self.facts.coordinator,
            items=tuple(self._items()),
            reflection="\n".join(part for part in (reflection.what_is_new, reflection.goes_into_work) if part) if reflection else "",
            tutor_conclusion=route.tutor_conclusion,
            goal=words.goal([goal.title for goal in self.needs] if self.with_results else []),
            **(self._results() if self.with_results else {}),
        )
        return Printed(sheet, route, words.route_file(number))

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self.zone).date() if moment else None

    def _agreements(self, person: Person) -> tuple[Agreement, ...]:
        owner = name_with_initials(person.first_name, person.last_name, person.middle_name)
        found = [Agreement(words.TEACHER, owner, self._day(self.route.submitted_at))]
        agreed = {
            review.step: Agreement(words.SIDE[review.step], _initials(reviewer), self._day(review.decided_at))
            for _, review, reviewer in self.editions
            if review is not None and reviewer is not None and review.decision is ReviewDecision.AGREE
        }
        if self.route.status in {RouteStatus.DRAFT, RouteStatus.ON_REVIEW, RouteStatus.RETURNED}:
            agreed = {}
        if self.facts.tutor and not agreed:
            found.append(Agreement(words.SIDE[next(iter(words.SIDE))], _initials(self.facts.tutor)))
        return (*found, *agreed.values())

    def _order(self) -> OrderReference | None:
        found = queries.approving_order(self.session, self.route.id)
        return OrderReference(found[1].short_name, found[0].number, found[0].issued_on) if found else None

    def _items(self) -> list[ItemRow]:
        evidence: dict[int, list[Evidence]] = {}
        for piece in evidence_queries.list_of_route(self.session, self.route.id):
            evidence.setdefault(piece.item_id, []).append(piece)
        ordered = sorted(self.route.items, key=lambda item: (item.starts_on or date.max, item.position))
        return [self._item(number, item, evidence.get(item.id, [])) for number, item in enumerate(ordered, start=1)]

    def _item(self, number: int, item: RouteItem, pieces: Sequence[Evidence]) -> ItemRow:
        accepted = [piece for piece in pieces if piece.status is EvidenceStatus.ACCEPTED]
        offering = item.offering
        return ItemRow(
            number=number,
            title=item.title,
            kind=ITEM_KIND[item.kind][0],
            deficit="; ".join(cover.goal.title for cover in item.covers if cover.per_cent) if self.with_results else "",
            level=words.LEVEL[item.item_level],
            provider=item.provider_name,
            registry_number=item.registry_number if item.registry_kind == "federal" else "",
            form=words.FORM[offering.delivery_form] if offering else "",
            hours=item.hours,
            hours_estimated=item.hours_estimated,
            start=item.starts_on,
            end=item.ends_on,
            supporter=words.SUPPORT.format(name=_initials(self.facts.tutor)) if self.facts.tutor else "",
            expected_result=item.expected_result,
            status=ITEM_STATUS[item.status][0].lower() if self.route.status in _CARRIED_OUT else "",
            confirmation="; ".join(_confirmation(piece) for piece in accepted),
            tutor_mark=words.accepted(date_short(item.done_on)) if item.done_on else "",
            is_done=item.status in parts.DONE,
            is_dropped=item.status is ItemStatus.MOVED,
        )

    def _results(self) -> dict[str, Any]:
        """Return every part that tells what was measured."""
        origins = queries.origins_of(self.session, [goal.deficit_id for goal in self.needs if goal.deficit_id is not None])
        diagnostics, version = self._diagnostics()
        return {
            "personal_request": self.route.personal_request,
            "deficits": tuple(
                DeficitRow(
                    number,
                    goal.title,
                    words.ORIGIN[origins[goal.deficit_id].origin] if goal.deficit_id in origins else "",
                    words.priority(goal.weight),
                )
                for number, goal in enumerate(self.needs, start=1)
            ),
            "tasks": tuple(self._task(number, goal) for number, goal in enumerate(self.needs, start=1)),
            "diagnostics": diagnostics,
            "method_version": version,
            "changes": self._changes(),
        }

    def _task(self, number: int, goal: RouteGoal) -> TaskRow:
        return TaskRow(goal.title, f"{number}", goal.expected_result)

    def _diagnostics(self) -> tuple[tuple[DiagnosticRow, ...], str]:
        found = queries.attempt_with_results(self.session, self.route.attempt_id) if self.route.attempt_id else None
        if found is None:
            return (), ""
        facts, results = found
        row = DiagnosticRow(
            name=facts.title,
            kind=diagnostics_texts.SOURCE[facts.attempt.source],
            held_on=self._day(facts.finished_at),
            method=diagnostics_texts.METHOD[facts.attempt.method],
            stage=diagnostics_texts.STAGE[facts.attempt.stage],
            results=tuple(
                ResultRow(
                    block,
                    result.competency.title,
                    None if result.basis is Basis.SELF else round(result.level),
                    None if result.basis is Basis.SELF else round(result.low),
                    None if result.basis is Basis.SELF else round(result.high),
                    profile_texts.VERDICT[result.verdict],
                )
                for block, result in results
            ),
        )
        return (row,), results[0][1].model_version if results else ""

    def _changes(self) -> tuple[ChangeRow, ...]:
        if self.route.status not in {RouteStatus.COMPLETED, RouteStatus.CLOSED}:
            return ()
        return tuple(
            ChangeRow(
                change.title,
                round(change.before.level),
                round(change.after.level),
                profile_texts.OUTCOME[change.outcome].rstrip(".").lower() if change.outcome else "",
            )
            for change in profile_queries.change_between(self.session, self.route.employee_id)
        )


_CARRIED_OUT = frozenset({RouteStatus.APPROVED, RouteStatus.IN_PROGRESS, RouteStatus.SUSPENDED, RouteStatus.COMPLETED, RouteStatus.CLOSED})


def _category(held: QualificationCategory) -> str:
    return "" if held is QualificationCategory.NONE else QUALIFICATION[held]


def _years(since: date | None, today: date) -> int | None:
    return int((today - since).days / DAYS_A_YEAR) if since else None


def _name(person: Person | None) -> str:
    return full_name(person.first_name, person.last_name, person.middle_name) if person else ""


def _initials(person: Person) -> str:
    return name_with_initials(person.first_name, person.last_name, person.middle_name)


def _confirmation(piece: Evidence) -> str:
    return words.certificate(piece.certificate) if piece.certificate else words.EVIDENCE[piece.kind]
