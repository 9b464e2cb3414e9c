"""The one place that reads the wall clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(timezone: str = "Europe/Moscow") -> date:
    """Return the calendar day in `timezone`."""
    return now().astimezone(ZoneInfo(timezone)).date()
