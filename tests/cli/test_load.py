"""`iom load`: the product's own files into an empty database, and again without a change; a broken file leaves all as it was."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from iom.catalog.models import Competency, Offering, OfferingCompetency
from iom.core.config import ROOT
from iom.core.database import transaction
from iom.diagnostics.models import Diagnostic
from iom.monitoring.models import Indicator, IndicatorTarget
from iom.organizations.models import Subject
from tests.cast import make_region
from tests.cli.commands import call

CATALOG = ROOT / "catalog"


def load(engine: Engine, folder: Path, what: str, source: Path = CATALOG) -> dict[str, Any]:
    result = call(engine, folder, "load", what, str(source), "--json")
    assert result.exit_code == 0, result.output + result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def count(engine: Engine, model: Any) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def lines(name: str) -> int:
    """Return how many rows a file of the catalog has, counted without the product's reader."""
    import csv

    with (CATALOG / name).open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def test_the_whole_catalog_is_loaded_and_a_second_time_changes_nothing(own_engine: Engine, tmp_path: Path) -> None:
    with transaction(own_engine) as session:
        make_region(session, "LES", "Лесогорская область")
    framework = load(own_engine, tmp_path, "framework")
    assert framework == {"subjects": lines("subjects.csv"), "nodes": lines("framework.csv")}
    assert (count(own_engine, Subject), count(own_engine, Competency)) == (lines("subjects.csv"), lines("framework.csv"))
    offerings = sum(lines(f"{name}.csv") for name in ("programs", "internships", "mentoring", "events"))
    first = load(own_engine, tmp_path, "catalog")
    assert (first["new"], first["changed"], first["same"]) == (offerings, 0, 0)
    assert first["indicators"] == count(own_engine, Indicator) == lines("indicators.csv")
    assert first["links"] > 0
    links = count(own_engine, OfferingCompetency)
    again = load(own_engine, tmp_path, "catalog")
    assert (again["new"], again["changed"], again["same"]) == (0, 0, offerings)
    assert (count(own_engine, Offering), count(own_engine, OfferingCompetency)) == (offerings, links)
    with Session(own_engine) as session:
        norm = session.scalars(select(IndicatorTarget).join(Indicator).where(Indicator.code == "IVA-3.1")).one()
        assert norm.target == 250
    instruments = load(own_engine, tmp_path, "instruments")["instruments"]
    assert [item["new"] for item in instruments] == [True] * len(list((CATALOG / "instruments").glob("*.json")))
    assert [item["new"] for item in load(own_engine, tmp_path, "instruments")["instruments"]] == [False] * len(instruments)
    assert count(own_engine, Diagnostic) == len(instruments)


def test_words_for_people(own_engine: Engine, tmp_path: Path) -> None:
    result = call(own_engine, tmp_path, "load", "framework", str(CATALOG))
    assert result.exit_code == 0
    assert "Карта компетенций" in result.stdout


@pytest.mark.parametrize(("what", "file"), [("framework", "framework.csv"), ("catalog", "programs.csv")])
def test_a_broken_file_is_named_and_nothing_is_loaded(own_engine: Engine, tmp_path: Path, what: str, file: str) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    for path in CATALOG.glob("*.csv"):
        shutil.copy(path, folder)
    text = (folder / file).read_text(encoding="utf-8-sig").splitlines()
    (folder / file).write_text("\n".join([*text, text[1]]), encoding="utf-8")  # the first row once more: its code stands twice
    result = call(own_engine, tmp_path, "load", what, str(folder))
    assert result.exit_code == 1
    assert file in result.stderr
    assert (count(own_engine, Offering), count(own_engine, Competency)) == (0, 0)


def test_instruments_need_the_map(own_engine: Engine, tmp_path: Path) -> None:
    result = call(own_engine, tmp_path, "load", "instruments", str(CATALOG))
    assert result.exit_code == 1
    assert "iom load framework" in result.stderr


def test_a_folder_without_instruments_is_named(own_engine: Engine, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = call(own_engine, tmp_path, "load", "instruments", str(empty))
    assert result.exit_code == 1
    assert str(empty) in result.stderr


def test_a_missing_folder_is_a_wrong_call(own_engine: Engine, tmp_path: Path) -> None:
    assert call(own_engine, tmp_path, "load", "catalog", str(tmp_path / "none")).exit_code == 2
