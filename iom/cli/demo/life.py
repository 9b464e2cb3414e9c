"""Lets the demo region live: results, self-diagnostics, routes in every state, evidence; all through the services, seeded."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from iom.accounts.consents import Decide, decide
from iom.accounts.kinds import ConsentKind
from iom.cli.demo import texts
from iom.cli.demo.region import DemoRegion
from iom.core.actor import Actor, Role
from iom.core.errors import Refused
from iom.diagnostics import queries as diagnostics
from iom.diagnostics import service as taking
from iom.diagnostics.models import Diagnostic, DiagnosticCampaign
from iom.diagnostics.service import SaveAnswers, SentAnswer, StartAttempt
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee
from iom.profiles.finishing import FinishAttempt, finish_attempt
from iom.profiles.importing import ImportedRow, import_results
from iom.profiles.service import WriteRequest, write_request
from iom.routes import building, finishing, ordering, reviewing
from iom.routes.building import MakeRoute
from iom.routes.finishing import CloseRoute, CompleteRoute, MarkItem
from iom.routes.kinds import EvidenceKind, ReviewDecision
from iom.routes.models import Route
from iom.routes.ordering import ApproveByOrder
from iom.routes.reviewing import ReviewRoute, SubmitRoute
from iom.routes.workflow import ItemStatus
from iom.support import evidencing
from iom.support.evidencing import ReviewEvidence, SubmitEvidence

SEED = 2026
EXTERNAL_DAY = date(2026, 9, 15)
PERIOD = (date(2026, 10, 1), date(2027, 5, 31))
HOURS = (36, 54, 72, 72, 108, 144)
TEACHER_CODES = ("ME.1", "ME.2", "ME.3", "PP.1", "PP.2", "KO.1", "FG.1", "FG.6", "FS.2", "CI.1", "CI.2", "IN.1")
MANAGER_CODES = ("UP.1", "UP.2", "UP.3", "UP.5", "KO.2", "FS.2", "CI.4", "NM.1")
SHOWN = "T0001"  # the teacher whose running route a visitor sees first
FRESH = frozenset({"T0002", "T0004"})  # left for the visitor: nothing begun


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a share of the people has come."""

    name: str
    share: float


STAGES = (
    Stage("nothing", 0.10),
    Stage("profile", 0.15),
    Stage("draft", 0.10),
    Stage("on_review", 0.15),
    Stage("returned", 0.05),
    Stage("agreed", 0.15),
    Stage("approved", 0.10),
    Stage("in_progress", 0.15),
    Stage("closed", 0.05),
)
ORDER = [stage.name for stage in STAGES]


