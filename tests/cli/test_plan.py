"""`iom plan` as it is called: options, broken files, earlier runs, full disks, interrupts, a process that dies."""

import csv
import errno
import json
import os
import re
import signal
import time
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from iom.cli import plan as command
from iom.core.config import ROOT
from iom.documents.plan import pool, run
from iom.routes.optimiser import OutOfTimeError
from tests.cli.conftest import NOW, TODAY
from tests.cli.planning import finish, plan, start
from tests.cli.planted import long_table, nameless_tables, wide_table

pytestmark = [pytest.mark.xdist_group("iom plan"), pytest.mark.usefixtures("quick")]

SENTENCE = re.compile(r"[А-ЯЁа-яё].*[.!]?$")
DAY = TODAY - timedelta(days=60)


@pytest.fixture
def small(tmp_path):
    """Three people: deep deficits, none at all, and a row that is refused."""
    path = tmp_path / "results.csv"
    lines = ["Код;ФИО;Школа;Компетенция;Процент;Число заданий", "A;Образцова Анна;СОШ № 1;ME.1;20;20", "A;;;PP.2;15;20"]
    lines += ["B;Примерова Вера;СОШ № 2;ME.1;95;20", "C;Пробная Дина;СОШ № 3;ME.1;150;20"]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def csv_file(tmp_path, *lines, name="results.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# Layouts, encodings, order


@pytest.mark.parametrize(("make", "name"), [(long_table, "long.xlsx"), (wide_table, "wide.csv")])
def test_both_layouts_are_read_from_a_workbook_and_from_windows_1251(tmp_path, make, name):
    """The other half of the pairs that the story of 200 people tells."""
    table = make(25, TODAY, is_csv=name.endswith("csv"))
    done = plan(table.write(tmp_path / name), tmp_path / "out")

    assert done.code == 3
    assert {(line["row"], line["column"], line["code"]) for line in done.summary["rejected"]} == table.refused
    assert set(done.people) == set(table.taken)
    assert {person["person"] for person in done.summary["people_without_results"]} == table.lost


@pytest.mark.parametrize("place", [0, 1])
def test_people_without_codes_are_known_by_name_and_school(tmp_path, place):
    table = nameless_tables(TODAY)[place]
    done = plan(table.write(tmp_path / "results.csv"), tmp_path / "out")

    assert [(row["Код"], row["ФИО"], row["Организация"]) for row in done.sheets["Люди"]] == [
        ("1", "Образцова Анна", "СОШ № 1"),
        ("2", "Образцова Анна", "СОШ № 2"),
        ("3", "Пробная Вера", "СОШ № 1"),
    ]
    assert {(line["row"], line["code"]) for line in done.summary["rejected"]} == {(5, "no_person")}
    assert [row["Дефицитов"] for row in done.sheets["Люди"]] == [1, 0, 1]


def test_the_same_file_gives_the_same_bytes(tmp_path):
    results = long_table(15, TODAY, is_csv=True).write(tmp_path / "results.csv")
    first, second = plan(results, tmp_path / "first"), plan(results, tmp_path / "second")

    names = sorted(path.relative_to(first.out) for path in first.out.rglob("*") if path.is_file())
    assert len(names) > 15
    assert [name for name in names if (first.out / name).read_bytes() != (second.out / name).read_bytes()] == []


def test_the_order_of_rows_changes_no_route(tmp_path):
    table = long_table(15, TODAY, is_csv=True)
    first = plan(table.write(tmp_path / "first.csv"), tmp_path / "first")
    table.shuffle(99)
    second = plan(table.write(tmp_path / "second.csv"), tmp_path / "second")

    for sheet in ("Дефициты", "Пункты маршрутов", "Не охвачено"):
        one, other = ([sorted(map(str, row.values())) for row in done.sheets[sheet]] for done in (first, second))
        assert sorted(one) == sorted(other), sheet
    assert first.summary["covered_share"] == second.summary["covered_share"]


# What is said


def test_a_clean_file_ends_with_zero_and_is_not_said_to_lack_anything(tmp_path):
    done = plan(csv_file(tmp_path, "Код;Компетенция;Процент", "A;ME.1;20", "B;ME.1;90"), tmp_path / "out")

    assert (done.code, done.summary["rejected"], done.summary["people_without_results"]) == (0, [], [])
    said = done.stdout.replace("\u00a0", " ")
    assert re.fullmatch(rf"Готово: 2 человека, 1 маршрут, {done.summary['items']} мероприяти[еяй]\. {re.escape(str(done.out))}\n", said)
    assert "Не\u00a0принято" not in done.stderr
    assert "Без маршрута" not in done.stderr


def test_a_person_without_deficits_gets_a_line_and_a_paper_that_says_so(tmp_path, small):
    done = plan(small, tmp_path / "out")
    calm = done.people["B"]

    assert (calm["Решение"], calm["Пунктов"], calm["Часы"], calm["Дефицитов"]) == ("дефицитов не найдено", 0, 0, 0)
    text = _text_of(done.document("B"))
    assert "Дефицитов по этим результатам не установлено, поэтому мероприятий в маршруте нет." in text
    assert "маршрут № B" in _text_of(done.document("B"), "word/header1.xml")


def test_the_paper_says_what_the_route_leaves_open(tmp_path):
    results = csv_file(
        tmp_path, "Код;ФИО;Компетенция;Процент;Заданий", *(f"A;Образцова Анна;{code};10;20" for code in ("KO.3", "PV.1", "ME.1"))
    )
    done = plan(results, tmp_path / "out", "--hours", "16")
    text = _text_of(done.document("A"))

    assert done.summary["uncovered"]
    for one in done.summary["uncovered"]:
        assert one["reason"].partition(": ")[2].replace("\u00a0", " ") in text
    assert "Мы учли это" not in text  # no region stands behind a file


def test_a_whole_file_of_refused_rows_is_named_row_by_row(tmp_path):
    done = plan(csv_file(tmp_path, "Код;Компетенция;Процент", "A;ME.1;120", "B;ME.9.9;20"), tmp_path / "out")

    assert done.code == 3
    assert [(line["row"], line["code"]) for line in done.summary["rejected"]] == [(2, "above_100"), (3, "unknown_competency")]
    assert (done.summary["people"], done.summary["routes"], done.summary["covered_share"]) == (0, 0, None)
    assert [person["person"] for person in done.summary["people_without_results"]] == ["A", "B"]


def test_many_refused_rows_are_counted_on_the_terminal_and_all_named_in_the_summary(tmp_path):
    done = plan(csv_file(tmp_path, "Код;Компетенция;Процент", "A;ME.1;20", *(f"A;ME.1;{200 + n}" for n in range(50))), tmp_path / "out")

    assert len(done.summary["rejected"]) == 50
    assert done.stderr.count("больше 100") == 20
    assert "и ещё 30: все названы в\u00a0summary.json" in done.stderr


def test_a_self_rating_claims_a_difficulty_and_is_no_deficit(tmp_path):
    lines = ["Код;Компетенция;Процент;Источник", "A;ME.1;0;самооценка", "A;PP.2;100;самооценка", "A;KO.1;100;самооценка"]
    done = plan(csv_file(tmp_path, *lines), tmp_path / "out")

    assert (done.summary["deficits"], done.summary["claims"], done.summary["covered_share"]) == (0, 1, None)
    assert {row["Код компетенции"]: row["Вывод"] for row in done.sheets["Дефициты"]}["ME.1"] == "заявленное затруднение"
    assert (done.people["A"]["Дефицитов"], done.people["A"]["Заявлено затруднений"]) == (0, 1)
    text = _text_of(done.document("A"))
    assert "самооценка" in text
    assert "внешняя диагностика" not in text


def _text_of(path, part="word/document.xml"):
    with zipfile.ZipFile(path) as archive:
        return re.sub(r"<[^>]+>", "", archive.read(part).decode()).replace("\u00a0", " ")


# Staff lists and catalogs


def test_a_staff_list_adds_posts_by_code_and_its_refused_rows_are_named_with_the_file(tmp_path, small):
    staff = csv_file(
        tmp_path,
        "Код;Фамилия;Имя;Школа;Должность;Предмет;Хобби",
        "a;Образцова;Анна;Лицей;учитель;физика;шахматы",
        "B;Примерова;Вера;Гимназия;директор;;",
        "B;Примерова;Вера;Лицей;учитель;история;",
        "Z;7;Яна;Лицей;учитель;;",
        name="staff.csv",
    )
    done = plan(small, tmp_path / "out", "--staff", staff)

    assert {code: (row["Организация"], row["Должность"], row["Предмет"]) for code, row in done.people.items()} == {
        "A": ("СОШ № 1", "учитель", "физика"),  # what the results say themselves stands
        "B": ("СОШ № 2", "директор", ""),
    }
    assert [(line["file"], line["row"], line["code"]) for line in done.summary["rejected"]] == [
        ("results.csv", 5, "above_100"),
        ("staff.csv", 5, "bad_name"),
    ]
    assert "staff.csv, строка\u00a05, столбец «Фамилия»" in done.stderr
    assert "нашлись 2 из\u00a02\u00a0человек" in done.stderr
    assert "«Хобби»" in done.stderr
    assert done.code == 3


def test_a_staff_list_finds_people_by_name_where_the_results_have_no_codes(tmp_path):
    results = csv_file(tmp_path, "ФИО;Компетенция;Процент", "Образцова Анна;ME.1;20", "Пробная Вера;ME.1;20", "Лесная Яна;ME.1;20")
    staff = csv_file(
        tmp_path,
        "Код;ФИО;Школа;Должность",
        "1;ОБРАЗЦОВА  АННА;Лицей;учитель",
        "2;Пробная Вера;Лицей;учитель",
        "3;Пробная Вера;Гимназия;учитель",
        name="staff.csv",
    )
    done = plan(results, tmp_path / "out", "--staff", staff)

    assert [row["Организация"] for row in done.sheets["Люди"]] == ["Лицей", "", ""]  # of two namesakes nobody knows which


def test_a_catalog_folder_with_programmes_only_is_enough(tmp_path, small, monkeypatch):
    monkeypatch.undo()  # the real catalog is wanted here
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "programs.csv").write_bytes((ROOT / "catalog" / "programs.csv").read_bytes())
    done = plan(small, tmp_path / "out", "--catalog", folder)

    assert done.code == 3
    assert {item["Вид"] for item in done.sheets["Пункты маршрутов"]} == {"Программа ДПО"}


