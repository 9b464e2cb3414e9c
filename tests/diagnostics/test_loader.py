"""Loading an instrument: once, unchanged, in order, or refused by name."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iom.catalog.files import read_framework, read_subjects
from iom.catalog.loader import load_framework, load_subjects
from iom.core.config import ROOT
from iom.diagnostics.instruments import LevelRecord, items_for, read_instrument
from iom.diagnostics.kinds import InstrumentStatus, ItemType
from iom.diagnostics.loader import InstrumentRefused, load_instrument, longest_questionnaire
from iom.diagnostics.models import Diagnostic, DiagnosticItem
from tests.cast import Cast
from tests.diagnostics.samples import Bank, record, statement


def test_items_stand_in_the_order_of_asking(bank: Bank) -> None:
    codes = [item.code for item in sorted(bank.diagnostic.items, key=lambda item: item.position)]
    assert [code.split("-")[1] for code in codes] == ["ME"] * 7 + ["PP"] * 7
    assert [item.position for item in bank.diagnostic.items] == list(range(1, 15))


def test_a_statement_is_kept_whole_and_without_a_key(bank: Bank) -> None:
    item = bank.items["S-ME-2-1-1"]
    assert item.competency_id == bank.competencies["ME.2.1"].id
    assert (item.item_type, item.max_category, item.key) == (ItemType.SELF_STATEMENT, 3, None)
    assert item.options[2] == {"label": "Ступень 2", "descriptor": "Пример ступени 2"}
    assert (item.hint, item.example) == ("Вспомните две последние недели", "Пример к S-ME-2-1-1")


def test_a_subject_is_found_by_its_name_in_any_case(bank: Bank, cast: Cast) -> None:
    assert cast.anna.employee is not None
    assert bank.items["S-ME-1-9"].subject_id == cast.anna.employee.subjects[0].id
    assert bank.items["S-ME-1-1"].subject_id is None


def test_the_same_file_again_changes_nothing(db: Session, bank: Bank) -> None:
    again, is_new = load_instrument(db, record(), bank.framework)
    assert (again.id, is_new) == (bank.diagnostic.id, False)
    assert db.scalar(select(func.count()).select_from(DiagnosticItem)) == 14


def test_a_changed_statement_under_the_same_version_is_refused_by_name(db: Session, bank: Bank) -> None:
    first = replace(record().items[0], levels=(LevelRecord("Иначе", "Совсем"), *record().items[0].levels[1:]))
    changed = record(items=(first, *record().items[1:]))
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(db, changed, bank.framework)
    assert refused.value.facts == {"code": "self", "version": "1", "item": first.code, "problem": "changed"}


def test_a_dropped_statement_under_the_same_version_is_refused_by_name(db: Session, bank: Bank) -> None:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(db, record(items=record().items[:-1]), bank.framework)
    assert refused.value.facts["item"] == "S-PP-2-9"


def test_a_changed_title_under_the_same_version_is_refused(db: Session, bank: Bank) -> None:
    with pytest.raises(InstrumentRefused):
        load_instrument(db, record(title="Другое название"), bank.framework)


def test_a_new_version_takes_the_place_of_the_old_one(db: Session, bank: Bank) -> None:
    newer, is_new = load_instrument(db, record(version="2", title="Самодиагностика, вторая редакция"), bank.framework)
    db.expire_all()
    assert is_new
    assert db.get_one(Diagnostic, newer.id).status is InstrumentStatus.ACTIVE
    assert db.get_one(Diagnostic, bank.diagnostic.id).status is InstrumentStatus.RETIRED


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (statement("S-XX", "ME.7"), "competency"),
        (statement("S-XX", "ME.1", subject="астрономия"), "subject"),
    ],
)
def test_a_statement_that_has_no_place_is_refused_by_name(db: Session, bank: Bank, item: object, problem: str) -> None:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(db, record(version="2", items=(item,)), bank.framework)
    assert (refused.value.facts["item"], refused.value.facts["problem"]) == ("S-XX", problem)


def test_an_instrument_of_another_framework_is_refused(db: Session, bank: Bank) -> None:
    with pytest.raises(InstrumentRefused, match="framework"):
        load_instrument(db, record(version="2", framework="iom-2030"), bank.framework)


def test_the_longest_questionnaire_is_that_of_a_teacher_of_a_subject_with_statements() -> None:
    # Twelve for every teacher and one for mathematics; a manager is asked one.
    assert longest_questionnaire(record()) == 13


def test_the_shipped_instrument_loads_on_the_shipped_map(db: Session) -> None:
    folder: Path = ROOT / "catalog"
    load_subjects(db, read_subjects(folder))
    framework = load_framework(db, read_framework(folder), title="Карта компетенций")
    shipped = read_instrument(folder / "instruments" / "self_diagnostic.json")
    diagnostic, is_new = load_instrument(db, shipped, framework)
    assert is_new
    assert len(diagnostic.items) == len(shipped.items)
    assert diagnostic.longest >= len(items_for(shipped, "teacher", frozenset({"математика"})))
