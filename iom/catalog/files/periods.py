"""Periods as sources write them: exact days become a run, everything else stays words."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from iom.catalog.files import texts
from iom.catalog.files.records import RunRecord

DASH = r"\s*[–—-]\s*"
YEAR = r"(?P<year>(?:19|20)\d\d)"
MONTH_WORDS = {word: number for words in (texts.MONTHS, texts.MONTHS_GENITIVE) for number, word in enumerate(words, start=1)}
MONTH_WORD = "(?P<word>" + "|".join(MONTH_WORDS) + ")"

# 17.02.2023; 22–26.11.2021; 28.11–08.12.2022; 12.12.2021–10.01.2022
NUMERIC_DAYS = re.compile(
    rf"(?:(?P<day0>\d\d?)(?:\.(?P<month0>\d\d?))?(?:\.(?P<year0>\d{{4}}))?{DASH})?(?P<day>\d\d?)\.(?P<month>\d\d?)\.{YEAR}"
)
# 10 октября 2025; 27–28 февраля 2026
WORDED_DAYS = re.compile(rf"(?:(?P<day0>\d\d?){DASH})?(?P<day>\d\d?)\s+{MONTH_WORD}\s+{YEAR}", re.IGNORECASE)
ISO_MONTH = re.compile(r"(\d{4})-(\d\d)")
YEAR_END = re.compile(texts.YEAR_END)

# What a text tells about the latest day, the more exact wording first.
MENTION = re.compile(
    rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<full>\d{{4}})"
    rf"|(?P<quarter>I{{1,3}}|IV)\s+{texts.QUARTER_WORD}\w*\s+(?P<qyear>\d{{4}})"
    rf"|(?:(?P<wday>\d\d?)\s+)?{MONTH_WORD}\s+(?P<wyear>\d{{4}})(?!\s*[–-]\s*\d{{4}})"
    rf"|\d{{4}}/(?P<school>\d{{4}})|{YEAR}",
    re.IGNORECASE,
)
OPEN_ENDED = re.compile(rf"\b{texts.START_ONLY_WORD}\s", re.IGNORECASE)
SCHOOL_YEAR_END = (8, 31)


def exact_run(text: str) -> RunRecord | None:
    """The run behind a text that names whole days and nothing else; None when it is vaguer or no such days exist."""
    plain = YEAR_END.sub("", text.strip())
    found = NUMERIC_DAYS.fullmatch(plain) or WORDED_DAYS.fullmatch(plain)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else MONTH_WORDS[parts["word"].lower()]
    year = int(parts["year"])
    ends_on = _day(year, month, int(parts["day"]))
    starts_on = ends_on
    if parts["day0"]:
        starts_on = _day(int(parts.get("year0") or year), int(parts.get("month0") or month), int(parts["day0"]))
    if starts_on is None or ends_on is None or starts_on > ends_on:
        return None
    return RunRecord(starts_on, ends_on)


def run_inside(text: str) -> RunRecord | None:
    """The run named in brackets or between commas of a longer description, as internships are described."""
    return next((run for run in map(exact_run, _pieces(text)) if run), None)


def period_inside(text: str) -> str:
    """The piece of a description that speaks of time (it has a digit and a month or a year), or an empty string."""
    return next((piece for piece in _pieces(text) if _mentions_time(piece)), "")


def iso_day(text: str) -> date | None:
    """The day behind YYYY-MM-DD, or None for anything vaguer."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def in_words(text: str) -> str:
    """A partial ISO date as people write it: 2022-06 becomes a month and a year, a whole day its words; other text as it is."""
    day = iso_day(text)
    if day is not None:
        return f"{day.day} {texts.MONTHS_GENITIVE[day.month - 1]} {day.year}"
    month = ISO_MONTH.fullmatch(text)
    if month is not None and 1 <= int(month[2]) <= 12:
        return f"{texts.MONTHS[int(month[2]) - 1]} {month[1]}"
    return text


def last_possible_day(text: str) -> date | None:
    """The latest day that a vague period allows (June 2022 gives its thirtieth); None when it names no year or has no end."""
    if OPEN_ENDED.search(text):
        return None
    days = [_last_day_of(found.groupdict()) for found in MENTION.finditer(text)]
    return max((day for day in days if day is not None), default=None)


def _last_day_of(parts: dict[str, str | None]) -> date | None:
    if parts["full"]:
        return _day(int(parts["full"]), int(parts["month"] or 0), int(parts["day"] or 0))
    if parts["quarter"]:
        quarter = texts.QUARTERS.index(parts["quarter"].lower()) + 1
        return _month_end(int(parts["qyear"] or 0), 3 * quarter)
    if parts["word"]:
        month, year = MONTH_WORDS[parts["word"].lower()], int(parts["wyear"] or 0)
        return _day(year, month, int(parts["wday"])) if parts["wday"] else _month_end(year, month)
    if parts["school"]:
        return date(int(parts["school"]), *SCHOOL_YEAR_END)
    return date(int(parts["year"] or 0), 12, 31)


def _pieces(text: str) -> Iterator[str]:
    return (piece.strip() for piece in re.split(r"[(),;:]", text) if piece.strip())


def _mentions_time(piece: str) -> bool:
    words = set(re.findall(r"\w+", piece.lower()))
    has_year = re.search(r"\b(?:19|20)\d\d\b", piece) is not None
    return has_year or (bool(words & set(MONTH_WORDS)) and any(word.isdigit() for word in words))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
