"""A small map and a short questionnaire on it, so that a test can be worked out by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.catalog.kinds import AppliesTo, CompetencyLevel
from iom.catalog.models import Competency, CompetencyFramework
from iom.core.actor import Actor
from iom.diagnostics import service
from iom.diagnostics.instruments import BlockRecord, InstrumentRecord, ItemRecord, LevelRecord
from iom.diagnostics.kinds import DiagnosticMethod, ItemType
from iom.diagnostics.loader import load_instrument
from iom.diagnostics.models import Diagnostic, DiagnosticAttempt, DiagnosticItem
from iom.organizations.models import Subject

BLOCKS = {"ME": "Методическая компетентность", "PP": "Психолого-педагогическая компетентность"}
COMPETENCIES = {
    "ME.1": "Проектирование урока",
    "ME.2": "Оценивание результатов",
    "PP.1": "Возрастные особенности",
    "PP.2": "Работа с классом",
}
COMPONENTS = {"ME.2.1": "Формирующее оценивание"}

STATEMENTS = {
    "S-ME-1-1": "ME.1", "S-ME-1-2": "ME.1", "S-ME-1-3": "ME.1",
    "S-ME-2-1": "ME.2", "S-ME-2-2": "ME.2", "S-ME-2-1-1": "ME.2.1",
    "S-PP-1-1": "PP.1", "S-PP-1-2": "PP.1", "S-PP-1-3": "PP.1",
    "S-PP-2-1": "PP.2", "S-PP-2-2": "PP.2", "S-PP-2-3": "PP.2",
}  # fmt: skip
"""Twelve statements that every teacher is asked, three a competency; one more is for mathematics and one for managers."""

LEVELS = tuple(LevelRecord(f"Ступень {n}", f"Пример ступени {n}") for n in range(4))


@dataclass(frozen=True)
class Bank:
    """The map, the questionnaire, and its items by code."""

    framework: CompetencyFramework
    diagnostic: Diagnostic
    items: Mapping[str, DiagnosticItem]
    competencies: Mapping[str, Competency]


def make_framework(session: Session) -> dict[str, Competency]:
    framework = CompetencyFramework(code="iom", version="2026", title="Карта компетенций")
    session.add(framework)
    session.flush()
    nodes: dict[str, Competency] = {}
    named = [
        *((CompetencyLevel.BLOCK, code, title) for code, title in BLOCKS.items()),
        *((CompetencyLevel.COMPETENCY, code, title) for code, title in COMPETENCIES.items()),
        *((CompetencyLevel.COMPONENT, code, title) for code, title in COMPONENTS.items()),
    ]
    for position, (level, code, title) in enumerate(named, start=1):
        parent = nodes.get(code.rpartition(".")[0])
        nodes[code] = Competency(
            framework_id=framework.id,
            parent_id=parent.id if parent else None,
            code=code,
            level=level,
            title=title,
            applies_to=AppliesTo.BOTH,
            position=position,
        )
        session.add(nodes[code])
        session.flush()
    return nodes


def statement(code: str, competency: str, applies_to: str = "teacher", subject: str | None = None) -> ItemRecord:
    return ItemRecord(
        code=code,
        competency=competency,
        block=competency.split(".")[0],
        applies_to=applies_to,
        subject=subject,
        stem=f"Утверждение {code}",
        recall="Вспомните две последние недели",
        levels=LEVELS,
        example=f"Пример к {code}",
    )


def record(version: str = "1", **changes: Any) -> InstrumentRecord:
    """Return the questionnaire; the file lists PP first, the blocks ask ME first."""
    items = [statement(code, competency) for code, competency in sorted(STATEMENTS.items(), key=lambda pair: pair[1], reverse=True)]
    items += [
        statement("S-ME-1-9", "ME.1", subject="Математика"),
        statement("S-PP-2-9", "PP.2", applies_to="manager"),
    ]
    values: dict[str, Any] = {
        "code": "self",
        "version": version,
        "title": "Самодиагностика",
        "method": DiagnosticMethod.SELF,
        "framework": "iom-2026",
        "minutes": 13,
        "blocks": (BlockRecord("ME", "Методика"), BlockRecord("PP", "Психология")),
        "items": tuple(items),
    }
    return InstrumentRecord(**(values | changes))


def make_bank(session: Session) -> Bank:
    """Make the map and load the questionnaire; subjects must be there."""
    if session.scalar(select(Subject).where(Subject.code == "mathematics")) is None:
        session.add(Subject(code="mathematics", title="Математика"))
        session.flush()
    nodes = make_framework(session)
    framework = session.get_one(CompetencyFramework, nodes["ME"].framework_id)
    diagnostic, _ = load_instrument(session, record(), framework)
    return Bank(framework, diagnostic, {item.code: item for item in diagnostic.items}, nodes)


def add_test(session: Session, bank: Bank, competency: str = "ME.2", n_items: int = 6) -> Diagnostic:
    """Make an objective test of single choices, difficulty 2, whose right option is 0 of 200 (guessing next to nothing)."""
    diagnostic = Diagnostic(
        framework_id=bank.framework.id,
        code=f"test-{competency}",
        version="1",
        title="Задания",
        method=DiagnosticMethod.EXTERNAL,
        minutes=6,
        longest=n_items,
        blocks=[{"code": competency.split(".")[0], "title": "Методика"}],
        items=[
            DiagnosticItem(
                competency_id=bank.competencies[competency].id,
                code=f"T-{n}",
                position=n,
                item_type=ItemType.SINGLE_CHOICE,
                applies_to=AppliesTo.BOTH,
                stem=f"Задание {n}",
                options=[{"label": f"Вариант {k}"} for k in range(200)],
                key={"right": 0},
                max_category=1,
            )
            for n in range(1, n_items + 1)
        ],
    )
    session.add(diagnostic)
    session.flush()
    return diagnostic


def take(session: Session, actor: Actor, diagnostic: Diagnostic, ratings: Mapping[str, int | str], now: datetime) -> DiagnosticAttempt:
    """Start an attempt and answer the items named by code."""
    attempt = service.start(session, actor, service.StartAttempt(diagnostic.id, now.date()), now)
    ids = {item.code: item.id for item in diagnostic.items}
    answers = tuple(service.SentAnswer(ids[code], (str(value),)) for code, value in ratings.items())
    service.save_answers(session, actor, service.SaveAnswers(attempt.id, answers), now)
    return attempt


def by_competency(**ratings: int) -> dict[str, int]:
    """Return one rating for all three statements of each competency: by_competency(ME_1=3, ME_2=0)."""
    return {code: ratings[name] for code, competency in STATEMENTS.items() if (name := competency[:4].replace(".", "_")) in ratings}
