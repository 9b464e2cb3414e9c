"""`iom solve` as it is called: answers on standard output, sentences on standard error, exit codes."""

import json
import re
import time

import pytest
from click.testing import CliRunner

from iom.cli.main import main
from iom.cli.progress import progress
from iom.routes import texts
from iom.routes.instance import Fault, Instance, RouteItemSpec
from iom.routes.instance_json import to_document, write_instance
from iom.routes.made import made_instance
from iom.routes.optimiser import Solution, Status
from iom.routes.rules import Rule
from tests.routes.second_opinion import objective, violations

KEYS = ["id", "status", "objective", "bound", "gap", "selected", "seconds"]


@pytest.fixture
def files(tmp_path):
    """Two instances that can be solved, one that contradicts itself, one that is no instance."""
    small = Instance("small", weights=(2,), hours_max=40, items=(RouteItemSpec("a", "program", 36, cover={0: 60}),))
    made = made_instance(3, 90)
    impossible = Instance("impossible", weights=(2,), hours_max=40, items=small.items, hours_min=50)
    for instance in (small, made, impossible):
        write_instance(instance, tmp_path / f"{instance.id}.json")
    (tmp_path / "broken.json").write_text(json.dumps({**to_document(small), "hours_max": "40"}), encoding="utf-8")
    return {path.stem.partition("-")[0]: path for path in tmp_path.iterdir()} | {"instance": made}


def run(*arguments):
    return CliRunner().invoke(main, ["solve", *map(str, arguments)])


def test_one_object_a_file_comes_in_the_order_of_the_call(files):
    result = run("--json", files["made"], files["small"])
    made, small = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert list(made) == list(small) == KEYS
    assert {**small, "seconds": 0} == {
        "id": "small",
        "status": "optimal",
        "objective": 564,
        "bound": 564,
        "gap": 0.0,
        "selected": ["a"],
        "seconds": 0,
    }
    assert violations(files["instance"], tuple(made["selected"])) == []
    assert objective(files["instance"], tuple(made["selected"])) == made["objective"] == made["bound"]
    assert result.stderr == ""


def test_without_the_option_a_sentence_stands_beside_each_answer(files):
    result = run(files["small"])
    assert json.loads(result.stdout)["selected"] == ["a"]
    assert result.stderr == "small: лучший маршрут, это доказано: 1\u00a0пункт, 36\u00a0часов.\n"


def test_an_impossible_instance_is_an_answer_that_names_what_has_to_give(files):
    result = run(files["impossible"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {**answer, "seconds": 0} == {
        "id": "impossible",
        "status": "infeasible",
        "objective": None,
        "bound": None,
        "gap": None,
        "selected": [],
        "seconds": 0,
    }
    assert "наименьшее число часов (нужно 50, возможно 36)" in result.stderr


def test_a_broken_file_costs_one_sentence_and_the_others_their_answers_nothing(files, tmp_path):
    result = run("--json", files["broken"], tmp_path / "none.json", files["small"])
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["small"]
    assert result.stderr.splitlines() == [
        f"{files['broken']}, hours_max: нужно целое число.",
        f"{tmp_path / 'none.json'}: файл не удалось открыть.",
    ]


@pytest.mark.parametrize("arguments", [[], ["--time-limit", "0", "x.json"], ["--time-limit", "soon", "x.json"], ["--depth", "x.json"]])
def test_a_wrong_call_leaves_with_two(arguments):
    assert run(*arguments).exit_code == 2


def test_a_limit_too_short_for_anything_is_said(files):
    document = {**to_document(files["instance"]), "hours_min": 100}
    files["made"].write_text(json.dumps(document), encoding="utf-8")
    result = run("--time-limit", "1e-9", files["made"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ни\u00a0одного маршрута" in result.stderr


def test_a_route_not_proved_says_how_far_the_best_may_be_rounded_up():
    instance = Instance("late", weights=(1,), hours_max=40, items=(RouteItemSpec("a", "event", 2),))
    solution = Solution(Status.FEASIBLE, 960, 1000, 0.03041, ("a",), 1.0)
    assert texts.solution_sentence(instance, solution) == (
        "late: 1\u00a0пункт, 2\u00a0часа; не хуже лучшего возможного больше чем на 3,1\u00a0%."
    )


def test_every_fault_and_every_rule_has_its_words():
    assert set(texts.FAULT) == set(Fault)
    assert set(texts.LIMIT) == set(Rule)


def test_a_long_step_away_from_a_terminal_is_told_line_by_line(capsys):
    with progress("steps", 3, line_every_s=0.01) as advance:
        advance(2)
        time.sleep(0.1)
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert all(re.fullmatch("steps: [02]/3", line) for line in lines)


def test_a_short_command_says_nothing_of_its_progress(capsys):
    with progress("steps", 3) as advance:
        advance(3)
    assert capsys.readouterr().err == ""
