"""The made-up region agrees with itself, so that it can be loaded without a word of warning."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from iom.core.actor import Role, UnitKind
from iom.diagnostics.instruments import read_instrument
from iom.organizations.kinds import EmployeeCategory, QualificationCategory

CATALOG = Path(__file__).parents[2] / "catalog"
DEMO = CATALOG / "demo"
REPORT_DATE = date(2026, 11, 24)

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (DEMO / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def people() -> Rows:
    return rows("people.csv")


def codes(table: Rows) -> set[str]:
    found = {row["code"] for row in table}
    assert len(found) == len(table)
    return found


def test_schools_stand_in_districts_and_people_in_schools(people: Rows) -> None:
    assert {row["municipality_code"] for row in rows("schools.csv")} == codes(rows("municipalities.csv"))
    assert {row["school_code"] for row in people} == codes(rows("schools.csv"))
    assert len(codes(people)) == 92


def test_values_of_people_come_from_the_closed_lists(people: Rows) -> None:
    for row in people:
        assert row["gender"] in ("f", "m")
        assert row["category"] in {str(kind) for kind in QualificationCategory}
        assert row["employee_category"] in {str(kind) for kind in EmployeeCategory}
        assert (row["employee_category"] == "manager") == ("директор" in row["position"]), row["code"]


def test_nobody_starts_to_teach_before_21_or_after_the_report_date(people: Rows) -> None:
    for row in people:
        start = date.fromisoformat(row["experience_start"])
        assert start <= REPORT_DATE
        assert start.year - int(row["birth_year"]) >= 21, row["code"]


def test_eleven_people_are_young_specialists(people: Rows) -> None:
    young = [
        row
        for row in people
        if REPORT_DATE.year - int(row["birth_year"]) < 35 and (REPORT_DATE - date.fromisoformat(row["experience_start"])).days < 3 * 365
    ]

    assert len(young) == 11


def test_every_subject_of_the_self_diagnostic_is_taught_by_somebody(people: Rows) -> None:
    taught = {subject for row in people for subject in row["subjects"].split("|")}
    asked = {item.subject for item in read_instrument(CATALOG / "instruments" / "self_diagnostic.json").items if item.subject}

    assert asked <= taught


def test_last_and_middle_names_agree_with_gender(people: Rows) -> None:
    for row in [*people, *rows("staff.csv")]:
        assert row["middle_name"].endswith("на" if row["gender"] == "f" else "ич"), row
        assert (
            row["last_name"] == "Некто"
            or row["last_name"].endswith("а" if row["gender"] == "f" else ("в", "н", "й"))
            or (row["last_name"].endswith("ая"))
        ), row


def test_roles_are_known_and_held_in_places_that_exist(people: Rows) -> None:
    places = {
        UnitKind.REGION: codes(rows("region.csv")),
        UnitKind.MUNICIPALITY: codes(rows("municipalities.csv")),
        UnitKind.SCHOOL: codes(rows("schools.csv")),
        UnitKind.PROVIDER: {"ИРО Лесогорской области"},
    }
    for row in rows("staff.csv"):
        assert row["role"] in {str(role) for role in Role}
        assert row["unit_code"] in places[UnitKind(row["unit_kind"])], row


def test_a_role_code_of_a_school_worker_names_the_same_person(people: Rows) -> None:
    by_code = {row["code"]: row for row in people}
    for row in rows("staff.csv"):
        if row["code"].startswith("T"):
            assert all(row[part] == by_code[row["code"]][part] for part in ("last_name", "first_name", "middle_name", "gender"))


def test_each_school_has_one_head_and_each_role_but_the_plain_one_a_holder() -> None:
    staff = rows("staff.csv")
    heads = Counter(row["unit_code"] for row in staff if row["role"] == "school_head")

    assert heads == dict.fromkeys(codes(rows("schools.csv")), 1)
    assert {row["role"] for row in staff} == {str(role) for role in Role if role is not Role.EMPLOYEE}


def test_the_cast_is_where_tests_and_pages_expect_it(people: Rows) -> None:
    by_code = {row["code"]: row for row in people}
    staff = {row["code"]: row for row in rows("staff.csv")}
    schools = {row["code"]: row["short_name"] for row in rows("schools.csv")}

    def name(row: dict[str, str]) -> str:
        return f"{row['first_name']} {row['middle_name']} {row['last_name']}"

    anna, gleb, marina = by_code["T0001"], by_code["T0002"], by_code["T0003"]
    assert (name(anna), anna["subjects"], schools[anna["school_code"]]) == ("Анна Сергеевна Образцова", "математика", "Лесновская СОШ")
    assert (name(gleb), schools[gleb["school_code"]]) == ("Глеб Андреевич Шаблонов", "Озёрская СОШ")
    assert (name(marina), marina["position"], schools[marina["school_code"]]) == (
        "Марина Леонидовна Шаблонова",
        "директор",
        "Лесновская СОШ",
    )
    assert [(name(staff[code]), staff[code]["role"]) for code in ("S0001", "S0002", "S0003")] == [
        ("Борис Ильич Примеров", "tutor"),
        ("Вера Павловна Условная", "municipal_methodist"),
        ("Дина Львовна Эталонова", "cnppm_officer"),
    ]
    assert "T0002" not in staff


def test_parts_of_names_repeat_nowhere() -> None:
    names = rows("names.csv")
    counts = Counter((row["part"], row["gender"], row["name"]) for row in names)

    assert max(counts.values()) == 1
    assert {(row["part"], row["gender"]) for row in names} == {(p, g) for p in ("last_name", "first_name", "middle_name") for g in "fm"}
