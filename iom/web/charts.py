"""Geometry of the small drawings: percentages and points that SVG attributes take as they are. Nothing here knows Flask.

The strict content policy forbids `style=""`, so lengths go into attributes, and percentages let a drawing stretch without a script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

HEAT_STEP = 12  # per cent points a shade of the heat map covers
HEAT_SHADES = 6

CURVE_LEFT, CURVE_WIDTH = 9.0, 90.0  # room for the labels of the vertical axis
CURVE_BOTTOM, CURVE_HEIGHT = 88.0, 82.0  # room for the labels of the hours
CURVE_ROOM_AFTER_LAST = 25 / 24  # the last step is drawn on a little, so that it is seen as a step
CURVE_LABEL_GAP = 7.0  # closer labels would run into each other

MONTH_ORDER = ("running", "done", "planned")  # from the floor up
MONTH_GAP = 3.0  # daylight between two bars of one month, per cent of the height

SPARK_WIDTH, SPARK_LEFT, SPARK_RIGHT = 88, 3.0, 83.0
SPARK_FLOOR, SPARK_ROOM = 25.0, 22.0
SPARK_HEADROOM = 1.1


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a month: `kind` is done, running or planned; `y` and `height` are per cent of the drawing."""

    kind: str
    y: str
    height: str


def month_bars(months: Sequence[Mapping[str, float]]) -> list[list[Bar]]:
    """Return the bars of each month, all on one scale whose top is the fullest month.

    Parameters
    ----------
    months : hours by kind (done, running, planned), one mapping a month
    """
    top = max((sum(month.values()) for month in months), default=0.0) or 1.0
    return [_stack(month, top) for month in months]


def _stack(month: Mapping[str, float], top: float) -> list[Bar]:
    bars: list[Bar] = []
    floor = 100.0
    for kind in MONTH_ORDER:
        height = 100.0 * month.get(kind, 0.0) / top
        if height <= 0:
            continue
        floor -= height
        # A bar that stands on another gives up the gap from its own foot, so the whole stack keeps its height.
        drawn = max(height - MONTH_GAP, height / 2) if bars else height
        bars.append(Bar(kind, _percent(floor), _percent(drawn)))
    return bars


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One route on the curve of hours and coverage."""

    x: str
    y: str
    hours: float
    coverage: float
    is_chosen: bool
    has_label: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The staircase of best routes: `lines` are (x1, y1, x2, y2), `grid` pairs of (per cent, y)."""

    lines: list[tuple[str, str, str, str]]
    points: list[CurvePoint]
    grid: list[tuple[int, str]]
    floor: str


def hours_curve(hours: Sequence[float], coverages: Sequence[float], chosen: float | None = None) -> Curve:
    """Return the staircase of coverage by hours; steps, because routes are discrete and nothing lies between two of them.

    Parameters
    ----------
    hours : of each best route, rising and above 0
    coverages : of the same routes, per cent
    chosen : the hours whose point is filled

    Raises
    ------
    ValueError : no routes, hours that do not rise, or lists of different length
    """
    options = list(zip(hours, coverages, strict=True))
    if not options or hours[0] <= 0 or any(a >= b for a, b in pairwise(hours)):
        raise ValueError("hours must rise from above zero")
    top = hours[-1] * CURVE_ROOM_AFTER_LAST
    corners = [(0.0, 0.0)]
    for hour, coverage in options:
        corners += [(hour, corners[-1][1]), (hour, coverage)]
    corners.append((top, corners[-1][1]))
    places = [(_curve_x(hour, top), _curve_y(coverage)) for hour, coverage in corners]
    labelled = _labelled(hours, chosen, top)
    return Curve(
        lines=[(_percent(x1), _percent(y1), _percent(x2), _percent(y2)) for (x1, y1), (x2, y2) in pairwise(places)],
        points=[
            CurvePoint(_percent(_curve_x(hour, top)), _percent(_curve_y(coverage)), hour, coverage, hour == chosen, hour in labelled)
            for hour, coverage in options
        ],
        grid=[(share, _percent(_curve_y(share))) for share in (0, 50, 100)],
        floor=_percent(CURVE_BOTTOM),
    )


def _curve_x(hours: float, top: float) -> float:
    return CURVE_LEFT + CURVE_WIDTH * hours / top


def _curve_y(coverage: float) -> float:
    return CURVE_BOTTOM - CURVE_HEIGHT * coverage / 100


def _labelled(hours: Sequence[float], chosen: float | None, top: float) -> set[float]:
    """Return the hours whose labels fit; the chosen one always does."""
    kept = {hour for hour in hours if hour == chosen}
    for hour in hours:
        x = _curve_x(hour, top)
        if all(abs(x - _curve_x(other, top)) >= CURVE_LABEL_GAP for other in kept):
            kept.add(hour)
    return kept


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of the past: `points` for a polyline in a box 88 by 28, the last point, and the height of the target."""

    points: str
    last_x: str
    last_y: str
    target_y: str | None


def spark(values: Sequence[float], target: float | None = None) -> Spark:
    """Return the line of an indicator's past, drawn from zero so that a small change does not look like a leap.

    Raises
    ------
    ValueError : no values
    """
    if not values:
        raise ValueError("a line needs at least one value")
    top = max(*values, target or 0.0, 0.0) * SPARK_HEADROOM or 1.0
    step = (SPARK_RIGHT - SPARK_LEFT) / max(len(values) - 1, 1)
    # A single value stands at the right end, where "now" is.
    first = SPARK_LEFT if len(values) > 1 else SPARK_RIGHT
    places = [(first + step * n, SPARK_FLOOR - SPARK_ROOM * value / top) for n, value in enumerate(values)]
    target_y = None if target is None else f"{SPARK_FLOOR - SPARK_ROOM * target / top:.1f}"
    last_x, last_y = places[-1]
    return Spark(" ".join(f"{x:.1f},{y:.1f}" for x, y in places), f"{last_x:.1f}", f"{last_y:.1f}", target_y)


def heat_shade(share: float) -> int:
    """Return the shade 0–6 of a share in per cent: 0 only for nothing, then one shade for every 12 points."""
    return 0 if share <= 0 else min(HEAT_SHADES, int(share // HEAT_STEP) + 1)


def clamp_percent(value: float) -> str:
    """Return a per cent value held between 0 and 100, for an SVG attribute."""
    return _percent(min(100.0, max(0.0, value)))


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
