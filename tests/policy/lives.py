"""What a teacher of the matrix's world has: results, needs, a route in one of its states, evidence, an order."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from iom.accounts.kinds import ConsentKind, ConsentState, SharedPart
from iom.accounts.models import Consent, Person, Sharing
from iom.catalog.kinds import (
    DeliveryForm,
    Funding,
    HoursBasis,
    LinkOrigin,
    LinkState,
    LinkStrength,
    OfferingKind,
    ProgramType,
)
from iom.catalog.models import Offering, OfferingCompetency
from iom.core.actor import Actor, Role
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import AttemptAnswer, CompetencyResult, DiagnosticAttempt, DiagnosticCampaign
from iom.integrations.file_store import LocalFileStore
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.models import Employee, Employment, Provider, Region, School
from iom.profiles.kinds import Basis, DeficitKind, DeficitOrigin, Verdict
from iom.profiles.models import Deficit, PersonalRequest, ProfileEntry
from iom.routes.evidence_models import Evidence, StoredFile
from iom.routes.freezing import freeze
from iom.routes.kinds import ClosingOutcome, EvidenceKind, ItemKind, ReviewDecision, ReviewStep, VersionReason
from iom.routes.models import Order, OrderRoute, Route, RouteComment, RouteEvent, RouteGoal, RouteItem, RouteItemCover, RouteReview
from iom.routes.workflow import APPROVED_OR_LATER, EvidenceStatus, ItemStatus, RouteStatus
from tests.cast import START
from tests.diagnostics.samples import Bank

STATES = {
    "none": None,
    "draft": RouteStatus.DRAFT,
    "on_review": RouteStatus.ON_REVIEW,
    "agreed": RouteStatus.AGREED,
    "running": RouteStatus.IN_PROGRESS,
    "completed": RouteStatus.COMPLETED,
    "closed": RouteStatus.CLOSED,
}
"""States of a person by the state of their route."""

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MEASURED = {
    "basis": Basis.OBJECTIVE, "n_answers": 12, "t": -0.4, "se": 0.3, "level": 41.0, "level_se": 6.0, "low": 33.0, "high": 49.0,
    "p_below": 0.97, "severity": 0.4, "kappa": 60.0, "verdict": Verdict.DEFICIT, "self_level": None, "gap": None, "raw_percent": None,
    "model_version": "m1",
}  # fmt: skip


@dataclass(frozen=True)
class Shelves:
    """What belongs to nobody in particular: instruments, offerings, the campaign."""

    bank: Bank
    offerings: dict[str, Offering]
    campaign: DiagnosticCampaign

    @property
    def keys(self) -> dict[str, int]:
        others = {
            "campaign_id": self.campaign.id,
            "competency_id": self.bank.competencies["ME.1"].id,
            "offering_version": self.offerings["own"].version,
        }
        return {f"{name}_offering_id": row.id for name, row in self.offerings.items()} | others


@dataclass(frozen=True)
class Life:
    """The keys of what one teacher has."""

    employee_id: int
    values: dict[str, str]


def stock_shelves(session: Session, region: Region, other: Region, provider: Provider, bank: Bank) -> Shelves:
    """Make the catalog of the world: public, of the own region and of another, and a campaign."""
    offerings = {
        "public": _offering("P1", None, provider),
        "second": _offering("P2", None, provider),
        "own": _offering("P3", region, provider),
        "foreign": _offering("P4", other, provider),
    }
    session.add_all(offerings.values())
    campaign = DiagnosticCampaign(
        region_id=region.id,
        diagnostic_id=bank.diagnostic.id,
        title="Осень",
        starts_on=date(2026, 9, 1),
        ends_on=date(2099, 1, 1),
        audience={},
    )
    session.add(campaign)
    session.flush()
    for row in offerings.values():
        for code in ("ME.1", "ME.2"):
            session.add(
                OfferingCompetency(
                    offering_id=row.id,
                    competency_id=bank.competencies[code].id,
                    strength=LinkStrength.MAIN,
                    origin=LinkOrigin.EXPERT,
                    state=LinkState.CONFIRMED,
                    decided_at=START,
                )
            )
    session.flush()
    return Shelves(bank, offerings, campaign)


def _offering(code: str, region: Region | None, provider: Provider) -> Offering:
    return Offering(
        region_id=region.id if region else None,
        code=code,
        kind=OfferingKind.PROGRAM,
        program_type=ProgramType.UPSKILLING,
        title=f"Программа {code}",
        annotation="Проектирование урока и оценивание результатов",
        audience="учителя",
        provider_id=provider.id,
        hours=18,
        hours_basis=HoursBasis.KNOWN,
        planning_hours=18,
        delivery_form=DeliveryForm.ONLINE,
        funding=Funding.BUDGET,
        updated_at=START,
    )


def lead_life(
    session: Session, shelves: Shelves, files: Path, person: Person, school: School, state: str, *, shared: bool, gave: bool
) -> Life:
    """Make an employee of the school with everything that a person in this state has."""
    one = _Life(session, shelves, files, person, school)
    one.consents(shared=shared, gave=gave)
    one.results()
    status = STATES[state]
    if status is not None:
        one.route(status)
    return Life(one.employee.id, {name: str(key) for name, key in one.keys.items()})


class _Life:
    def __init__(self, session: Session, shelves: Shelves, files: Path, person: Person, school: School) -> None:
        self.session, self.shelves, self.files, self.person, self.school = session, shelves, files, person, school
        self.employee = Employee(region_id=person.region_id, person_id=person.id, code=f"T{person.id}", category=EmployeeCategory.TEACHER)
        self.keys: dict[str, Any] = {}
        self.add(self.employee)
        post = Employment(
            region_id=person.region_id,
            employee_id=self.employee.id,
            school_id=school.id,
            position="учитель",
            starts_on=date(2020, 9, 1),
            recorded_at=START,
        )
        self.add(post)
        self.keys |= {"employee_id": self.employee.id, "employment_id": post.id, "teacher_code": self.employee.code}

    def add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def common(self) -> dict[str, int]:
        return {"region_id": self.person.region_id, "employee_id": self.employee.id}

    def consents(self, *, shared: bool, gave: bool) -> None:
        states = [ConsentState.GIVEN] if gave else [ConsentState.GIVEN, ConsentState.WITHDRAWN]
        decisions = [(ConsentKind.PERSONAL_DATA, ConsentState.GIVEN), *((ConsentKind.DIAGNOSTICS, state) for state in states)]
        for kind, state in decisions:
            facts = {"kind": kind, "state": state, "text_version": "2026-11", "decided_at": START}
            self.add(Consent(region_id=self.person.region_id, person_id=self.person.id, **facts))
        for part in SharedPart if shared else ():
            until = date(2099, 1, 1)
            self.add(Sharing(region_id=self.person.region_id, person_id=self.person.id, part=part, started_at=START, until=until))

    def results(self) -> None:
        bank = self.shelves.bank
        how = {"method": DiagnosticMethod.SELF, "stage": AttemptStage.ENTRY, "source": ResultSource.OWN}
        scored = self.add(
            DiagnosticAttempt(
                **self.common(),
                **how,
                diagnostic_id=bank.diagnostic.id,
                campaign_id=self.shelves.campaign.id,
                status=AttemptStatus.SCORED,
                started_at=START,
                finished_at=START,
                scored_at=START,
            )
        )
        opened = self.add(
            DiagnosticAttempt(**self.common(), **how, diagnostic_id=bank.diagnostic.id, status=AttemptStatus.STARTED, started_at=START)
        )
        item = bank.items["S-ME-1-1"]
        for attempt in (scored, opened):
            self.session.add(AttemptAnswer(attempt_id=attempt.id, item_id=item.id, category=1, answered_at=START))
        for code in ("ME.1", "ME.2"):
            node = bank.competencies[code]
            self.session.add(CompetencyResult(attempt_id=scored.id, competency_id=node.id, **MEASURED))
            ground = {"kind": "tasks", "title": "Диагностика", "at": START.isoformat(), "n": 12, "attempt": scored.id}
            entry = ProfileEntry(
                **self.common(), competency_id=node.id, rests_on=[ground], measured_at=START, computed_at=START, **MEASURED
            )
            self.session.add(entry)
        self.deficit = self.add(
            Deficit(
                **self.common(),
                competency_id=bank.competencies["ME.1"].id,
                kind=DeficitKind.DEFICIT,
                origin=DeficitOrigin.ATTEMPT,
                attempt_id=scored.id,
                severity=0.4,
                priority=0.4,
                reason=f"причина {self.person.last_name}",
                opened_at=START,
            )
        )
        self.add(PersonalRequest(**self.common(), text=f"просьба {self.person.last_name}", created_at=START))
        self.attempt = scored
        self.keys |= {"attempt_id": opened.id, "scored_attempt_id": scored.id, "deficit_id": self.deficit.id, "item_of_test_id": item.id}

    def route(self, status: RouteStatus) -> None:
        is_closed = status is RouteStatus.CLOSED
        route = Route(
            **self.common(),
            school_id=self.school.id,
            attempt_id=self.attempt.id,
            status=status,
            starts_on=date(2026, 11, 2),
            ends_on=date(2027, 5, 31),
            budget_hours=72,
            coverage=0.8,
            submitted_at=None if status is RouteStatus.DRAFT else START,
            due_on=date(2026, 12, 20) if status in {RouteStatus.ON_REVIEW, RouteStatus.AGREED} else None,
            closed_on=START.date() if is_closed else None,
            closing_outcome=ClosingOutcome.FULL if is_closed else None,
            created_at=START,
            updated_at=START,
        )
        goal = RouteGoal(
            kind=DeficitKind.DEFICIT,
            competency_id=self.deficit.competency_id,
            deficit_id=self.deficit.id,
            title="Проектирование урока",
            position=1,
            weight=5,
            coverage=70,
            reason_facts={},
        )
        route.goals = [goal]
        route.items = [self.item(number, at, goal) for number, at in enumerate(_items_of(status), start=1)]
        self.add(route)
        self.keys |= {
            "route_id": route.id,
            "item_id": route.items[0].id,
            "sent_item_id": route.items[1].id,
            "done_item_id": route.items[2].id,
            "goal_id": goal.id,
            "version": route.version,
        }
        self.session.add(
            RouteEvent(route_id=route.id, actor_id=self.person.id, role="employee", from_status="", to_status=status, at=START)
        )
        comment = RouteComment(route_id=route.id, author_id=self.person.id, text=f"реплика {self.person.last_name}", created_at=START)
        self.keys["comment_id"] = self.add(comment).id
        if status is not RouteStatus.DRAFT:
            self.sent(route, status)
        if status in APPROVED_OR_LATER:
            self.evidence(route)

    def item(self, number: int, status: ItemStatus, goal: RouteGoal) -> RouteItem:
        offering = self.shelves.offerings["public"] if number == 1 else None
        return RouteItem(
            position=number,
            kind=ItemKind.PROGRAM if offering else ItemKind.EVENT,
            offering_id=offering.id if offering else None,
            is_own=offering is None,
            title=f"Программа {offering.code}" if offering else f"Семинар {number}",
            hours=18,
            starts_on=date(2026, 12, 1),
            ends_on=date(2027, 1, 20),
            status=status,
            done_on=START.date() if status is ItemStatus.DONE else None,
            reason="own",
            reason_facts={},
            covers=[RouteItemCover(goal=goal, per_cent=30)],
        )

    def sent(self, route: Route, status: RouteStatus) -> None:
        actor = Actor(self.person.id, self.person.region_id, Role.EMPLOYEE)
        version = freeze(self.session, route, VersionReason.APPROVED if status in APPROVED_OR_LATER else VersionReason.SUBMITTED, actor)
        self.keys["version_id"] = version.id
        if status is RouteStatus.ON_REVIEW:
            return
        self.add(
            RouteReview(
                route_id=route.id,
                version_id=version.id,
                step=ReviewStep.TUTOR,
                reviewer_id=self.person.id,
                decision=ReviewDecision.AGREE,
                decided_at=START,
            )
        )
        if status in APPROVED_OR_LATER:
            order = self.add(
                Order(
                    region_id=self.person.region_id,
                    school_id=self.school.id,
                    number=f"{self.employee.id}-о",
                    issued_on=date(2026, 11, 1),
                    year=2026,
                    issued_by_id=self.person.id,
                    recorded_at=START,
                )
            )
            self.add(OrderRoute(order_id=order.id, route_id=route.id, version_id=version.id))
            self.keys["order_id"] = order.id

    def evidence(self, route: Route) -> None:
        kept = LocalFileStore(self.files).save(PDF)
        file = self.add(
            StoredFile(
                region_id=self.person.region_id,
                key=kept.key,
                label="отчёт.pdf",
                mime="application/pdf",
                size=len(PDF),
                sha256=hashlib.sha256(PDF).hexdigest(),
                owner_id=self.person.id,
                created_at=START,
            )
        )
        sent, done = route.items[1], route.items[2]
        who = {"submitted_by_id": self.person.id, "submitted_at": START}
        is_open = sent.status is ItemStatus.SUBMITTED
        status = EvidenceStatus.SUBMITTED if is_open else EvidenceStatus.ACCEPTED
        filed = self.add(Evidence(item_id=sent.id, kind=EvidenceKind.FILE, file_id=file.id, status=status, **who))
        text = f"рассказ {self.person.last_name}"
        told = self.add(Evidence(item_id=done.id, kind=EvidenceKind.TEXT, text=text, status=EvidenceStatus.ACCEPTED, **who))
        self.keys |= {"file_id": file.id, "evidence_id": filed.id, "accepted_evidence_id": told.id}


def _items_of(status: RouteStatus) -> tuple[ItemStatus, ItemStatus, ItemStatus]:
    if status is RouteStatus.IN_PROGRESS:
        return ItemStatus.PLANNED, ItemStatus.SUBMITTED, ItemStatus.DONE
    if status in {RouteStatus.COMPLETED, RouteStatus.CLOSED}:
        return ItemStatus.DONE, ItemStatus.DONE, ItemStatus.DONE
    return ItemStatus.PLANNED, ItemStatus.PLANNED, ItemStatus.PLANNED
