"""Expected texts are written by hand after the formats agreed for the screens and the rules of Russian grammar."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.core import format as f
from iom.core import texts

NB = "\u00a0"
HOURS = ("час", "часа", "часов")


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "часов"),
        (1, "час"),
        (2, "часа"),
        (4, "часа"),
        (5, "часов"),
        (11, "часов"),
        (12, "часов"),
        (14, "часов"),
        (21, "час"),
        (22, "часа"),
        (25, "часов"),
        (101, "час"),
        (111, "часов"),
        (112, "часов"),
        (1001, "час"),
        (-1, "час"),
        (-12, "часов"),
        (1.5, "часа"),
        (Decimal("0.5"), "часа"),
        (2.0, "часа"),
    ],
)
def test_noun_takes_the_form_its_number_asks_for(n: float, form: str) -> None:
    assert f.plural_form(n, *HOURS) == form


def test_number_and_noun_are_not_parted_at_the_end_of_a_line() -> None:
    assert f.plural(21, *HOURS) == f"21{NB}час"
    assert f.plural(1664, *HOURS) == f"1{NB}664{NB}часа"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"),
        (72, None, "72"),
        (72.0, None, "72"),
        (1.5, None, "1,5"),
        (999, None, "999"),
        (1664, None, f"1{NB}664"),
        (1234567, None, f"1{NB}234{NB}567"),
        (-3, None, "−3"),
        (61.44, 1, "61,4"),
        (61.45, 1, "61,5"),  # half up; the nearest even digit would give 61,4
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (48, 1, "48,0"),
        (-0.04, 1, "0,0"),
        (Decimal("1E+3"), None, f"1{NB}000"),
    ],
)
def test_number_is_written_the_russian_way(value: float, decimals: int | None, text: str) -> None:
    assert f.number(value, decimals) == text


@given(st.integers(-(10**12), 10**12))
def test_whole_number_reads_back_as_itself(n: int) -> None:
    assert int(f.number(n).replace(NB, "").replace("−", "-")) == n


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(12, 0, "+12"), (-3, 0, "−3"), (0, 0, "0"), (-0.4, 0, "0"), (0.4, 0, "0"), (0.25, 2, "+0,25")]
)
def test_signed_number_shows_its_sign_unless_it_is_nothing(value: float, decimals: int, text: str) -> None:
    assert f.signed(value, decimals) == text


def test_units_stay_with_their_number() -> None:
    assert f.percent(61.4, 1) == f"61,4{NB}%"
    assert f.percent(39) == f"39{NB}%"
    assert f.share(0.614, 1) == f"61,4{NB}%"
    assert f.share(0.285, 0) == f"29{NB}%"  # 0.285 as a binary fraction is below 28.5 per cent
    assert f.points(13.6) == f"13,6{NB}п.{NB}п."
    assert f.hours(72) == f"72{NB}ч"
    assert f.hours(4.5) == f"4,5{NB}ч"
    assert f.hours_long(72) == f"72{NB}часа"
    assert f.minutes(25) == f"25{NB}мин"
    assert f.money(4200) == f"4{NB}200{NB}₽"


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 Б"),
        (500, "500 Б"),
        (1023, "1 023 Б"),
        (1024, "1 КБ"),
        (1258291, "1,2 МБ"),
        (10 * 1024**2, "10 МБ"),
        (14 * 1024**2 + 300_000, "14 МБ"),
        (1024**2 - 1, "1 МБ"),
        (3 * 1024**3, "3 ГБ"),
        (5000 * 1024**3, "5 000 ГБ"),
    ],
)
def test_file_size_is_told_in_the_unit_people_say(size_bytes: int, text: str) -> None:
    assert f.file_size(size_bytes).replace(NB, " ") == text


def test_date_names_the_month_and_drops_the_year_everybody_knows() -> None:
    day = date(2026, 10, 12)

    assert f.date_long(day) == f"12{NB}октября{NB}2026"
    assert f.date_long(day, 2026) == f"12{NB}октября"
    assert f.date_long(day, 2027) == f"12{NB}октября{NB}2026"
    assert f.date_short(day) == "12.10.2026"
    assert f.date_short(date(987, 1, 2)) == "02.01.0987"


def test_weekday_is_said_where_it_helps_to_act() -> None:
    assert f.weekday(date(2026, 10, 16)) == "пятница"
    assert f.date_weekday(date(2026, 10, 16), 2026) == f"пятница, 16{NB}октября"
    assert [f.weekday(date(2026, 10, d)) for d in range(12, 19)] == list(texts.WEEKDAYS)  # 12 October 2026 is a Monday


def test_time_has_two_digits_on_both_sides() -> None:
    assert f.clock_time(time(9, 5)) == "09:05"
    assert f.date_time(datetime(2026, 10, 9, 16, 20), 2026) == f"9{NB}октября, 16:20"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 9), date(2026, 11, 20), "9–20 ноября"),
        (date(2026, 9, 14), date(2026, 10, 30), "14 сентября – 30 октября"),
        (date(2026, 11, 9), date(2026, 11, 9), "9 ноября"),
        (date(2025, 11, 9), date(2025, 11, 20), "9–20 ноября 2025"),
        (date(2025, 9, 14), date(2025, 10, 30), "14 сентября – 30 октября 2025"),
        (date(2026, 9, 14), date(2027, 5, 22), "14 сентября 2026 – 22 мая 2027"),
        (date(2026, 12, 9), date(2027, 12, 20), "9 декабря 2026 – 20 декабря 2027"),
    ],
)
def test_period_repeats_nothing_it_need_not(start: date, end: date, text: str) -> None:
    assert f.period(start, end, 2026).replace(NB, " ") == text


def test_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        f.period(date(2026, 11, 9), date(2026, 11, 8))


@pytest.mark.parametrize(
    ("start", "end", "text", "short"),
    [
        (date(2026, 9, 1), date(2026, 10, 5), "сентябрь – октябрь", "сен–окт"),
        (date(2026, 9, 1), date(2027, 5, 22), "сентябрь 2026 – май 2027", "сен–май"),
        (date(2026, 11, 9), date(2026, 11, 20), "ноябрь", "ноя"),
        (date(2025, 11, 9), date(2025, 11, 20), "ноябрь 2025", "ноя"),
        (date(2025, 2, 1), date(2025, 3, 1), "февраль – март 2025", "фев–мар"),
    ],
)
def test_span_of_months_is_told_in_words_and_in_short(start: date, end: date, text: str, short: str) -> None:
    assert f.months_period(start, end, 2026).replace(NB, " ") == text
    assert f.months_short(start, end) == short


def test_every_month_has_its_three_names() -> None:
    assert [f.month_name(m)[:3] for m in (1, 5, 12)] == ["янв", "май", "дек"]
    assert [f.month_genitive(m) for m in (1, 3, 5, 8, 12)] == ["января", "марта", "мая", "августа", "декабря"]
    assert [f.month_short(m) for m in range(1, 13)] == [f.month_name(m)[:3] for m in range(1, 13)]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 10, 12), "сегодня"),
        (date(2026, 10, 11), "вчера"),
        (date(2026, 10, 13), "завтра"),
        (date(2026, 10, 9), "3 дня назад"),
        (date(2026, 10, 5), "7 дней назад"),
        (date(2026, 10, 14), "через 2 дня"),
        (date(2026, 10, 4), "4 октября"),
        (date(2025, 12, 31), "31 декабря 2025"),
    ],
)
def test_near_day_is_told_by_distance_and_far_day_by_date(day: date, text: str) -> None:
    assert f.relative_day(day, date(2026, 10, 12)).replace(NB, " ") == text


def test_name_has_one_form_per_place() -> None:
    assert f.short_name("Анна", "Образцова") == "Анна Образцова"
    assert f.full_name("Анна", "Образцова", "Сергеевна") == "Образцова Анна Сергеевна"
    assert f.name_with_initials("Анна", "Образцова", "Сергеевна") == f"А.{NB}С.{NB}Образцова"
    assert f.name_before_initials("Анна", "Образцова", "Сергеевна") == f"Образцова{NB}А.{NB}С."
    assert f.initials("Анна", "Образцова") == "АО"


def test_name_without_a_part_leaves_no_stray_space_or_dot() -> None:
    assert f.short_name("", "Образцова") == "Образцова"
    assert f.full_name("Анна", "Ким", " ") == "Ким Анна"
    assert f.name_with_initials("Анна", "Ким") == f"А.{NB}Ким"
    assert f.name_with_initials("", "Ким") == "Ким"
    assert f.name_before_initials("", "Ким") == "Ким"
    assert f.initials("", "Ким") == "К"


def test_double_given_name_keeps_both_initials() -> None:
    assert f.name_with_initials("Анна-Мария", "Образцова", "Сергеевна") == f"А.-М.{NB}С.{NB}Образцова"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Ответ до 8 октября", "Ответ до~8 октября"),
        ("и в школе", "и~в~школе"),
        ("В маршруте", "В~маршруте"),
        ("уровень не определён – мало данных", "уровень не~определён~– мало данных"),
        ("за 72 ч или 100 %", "за~72~ч или 100~%"),
        ("гимназия № 2, 42 км", "гимназия №~2, 42~км"),
        ("С. О. Порядковой", "С.~О.~Порядковой"),
        ("сделали ли вы то же", "сделали~ли вы то~же"),
        ("«о нашем селе»", "«о~нашем селе»"),
        ("тесто и вода, авто", "тесто и~вода, авто"),
        ("72 человека", "72 человека"),
        ("9–20 ноября", "9–20 ноября"),
        ("", ""),
    ],
)
def test_short_words_dashes_and_units_do_not_hang_at_a_line_end(text: str, tied: str) -> None:
    assert f.tie(text) == tied.replace("~", NB)


@given(st.text(alphabet="ав и-–№.,1«»\n", max_size=40))
def test_tying_changes_nothing_but_spaces_and_is_done_once(text: str) -> None:
    tied = f.tie(text)

    assert tied.replace(NB, "").replace(" ", "") == text.replace(" ", "")
    assert f.tie(tied) == tied
