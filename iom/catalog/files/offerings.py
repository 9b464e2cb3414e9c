"""The four offering files as one list: programmes with their streams, internships, mentoring, events."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from iom.catalog.files import texts
from iom.catalog.files.errors import CatalogFileError, FileFault
from iom.catalog.files.periods import exact_run, in_words, iso_day, period_inside, run_inside
from iom.catalog.files.records import OfferingRecord, RunRecord
from iom.catalog.files.rows import Row, check_unique, read_rows
from iom.catalog.kinds import DeliveryForm, HoursBasis, OfferingKind

PROGRAMS, STREAMS = "programs.csv", "program_streams.csv"
INTERNSHIPS, MENTORING, EVENTS = "internships.csv", "mentoring.csv", "events.csv"

# Words are recognised by their beginning: the word for onsite study also ends the words for correspondence and for an internship.
BLENDED, ONLINE, ONSITE = (
    re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE) for words in (texts.BLENDED_WORDS, texts.ONLINE_WORDS, texts.ONSITE_WORDS)
)


def read_offerings(folder: Path) -> list[OfferingRecord]:
    """All offerings of a folder, in the order programmes, internships, mentoring, events; a file may be absent, not all of them.

    Raises
    ------
    CatalogFileError : none of the files is there, a cell is wrong, a code stands twice, a stream of an unknown programme
    """
    readers = ((PROGRAMS, _programs), (INTERNSHIPS, _internships), (MENTORING, _mentoring), (EVENTS, _events))
    present = [(name, read) for name, read in readers if (folder / name).exists()]
    if not present:
        raise CatalogFileError(PROGRAMS, 0, "", FileFault.MISSING_FILE)
    offerings: list[OfferingRecord] = []
    seen: set[str] = set()
    for name, read in present:
        for row, offering in read(folder):
            if offering.code in seen:
                raise CatalogFileError(name, row.number, "id", FileFault.DUPLICATE)
            seen.add(offering.code)
            offerings.append(offering)
    return offerings


def _programs(folder: Path) -> list[tuple[Row, OfferingRecord]]:
    rows = read_rows(folder / PROGRAMS, ("id", "title"))
    check_unique(rows, "id")
    streams = _streams(folder, {row.text("id") for row in rows})
    return [(row, _program(row, streams.get(row.text("id"), ()))) for row in rows]


def _program(row: Row, streams: Sequence[RunRecord]) -> OfferingRecord:
    own, date_text = _own_period(row)
    hours = row.numbers("hours")
    return OfferingRecord(
        code=row.required("id"),
        kind=OfferingKind.PROGRAM,
        title=row.required("title"),
        program_type=row.choice("kind", texts.PROGRAM_TYPE),
        annotation=row.text("annotation"),
        audience=row.text("audience"),
        subject=row.text("subject"),
        provider=row.text("provider"),
        region=row.text("region"),
        municipality=row.text("municipality"),
        hours=hours,
        hours_basis=_hours_basis(hours),
        delivery_form=_program_form(row),
        funding=row.choice("funding", texts.FUNDING),
        price=row.number_or_none("price"),
        registry=row.choice("registry", texts.REGISTRY),
        registry_number=row.text("registry_number"),
        runs=_merged([*own, *streams]),
        date_text=date_text,
        source_url=row.text("source_url"),
        source_year=row.number_or_none("source_year"),
    )


def _internships(folder: Path) -> list[tuple[Row, OfferingRecord]]:
    rows = read_rows(folder / INTERNSHIPS, ("id", "title"))
    return [(row, _internship(row)) for row in rows]


def _internship(row: Row) -> OfferingRecord:
    format_text = row.text("format")
    run = run_inside(format_text)
    hours = row.numbers("hours")
    return OfferingRecord(
        code=row.required("id"),
        kind=OfferingKind.INTERNSHIP,
        title=row.required("title"),
        annotation=row.text("annotation"),
        audience=row.text("audience"),
        subject=row.text("subject"),
        provider=row.text("host_organization"),
        region=row.text("region"),
        municipality=row.text("municipality"),
        hours=hours,
        hours_basis=_hours_basis(hours),
        delivery_form=form_in_words(format_text),
        runs=(run,) if run else (),
        date_text="" if run else period_inside(format_text),
        format_text=format_text,
        source_url=row.text("source_url"),
        source_year=row.number_or_none("source_year"),
    )


def _mentoring(folder: Path) -> list[tuple[Row, OfferingRecord]]:
    rows = read_rows(folder / MENTORING, ("id", "title"))
    return [
        (
            row,
            OfferingRecord(
                code=row.required("id"),
                kind=OfferingKind.MENTORING,
                title=row.required("title"),
                annotation=row.text("what_for"),
                audience=row.text("participants"),
                subject=row.text("subject"),
                hours=(hours := row.numbers("hours")),
                hours_basis=_hours_basis(hours),
                delivery_form=form_in_words(row.text("form")),
                subtype=row.text("form"),
                format_text=row.text("typical_duration"),
                result_document=row.text("result_document"),
                source_url=row.text("source_url"),
                source_year=row.number_or_none("source_year"),
            ),
        )
        for row in rows
    ]


def _events(folder: Path) -> list[tuple[Row, OfferingRecord]]:
    rows = read_rows(folder / EVENTS, ("id", "title"))
    return [(row, _event(row)) for row in rows]


def _event(row: Row) -> OfferingRecord:
    run = exact_run(row.text("date_or_period"))
    hours = row.numbers("hours")
    return OfferingRecord(
        code=row.required("id"),
        kind=OfferingKind.EVENT,
        title=row.required("title"),
        audience=row.text("audience"),
        annotation=row.text("annotation"),
        subject=row.text("subject"),
        provider=row.text("organizer"),
        region=row.text("region"),
        municipality=row.text("municipality"),
        hours=hours,
        hours_basis=_hours_basis(hours),
        delivery_form=form_in_words(row.text("format")),
        runs=(run,) if run else (),
        date_text="" if run else row.text("date_or_period"),
        subtype=row.text("kind"),
        format_text=row.text("format"),
        source_url=row.text("source_url"),
        source_year=row.number_or_none("source_year"),
    )


def form_in_words(text: str) -> DeliveryForm:
    """The form that a free description names; both sides at once are blended, none is unknown."""
    if BLENDED.search(text):
        return DeliveryForm.BLENDED
    is_online, is_onsite = ONLINE.search(text) is not None, ONSITE.search(text) is not None
    if is_online and is_onsite:
        return DeliveryForm.BLENDED
    if is_online:
        return DeliveryForm.ONLINE
    return DeliveryForm.ONSITE if is_onsite else DeliveryForm.UNKNOWN


def _program_form(row: Row) -> DeliveryForm:
    words = [word.strip().casefold() for word in row.text("form").split(";") if word.strip()]
    if any(word not in texts.DELIVERY_FORM for word in words):
        raise row.fault("form", FileFault.UNKNOWN_VALUE)
    forms = {texts.DELIVERY_FORM[word] for word in words}
    if len(forms) > 1:
        return DeliveryForm.BLENDED
    return forms.pop() if forms else DeliveryForm.UNKNOWN


def _hours_basis(hours: tuple[int, ...]) -> HoursBasis:
    if not hours:
        return HoursBasis.ESTIMATED
    return HoursBasis.KNOWN if len(hours) == 1 else HoursBasis.SEVERAL


def _own_period(row: Row) -> tuple[list[RunRecord], str]:
    """The run of a programme's own start and end, and the period in words where one of the two is vague."""
    start, end = row.text("start"), row.text("end")
    starts_on, ends_on = iso_day(start), iso_day(end)
    if starts_on and ends_on and ends_on < starts_on:
        raise row.fault("end", FileFault.DATES_REVERSED)
    runs = [RunRecord(starts_on, ends_on)] if starts_on else []
    is_exact = starts_on is not None and (ends_on is not None or not end)
    return runs, "" if is_exact else _in_words(start, end)


