"""Vague periods: the latest day that they allow, worked out with a calendar."""

from datetime import date

import pytest

from iom.catalog.files.periods import exact_run, in_words, last_possible_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("июнь 2022", date(2022, 6, 30)),
        ("февраль 2024", date(2024, 2, 29)),
        ("IV квартал 2022", date(2022, 12, 31)),
        ("III–IV квартал 2022", date(2022, 12, 31)),
        ("III квартал 2022", date(2022, 9, 30)),
        ("2018/2019 учебный год", date(2019, 8, 31)),
        ("2021/2022", date(2022, 8, 31)),
        ("2022–2024", date(2024, 12, 31)),
        ("декабрь 2021–2024", date(2024, 12, 31)),
        ("август 2023, август 2024", date(2024, 8, 31)),
        ("12.02.2021 – март 2021", date(2021, 3, 31)),
        ("до 04.07.2025", date(2025, 7, 4)),
        ("завершение: 27 ноября 2024", date(2024, 11, 27)),
        ("2026", date(2026, 12, 31)),
        ("с 01.10.2025", None),
        ("с февраля 2022", None),
        ("18 декабря", None),
        ("четыре раза в год", None),
        ("", None),
    ],
)
def test_latest_day_of_a_vague_period(text, day):
    assert last_possible_day(text) == day


@pytest.mark.parametrize("text", ["30.02.2026", "5–1 марта 2026", "28.12–05.01.2026", "в марте 2026", "1.13.2026"])
def test_impossible_or_vague_days_are_no_run(text):
    assert exact_run(text) is None


def test_partial_dates_are_said_in_words():
    assert [in_words(text) for text in ("2022-06", "2022", "2024-11-27", "10 февраля", "2022-00")] == [
        "июнь 2022",
        "2022",
        "27 ноября 2024",
        "10 февраля",
        "2022-00",
    ]
