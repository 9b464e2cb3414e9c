"""Facts turned into Russian text: numbers, dates, periods and names, with no-break spaces where a line must not break.

Every function is pure; what "today" or "the current year" is, the caller says.
"""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeAlias

from iom.core import texts
from iom.core.texts import DASH, MINUS, NBSP

Number: TypeAlias = int | float | Decimal

REMEMBERED = 4096  # results of each function that pages ask for over and over: the same numbers, the same titles
ONE, FEW, MANY = range(3)
RELATIVE_DAYS = 7  # farther away than a week a date says more than a count of days


def plural_form(n: Number, one: str, few: str, many: str) -> str:
    """Return the form of a noun that goes with `n`: 1 час, 2 часа, 5 часов, 1,5 часа."""
    if isinstance(n, int):  # counts stand on every row of a table: no decimal arithmetic for them
        whole = abs(n)
    else:
        value = abs(Decimal(str(n)))
        if value != value.to_integral_value():
            return few
        whole = int(value)
    last_two, last = whole % 100, whole % 10
    if 11 <= last_two <= 14:
        return many
    if last == 1:
        return one
    return few if 2 <= last <= 4 else many


def plural(n: Number, one: str, few: str, many: str) -> str:
    """Return the number with its noun, "21 час", joined by a no-break space."""
    return f"{number(n)}{NBSP}{plural_form(n, one, few, many)}"


def number(value: Number, decimals: int | None = None) -> str:
    """Return the number with a decimal comma and no-break spaces between thousands.

    Parameters
    ----------
    value : number
    decimals : digits after the comma, rounded half up as in school; None keeps the digits the number has
    """
    if isinstance(value, int) and not decimals:
        digits = f"{abs(value):,d}".replace(",", NBSP)
        return f"{MINUS}{digits}" if value < 0 else digits
    return _digits(str(value), decimals)


@lru_cache(REMEMBERED)
def _digits(value: str, decimals: int | None) -> str:
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    digits = f"{abs(exact):,f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if exact < 0 else digits


def signed(value: Number, decimals: int = 0) -> str:
    """Return the number with its sign written out: "+12", "−3"; what rounds to nothing is "0" without a sign."""
    text = number(value, decimals)
    if not text.strip(f"0,{MINUS}"):
        return text.removeprefix(MINUS)
    return text if text.startswith(MINUS) else f"+{text}"


def percent(value: Number, decimals: int = 0) -> str:
    """Return per cent as text: 61.4 and one decimal give "61,4 %"."""
    return f"{number(value, decimals)}{NBSP}{texts.PERCENT_UNIT}"


def share(value: Number, decimals: int = 0) -> str:
    """Return a share between 0 and 1 as per cent: 0.614 and one decimal give "61,4 %"."""
    return percent(Decimal(str(value)) * 100, decimals)


def points(value: Number, decimals: int = 1) -> str:
    """Return a difference of two percentages: "13,6 п. п."."""
    return f"{number(value, decimals)}{NBSP}{texts.POINTS_UNIT}"


def hours(value: Number) -> str:
    """Return academic hours for a table: "72 ч"."""
    return f"{number(value)}{NBSP}{texts.HOURS_UNIT}"


def hours_long(value: Number) -> str:
    """Return academic hours for a sentence: "72 часа"."""
    return plural(value, *texts.HOUR_FORMS)


def minutes(value: Number) -> str:
    """Return minutes for a table: "25 мин"."""
    return f"{number(value)}{NBSP}{texts.MINUTES_UNIT}"


def money(value: Number) -> str:
    """Return whole roubles: "4 200 ₽"."""
    return f"{number(value, 0)}{NBSP}{texts.ROUBLE_UNIT}"


def file_size(size_bytes: int) -> str:
    """Return a file's size in the largest unit that gives at least 1: "1,2 МБ"; whole numbers from 10 on."""
    size = Decimal(size_bytes)
    unit = 0
    while size >= Decimal("1023.5") and unit < len(texts.FILE_SIZE_UNITS) - 1:
        size /= 1024
        unit += 1
    decimals = 1 if unit and size < 10 else 0
    return f"{number(size, decimals).removesuffix(',0')}{NBSP}{texts.FILE_SIZE_UNITS[unit]}"


def month_name(month: int) -> str:
    """Return "октябрь" for 10."""
    return texts.MONTHS[month - 1]


def month_genitive(month: int) -> str:
    """Return "октября" for 10."""
    return texts.MONTHS_GENITIVE[month - 1]


def month_short(month: int) -> str:
    """Return "окт" for 10."""
    return texts.MONTHS_SHORT[month - 1]


def weekday(day: date) -> str:
    """Return "пятница" for a Friday."""
    return texts.WEEKDAYS[day.weekday()]


def date_short(day: date) -> str:
    """Return "12.10.2026", for narrow cells."""
    return f"{day:%d.%m.}{day.year:04d}"


def date_long(day: date, current_year: int | None = None) -> str:
    """Return "12 октября 2026"; the year is left out when it is `current_year`."""
    text = f"{day.day}{NBSP}{month_genitive(day.month)}"
    return text if day.year == current_year else f"{text}{NBSP}{day.year}"


def date_weekday(day: date, current_year: int | None = None) -> str:
    """Return "пятница, 16 октября", for dates on which something must be done."""
    return f"{weekday(day)}, {date_long(day, current_year)}"


