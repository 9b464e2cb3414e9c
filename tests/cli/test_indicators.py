"""`iom indicators` prints the figures that the pages show, with rows that give the same counts."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from iom.core.database import transaction
from iom.monitoring.figures import fingerprint
from iom.routes.workflow import RouteStatus
from tests.cast import Cast, make_cast
from tests.cli.commands import call
from tests.monitoring import samples
from tests.site import moment


@pytest.fixture
def cast(own_engine: Engine) -> Cast:
    """Анна has an approved route on a deficit; Глеб is assessed only."""
    with transaction(own_engine) as session:
        cast = make_cast(session)
        found = samples.attempt(session, cast.anna.employee, moment(3, 4))
        samples.attempt(session, cast.gleb.employee, moment(5, 4))
        samples.route(
            session, cast.anna.employee, cast.lesnovskaya, (RouteStatus.APPROVED, moment(7, 4)), answers=samples.deficit(session, found)
        )
    return cast


def report(engine: Engine, folder: Path, *arguments: str) -> list[dict[str, Any]]:
    result = call(engine, folder, "indicators", "--org", "LES", *arguments)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_the_four_figures_of_a_region(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    found = {line["code"]: line for line in report(own_engine, tmp_path, "--as-of", "2026-11-24")}
    assert [(code, line["numerator"], line["denominator"], line["value"]) for code, line in found.items()] == [
        ("OKT-1.1", 2, 2, 100.0),
        ("OKT-2.1", 1, 2, 50.0),
        ("IVA-2.1", 0, 2, 0.0),
        ("IVA-3.1", 1, 1, 1.0),
    ]
    assert found["IVA-3.1"]["largest"] == 1
    assert {line["as_of"] for line in found.values()} == {"2026-11-24"}
    assert {line["org"] for line in found.values()} == {"LES"}


def test_rows_give_the_counts_and_the_fingerprint(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    (line,) = report(own_engine, tmp_path, "--code", "OKT-2.1", "--rows", "--as-of", "24.11.2026")
    assert [(row["code"], row["school"], row["fact_on"], row["in_numerator"]) for row in line["rows"]] == [
        ("T1", "Лесновская СОШ", "2026-04-07", True),
        ("T2", "Озёрская СОШ", None, False),
    ]
    assert sum(row["in_numerator"] for row in line["rows"]) == line["numerator"]
    expected = fingerprint([(cast.anna.employee_id, date(2026, 4, 7)), (cast.gleb.employee_id, None)])
    assert line["fingerprint"] == expected
    assert "Образцова" not in json.dumps(line, ensure_ascii=False)  # codes are enough for a file


def test_a_municipality_and_a_school_by_their_codes(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    for code in ("M2", "S2"):
        result = call(own_engine, tmp_path, "indicators", "--org", code, "--code", "OKT-2.1", "--as-of", "2026-11-24")
        (line,) = json.loads(result.stdout)
        assert (line["numerator"], line["denominator"], line["org"]) == (0, 1, code)


def test_a_workbook_holds_the_same_numbers(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    result = call(
        own_engine, tmp_path, "indicators", "--org", "LES", "--as-of", "2026-11-24", "--rows", "--format", "xlsx", "--out", str(target)
    )
    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(target)
    rows = list(book["Показатели"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["OKT-1.1", "OKT-2.1", "IVA-2.1", "IVA-3.1"]
    assert [row[3:6] for row in rows[1:]] == [(2, 2, 100), (1, 2, 50), (0, 2, 0), (1, 1, 1)]
    assert len(list(book["Строки OKT-2.1"].iter_rows())) == 3


def test_a_workbook_may_go_to_standard_output(own_engine: Engine, cast: Cast, tmp_path: Path) -> None:
    result = call(own_engine, tmp_path, "indicators", "--org", "LES", "--format", "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(result.stdout_bytes)).sheetnames[1] == "Показатели"


@pytest.mark.parametrize(
    "arguments",
    [("--org", "NOWHERE"), ("--code", "X-1"), ("--as-of", "yesterday"), ("--format", "csv"), ()],  # several regions, none named
)
def test_a_wrong_call_leaves_with_two(own_engine: Engine, cast: Cast, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert call(own_engine, tmp_path, "indicators", *arguments).exit_code == 2


def test_nothing_is_computed_on_an_old_schema(tmp_path: Path) -> None:
    from iom.core.database import make_engine

    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    result = call(engine, tmp_path, "indicators")
    assert result.exit_code == 1
    assert "iom db upgrade" in result.stderr