PROGRAMME = "id,title,hours\nP1,Проектирование урока,36\n"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "programs.csv: нет такого файла"),
        ({"programs.csv": "title\nX\n"}, "programs.csv, строка\u00a01, столбец «id»: нет столбца"),
        ({"programs.csv": PROGRAMME.replace("36", "много")}, "programs.csv, строка\u00a02, столбец «hours»"),
        ({"programs.csv": PROGRAMME.encode("windows-1251")}, "programs.csv: кодировка не UTF-8"),
        ({"programs.csv": PROGRAMME, "framework.csv": "code\nME\n"}, "framework.csv"),
        (
            {"programs.csv": PROGRAMME, "links.csv": "offering_code,competency_code,strength\nP9,ME.1,main\n"},
            "links.csv, строка\u00a02, столбец «offering_code»: ссылка на то, чего нет",
        ),
    ],
)
def test_a_broken_catalog_is_one_sentence_that_names_the_place(tmp_path, small, monkeypatch, files, words):
    monkeypatch.undo()
    folder = tmp_path / "catalog"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    done = plan(small, tmp_path / "out", "--catalog", folder)

    assert done.code == 1
    assert words in done.stderr.splitlines()[-1]
    assert "Ничего не записано" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()


# Wrong calls


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--hours", "5"], "--hours: нужно целое число часов от\u00a08 до\u00a0400"),
        (["--hours", "семь"], "--hours: "),
        (["--hours", "72.5"], "--hours: "),
        (["--hours", "-8"], "--hours: "),
        (["--from", "31.02.2027"], "--from: «31.02.2027» не\u00a0читается как дата"),
        (["--to", "9999-01-01"], "--to: "),
        (["--from", "2027-03-01", "--to", "2027-02-01"], "конец периода раньше начала"),
        (["--from", "2026-12-01", "--to", "2036-12-01"], "период длиннее трёх лет"),
        (["--staff", "nowhere.csv"], "--staff: nowhere.csv: такого файла нет"),
        (["--catalog", "nowhere"], "--catalog: nowhere: такой папки нет"),
    ],
)
def test_a_wrong_option_is_two_with_the_option_named(tmp_path, small, options, words):
    done = plan(small, tmp_path / "out", *options)

    assert (done.code, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (tmp_path / "out").exists()


def test_missing_files_folders_for_files_and_files_for_folders_are_wrong_calls(tmp_path, small):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "routes").write_text("a file", encoding="utf-8")

    assert plan(tmp_path / "none.csv", tmp_path / "out").code == 2
    assert plan(tmp_path, tmp_path / "out").code == 2
    assert plan(small, small).code == 2
    assert plan(small, tmp_path / "taken").code == 2
    assert not (tmp_path / "out").exists()


