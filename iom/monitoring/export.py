"""Sheets of indicators: the same figures and rows that the pages show."""

from collections.abc import Iterable, Sequence
from datetime import date

from iom.documents.sheets_out import Column, Kind, Sheet
from iom.monitoring import texts
from iom.monitoring.board import Completion, Part, Result
from iom.monitoring.figures import IndicatorRow
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.models import Indicator, IndicatorTarget


def rows_sheet(code: IndicatorCode, rows: Iterable[IndicatorRow], *, named: bool) -> Sheet:
    """Return the people behind an indicator; without names for those who may not have them."""
    columns = [
        _column("code", width=14),
        *([_column("name", width=34)] if named else []),
        _column("school", width=34),
        _column("municipality", width=28),
        Column("fact_on", texts.FACT[code], Kind.DATE, 16),
        _column("in_numerator", width=14),
    ]
    return Sheet(
        texts.SHEET_ROWS,
        columns,
        (
            {
                "code": row.code,
                "name": row.name,
                "school": row.school,
                "municipality": row.municipality,
                "fact_on": row.fact_on,
                "in_numerator": texts.YES if row.counts else texts.NO,
            }
            for row in rows
        ),
    )


def parts_sheet(parts: Sequence[Part]) -> Sheet:
    """Return a breakdown; hidden parts keep their names and have no numbers."""
    columns = [
        _column("part", width=34),
        _column("numerator", Kind.INT),
        _column("denominator", Kind.INT),
        _column("value", Kind.DECIMAL),
        Column("note", "", width=14),
    ]
    lines = [
        {
            "part": part.name,
            "numerator": part.figure.numerator if part.figure else None,
            "denominator": part.figure.denominator if part.figure else None,
            "value": part.figure.value if part.figure else None,
            "note": "" if part.figure else texts.HIDDEN,
        }
        for part in parts
    ]
    return Sheet(texts.SHEET_PARTS, columns, lines)


def summary_sheet(results: Sequence[Result], known: dict[str, Indicator], targets: dict[int, IndicatorTarget]) -> Sheet:
    """Return the four indicators, one a line."""
    columns = [
        _column("indicator", width=12),
        _column("title", width=60),
        _column("document", width=44),
        _column("numerator", Kind.INT),
        _column("denominator", Kind.INT),
        _column("value", Kind.DECIMAL),
        _column("unit", width=10),
        _column("largest", Kind.INT),
        _column("target", Kind.DECIMAL),
        _column("target_date", Kind.DATE),
    ]
    return Sheet(texts.SHEET_SUMMARY, columns, [_summary_line(result, known, targets) for result in results])


def _summary_line(result: Result, known: dict[str, Indicator], targets: dict[int, IndicatorTarget]) -> dict[str, object]:
    indicator, figure = known.get(result.code), result.figure
    target = targets.get(indicator.id) if indicator else None
    return {
        "indicator": str(result.code),
        "title": indicator.title if indicator else texts.TITLE[result.code],
        "document": indicator.document if indicator else "",
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "value": figure.value if figure else None,
        "unit": texts.unit(result.code) if figure else texts.HIDDEN,
        "largest": result.largest,
        "target": target.target if target else None,
        "target_date": target.target_date if target else None,
    }


def completion_sheet(table: Completion) -> Sheet:
    """Return people by the state of their routes."""
    states = [state for state in (*texts.STATES_AS_COLUMNS, *table.states) if state in table.states]
    states = list(dict.fromkeys(states))
    columns = [
        _column("part", width=34),
        _column("people", Kind.INT, 12),
        *(Column(state, texts.STATE[state], Kind.INT, 14) for state in states),
        Column("note", "", width=14),
    ]
    lines = [
        {"part": name, "people": row.people if row else None, "note": "" if row else texts.HIDDEN}
        | {state: row.by_status.get(state, 0) if row else None for state in states}
        for _, name, row in table.parts
    ]
    return Sheet(texts.SHEET_COMPLETION, columns, lines)


def _column(key: str, kind: Kind = Kind.TEXT, width: float = 14) -> Column:
    return Column(key, texts.CAPTION[key], kind, width)


def file_name(pattern: str, day: date, code: str = "") -> str:
    """Return the name of a file that leaves."""
    return pattern.format(code=code, day=day.isoformat())