def _in_words(start: str, end: str) -> str:
    if start and end:
        return texts.PERIOD.format(start=in_words(start), end=in_words(end))
    if end:
        return texts.FINISHED.format(period=in_words(end))
    return in_words(start)


def _streams(folder: Path, programs: set[str]) -> Mapping[str, list[RunRecord]]:
    if not (folder / STREAMS).exists():
        return {}
    streams: dict[str, list[RunRecord]] = {}
    for row in read_rows(folder / STREAMS, ("program_id", "start", "end")):
        if row.required("program_id") not in programs:
            raise row.fault("program_id", FileFault.UNKNOWN_REFERENCE)
        run = RunRecord(row.day("start"), row.day("end"), row.number_or_none("seats"))
        if run.ends_on is not None and run.ends_on < run.starts_on:
            raise row.fault("end", FileFault.DATES_REVERSED)
        streams.setdefault(row.text("program_id"), []).append(run)
    return streams


def _merged(runs: Sequence[RunRecord]) -> tuple[RunRecord, ...]:
    """Runs by date, each pair of dates once; a run whose seats are known wins over its twin without seats."""
    by_dates: dict[tuple[object, object], RunRecord] = {}
    for run in runs:
        known = by_dates.get((run.starts_on, run.ends_on))
        if known is None or known.seats is None:
            by_dates[(run.starts_on, run.ends_on)] = run
    return tuple(sorted(by_dates.values(), key=lambda run: (run.starts_on, run.ends_on or run.starts_on)))