class DemoLife:
    """Plays the year of the demo region."""

    def __init__(self, session: Session, region: DemoRegion, diagnostic: Diagnostic, catalog_dir: Path, now: datetime) -> None:
        self.session = session
        self.region = region
        self.diagnostic = diagnostic
        self.catalog_dir = catalog_dir
        self.now = now
        self.rng = random.Random(SEED)  # noqa: S311 - invented answers, no secret
        self.routes: dict[str, Route] = {}
        self.stages = self._stages()

    def play(self, advance: Callable[[int], object]) -> None:
        """Let everybody come as far as their stage."""
        self.session.add(
            DiagnosticCampaign(
                region_id=self.region.region.id,
                diagnostic_id=self.diagnostic.id,
                title=texts.CAMPAIGN,
                starts_on=date(2026, 9, 1),
                ends_on=date(2026, 12, 25),
                audience={},
            )
        )
        self.session.flush()
        codes = list(self.region.employees)
        for code in codes:
            self._learn(code)
            self._plan(code)
            advance(1)
        self._orders()
        for code in codes:
            self._carry_out(code)

    def _stages(self) -> dict[str, str]:
        stages: dict[str, str] = {}
        for code in self.region.employees:
            point, total = self.rng.random(), 0.0
            for stage in STAGES:
                total += stage.share
                if point <= total:
                    break
            stages[code] = stage.name
        return stages | dict.fromkeys(FRESH, "nothing") | {SHOWN: "in_progress"}

    def _reached(self, code: str, stage: str) -> bool:
        if stage == "returned":
            return self.stages[code] == "returned"
        return ORDER.index(self.stages[code]) >= ORDER.index(stage)

    def actor_of(self, code: str) -> Actor:
        """Return the employee acting for themselves."""
        employee = self.region.employees[code]
        return Actor(employee.person_id, employee.region_id, Role.EMPLOYEE, employee_id=employee.id)

    def tutor_of(self, code: str) -> Actor:
        """Return the tutor who accompanies the employee."""
        return Actor(self.region.tutors[code], self.region.region.id, Role.TUTOR)

    def _learn(self, code: str) -> None:
        if self.stages[code] == "nothing":
            return
        employee, actor = self.region.employees[code], self.actor_of(code)
        version = texts.CONSENT_VERSION
        for kind in (ConsentKind.PERSONAL_DATA, ConsentKind.DIAGNOSTICS):
            decide(self.session, actor, Decide(kind, is_given=True, version=version, current_version=version))
        if code == SHOWN or self.rng.random() < 0.75:
            import_results(self.session, None, employee.id, texts.EXTERNAL, self._results(employee), self.now)
        if code == SHOWN or self.rng.random() < 0.5:
            self._self_diagnostic(actor)
        if self.rng.random() < 0.3 or code == SHOWN:
            write_request(self.session, actor, WriteRequest(self.rng.choice(texts.REQUESTS)), self.now)

    def _results(self, employee: Employee) -> list[ImportedRow]:
        pool = MANAGER_CODES if employee.category is EmployeeCategory.MANAGER else TEACHER_CODES
        ability = self.rng.gauss(62, 12)
        chosen = self.rng.sample(pool, k=min(len(pool), 8))
        return [
            ImportedRow(competency, float(min(98, max(5, round(self.rng.gauss(ability, 16))))), EXTERNAL_DAY, self.rng.choice((10, 12, 20)))
            for competency in chosen
        ]

    def _self_diagnostic(self, actor: Actor) -> None:
        attempt = taking.start(
            self.session, actor, StartAttempt(self.diagnostic.id, (self.now - timedelta(days=40)).date()), self.now - timedelta(days=40)
        )
        own = diagnostics.get_own_attempt(self.session, actor, attempt.id)
        leaning = self.rng.gauss(1.6, 0.5)
        answers = tuple(
            SentAnswer(item_id, (str(min(3, max(0, round(self.rng.gauss(leaning, 0.9))))),))
            for block in diagnostics.progress(self.session, own).blocks
            for item_id in block.item_ids
        )
        taking.save_answers(self.session, actor, SaveAnswers(attempt.id, answers), self.now - timedelta(days=40))
        finish_attempt(self.session, actor, FinishAttempt(attempt.id), self.now - timedelta(days=40))

    def _plan(self, code: str) -> None:
        if not self._reached(code, "draft"):
            return
        actor, employee = self.actor_of(code), self.region.employees[code]
        try:
            route = building.make(
                self.session, actor, MakeRoute(employee.id, 144 if code == SHOWN else self.rng.choice(HOURS), *PERIOD), self.catalog_dir
            )
        except Refused:
            self.stages[code] = "profile"
            return
        self.session.flush()
        if not route.items:
            self.stages[code] = "draft"
            return
        self.routes[code] = route
        if not self._reached(code, "on_review"):
            return
        reviewing.submit(self.session, actor, SubmitRoute(route.id, route.version))
        self.session.flush()
        if self.stages[code] == "returned":
            self._review(code, ReviewDecision.RETURN, texts.RETURN_COMMENT)
        elif self._reached(code, "agreed"):
            self._review(code, ReviewDecision.AGREE, "")

    def _review(self, code: str, decision: ReviewDecision, comment: str) -> None:
        route = self.routes[code]
        reviewing.review(self.session, self.tutor_of(code), ReviewRoute(route.id, route.version, decision, comment))
        self.session.flush()

    def _orders(self) -> None:
        for number, (school, head) in enumerate(self.region.heads.items(), start=1):
            chosen = {
                route.id: route.version
                for code, route in self.routes.items()
                if self._reached(code, "approved")
                and self.region.school_of[code] == school
                and self.region.employees[code].person_id != head.person_id
            }
            if chosen:
                ordering.approve(self.session, head, ApproveByOrder(texts.order_number(number), date(2026, 10, 5), chosen))
                self.session.flush()

    def _carry_out(self, code: str) -> None:
        route = self.routes.get(code)
        if route is None or route.status != "approved" or not self._reached(code, "in_progress"):
            return
        actor, tutor = self.actor_of(code), self.tutor_of(code)
        done = len(route.items) if self.stages[code] == "closed" else max(1, len(route.items) // 2)
        for item in route.items[:done]:
            finishing.mark(self.session, actor, MarkItem(item.id, ItemStatus.IN_PROGRESS))
            evidence = evidencing.submit(
                self.session, actor, SubmitEvidence(item.id, EvidenceKind.TEXT, text=self.rng.choice(texts.REPORTS))
            )
            if self.stages[code] == "closed" or item is not route.items[done - 1]:
                evidencing.review(self.session, tutor, ReviewEvidence(item.id, frozenset({evidence.id}), accept=True, comment=""))
        if self.stages[code] == "closed":
            finishing.complete(
                self.session, actor, CompleteRoute(route.id, texts.REFLECTION_NEW, texts.REFLECTION_USE, leave_unfinished=False)
            )
            finishing.close(self.session, tutor, CloseRoute(route.id, texts.CONCLUSION))
        self.session.flush()
