"""What templates may call: `iom.core.format` on the reader's calendar, the drawings of `iom.web.charts`, the controls of forms."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from iom.core import clock, texts
from iom.core import format as fmt
from iom.web import charts, controls

DEFAULT_TIMEZONE = "Europe/Moscow"
# Inside these a person's own text is given back as typed, letter for letter.
UNTOUCHED = ("<textarea", "<pre", "<script")


def init_app(app: Flask) -> None:
    """Give templates the filters and globals listed here."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)


def local(moment: datetime) -> datetime:
    """Return the moment by the clock of the reader's region (`g.timezone`)."""
    return moment.astimezone(ZoneInfo(_timezone()))


def date_long(day: date | datetime) -> str:
    """Return "12 октября", with the year when it is not the current one."""
    return fmt.date_long(_day(day), _today().year)


def date_short(day: date | datetime) -> str:
    """Return "12.10.2026"."""
    return fmt.date_short(_day(day))


def date_weekday(day: date | datetime) -> str:
    """Return "пятница, 16 октября"."""
    return fmt.date_weekday(_day(day), _today().year)


def date_time(moment: datetime) -> str:
    """Return "9 октября, 16:20" by the clock of the reader's region."""
    return fmt.date_time(local(moment), _today().year)


def clock_time(moment: datetime) -> str:
    """Return "14:32" by the clock of the reader's region."""
    return fmt.clock_time(local(moment))


def relative_day(day: date | datetime) -> str:
    """Return "вчера", "3 дня назад"; farther than a week the date."""
    return fmt.relative_day(_day(day), _today())


def period(start: date, end: date) -> str:
    """Return "9–20 ноября" for two days of the reader's calendar."""
    return fmt.period(start, end, _today().year)


def months_period(start: date, end: date) -> str:
    """Return "сентябрь – октябрь"."""
    return fmt.months_period(start, end, _today().year)


def percent_words(value: float) -> str:
    """Return "39 процентов", for sentences that are read aloud."""
    return fmt.plural(round(value), *texts.PERCENT_FORMS)


def capital(text: str) -> str:
    """Return the text with its first letter capital and the rest as it was."""
    return text[:1].upper() + text[1:]


def tie(text: str) -> str | Markup:
    """Return the text with no-break spaces where a line must not break; in markup only the text between tags is touched."""
    if not hasattr(text, "__html__"):
        return fmt.tie(str(text))
    return Markup("".join(_tie_markup(str(text.__html__()))))  # noqa: S704 - it was markup before, and only spaces changed


def _tie_markup(markup: str) -> Iterator[str]:
    closing = ""
    for piece in _pieces(markup):
        if closing:
            closing = "" if piece.lower().startswith(closing) else closing
            yield piece
        elif piece.startswith("<"):
            opened = next((name for name in UNTOUCHED if piece.lower().startswith(name)), "")
            closing = opened.replace("<", "</")
            yield piece
        else:
            yield fmt.tie(piece)


def _pieces(markup: str) -> Iterator[str]:
    """Split markup into tags and the text between them."""
    start = 0
    while (opening := markup.find("<", start)) >= 0:
        end = markup.find(">", opening) + 1 or len(markup)
        yield markup[start:opening]
        yield markup[opening:end]
        start = end
    yield markup[start:]


def _timezone() -> str:
    return str(g.get("timezone") or DEFAULT_TIMEZONE)


def _today() -> date:
    known: date | None = g.get("today")
    return known or clock.today(_timezone())


def _day(moment: date | datetime) -> date:
    """Return the calendar day; an aware moment is first put on the reader's clock."""
    if isinstance(moment, datetime):
        return (local(moment) if moment.tzinfo else moment).date()
    return moment


FILTERS = {
    "capital": capital,
    "clock_time": clock_time,
    "date_long": date_long,
    "date_short": date_short,
    "date_time": date_time,
    "date_weekday": date_weekday,
    "file_size": fmt.file_size,
    "hours": fmt.hours,
    "hours_long": fmt.hours_long,
    "local": local,
    "minutes": fmt.minutes,
    "money": fmt.money,
    "number": fmt.number,
    "percent": fmt.percent,
    "percent_words": percent_words,
    "plural": fmt.plural,
    "plural_form": fmt.plural_form,
    "points": fmt.points,
    "relative_day": relative_day,
    "share": fmt.share,
    "signed": fmt.signed,
    "svg_percent": charts.clamp_percent,
    "tie": tie,
    "weekday": fmt.weekday,
}

GLOBALS = {
    "control_attributes": controls.control_attributes,
    "form_errors": controls.form_errors,
    "full_name": fmt.full_name,
    "heat_shade": charts.heat_shade,
    "hours_curve": charts.hours_curve,
    "initials": fmt.initials,
    "is_group": controls.is_group,
    "month_bars": charts.month_bars,
    "month_genitive": fmt.month_genitive,
    "month_name": fmt.month_name,
    "month_short": fmt.month_short,
    "months_period": months_period,
    "months_short": fmt.months_short,
    "name_before_initials": fmt.name_before_initials,
    "name_with_initials": fmt.name_with_initials,
    "period": period,
    "plural": fmt.plural,
    "short_name": fmt.short_name,
    "spark": charts.spark,
}
