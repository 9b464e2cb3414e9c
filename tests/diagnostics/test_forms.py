"""What a browser sends: the clock of a device, the values of a block."""

from datetime import timedelta

import pytest

from iom.diagnostics.forms import are_values, on_our_clock, read_block
from tests.site import moment

NOW = moment(24)


@pytest.mark.parametrize(
    ("answered", "sent", "expected"),
    [
        ("2026-11-24T08:50:00Z", "2026-11-24T09:00:00Z", NOW - timedelta(minutes=10)),
        ("2020-01-01T00:00:00Z", "2020-01-01T02:00:00Z", NOW - timedelta(hours=2)),  # a clock six years behind
        ("2031-01-01T00:00:00+03:00", "2031-01-01T00:00:00+03:00", NOW),
        ("2026-11-24T09:05:00Z", "2026-11-24T09:00:00Z", NOW),  # set back while the answer waited
        ("2026-11-24T08:30:00Z", None, NOW - timedelta(minutes=30)),  # without the time of sending the clock is believed
        ("2026-11-24T08:30:00", "2026-11-24T09:00:00", NOW - timedelta(minutes=30)),
        (None, None, NOW),
        ("", "", NOW),
        ("yesterday", "today", NOW),
        ("2026-13-45", None, NOW),
    ],
)
def test_an_answer_is_dated_by_how_long_it_waited(answered: str | None, sent: str | None, expected: object) -> None:
    assert on_our_clock(answered, sent, NOW) == expected


def test_a_block_gives_what_was_chosen_and_nothing_for_the_rest() -> None:
    form = {"q1": ["2"], "q2": [""], "q3": ["0", "2"], "q9": ["1"]}
    assert read_block(lambda name: form.get(name, []), [1, 2, 3, 4]) == {1: ("2",), 3: ("0", "2")}


@pytest.mark.parametrize(("values", "fit"), [([], False), (["1"], True), (["x" * 4001], False), (["1"] * 61, False)])
def test_values_have_a_size_that_answers_have(values: list[str], fit: bool) -> None:
    assert are_values(values) is fit