def clock_time(moment: time | datetime) -> str:
    """Return "14:32"."""
    return f"{moment:%H:%M}"


def date_time(moment: datetime, current_year: int | None = None) -> str:
    """Return "9 октября, 16:20"."""
    return f"{date_long(moment.date(), current_year)}, {clock_time(moment)}"


def period(start: date, end: date, current_year: int | None = None) -> str:
    """Return "9–20 ноября" inside a month, "14 сентября – 30 октября" across months; years only where they are needed.

    Raises
    ------
    ValueError : the end is before the start
    """
    if end < start:
        raise ValueError(f"period ends {end} before it starts {start}")
    if start == end:
        return date_long(start, current_year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{DASH}{date_long(end, current_year)}"
    year_of_start = end.year if start.year == end.year else current_year
    if start.year != end.year:
        current_year = year_of_start = None
    return f"{date_long(start, year_of_start)}{NBSP}{DASH} {date_long(end, current_year)}"


def months_period(start: date, end: date, current_year: int | None = None) -> str:
    """Return "сентябрь – октябрь", "сентябрь 2026 – май 2027" for a span told in months."""
    if (start.year, start.month) == (end.year, end.month):
        text = month_name(start.month)
        return text if start.year == current_year else f"{text}{NBSP}{start.year}"
    first = month_name(start.month) if start.year == end.year else f"{month_name(start.month)}{NBSP}{start.year}"
    last = month_name(end.month) if start.year == end.year == current_year else f"{month_name(end.month)}{NBSP}{end.year}"
    return f"{first}{NBSP}{DASH} {last}"


def months_short(start: date, end: date) -> str:
    """Return "сен–май", for narrow cells."""
    if (start.year, start.month) == (end.year, end.month):
        return month_short(start.month)
    return f"{month_short(start.month)}{DASH}{month_short(end.month)}"


def relative_day(day: date, today: date) -> str:
    """Return "сегодня", "вчера", "3 дня назад", "через 2 дня"; farther than a week the date itself."""
    distance = (day - today).days
    named = {-1: texts.YESTERDAY, 0: texts.TODAY, 1: texts.TOMORROW}
    if distance in named:
        return named[distance]
    if abs(distance) > RELATIVE_DAYS:
        return date_long(day, today.year)
    template = texts.DAYS_AGO if distance < 0 else texts.DAYS_AHEAD
    return template.format(days=plural(abs(distance), *texts.DAY_FORMS)).replace(" ", NBSP)


def short_name(given: str, surname: str) -> str:
    """Return "Анна Образцова", for lists and greetings on a screen."""
    return " ".join(part for part in (given.strip(), surname.strip()) if part)


def full_name(given: str, surname: str, patronymic: str = "") -> str:
    """Return "Образцова Анна Сергеевна", for documents."""
    return " ".join(part for part in (surname.strip(), given.strip(), patronymic.strip()) if part)


def name_with_initials(given: str, surname: str, patronymic: str = "") -> str:
    """Return "А. С. Образцова", for orders."""
    return NBSP.join((*_initials(given, patronymic), surname.strip())).strip(NBSP)


def name_before_initials(given: str, surname: str, patronymic: str = "") -> str:
    """Return "Образцова А. С.", for tables sorted by surname."""
    return NBSP.join((surname.strip(), *_initials(given, patronymic))).strip(NBSP)


def initials(given: str, surname: str) -> str:
    """Return "АО", for the round mark that stands in for a picture."""
    return "".join(part.strip()[:1].upper() for part in (given, surname))


def _initials(*names: str) -> list[str]:
    """One entry per name, "А." or "А.-М." for a double name; nothing for an empty name."""
    parts = ("-".join(f"{piece[0].upper()}." for piece in name.strip().split("-") if piece) for name in names)
    return [part for part in parts if part]


_CLINGING = re.compile(rf"(?<![\w-])((?:{texts.CLINGING_WORDS.replace(' ', '|')})) +(?=\S)", re.IGNORECASE)
_TRAILING = re.compile(rf"(?<=\w) +((?:{texts.TRAILING_WORDS.replace(' ', '|')}))(?!\w)", re.IGNORECASE)
_UNIT = re.compile(rf"(?<=\d) +(?=(?:{'|'.join(re.escape(unit) for unit in texts.UNITS_AFTER_NUMBER)})(?!\w))")
_SIGN = re.compile(rf"([{''.join(texts.SIGNS_BEFORE_NUMBER)}]) +(?=\d)")
_DASH = re.compile(rf"(?<=\S) +(?={DASH}(?:\s|$))")
_INITIAL = re.compile(rf"(?<!\w)([{texts.CAPITALS}]\.) +(?=[{texts.CAPITALS}])")


@lru_cache(REMEMBERED)
def tie(text: str) -> str:
    """Return the text with no-break spaces after short prepositions, before dashes and units, and between initials and a name."""
    text = _CLINGING.sub(rf"\1{NBSP}", text)
    text = _TRAILING.sub(rf"{NBSP}\1", text)
    text = _UNIT.sub(NBSP, text)
    text = _SIGN.sub(rf"\1{NBSP}", text)
    text = _INITIAL.sub(rf"\1{NBSP}", text)
    return _DASH.sub(NBSP, text)


def fold_io(text: str) -> str:
    """Return the text in lower case with io as ie, for comparing what people typed."""
    return text.lower().replace(*texts.IO_AND_IE)
