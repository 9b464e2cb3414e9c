"""Expected texts are written by hand after the formats of the screens and the rules of Russian grammar."""

from datetime import date
from decimal import Decimal

import pytest

from iom.documents import texts

NB = "\u00a0"
SEPTEMBER, OCTOBER = date(2026, 9, 14), date(2026, 10, 30)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (SEPTEMBER, OCTOBER, f"14.09.2026{NB}– 30.10.2026"),
        (SEPTEMBER, SEPTEMBER, "14.09.2026"),
        (SEPTEMBER, None, f"с{NB}14.09.2026"),
        (None, OCTOBER, f"до{NB}30.10.2026"),
        (None, None, "в течение маршрута"),
    ],
)
def test_period_says_what_is_known(start, end, expected):
    assert texts.period(start, end) == expected


@pytest.mark.parametrize(
    ("known", "estimated", "expected"),
    [
        (72, 0, f"72{NB}часа"),
        (0, 0, f"0{NB}часов"),
        (72, 16, f"72{NB}часа и{NB}≈{NB}16{NB}ч по{NB}оценке"),
        (0, 16, f"≈{NB}16{NB}ч по{NB}оценке"),
    ],
)
def test_estimated_hours_stand_apart_from_known_ones(known, estimated, expected):
    assert texts.hours_total(known, estimated) == expected


@pytest.mark.parametrize(
    ("done", "planned", "expected"),
    [
        (3, 8, f"3 из{NB}8{NB}пунктов, 38{NB}%"),  # 37.5 is rounded up
        (1, 1, f"1 из{NB}1{NB}пункта, 100{NB}%"),
        (0, 21, f"0 из{NB}21{NB}пункта, 0{NB}%"),
        (1, 3, f"1 из{NB}3{NB}пунктов, 33{NB}%"),
        (0, 0, f"0 из{NB}0{NB}пунктов"),
    ],
)
def test_share_of_items_done(done, planned, expected):
    assert texts.done_share(done, planned) == expected


def test_level_carries_its_uncertainty():
    assert texts.level_band(54, 33, 72) == f"54{NB}%, вероятно от{NB}33 до{NB}72"
    assert texts.level_band(54, None, None) == f"54{NB}%"
    assert texts.level_band(None, None, None) == "не определён"


def test_points_agree_with_their_number():
    assert [texts.points_total(Decimal(n)) for n in ("1", "3", "12.5", "100")] == [
        f"1{NB}балл",
        f"3{NB}балла",
        f"12,5{NB}балла",
        f"100{NB}баллов",
    ]


def test_order_without_number_or_date_leaves_room_for_a_pen():
    assert texts.annex_to("112-од", date(2026, 9, 28)) == f"к{NB}приказу от{NB}28.09.2026 №{NB}112-од"
    assert texts.annex_to("", None).count("_") > 10
    assert texts.order_reference("112-од", None) == f"№{NB}112-од"
    assert texts.order_reference("", date(2026, 9, 28)) == f"от{NB}28.09.2026"


@pytest.mark.parametrize(
    ("people", "words"), [(1, "1 педагогического работника"), (21, "21 педагогического работника"), (28, "28 педагогических работников")]
)
def test_first_point_of_an_order_counts_people_in_the_right_case(people, words):
    assert words in texts.order_points(people)[0].replace(NB, " ")


def test_point_about_lessons_appears_only_with_somebody_to_do_it():
    assert len(texts.order_points(5)) == 2
    assert texts.order_points(5, "Заместителю директора С. О. Порядковой")[1].startswith(
        "Заместителю директора С. О. Порядковой обеспечить"
    )


def test_electronic_agreement_is_a_line_with_a_date():
    assert texts.agreement("тьютор", "Б. И. Примеров", date(2026, 9, 24)) == "тьютор Б. И. Примеров, 24.09.2026, электронно"
    assert texts.agreement("тьютор", "Б. И. Примеров", None) == "тьютор Б. И. Примеров, решение ожидается"


def test_long_date_is_the_one_of_orders():
    assert texts.long_date(date(2026, 9, 28)) == f"28{NB}сентября{NB}2026{NB}года"


def test_every_column_of_the_plan_has_a_caption_of_its_own():
    assert len(set(texts.PLAN_CAPTIONS.values())) == len(texts.PLAN_CAPTIONS)
