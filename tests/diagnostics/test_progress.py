"""Blocks, counts and the time left."""

from hypothesis import given
from hypothesis import strategies as st

from iom.diagnostics.progress import ItemLine, Progress, honest_minutes, progress_of

TITLES = [("PR", "Предмет"), ("ME", "Методика"), ("PP", "Психология")]


def lines(**answered: list[bool]) -> list[ItemLine]:
    places = [(block, done) for block, flags in answered.items() for done in flags]
    return [ItemLine(number, block, done) for number, (block, done) in enumerate(places, start=1)]


def test_blocks_stand_in_the_order_of_asking_and_empty_ones_are_left_out() -> None:
    progress = progress_of(lines(PP=[True], ME=[True, False, False]), TITLES, minutes=12, longest=0)
    assert [(block.code, block.title, block.n_answered, block.n_items) for block in progress.blocks] == [
        ("ME", "Методика", 1, 3),
        ("PP", "Психология", 1, 1),
    ]
    assert progress.find("PR") is None


def test_a_block_the_instrument_does_not_name_is_asked_last() -> None:
    progress = progress_of(lines(XX=[False], ME=[False]), TITLES, minutes=1, longest=0)
    assert [(block.code, block.title) for block in progress.blocks] == [("ME", "Методика"), ("XX", "XX")]


def test_minutes_are_in_proportion_to_what_the_person_is_asked() -> None:
    # 25 minutes for 60 statements: 41 of them take 17.1 minutes, told as 18.
    assert honest_minutes(25, 41, 60) == 18
    assert honest_minutes(25, 60, 60) == 25
    assert honest_minutes(25, 41, 0) == 25


def test_the_time_left_is_rounded_up_and_ends_at_nothing() -> None:
    progress = progress_of(lines(ME=[True] * 3 + [False]), TITLES, minutes=12, longest=0)
    assert progress.minutes_left == 3
    almost = progress_of(lines(ME=[True] * 29 + [False]), TITLES, minutes=12, longest=0)
    assert almost.minutes_left == 1  # 12/30 of a minute
    done = progress_of(lines(ME=[True] * 4), TITLES, minutes=12, longest=0)
    assert (done.minutes_left, done.n_left, done.resume) == (0, 0, None)


def test_one_goes_on_at_the_first_block_with_something_left() -> None:
    progress = progress_of(lines(PR=[True], ME=[True, False], PP=[False]), TITLES, minutes=4, longest=0)
    assert progress.resume is not None
    assert progress.resume.code == "ME"


def test_neighbours_of_a_block() -> None:
    progress = progress_of(lines(PR=[True], ME=[False], PP=[False]), TITLES, minutes=4, longest=0)
    assert [progress.before("PR"), progress.after("PP")] == [None, None]
    after, before = progress.after("PR"), progress.before("PP")
    assert after is not None
    assert before is not None
    assert (after.code, before.code) == ("ME", "ME")


@given(st.dictionaries(st.sampled_from(["PR", "ME", "PP", "XX"]), st.lists(st.booleans(), min_size=1, max_size=9)), st.integers(1, 60))
def test_counts_add_up_whatever_was_answered(answered: dict[str, list[bool]], minutes: int) -> None:
    progress: Progress = progress_of(lines(**answered), TITLES, minutes=minutes, longest=0)
    assert progress.n_items == sum(map(len, answered.values()))
    assert progress.n_answered == sum(map(sum, answered.values()))
    assert 0 <= progress.minutes_left <= minutes
    assert (progress.minutes_left == 0) == (progress.n_left == 0)
