"""The words of a profile: every list complete, numbers as words, nothing surer than the numbers are."""

from dataclasses import replace
from enum import StrEnum

import pytest

from iom.diagnostics import texts as diagnostics_texts
from iom.diagnostics.answering import AnswerFault
from iom.diagnostics.kinds import AttemptStage, DiagnosticMethod, ResultSource
from iom.diagnostics.reasons import DiagnosticRefusal
from iom.profiles import page_texts
from iom.profiles.change_rows import ChangeRow, Side
from iom.profiles.kinds import Basis, ChangeOutcome, DeficitOrigin, Depth, GroundKind, Verdict
from iom.profiles.reasons import ProfileRefusal
from iom.profiles.summary import Line, ShownGround, Summary
from tests.site import moment

MEASURED = Line(
    "ME.2", "Оценивание", 1, Verdict.DEFICIT, level=54.4, low=33.2, high=71.6, p_below=0.9, band=2, is_near_edge=True, n_answers=12
)
RATED = Line("ME.2", "Оценивание", 1, Verdict.CLAIMED, self_level=38.0, low=20.0, high=55.0, kappa=52.0, p_below=0.8, n_answers=3)
CHANGE = ChangeRow(
    1, "ME.2", "Оценивание", "Центр", Basis.IMPORTED, Side(43.0, 30.0, 55.0, moment(3, 9)), Side(77.0, 63.0, 91.0, moment(24)), 0.97, None
)
EMPTY = Summary((), (), (), (), (), (), (), 0, 0, None)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (page_texts.VERDICT, Verdict),
        (page_texts.DEPTH, Depth),
        (page_texts.OUTCOME, ChangeOutcome),
        (page_texts.OUTCOME_WHY, ChangeOutcome),
        (page_texts.GROUND, GroundKind),
        (page_texts.ORIGIN, DeficitOrigin),
        (diagnostics_texts.FAULT, AnswerFault),
        (diagnostics_texts.STAGE, AttemptStage),
        (diagnostics_texts.METHOD, DiagnosticMethod),
        (diagnostics_texts.SOURCE, ResultSource),
        (diagnostics_texts.REFUSAL, DiagnosticRefusal),
    ],
)
def test_every_list_has_all_its_words(table: dict[StrEnum, str], kind: type[StrEnum]) -> None:
    assert set(table) == set(kind)
    assert all(table.values())


def test_every_refusal_that_can_happen_has_a_sentence() -> None:
    assert set(page_texts.REFUSAL) == set(ProfileRefusal)
    assert all(sentence.endswith(".") and "!" not in sentence for sentence in page_texts.REFUSAL.values())


@pytest.mark.parametrize(
    ("count", "words"), [(1, "один дефицит"), (2, "два дефицита"), (5, "пять дефицитов"), (10, "десять дефицитов"), (21, "21 дефицит")]
)
def test_small_numbers_are_words(count: int, words: str) -> None:
    assert page_texts.deficits(count) == words


def summary(deficits: int = 0, claims: int = 0, doubts: int = 0, strengths: int = 0, n_tasks: int = 0, n_ratings: int = 0) -> Summary:
    return replace(
        EMPTY,
        deficits=(MEASURED,) * deficits,
        claims=(RATED,) * claims,
        doubts=(MEASURED,) * doubts,
        strengths=(MEASURED,) * strengths,
        n_tasks=n_tasks,
        n_ratings=n_ratings,
    )


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (EMPTY, "Профиль появится после диагностики"),
        (summary(claims=2, n_ratings=30), "Пока только ваша оценка: дефицит по ней не объявляем"),
        (summary(deficits=3, doubts=1, n_tasks=70), "Три дефицита, один под вопросом"),
        (summary(deficits=1, n_tasks=12), "Один дефицит"),
        (summary(doubts=2, strengths=1, n_tasks=12), "Дефицитов не найдено, два под вопросом"),
        (summary(strengths=4, n_tasks=40), "Дефицитов не найдено"),
    ],
)
def test_the_heading_says_the_one_thing(shown: Summary, words: str) -> None:
    assert page_texts.heading(shown, is_own=True) == words


def test_a_viewer_is_not_told_about_your_own_rating() -> None:
    assert page_texts.heading(summary(claims=1, n_ratings=3), is_own=False) == "Пока только самооценка: дефицит по ней не объявляем"


