"""One person planned and printed: verdicts, goals, priorities, what each topic gets; and the pool against the single process."""

import re
from datetime import date

import pytest

from iom.documents.plan import pool, texts
from iom.documents.plan.people import OWN_CATALOG, Measured, PersonInput, PlanSettings, make_desk, plan_person
from iom.documents.plan.rows import coverage_of, covered_deficits, deficit_rows, deficits_of, item_rows, person_row, uncovered_rows
from iom.documents.plan.sheet import route_sheet
from iom.profiles.results_file import ScoreSource

TODAY = date(2026, 11, 24)
SETTINGS = PlanSettings(72, date(2026, 12, 1), date(2027, 5, 31), TODAY)
DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def desk():
    return make_desk(OWN_CATALOG)


def person(*results, code="A"):
    return PersonInput(code, "Образцова Анна", "СОШ № 1", position="учитель", subjects=("физика",), results=results)


def measured(code, percent, n_tasks=20, source=ScoreSource.MEASURED):
    return Measured(code, percent, n_tasks, DAY, source)


def printed(desk, *results):
    plan = plan_person(person(*results), desk, SETTINGS)
    return plan, route_sheet(plan, desk, SETTINGS)


@pytest.mark.parametrize(
    ("percent", "n_tasks", "verdict", "goal"),
    [
        (20, 20, "дефицит", texts.GOAL),
        (55, 10, "вероятный дефицит, уточните", texts.GOAL_PROBABLE),
        (65, 10, "дефицит не установлен", texts.GOAL_NONE),
        (95, 20, "дефицита нет", texts.GOAL_NONE),
        (0, 2, "мало данных", texts.GOAL_THIN),
    ],
)
def test_the_goal_follows_from_the_verdict(desk, percent, n_tasks, verdict, goal):
    plan, sheet = printed(desk, measured("ME.1", percent, n_tasks))

    assert [row.verdict for row in deficit_rows(plan, desk)] == [verdict]
    assert sheet.goal == goal
    assert bool(sheet.deficits) == (verdict == "дефицит")


def test_a_component_counts_for_its_competency(desk):
    plan, _ = printed(desk, measured("ME.3.1", 10))

    assert deficits_of(plan) == {"ME.3"}
    assert deficit_rows(plan, desk)[0].competency == "Оценивание результатов"


def test_deficits_are_printed_by_priority_and_the_sixth_is_put_off(desk):
    """The deeper first; five at most enter a route."""
    levels = {"ME.1": 50, "ME.2": 10, "PP.2": 30, "NP.2": 20, "IN.1": 0, "CI.5": 40}
    plan, sheet = printed(desk, *(measured(code, percent, 40) for code, percent in levels.items()))
    by_title = {desk.competencies[code].title: code for code in levels}

    assert [by_title[row.competency] for row in sheet.deficits] == ["IN.1", "ME.2", "NP.2", "PP.2", "CI.5", "ME.1"]
    assert [row.number for row in sheet.deficits] == [1, 2, 3, 4, 5, 6]
    assert sheet.deficits[0].priority == "высокий"
    assert sheet.deficits[5].priority == "отложен до следующего маршрута"
    assert sheet.tasks[5].expected_result.endswith("в один маршрут берём не больше пяти тем.")
    assert [row.verdict for row in deficit_rows(plan, desk)] == ["дефицит"] * 6


def test_every_topic_says_what_the_route_brings_or_why_not(desk):
    plan, sheet = printed(desk, measured("ME.1", 10), measured("FG.2", 10), measured("KO.3", 10))
    coverage = coverage_of(plan)

    assert len(sheet.tasks) == 3
    for task in sheet.tasks:
        title = re.match("«(.*?)»", task.text)[1]
        code = next(node.code for node in desk.competencies.values() if node.title == title)
        assert f"дойти до\u00a0{70 if code == 'FG.2' else 60}\u00a0%" in task.text
        if coverage[code] >= 60:
            assert task.expected_result == f"маршрут закрывает {coverage[code]}\u00a0% пути до\u00a0границы"
        else:
            reason = next(row.reason for row in uncovered_rows(plan, desk) if row.competency_code == code)
            assert task.expected_result.endswith(reason.partition(": ")[2])
            assert title not in task.expected_result


def test_a_claim_has_its_own_words_and_is_counted_apart(desk):
    ratings = [measured(code, percent, None, ScoreSource.SELF) for code, percent in (("ME.1", 0), ("PP.2", 100), ("KO.1", 100))]
    plan, sheet = printed(desk, *ratings, measured("NP.2", 10, source=ScoreSource.OTHER))
    row = person_row(plan, "1.docx")

    assert deficits_of(plan) == {"NP.2"}
    assert (row.deficits, row.claims, row.covered) == (1, 1, covered_deficits(plan))
    assert [(line.source, line.priority) for line in sheet.deficits] == [
        ("оценка коллег или эксперта", "высокий"),
        ("самооценка", "по желанию"),
    ]
    assert "заявленным затруднением" in sheet.tasks[1].text
    assert sheet.diagnostics[0].method == "самооценка, оценка коллег или эксперта"


def test_items_are_numbered_by_their_days_and_printed_as_in_the_workbook(desk):
    plan, sheet = printed(desk, measured("ME.1", 10), measured("ME.3", 10), measured("CI.5", 10))
    rows = item_rows(plan, desk)

    assert len(rows) > 1
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert [(item.title, item.hours, item.start, item.end) for item in sheet.items] == [
        (row.title, row.hours, row.start, row.end) for row in rows
    ]
    assert sum(row.hours for row in rows) == plan.proposal.hours <= 72
    assert all(row.why and row.aims for row in rows)


def test_only_choices_that_are_spoken_of_travel_with_a_plan(desk):
    plan, _ = printed(desk, measured("ME.1", 10), measured("FG.6", 10))
    named = {str(item) for item in plan.proposal.selected} | {str(one) for need in plan.proposal.uncovered for one in need.candidates}

    assert set(plan.choices) == named


def test_the_pool_gives_what_one_process_gives(desk, tmp_path, monkeypatch):
    people = [person(measured("ME.1", number * 4), measured("PP.2", 90 - number * 4), code=str(number)) for number in range(21)]
    steps = []
    alone = pool.plan_all(people, desk, SETTINGS, tmp_path, steps.append)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    together = pool.plan_all(people, desk, SETTINGS, tmp_path, steps.append)

    assert [plan.person.code for plan in together] == [str(number) for number in range(21)]
    assert together == alone
    assert sum(steps) == 42
