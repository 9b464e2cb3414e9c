"""Reading what came as an answer to one item of each type."""

import pytest

from iom.diagnostics.answering import AnswerFault, AnswerRefused, Given, ItemRule, read_answer
from iom.diagnostics.kinds import ItemType

STATEMENT = ItemRule(ItemType.SELF_STATEMENT, top=3, n_options=4)


@pytest.mark.parametrize("category", [0, 1, 2, 3])
def test_a_rating_is_kept_as_given(category: int) -> None:
    assert read_answer(STATEMENT, [str(category)]) == Given(category)


def test_not_my_work_is_no_category() -> None:
    assert read_answer(STATEMENT, ["na"]) == Given(None, None, is_not_applicable=True)


@pytest.mark.parametrize("value", ["4", "-1", "1.0", "+1", "٣", "", "один", "1e0", "0" * 40])
def test_a_rating_off_the_scale_is_refused(value: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_answer(STATEMENT, [value])
    assert refused.value.reason is AnswerFault.UNKNOWN_OPTION


def test_nothing_and_too_much_are_refused() -> None:
    for values, reason in (([], AnswerFault.EMPTY), (["1", "2"], AnswerFault.WRONG_COUNT)):
        with pytest.raises(AnswerRefused) as refused:
            read_answer(STATEMENT, values)
        assert refused.value.reason is reason


def test_a_single_choice_is_marked_by_its_key() -> None:
    rule = ItemRule(ItemType.SINGLE_CHOICE, top=1, n_options=4, key={"right": 2})
    assert read_answer(rule, ["2"]) == Given(1, {"chosen": [2]})
    assert read_answer(rule, ["0"]) == Given(0, {"chosen": [0]})


def test_several_choices_lose_by_wrong_ticks() -> None:
    # Key of three: two hits and no false tick give round-half-up(2·2/3) = 1; three hits and one false tick round-half-up(2·2/3) = 1.
    rule = ItemRule(ItemType.MULTIPLE_CHOICE, top=2, n_options=5, key={"right": [0, 1, 2]})
    assert read_answer(rule, ["0", "1"]).category == 1
    assert read_answer(rule, ["0", "1", "2", "3"]).category == 1
    assert read_answer(rule, ["0", "1", "2"]) == Given(2, {"chosen": [0, 1, 2]})
    assert read_answer(rule, ["0,1,2"]) == Given(2, {"chosen": [0, 1, 2]})


def test_an_ordering_counts_places_and_must_be_whole() -> None:
    rule = ItemRule(ItemType.ORDERING, top=3, n_options=3, key={"order": [2, 0, 1]})
    assert read_answer(rule, ["2", "0", "1"]).category == 3
    assert read_answer(rule, ["2", "1", "0"]).category == 1  # one of three in its place: 3·1/3
    with pytest.raises(AnswerRefused, match="wrong_count"):
        read_answer(rule, ["2", "2", "1"])


def test_a_matching_counts_pairs_and_must_be_whole() -> None:
    rule = ItemRule(ItemType.MATCHING, top=3, n_options=4, key={"pairs": [3, 1, 0]})
    assert read_answer(rule, ["3", "1", "2"]).category == 2  # two of three pairs: 3·2/3
    with pytest.raises(AnswerRefused, match="wrong_count"):
        read_answer(rule, ["3", "1"])


def test_a_short_answer_is_compared_without_case_and_spaces() -> None:
    rule = ItemRule(ItemType.SHORT_ANSWER, top=1, n_options=0, key={"accepted": ["0.5", "ёлка"]})
    assert read_answer(rule, [" 0,5 "]) == Given(1, {"text": "0,5"})
    assert read_answer(rule, ["ЕЛКА"]).category == 1
    assert read_answer(rule, ["сосна"]).category == 0


def test_an_open_answer_waits_for_an_expert() -> None:
    rule = ItemRule(ItemType.CASE_OPEN, top=3, n_options=0)
    assert read_answer(rule, ["Сначала спрошу класс"]) == Given(None, {"text": "Сначала спрошу класс"})
    with pytest.raises(AnswerRefused, match="empty"):
        read_answer(rule, ["   "])
    with pytest.raises(AnswerRefused, match="too_long"):
        read_answer(rule, ["а" * 4001])


def test_an_item_without_the_key_it_needs_is_a_fault_of_the_bank() -> None:
    with pytest.raises(ValueError, match="right"):
        read_answer(ItemRule(ItemType.SINGLE_CHOICE, top=1, n_options=3), ["1"])
