"""`iom import`: verdicts row by row, a dry run that writes nothing, the same file again that changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from iom.accounts.models import Person
from iom.catalog import loader as catalog
from iom.catalog.files import read_framework
from iom.core.audit import first_broken_line
from iom.core.config import ROOT
from iom.core.database import transaction
from iom.core.models import AuditEntry, ImportBatch
from iom.diagnostics.models import DiagnosticAttempt
from iom.organizations.models import Employee
from tests.cast import Cast, make_cast
from tests.cli.commands import call

STAFF = (
    "teacher_code;last_name;first_name;org_code;post\n77;Новая;Нина;S1;учитель\n78;Плохая;Яна;S99;учитель\nT1;Образцова;Анна;S1;методист\n"
)


@pytest.fixture
def cast(own_engine: Engine) -> Cast:
    with transaction(own_engine) as session:
        return make_cast(session)


def run(engine: Engine, folder: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    result = call(engine, folder, "import", *arguments, "--region", "LES", "--json")
    assert result.exit_code == code, result.output + result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def count(engine: Engine, model: Any) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_staff_is_checked_and_then_written(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    people = count(own_engine, Person)
    checked = run(own_engine, tmp_path, "staff", str(file), "--dry-run", code=3)
    assert checked["written"] is False
    assert checked["counts"] == {"new": 1, "changed": 1, "same": 0, "refused": 1}
    assert [(row["row"], row["verdict"], row["reason"]) for row in checked["rows"]] == [
        (2, "new", ""),
        (3, "refused", "other_school"),
        (4, "changed", ""),
    ]
    assert (count(own_engine, Person), count(own_engine, ImportBatch)) == (people, 0)
    assert run(own_engine, tmp_path, "staff", str(file), code=3)["written"] is True
    assert count(own_engine, Person) == people + 1
    again = run(own_engine, tmp_path, "staff", str(file), code=3)
    assert again["counts"] == {"new": 0, "changed": 0, "same": 2, "refused": 1}
    with Session(own_engine) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "import_batch")).all()
        assert [(entry.actor_id, entry.role) for entry in entries] == [(None, "system")] * 2
        assert first_broken_line(session) is None
        assert session.scalars(select(Employee.code).join(Person).where(Person.last_name == "Новая")).one() == "77"


def test_a_clean_list_leaves_with_zero_and_says_it_in_words(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(STAFF.replace("S99", "S2"), encoding="utf-8")
    result = call(own_engine, tmp_path, "import", "staff", str(file), "--region", "LES")
    assert result.exit_code == 0
    assert "Новых 2, изменится 1, без изменений 0, не принято 0." in result.stdout


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n"])
def test_a_file_that_is_no_list_leaves_with_one(own_engine: Engine, cast: Cast, tmp_path: Path, content: str) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(content, encoding="utf-8")
    result = call(own_engine, tmp_path, "import", "staff", str(file), "--region", "LES", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "не изменились" in result.stderr.replace("\u00a0", " ")


def test_a_wrong_call_leaves_with_two(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    assert call(own_engine, tmp_path, "import", "staff", str(file)).exit_code == 2  # two regions, none named
    assert call(own_engine, tmp_path, "import", "staff", str(tmp_path / "none.csv")).exit_code == 2
    assert call(own_engine, tmp_path, "import", "nonsense", str(file)).exit_code == 2


RESULTS = (
    "teacher_code;full_name;competency_code;percent;items_n;session_date;source\n"
    "T1;Образцова Анна;{code};45;20;2026-10-01;measured\n"
    "T2;Шаблонов Глеб;{code};80;20;2026-10-01;measured\n"
    "T9;Никто Такой;{code};50;20;2026-10-01;measured\n"
    "T2;Шаблонов Глеб;{code};70;20;2026-10-02;self\n"
)


@pytest.fixture
def competency(own_engine: Engine, cast: Cast) -> str:
    """Load the product's own map and name one of its competencies."""
    folder = ROOT / "catalog"
    records = read_framework(folder)
    with transaction(own_engine) as session:
        catalog.load_framework(session, records, title="Карта")
    return next(record.code for record in records if record.level == "competency")


def test_results_are_taken_once_and_unknown_people_are_named(own_engine: Engine, cast: Cast, competency: str, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text(RESULTS.format(code=competency), encoding="utf-8")
    checked = run(own_engine, tmp_path, "results", str(file), "--source", "Внешняя", "--dry-run", code=3)
    assert (checked["written"], checked["counts"]["new"], count(own_engine, DiagnosticAttempt)) == (False, 2, 0)
    done = run(own_engine, tmp_path, "results", str(file), "--source", "Внешняя", code=3)
    assert done["counts"] == {"people": 2, "new": 2, "corrected": 0, "same": 0}
    assert {(item["who"], item["reason"]) for item in done["left"]} == {("T9", "nobody"), ("T2", "not_measured")}
    assert count(own_engine, DiagnosticAttempt) == 2
    again = run(own_engine, tmp_path, "results", str(file), "--source", "Внешняя", code=3)
    assert again["counts"] == {"people": 2, "new": 0, "corrected": 0, "same": 2}


def test_results_without_days_need_one(own_engine: Engine, cast: Cast, competency: str, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text(f"teacher_code;full_name;competency_code;percent\nT1;Образцова Анна;{competency};45\n", encoding="utf-8")
    left = run(own_engine, tmp_path, "results", str(file), code=3)["left"]
    assert [item["reason"] for item in left] == ["no_day"]
    assert run(own_engine, tmp_path, "results", str(file), "--date", "2026-10-01")["counts"]["new"] == 1


def test_people_are_found_by_name_and_school(own_engine: Engine, cast: Cast, competency: str, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text(
        f"full_name;school;competency_code;percent;session_date\nОбразцова А.;Лесновская СОШ;{competency};45;2026-10-01\n", encoding="utf-8"
    )
    assert run(own_engine, tmp_path, "results", str(file))["counts"]["people"] == 1