def test_dates_are_taken_in_both_spellings_and_one_day_is_a_period(tmp_path, small):
    done = plan(small, tmp_path / "out", "--from", "01.12.2026", "--to", "2026-12-01", "--hours", "400")

    assert done.summary["conditions"] == {"hours": 400, "from": "2026-12-01", "to": "2026-12-01"}
    assert {item["Окончание"].isoformat() for item in done.sheets["Пункты маршрутов"]} <= {"2026-12-01"}


# Broken files


def _workbook(path):
    book = openpyxl.Workbook()
    for row in (["Код", "Компетенция", "Процент"], ["A", "ME.1", 20]):
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


def _locked(content):
    """Set the mark of encryption on every member of an archive."""
    return content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


BROKEN = {
    "zero.csv": lambda _: b"",
    "zero.xlsx": lambda _: b"",
    "html.xlsx": lambda _: "<html><table><tr><td>Код</td></tr></table></html>".encode(),
    "html.csv": lambda _: b"<!DOCTYPE html><p>",
    "text.xlsx": lambda _: "Код;Компетенция;Процент\nA;ME.1;20\n".encode(),
    "book.csv": lambda book: book,
    "locked.xlsx": _locked,
    "truncated.xlsx": lambda book: book[: len(book) // 2],
    "flipped.xlsx": lambda book: book[:200] + bytes(byte ^ 255 for byte in book[200:400]) + book[400:],
    "old.xls": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "old.xlsx": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600,
    "picture.png": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "binary.csv": lambda _: bytes(range(256)) * 20,
    "noise.csv": lambda _: b"\xff\xfe\xfd" * 500,
    "nul.csv": lambda _: "Код;Процент\nA\x00;1\n".encode(),
    "quote.csv": lambda _: 'Код;Компетенция;Процент\nA;"ME.1;20\n'.encode(),
    "spaces.csv": lambda _: b"  \n\n  \n",
    "heads.csv": lambda _: "Код;Компетенция;Процент\n".encode(),
    "columns.csv": lambda _: "Имя собаки;Порода\nШарик;двор\n".encode(),
    "nobody.csv": lambda _: "Компетенция;Процент\nME.1;20\n".encode(),
    "novalue.csv": lambda _: "Код;Компетенция\nA;ME.1\n".encode(),
    "notopic.csv": lambda _: "Код;Рост\nA;170\n".encode(),
}


@pytest.mark.parametrize("option", ["--results", "--staff"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_russian_sentence(tmp_path, small, name, option):
    path = tmp_path / name
    path.write_bytes(BROKEN[name](_workbook(tmp_path / "book.xlsx")))
    if option == "--staff" and name in {"nobody.csv", "novalue.csv", "notopic.csv", "heads.csv"}:
        path.write_text("Код;Школа\nA;1\n", encoding="utf-8")  # what is no list of staff either
    done = plan(path, tmp_path / "out") if option == "--results" else plan(small, tmp_path / "out", option, path)

    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{name}: ")
    assert SENTENCE.search(done.stderr)
    assert "системе" not in done.stderr  # there is none here
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_file_that_the_system_does_not_give_is_one_sentence(tmp_path, small, monkeypatch, code):
    def refuse(path):
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    done = plan(small, tmp_path / "out")

    assert (done.code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("results.csv: Файл не\u00a0читается: ")


# The folder of results


def test_a_new_run_replaces_the_old_one_whole_and_says_so(tmp_path, small):
    first = plan(small, tmp_path / "out")
    (first.out / "routes" / "заметка.txt").write_text("моё", encoding="utf-8")
    (first.out / "письмо.txt").write_text("моё", encoding="utf-8")
    one = csv_file(tmp_path, "Код;ФИО;Компетенция;Процент", "Q;Другая Вера;ME.1;20", name="one.csv")
    second = plan(one, tmp_path / "out")

    assert "прошлый расчёт: routes.xlsx, summary.json и\u00a02\u00a0документа" in second.stderr
    assert "прошлый расчёт" not in first.stderr
    assert {path.name for path in (second.out / "routes").iterdir()} == {"0001_Q_Другая_Вера.docx", "заметка.txt"}
    assert {path.name for path in second.out.iterdir()} == {"routes", "routes.xlsx", "summary.json", "письмо.txt"}
    assert set(second.people) == {"Q"}


def test_a_failed_run_leaves_the_old_one_as_it_was(tmp_path, small, monkeypatch):
    first = plan(small, tmp_path / "out")
    before = {path: path.read_bytes() for path in first.out.rglob("*") if path.is_file()}

    def full(_sheet):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(run, "render_route_docx", full)
    done = plan(small, tmp_path / "out")

    assert done.code == 1
    assert done.stderr.splitlines()[-1].startswith("На диске не хватило места. ")
    assert {path: path.read_bytes() for path in first.out.rglob("*") if path.is_file()} == before
    assert {path.name for path in first.out.iterdir()} == {"routes", "routes.xlsx", "summary.json"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "На диске не хватило места."),
        (errno.EACCES, "Нет прав на запись в эту папку."),
        (errno.EROFS, "Диск открыт только для чтения."),
        (errno.EIO, "Результаты не\u00a0записались (ошибка диска 5)."),
    ],
)
def test_a_disk_that_refuses_is_named_and_leaves_no_folder(tmp_path, small, monkeypatch, code, words):
    def refuse(*_arguments, **_more):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(run, "write_plan", refuse)
    done = plan(small, tmp_path / "out")

    assert done.code == 1
    assert done.stderr.splitlines()[-1].startswith(words)
    assert not (tmp_path / "out").exists()


def test_the_summary_appears_last(tmp_path, small, monkeypatch):
    """At each step of putting a run in place, a summary stands only beside the files of its own run."""
    out = tmp_path / "out"
    plan(small, out)
    one = csv_file(tmp_path, "Код;Компетенция;Процент", "Q;ME.1;20", name="one.csv")
    seen = []

    def watched(method):
        def step(path, target):
            done = method(path, target)
            papers = {name.name[5:6] for name in (out / "routes").glob("*.docx")} if (out / "routes").is_dir() else set()
            seen.append((json.loads((out / "summary.json").read_text())["people"] if (out / "summary.json").exists() else 0, papers))
            return done

        return step

    for name in ("rename", "replace"):
        monkeypatch.setattr(f"pathlib.Path.{name}", watched(getattr(os, name)))
    plan(one, out)

    assert [people for people, _ in seen] == [0] * (len(seen) - 1) + [1]
    assert seen[-1][1] == {"Q"}


def test_a_second_run_into_the_same_folder_is_refused(tmp_path, small, monkeypatch):
    inner = []
    plan_all = run.plan_all

    def meanwhile(*arguments):
        monkeypatch.setattr(run, "plan_all", plan_all)
        inner.append(plan(small, tmp_path / "out"))
        return plan_all(*arguments)

    monkeypatch.setattr(run, "plan_all", meanwhile)
    outer = plan(small, tmp_path / "out")

    assert outer.code == 3
    assert inner[0].code == 1
    assert "другой расчёт" in inner[0].stderr.splitlines()[-1]


def test_what_a_killed_run_left_is_cleared_away(tmp_path, small):
    left = tmp_path / "out" / ".iom-plan"
    (left / "routes").mkdir(parents=True)
    (left / "routes" / "0001_A.docx").write_bytes(b"half")
    done = plan(small, tmp_path / "out")

    assert done.code == 3
    assert not left.exists()
    assert "прошлый расчёт" not in done.stderr


# What happens to the program itself


def test_one_route_that_takes_too_long_does_not_cost_the_others_theirs(tmp_path, small, monkeypatch):
    def late(*_arguments):
        raise OutOfTimeError

    monkeypatch.setattr("iom.documents.plan.people.propose", late)
    done = plan(small, tmp_path / "out")

    assert done.people["A"]["Решение"] == "не посчитан: не хватило времени"
    assert {one["code"] for one in done.summary["uncovered"]} == {"not_checked"}
    assert done.summary["uncovered"][0]["reason"].endswith("запустите расчёт ещё раз.")
    assert done.people["B"]["Решение"] == "дефицитов не найдено"


def test_a_programming_error_is_not_hidden(tmp_path, small, monkeypatch):
    monkeypatch.setattr(run, "summarise", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        plan(small, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def begin(tmp_path):
    """Start the real command for more people than one process takes, on a catalog that is soon ready."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    with (ROOT / "catalog" / "programs.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))[:40]
    with (folder / "programs.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    def start_for(people):
        lines = [f"P{number};ME.{number % 4 + 1};{number % 40};20" for number in range(people)]
        results = csv_file(tmp_path, "Код;Компетенция;Процент;Заданий", *lines, name="many.csv")
        return start(results, tmp_path / "out", "--catalog", folder)

    return start_for


@pytest.mark.parametrize("is_late", [False, True])
def test_ctrl_c_ends_with_a_sentence_and_leaves_nothing_half_done(tmp_path, begin, is_late):
    """At the moment the pool begins, when processes still load their modules, and in the middle of the work."""
    process = begin(2000 if is_late else 100)
    workers = _workers(process.pid)
    if is_late:
        time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    done = finish(process, tmp_path / "out")

    assert done.code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("Расчёт прерван. Ничего не записано.")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    _wait_for(lambda: not any(_is_alive(worker) for worker in workers))


def test_a_process_that_dies_is_a_sentence(tmp_path, begin):
    process = begin(100)
    os.kill(_workers(process.pid)[0], signal.SIGKILL)
    done = finish(process, tmp_path / "out")

    assert done.code == 1
    assert done.stderr.splitlines()[-1].startswith("Один из процессов расчёта остановлен системой")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_killed_command_leaves_no_summary_and_no_process(tmp_path, begin):
    process = begin(2000)
    workers = _workers(process.pid)
    time.sleep(1)
    process.kill()
    process.communicate()

    _wait_for(lambda: not any(_is_alive(worker) for worker in workers))
    assert not (tmp_path / "out" / "summary.json").exists()
    assert not (tmp_path / "out" / "routes.xlsx").exists()


def _workers(pid):
    """Return the processes of the pool as soon as they are there; the tracker of shared memory is none of them."""
    found = []

    def both():
        found[:] = [child for child in _children(pid) if b"spawn_main" in _command_of(child)]
        return len(found) >= min(2, pool._processors())

    _wait_for(both, 120)
    return found


def _children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def _command_of(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def _is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_the_command_says_what_it_takes():
    assert {option.opts[0] for option in command.plan.params} == {
        "--results", "--staff", "--catalog", "--hours", "--from", "--to", "--out",
    }  # fmt: skip
    assert NOW.date() == TODAY
