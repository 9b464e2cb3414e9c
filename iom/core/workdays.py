"""Terms in working days."""

from datetime import date, timedelta

SATURDAY = 5


def after_working_days(start: date, days: int) -> date:
    """Return the day that ends a term of `days` working days begun on `start`; Saturdays and Sundays do not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day
