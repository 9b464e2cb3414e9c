"""Counts in, figures out."""

import hashlib
from datetime import date

import pytest

from iom.monitoring.figures import Figure, IndicatorRow, fingerprint, load, share, share_of_rows


def test_a_share_is_in_per_cent() -> None:
    assert share(2841, 5894) == Figure(2841, 5894, pytest.approx(48.2016, abs=1e-4))  # type: ignore[arg-type]


def test_nobody_to_count_gives_no_value() -> None:
    assert share(0, 0) == Figure(0, 0, None)
    assert load(0, 0) == Figure(0, 0, None)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (-1, 5), (6, 5)])
def test_a_part_larger_than_the_whole_is_an_error(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError):
        share(numerator, denominator)


def test_load_is_people_for_each_methodist() -> None:
    assert load(722, 3).value == pytest.approx(240.6667, abs=1e-4)
    with pytest.raises(ValueError):
        load(-1, 3)


def test_rows_give_the_same_share() -> None:
    rows = [IndicatorRow(n, f"T{n}", "", "СОШ", "Округ", date(2026, 3, n) if n <= 2 else None) for n in range(1, 6)]
    assert share_of_rows(rows) == Figure(2, 5, 40.0)


def test_a_fingerprint_depends_on_people_and_days_and_not_on_order() -> None:
    facts = [(2, None), (1, date(2026, 3, 1))]
    expected = hashlib.sha256(b"1;2026-03-01\n2;").hexdigest()
    assert fingerprint(facts) == fingerprint(reversed(facts)) == expected
    assert fingerprint([(1, date(2026, 3, 2)), (2, None)]) != expected
    assert fingerprint([(1, date(2026, 3, 1))]) != expected
    assert fingerprint([]) == hashlib.sha256(b"").hexdigest()
