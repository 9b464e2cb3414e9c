"""Sheets out of the database: what is printed for whom, the edition, the signatures, the order's annex."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from iom.accounts.kinds import SharedPart
from iom.accounts.models import RoleGrant, Sharing
from iom.catalog.kinds import AppliesTo, CompetencyLevel
from iom.catalog.models import Competency, CompetencyFramework
from iom.core.actor import Role, UnitKind
from iom.core.errors import NotFound
from iom.diagnostics.kinds import AttemptStage, AttemptStatus, DiagnosticMethod, ResultSource
from iom.diagnostics.models import CompetencyResult, DiagnosticAttempt
from iom.documents import order_service, service
from iom.documents.route_docx import render_route_docx
from iom.documents.route_pdf import render_route_pdf
from iom.documents.route_sheet import RouteSheet, Variant
from iom.organizations.kinds import QualificationCategory
from iom.profiles.kinds import Basis, DeficitKind, DeficitOrigin, Verdict
from iom.profiles.models import Deficit
from iom.routes import ordering, reviewing, waiting_queries
from iom.routes.evidence_models import Certificate
from iom.routes.kinds import EvidenceKind, ItemKind, ReviewDecision
from iom.routes.models import Reflection, Route, RouteGoal, RouteItemCover
from iom.routes.ordering import ApproveByOrder
from iom.routes.reviewing import ReviewRoute
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus
from tests.cast import START, Cast, Member, make_member
from tests.documents.reading import docx_text, pdf_text
from tests.support.making import make_evidence, make_item, make_route

TODAY = date(2026, 11, 24)
NEED = "Оценивание результатов"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iom.core.clock.today", lambda timezone="": TODAY)


def measured(session: Session, cast: Cast) -> tuple[DiagnosticAttempt, Deficit]:
    """Make a measured deficit of Анна: 39 per cent, probably from 25 to 53."""
    framework = CompetencyFramework(code="T", version="1", title="Карта")
    session.add(framework)
    session.flush()
    block = Competency(
        framework_id=framework.id, code="M", level=CompetencyLevel.BLOCK, title="Методический блок", applies_to=AppliesTo.BOTH, position=1
    )
    session.add(block)
    session.flush()
    competency = Competency(
        framework_id=framework.id,
        parent_id=block.id,
        code="M1",
        level=CompetencyLevel.COMPETENCY,
        title=NEED,
        applies_to=AppliesTo.BOTH,
        position=2,
    )
    attempt = DiagnosticAttempt(
        region_id=cast.region.id,
        employee_id=cast.anna.employee_id,
        method=DiagnosticMethod.EXTERNAL,
        stage=AttemptStage.ENTRY,
        source=ResultSource.IMPORTED,
        source_name="Региональная диагностика",
        status=AttemptStatus.SCORED,
        started_at=START,
        finished_at=START,
        scored_at=START,
    )
    session.add_all([competency, attempt])
    session.flush()
    session.add(
        CompetencyResult(
            attempt_id=attempt.id,
            competency_id=competency.id,
            basis=Basis.OBJECTIVE,
            n_answers=12,
            level=39.2,
            level_se=8.0,
            low=25.4,
            high=52.6,
            p_below=0.97,
            severity=0.4,
            kappa=60.0,
            verdict=Verdict.DEFICIT,
            model_version="2026.2",
        )
    )
    deficit = Deficit(
        region_id=cast.region.id,
        employee_id=cast.anna.employee_id,
        competency_id=competency.id,
        kind=DeficitKind.DEFICIT,
        origin=DeficitOrigin.ATTEMPT,
        attempt_id=attempt.id,
        severity=0.4,
        priority=0.8,
        opened_at=START,
    )
    session.add(deficit)
    session.flush()
    return attempt, deficit


def rich(session: Session, cast: Cast, status: RouteStatus = RouteStatus.IN_PROGRESS) -> Route:
    attempt, deficit = measured(session, cast)
    items = [
        make_item(2, title="Стажировка", kind=ItemKind.INTERNSHIP, hours=16, starts_on=date(2027, 1, 11), ends_on=date(2027, 1, 22)),
        make_item(
            1,
            title="Программа ПК",
            kind=ItemKind.PROGRAM,
            hours=36,
            hours_estimated=True,
            status=ItemStatus.DONE,
            done_on=date(2026, 11, 20),
            starts_on=date(2026, 11, 9),
            ends_on=date(2026, 11, 19),
            registry_kind="federal",
            registry_number="001254",
        ),
    ]
    route = make_route(session, cast, cast.anna, status, items=items, attempt_id=attempt.id, personal_request="Хочу практики")
    goal = RouteGoal(
        kind=DeficitKind.DEFICIT,
        competency_id=deficit.competency_id,
        deficit_id=deficit.id,
        title=NEED,
        position=2,
        weight=8,
        coverage=80,
        reason_facts={},
    )
    route.goals.append(goal)
    session.flush()
    route.items[0].covers.append(RouteItemCover(goal=goal, per_cent=80))
    paper = make_evidence(session, route.items[1], cast.anna, kind=EvidenceKind.CERTIFICATE, text="", status=EvidenceStatus.ACCEPTED)
    paper.certificate = Certificate(series="78", number="000123", issued_on=date(2026, 11, 19), hours=36, issuer="ИРО")
    session.add(Reflection(route_id=route.id, what_is_new="Критерии", goes_into_work="Карточки", written_at=START))
    session.flush()
    session.refresh(route)
    return route


def sheet(session: Session, reader: Member, route: Route, variant: Variant = Variant.FULL) -> RouteSheet:
    session.expire_all()
    return service.route_sheet(session, reader.actor, route.id, variant, TODAY).sheet


def test_the_tutor_prints_everything(db: Session, cast: Cast) -> None:
    found = sheet(db, cast.boris, rich(db, cast))
    assert found.include_results
    assert (found.full_name, found.position, found.subjects) == ("Образцова Анна", "учитель", ("математика",))
    assert (found.school, found.municipality) == ("Лесновская СОШ", "Лесновский округ")
    assert (found.tutor, found.methodist) == ("Примеров Борис", "Условная Вера")
    assert found.route_number.startswith("26-")
    assert [(row.number, row.competency, row.source, row.priority) for row in found.deficits] == [(1, NEED, "диагностика", "высокий")]
    [diagnostic] = found.diagnostics
    assert (diagnostic.name, diagnostic.held_on, diagnostic.stage) == ("Региональная диагностика", date(2026, 9, 1), "входная")
    [result] = diagnostic.results
    assert (result.block, result.percent, result.low, result.high, result.level) == ("Методический блок", 39, 25, 53, "дефицит")
    assert found.method_version == "2026.2"
    assert found.goal == f"Освоить темы: {NEED}."
    assert found.personal_request == "Хочу практики"
    assert found.reflection == "Критерии\nКарточки"


def test_items_are_in_the_order_of_their_days_with_documents_and_marks(db: Session, cast: Cast) -> None:
    first, second = sheet(db, cast.boris, rich(db, cast)).items
    assert (first.number, first.title, first.kind, first.hours, first.hours_estimated) == (1, "Программа ПК", "Программа ДПО", 36, True)
    assert (first.registry_number, first.confirmation) == ("001254", "№ 78 000123 от 19.11.2026, ИРО")
    assert (first.status, first.tutor_mark, first.is_done) == ("выполнено", "принято 20.11.2026", True)
    assert (second.title, second.deficit, second.is_done) == ("Стажировка", "Хочу научиться оценивать; " + NEED, False)


@pytest.mark.parametrize("who", ["marina", "dina"])
def test_without_the_right_to_the_profile_nothing_measured_is_in_the_sheet(db: Session, cast: Cast, who: str) -> None:
    found = sheet(db, getattr(cast, who), rich(db, cast))
    assert not found.include_results
    assert (found.deficits, found.diagnostics, found.tasks, found.changes, found.personal_request) == ((), (), (), (), "")
    assert all(item.deficit == "" for item in found.items)
    printed = docx_text(render_route_docx(found)) + pdf_text(render_route_pdf(found))
    for hidden in (NEED, "39", "Хочу практики", "Хочу научиться"):
        assert hidden not in printed.replace("\u00a0", " "), hidden
    assert "Программа ПК" in printed


def test_once_shared_the_head_prints_results_too(db: Session, cast: Cast) -> None:
    route = rich(db, cast)
    db.add(
        Sharing(region_id=cast.region.id, person_id=cast.anna.person.id, part=SharedPart.PROFILE, started_at=START, until=date(2030, 1, 1))
    )
    db.flush()
    assert sheet(db, cast.marina, route).include_results


def test_strangers_print_nothing(db: Session, cast: Cast) -> None:
    route = rich(db, cast)
    for member in (cast.gleb, cast.olga, cast.stranger, cast.admin):
        with pytest.raises(NotFound):
            service.route_sheet(db, member.actor, route.id, Variant.FULL, TODAY)


def test_before_a_decision_the_tutors_line_waits(db: Session, cast: Cast) -> None:
    route = rich(db, cast, RouteStatus.ON_REVIEW)
    waiting = sheet(db, cast.anna, route)
    assert [(one.role, one.agreed_on) for one in waiting.agreements] == [("педагог", date(2026, 11, 2)), ("тьютор", None)]
    assert waiting.state == "на согласовании"
    assert waiting.items[0].status == ""  # nothing is carried out yet
    reviewing.review(db, cast.boris.actor, ReviewRoute(route.id, route.version, ReviewDecision.AGREE, ""))
    db.flush()
    agreed = sheet(db, cast.anna, route)
    assert [(one.role, one.name) for one in agreed.agreements] == [("педагог", "А.\u00a0Образцова"), ("тьютор", "Б.\u00a0Примеров")]
    assert agreed.agreements[1].agreed_on is not None


def test_the_order_stands_on_an_approved_route(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna, RouteStatus.AGREED)
    ordering.approve(db, cast.marina.actor, ApproveByOrder("112-од", date(2026, 11, 20), {route.id: route.version}))
    db.flush()
    found = sheet(db, cast.anna, route)
    assert found.order is not None
    assert (found.order.issuer, found.order.number, found.order.issued_on) == ("Лесновская СОШ", "112-од", date(2026, 11, 20))
    assert found.state == "утверждён"


def test_person_facts_are_those_of_the_record(db: Session, cast: Cast) -> None:
    route = make_route(db, cast, cast.anna)
    assert cast.anna.employee is not None
    cast.anna.employee.experience_start_date = date(2008, 8, 25)
    cast.anna.employee.qualification_category = QualificationCategory.FIRST
    cast.anna.employee.category_assigned_on = date(2023, 3, 15)
    helper = make_member(db, cast.region, "Порядкова", "Света")
    db.add(
        RoleGrant(
            region_id=cast.region.id,
            person_id=helper.person.id,
            role=Role.SCHOOL_COORDINATOR,
            unit_kind=UnitKind.SCHOOL,
            school_id=cast.lesnovskaya.id,
            granted_at=START,
            effective_at=START,
        )
    )
    db.flush()
    found = sheet(db, cast.anna, route)
    assert (found.teaching_years, found.position_years) == (18, 6)  # 2008-08-25 and 2020-09-01 to 2026-11-24
    assert (found.category, found.category_assigned_on) == ("первая", date(2023, 3, 15))
    assert found.coordinator == "Порядкова Света"


@pytest.mark.parametrize("variant", list(Variant))
def test_every_variant_leaves_as_both_formats(db: Session, cast: Cast, variant: Variant) -> None:
    found = sheet(db, cast.boris, rich(db, cast), variant)
    for text in (docx_text(render_route_docx(found)), pdf_text(render_route_pdf(found))):
        assert "Образцова Анна" in text.replace("\u00a0", " ")
        assert "Программа ПК" in text.replace("\u00a0", " ")


# Orders


def approved(session: Session, cast: Cast, count: int = 2) -> Any:
    routes = []
    for number in range(count):
        member = make_member(session, cast.region, f"Коллегина{number}", "Ия", school=cast.lesnovskaya, code=f"C{number}")
        route = make_route(session, cast, member, RouteStatus.ON_REVIEW)
        route.status = RouteStatus.AGREED
        session.flush()
        routes.append(route)
    return ordering.approve(
        session, cast.marina.actor, ApproveByOrder("7-од", date(2026, 11, 20), {route.id: route.version for route in routes})
    )


def test_an_order_lists_people_by_surname_with_post_period_and_tutor(db: Session, cast: Cast) -> None:
    order = approved(db, cast)
    db.flush()
    found, _ = order_service.order_sheet(db, cast.marina.actor, order.id, START, TODAY)
    assert [(one.full_name, one.position, one.start, one.end) for one in found.people] == [
        ("Коллегина0 Ия", "учитель", date(2026, 11, 2), date(2027, 5, 31)),
        ("Коллегина1 Ия", "учитель", date(2026, 11, 2), date(2027, 5, 31)),
    ]
    assert (found.number, found.issued_on) == ("7-од", date(2026, 11, 20))
    assert (found.head_post, found.head_name) == ("Директор", "М.\u00a0Шаблонова")
    assert "2" in found.points[0]


def test_the_annex_keeps_the_edition_that_was_approved(db: Session, cast: Cast) -> None:
    order = approved(db, cast, 1)
    db.flush()
    order.routes[0].route.ends_on = date(2027, 3, 31)  # a correction later
    db.flush()
    found, _ = order_service.order_sheet(db, cast.marina.actor, order.id, START, TODAY)
    assert found.people[0].end == date(2027, 5, 31)


def test_a_draft_has_no_number_and_the_school_of_its_reader(db: Session, cast: Cast) -> None:
    make_route(db, cast, cast.anna, RouteStatus.AGREED)
    rows = waiting_queries.list_for_order(db, cast.marina.actor, datetime.now(START.tzinfo), TODAY)
    found = order_service.draft_order(db, cast.lesnovskaya, rows, START, TODAY)
    assert (found.number, found.issued_on, [one.full_name for one in found.people]) == ("", None, ["Образцова Анна"])
