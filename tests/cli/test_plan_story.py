"""Two hundred people with errors mixed in, planned by the real command: every row named, everyone else routed, every sum right."""

import csv
import re
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest
from scipy.stats import beta

from iom.core.config import ROOT
from tests.cli.planning import finish, start
from tests.cli.planted import long_table, wide_table
from tests.databases import IN_CI

PEOPLE, HOURS = 200, 60
GOAL = 60  # per cent of the way from which a deficit counts as covered
MONTH = 30.44
SOFFICE = shutil.which("soffice")
A4 = (595, 842)  # points
CYRILLIC = re.compile("[а-яё]")
TABLES = {"long.csv": long_table, "wide.xlsx": wide_table}

pytestmark = pytest.mark.xdist_group("iom plan")


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    """Both files planned by the command as it is installed, side by side."""
    folder = tmp_path_factory.mktemp("stories")
    today = datetime.now(ZoneInfo("Europe/Moscow")).date()
    tables = {name: make(PEOPLE, today, is_csv=name.endswith("csv")) for name, make in TABLES.items()}
    begun = {
        name: start(table.write(folder / name), folder / f"out-{name}", "--hours", HOURS)
        for name, table in tables.items()
    }  # fmt: skip
    return {name: (tables[name], finish(process, folder / f"out-{name}"), today) for name, process in begun.items()}


@pytest.fixture(params=TABLES)
def story(request, stories):
    return stories[request.param]


def test_rejected_rows_end_with_three_and_one_line_of_output(story):
    _, run, _ = story

    assert run.code == 3
    assert run.stdout.startswith("Готово: ")
    assert run.stdout.count("\n") == 1
    assert "Traceback" not in run.stderr


def test_every_planted_row_is_named_with_its_column_and_its_reason_in_russian(story):
    table, run, _ = story

    assert {(line["row"], line["column"], line["code"]) for line in run.summary["rejected"]} == table.refused
    assert len(run.summary["rejected"]) == len(table.refused)
    assert all(CYRILLIC.search(line["reason"]) for line in run.summary["rejected"])


def test_the_terminal_names_rejected_rows_too(story):
    table, run, _ = story

    shown = {int(number) for number in re.findall(r"строка (\d+)[,:]", run.stderr.replace("\u00a0", " "))}
    assert shown <= {row for row, _, _ in table.refused}
    assert len(shown) >= min(15, len({row for row, _, _ in table.refused}))


def test_everyone_else_is_routed_and_the_lost_are_named(story):
    table, run, _ = story

    assert set(run.people) == set(table.taken)
    assert {code: row["ФИО"] for code, row in run.people.items()} == table.names
    assert {person["person"] for person in run.summary["people_without_results"]} == table.lost
    assert all(code in run.stderr for code in table.lost)


def test_every_column_has_its_verdict(stories):
    _, run, _ = stories["wide.xlsx"]
    verdicts = {column["heading"]: (column["verdict"], column["competency"], column["likeness"]) for column in run.summary["columns"]}

    assert verdicts["ME.1"] == ("matched", "ME.1", "code")
    assert verdicts["NM.3 Экспертная деятельность"] == ("matched", "NM.3", "code")
    assert verdicts["Методы и технологии обучения"] == ("matched", "ME.2", "title")
    assert verdicts["Самоанализ уроков"] == ("matched", "ME.4", "close")
    assert verdicts["Методическая компетентность"][:2] == ("block", "ME")
    assert verdicts["Любимый цвет"][0] == "unknown"
    assert verdicts["№"][0] == "service"
    assert verdicts["ФИО"][0] == "field"
    assert "«Самоанализ уроков» – компетенция ME.4, по похожему названию, проверьте" in run.stderr
    assert "«Любимый цвет» – не\u00a0опознан" in run.stderr


def test_deficits_are_those_that_the_beta_form_shows(story):
    """P(below the bound) from the file's own numbers by another library; a result counts half after two years."""
    table, run, today = story
    expected = set()
    for code, results in table.taken.items():
        for competency, result in results.items():
            weight = result.n_tasks * 0.5 ** ((today - result.taken_on).days / MONTH / 24)
            share = result.percent / 100
            bound = 0.7 if competency.startswith("FG.") else 0.6
            if beta.cdf(bound, 1 + weight * share, 1 + weight * (1 - share)) >= 0.8:
                expected.add((code, competency))

    rows = run.sheets["Дефициты"]
    assert {(row["Код"], row["Код компетенции"]) for row in rows} == {(code, one) for code, found in table.taken.items() for one in found}
    assert {(row["Код"], row["Код компетенции"]) for row in rows if row["Вывод"] == "дефицит"} == expected
    assert len(expected) > PEOPLE / 2


