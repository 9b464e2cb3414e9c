"""Tables of figures for people, and the same for machines."""

from iom.cli.bench import texts
from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.core.format import number

DIGITS = {
    Unit.MILLISECONDS: 1,
    Unit.RATIO: 2,
    Unit.COUNT: 0,
    Unit.KILOBYTES: 0,
    Unit.PER_SECOND: 1,
    Unit.MINUTES: 1,
    Unit.PERCENT: 0,
}
JSON_DIGITS = 3


def as_lines(table: Table) -> list[str]:
    """Return a title and a table of aligned columns; beside each figure its bar, where it has one, and whether it is kept."""
    names = list(dict.fromkeys(figure.name for row in table.rows for figure in row.figures))
    heads = [texts.FIRST_COLUMN[table.name], *(texts.COLUMN[name] for name in names)]
    cells = [[texts.ROW.get(row.name, row.name), *(_cell_of(row, name) for name in names)] for row in table.rows]
    widths = [max(len(line[place]) for line in [heads, *cells]) for place in range(len(heads))]
    return [texts.TITLE[table.name], *(_line(line, widths) for line in [heads, *cells])]


def _line(cells: list[str], widths: list[int]) -> str:
    first, *rest = (
        cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip()


def _cell_of(row: Row, name: str) -> str:
    figure = next((figure for figure in row.figures if figure.name == name), None)
    return "" if figure is None else cell(figure)


def cell(figure: Figure) -> str:
    """Return the figure, and its bar with a word for being over it: "2,10 ≤ 3 ✓"."""
    value = number(figure.value, DIGITS[figure.unit])
    if figure.bar is None:
        return value
    sign = "≥" if figure.is_floor else "≤"
    return f"{value} {sign} {number(figure.bar, 0)} {texts.MET if figure.is_met else texts.NOT_MET}"


def as_rows(table: Table) -> list[dict[str, object]]:
    """Return the rows as plain values, bars beside the figures."""
    return [
        {
            "name": row.name,
            **{f"{figure.name}_{figure.unit}": round(figure.value, JSON_DIGITS) for figure in row.figures},
            "bars": {f"{figure.name}_{figure.unit}": figure.bar for figure in row.figures if figure.bar is not None},
            "met": row.is_met,
        }
        for row in table.rows
    ]