def test_amounts_name_tasks_first() -> None:
    assert plain(page_texts.amount(summary(n_tasks=70, n_ratings=24))) == "70 заданий и самооценка"
    assert plain(page_texts.amount(summary(n_ratings=3))) == "3 ответа самодиагностики"
    assert page_texts.amount(EMPTY) == ""


def test_a_level_near_an_edge_is_only_rather_so() -> None:
    assert page_texts.level_words(MEASURED) == "скорее ниже базового"
    assert page_texts.level_words(replace(MEASURED, is_near_edge=False)) == "ниже базового"
    assert page_texts.level_words(replace(MEASURED, verdict=Verdict.PROBABLE)) == "не определён"
    assert page_texts.level_words(RATED) == "заявленное затруднение"
    assert page_texts.level_words(Line("ME.1", "Урок", 1, None)) == "не измерялось"


def test_an_interval_is_said_as_people_say_it() -> None:
    assert plain(page_texts.interval(MEASURED)) == "54 %, скорее всего от 33 до 72"
    assert plain(page_texts.interval(RATED)) == "38 %, скорее всего от 20 до 55"
    assert page_texts.interval(Line("ME.1", "Урок", 1, None)) == ""


@pytest.mark.parametrize(("p_below", "cases"), [(0.9, "90"), (0.9999, "99"), (0.0001, "1"), (0.805, "80")])
def test_nothing_is_told_as_certain(p_below: float, cases: str) -> None:
    assert plain(page_texts.chance(replace(MEASURED, p_below=p_below))) == f"Уровень ниже базового (60 %) в {cases} случаях из 100."


def test_ratings_are_set_against_ones_own_mean() -> None:
    assert "ниже вашего среднего (52 %) в 80 случаях из 100" in plain(page_texts.chance(RATED))


def test_a_gap_is_told_in_points_and_without_reproach() -> None:
    higher = replace(MEASURED, gap=38.6)
    assert plain(page_texts.gap_words(higher, is_own=True)).startswith("Вы оценили себя на 39 пунктов выше")
    assert plain(page_texts.gap_words(replace(MEASURED, gap=-31.0), is_own=False)).startswith("Самооценка стоит на 31 пункт ниже")
    assert page_texts.gap_words(MEASURED, is_own=True) == ""


def test_a_ground_is_named_in_full() -> None:
    own = ShownGround(GroundKind.SELF, "Самодиагностика", moment(24), 3, 1)
    brought = ShownGround(GroundKind.IMPORTED, "Центр", moment(14, 4), 25, 2)
    assert plain(page_texts.ground_words(own, "24 ноября")) == "Самодиагностика, 24 ноября: 3 ответа"
    assert plain(page_texts.ground_words(brought, "14 апреля")) == "Центр, 14 апреля, загружено: 25 заданий"


def test_growth_is_asserted_only_from_eighty_of_a_hundred() -> None:
    assert "Рост больше случайного: вероятен в 97 случаях из 100" in plain(page_texts.growth_words(CHANGE))
    assert "не видно" in page_texts.growth_words(replace(CHANGE, p_up=0.6))
    assert "снизился" in page_texts.growth_words(replace(CHANGE, p_up=0.03))
    assert "не сравниваем" in page_texts.growth_words(replace(CHANGE, p_up=None))


@pytest.mark.parametrize("outcome", list(ChangeOutcome))
def test_before_and_after_stand_in_one_sentence(outcome: ChangeOutcome) -> None:
    words = plain(page_texts.change_words(replace(CHANGE, outcome=outcome), "3 сентября"))
    assert words.startswith("Было 43 % (3 сентября), стало 77 %. ")
    assert page_texts.OUTCOME_WHY[outcome] in words
    assert page_texts.outcome_title(replace(CHANGE, outcome=outcome)) == page_texts.OUTCOME[outcome]


def test_a_change_of_ratings_promises_nothing() -> None:
    words = page_texts.change_words(replace(CHANGE, basis=Basis.SELF, p_up=None), "3 сентября")
    assert page_texts.SELF_CHANGE in words


@pytest.mark.parametrize(
    ("verdict", "start"),
    [(Verdict.INSUFFICIENT, "12 заданий: мало"), (Verdict.PROBABLE, "Вероятный дефицит"), (Verdict.OPEN, "Дефицит не установлен")],
)
def test_a_doubt_says_why_and_that_it_stays_out_of_the_route(verdict: Verdict, start: str) -> None:
    words = plain(page_texts.doubt_words(replace(MEASURED, verdict=verdict)))
    assert words.startswith(start)
    assert "в маршрут тему не ставим" in words.lower()