def test_each_deficit_is_covered_or_stands_with_a_reason(story):
    _, run, _ = story
    left = {(row["Код"], row["Код компетенции"]): row for row in run.sheets["Не охвачено"]}
    deficits = {(row["Код"], row["Код компетенции"]): row for row in run.sheets["Дефициты"] if row["Вывод"] == "дефицит"}
    covered = {pair for pair, row in deficits.items() if round(100 * row["Охват"]) >= GOAL}

    assert covered | left.keys() == deficits.keys()
    assert not covered & left.keys()
    assert all(CYRILLIC.search(row["Причина"]) for row in left.values())
    assert len(covered) > 50
    assert {(one["person"], one["competency"]) for one in run.summary["uncovered"]} == left.keys()
    assert all(one["percent"] < GOAL and CYRILLIC.search(one["reason"]) for one in run.summary["uncovered"])
    assert run.summary["covered_share"] == pytest.approx(len(covered) / len(deficits), abs=5e-5)


def test_each_route_keeps_its_hours_and_its_period(story):
    _, run, _ = story
    first, last = (datetime.fromisoformat(run.summary["conditions"][name]) for name in ("from", "to"))

    for code, items in run.items.items():
        assert sum(item["Часы"] for item in items) == run.people[code]["Часы"] <= HOURS
        assert all(first.date() <= item["Начало"] <= item["Окончание"] <= last.date() for item in items)
        assert len({item["Код в каталоге"] for item in items}) == len(items)


def test_sums_of_the_summary_are_sums_over_the_sheets(story):
    _, run, _ = story
    people, items = run.sheets["Люди"], run.sheets["Пункты маршрутов"]
    deficits = Counter(row["Код"] for row in run.sheets["Дефициты"] if row["Вывод"] == "дефицит")

    assert list(run.summary)[:8] == ["people", "deficits", "routes", "items", "hours", "covered_share", "uncovered", "rejected"]
    assert run.summary["people"] == len(people)
    assert run.summary["deficits"] == sum(deficits.values()) == sum(row["Дефицитов"] for row in people)
    assert run.summary["routes"] == len(run.items) == sum(row["Пунктов"] > 0 for row in people)
    assert run.summary["items"] == len(items) == sum(row["Пунктов"] for row in people)
    assert run.summary["hours"] == sum(item["Часы"] for item in items) == sum(row["Часы"] for row in people)
    assert all(row["Дефицитов"] == deficits[row["Код"]] for row in people)


def test_items_come_from_the_catalog_under_its_titles_and_hours(story):
    _, run, _ = story
    known = {}
    for name in ("programs", "internships", "mentoring", "events"):
        with (ROOT / "catalog" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            known |= {row["id"]: row for row in csv.DictReader(file)}

    for item in run.sheets["Пункты маршрутов"]:
        record = known[item["Код в каталоге"]]
        assert item["Мероприятие"] == " ".join(record["title"].split())
        volumes = {int(part) for part in re.findall(r"\d+", record.get("hours") or "")}
        assert item["Часы"] in volumes if volumes else item["Из них часы по оценке"] == item["Часы"]


def test_everybody_has_a_document_and_nothing_else_lies_there(story):
    _, run, _ = story

    assert {path.name for path in (run.out / "routes").iterdir()} == {row["Файл маршрута"] for row in run.sheets["Люди"]}
    assert {path.name for path in run.out.iterdir()} == {"routes", "routes.xlsx", "summary.json"}


@pytest.mark.skipif(not SOFFICE and not IN_CI, reason="no LibreOffice on this machine")
def test_documents_open_in_libreoffice_and_print_on_a4(stories, tmp_path):
    _, run, _ = stories["long.csv"]
    for code in _sample(run):
        shutil.copy(run.document(code), tmp_path / f"{code}.docx")
    papers = sorted(tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, *papers], check=True, capture_output=True, timeout=180
    )

    for paper in papers:
        pages = pypdf.PdfReader(paper.with_suffix(".pdf")).pages
        assert {tuple(sorted((round(page.mediabox.width), round(page.mediabox.height)))) for page in pages} == {A4}
        texts = [re.sub(r"\s", "", page.extract_text()) for page in pages]
        assert all(len(text) > 150 for text in texts), "a page with nothing but its header and footer"
        whole = "".join(texts)
        person = run.people[paper.stem]
        for said in (person["ФИО"], person["Организация"], *(item["Мероприятие"] for item in run.items[paper.stem])):
            assert re.sub(r"\s", "", said) in whole
        if not person["Дефицитов"]:
            assert "поэтомумероприятийвмаршрутенет" in whole


def _sample(run):
    """A person without deficits, the two with the longest routes, and two with the most that stays uncovered."""
    calm = next(code for code, row in run.people.items() if not row["Дефицитов"])
    longest = [code for code, _ in Counter({code: len(items) for code, items in run.items.items()}).most_common()]
    open_needs = [code for code, _ in Counter(row["Код"] for row in run.sheets["Не охвачено"]).most_common()]
    return list(dict.fromkeys([calm, *longest[:2], *open_needs]))[:5]
