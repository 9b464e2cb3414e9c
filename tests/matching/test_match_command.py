"""The command: its lists, its filters, its exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iom.catalog.files.errors import CatalogFileError, FileFault
from iom.catalog.files.texts import FAULT, fault_sentence
from iom.cli.match import match


def call(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(match, arguments, input=given)


def rows(*arguments: str) -> list[dict[str, object]]:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "programs.csv").write_text(
        "id,title,subject\nX1,Смысловое чтение,русский язык\nX2,Чтение графиков,математика\nX3,Чтение в школе,школьная библиотека\n",
        encoding="utf-8",
    )
    return tmp_path


def test_competency_gives_programmes_best_first():
    found = rows("--competency", "ME.3.1", "--kind", "program", "--top", "5")

    assert len(found) == 5
    assert {row["kind"] for row in found} == {"program"}
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert set(found[0]) == {"id", "kind", "title", "score", "reasons"}
    assert all(row["reasons"] for row in found)


def test_text_in_own_words_finds_the_antibullying_programme():
    assert rows("--text", "травля ребёнка в классе", "--kind", "program", "--top", "1")[0]["id"] == "P0237"


def test_folder_of_programmes_alone_is_enough(folder):
    assert rows("--text", "смысловое чтение", "--catalog", str(folder))[0]["id"] == "X1"


def test_school_subject_leaves_out_what_is_for_others_only(folder):
    found = rows("--text", "чтение", "--catalog", str(folder), "--subject", "Математика")

    assert {row["id"] for row in found} == {"X2", "X3"}


def test_theme_that_is_no_subject_keeps_only_what_names_it(folder):
    found = rows("--text", "чтение", "--catalog", str(folder), "--subject", "библиотека")

    assert [row["id"] for row in found] == ["X3"]


def test_kinds_may_be_repeated():
    found = rows("--text", "наставничество", "--kind", "mentoring", "--kind", "event", "--top", "40")

    assert {row["kind"] for row in found} == {"mentoring", "event"}


def test_dash_reads_a_query_a_line_and_answers_line_by_line(folder):
    result = call("--text", "-", "--catalog", str(folder), given="чтение графиков\n\nсмысловое чтение\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    assert [answer[0]["id"] if answer else None for answer in answers] == ["X2", None, "X1"]


def test_line_in_another_encoding_costs_only_its_own_answer(folder):
    result = call("--text", "-", "--catalog", str(folder), given="\xff\xfe".encode("latin-1") + "\nчтение\n".encode())

    assert result.exit_code == 0
    assert [bool(json.loads(line)) for line in result.stdout.splitlines()] == [False, True]


def test_empty_text_gives_an_empty_list():
    assert rows("--text", "как и что") == []


def test_people_read_numbered_lines_with_reasons(folder):
    result = call("--text", "чтение графиков", "--catalog", str(folder), "--top", "1")

    assert result.stdout.splitlines()[0] == "1. X2, программа: Чтение графиков"
    assert "совпали слова: " in result.stdout.splitlines()[1]
    assert "предмет и\u00a0тема: математика" in result.stdout


def test_people_are_told_when_nothing_or_nothing_sure_is_found(folder):
    assert call("--text", "что", "--catalog", str(folder)).stdout == "Ничего подходящего.\n"
    assert call("--text", "графическая", "--catalog", str(folder)).stdout.startswith("Уверенных совпадений нет")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--text", "a", "--competency", "ME.3"),
        ("--competency", "ME.99"),
        ("--text", "a", "--kind", "lesson"),
        ("--text", "a", "--top", "0"),
        ("--text", "a", "--catalog", "/nowhere"),
        ("--text", "a", "--subject", "для"),
    ],
)
def test_wrong_call_ends_with_two(arguments):
    assert call(*arguments).exit_code == 2


def test_broken_file_ends_with_one_and_names_the_cell(folder):
    (folder / "programs.csv").write_text("id,title,hours\nX1,Урок,много\n", encoding="utf-8")
    result = call("--text", "урок", "--catalog", str(folder))

    assert result.exit_code == 1
    assert result.stderr == "programs.csv, строка\u00a02, столбец «hours»: нужно целое число больше нуля.\n"


def test_every_fault_has_a_sentence():
    assert set(FAULT) == set(FileFault)
    assert fault_sentence(CatalogFileError("events.csv", 0, "", FileFault.NOT_UTF8)) == "events.csv: кодировка не UTF-8."
