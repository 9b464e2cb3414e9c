"""What came from a form or from a queue on the device, read as an answer to one item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from iom.core.errors import DomainError
from iom.diagnostics import categories
from iom.diagnostics.kinds import EXPERT_SCORED, ItemType

NOT_APPLICABLE = "na"
LONGEST_TEXT = 4000  # characters of an open answer
LONGEST_SHORT = 200

OF_ONE = frozenset({ItemType.SINGLE_CHOICE, ItemType.CASE_CHOICE})
OF_SEVERAL = frozenset({ItemType.MULTIPLE_CHOICE, ItemType.ORDERING, ItemType.MATCHING})


class AnswerFault(StrEnum):
    EMPTY = "empty"
    UNKNOWN_OPTION = "unknown_option"
    TOO_LONG = "too_long"
    WRONG_COUNT = "wrong_count"


class AnswerRefused(DomainError):
    """What was sent is no answer to the item (`reason`); `item_id` where several were sent together."""

    def __init__(self, reason: AnswerFault, item_id: int = 0) -> None:
        super().__init__(reason=reason, item_id=item_id)
        self.reason = reason
        self.item_id = item_id


@dataclass(frozen=True, slots=True)
class ItemRule:
    """What an answer is read and marked against; `key` never leaves the server.

    Keys by type: single and case choice {"right": n}, multiple choice {"right": [n, …]}, ordering {"order": [n, …]}, matching
    {"pairs": [n, …]} (the right side of each left one), short answer {"accepted": [text, …]}; options are counted from 0.
    """

    item_type: ItemType
    top: int
    n_options: int
    key: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is kept: its category, what was chosen or typed where an item has a key, or «does not concern my work»."""

    category: int | None
    response: dict[str, Any] | None = None
    is_not_applicable: bool = False


def read_answer(rule: ItemRule, values: Sequence[str]) -> Given:
    """Return the answer that the sent values mean.

    Parameters
    ----------
    rule : of the item
    values : as sent: one for a choice of one and a text, several for a choice of several; for an ordering the options in the order
        given, for a matching the right side chosen for each left one

    Raises
    ------
    AnswerRefused : nothing sent, an option the item has not, a text too long, a number of values that cannot be
    """
    if not values:
        raise AnswerRefused(AnswerFault.EMPTY)
    if list(values) == [NOT_APPLICABLE]:
        return Given(None, is_not_applicable=True)
    if rule.item_type is ItemType.SELF_STATEMENT:
        return Given(categories.self_statement(_one(values, rule.top + 1), rule.top))
    if rule.item_type in OF_ONE:
        chosen = _one(values, rule.n_options)
        return Given(categories.single_choice(chosen, _key(rule, "right")), {"chosen": [chosen]})
    if rule.item_type in OF_SEVERAL:
        return _several(rule, values)
    return _text(rule, values)


def _several(rule: ItemRule, values: Sequence[str]) -> Given:
    # A script sends the ticked boxes of one item as one value.
    chosen = [_number(number, rule.n_options) for value in values for number in value.split(",")]
    response = {"chosen": chosen}
    if rule.item_type is ItemType.MULTIPLE_CHOICE:
        return Given(categories.multiple_choice(chosen, _key(rule, "right")), response)
    if rule.item_type is ItemType.ORDERING:
        if sorted(chosen) != list(range(rule.n_options)):
            raise AnswerRefused(AnswerFault.WRONG_COUNT)
        return Given(categories.ordering(chosen, _key(rule, "order")), response)
    pairs = _key(rule, "pairs")
    if len(chosen) != len(pairs):
        raise AnswerRefused(AnswerFault.WRONG_COUNT)
    return Given(categories.matching(dict(enumerate(chosen)), dict(enumerate(pairs))), response)


def _text(rule: ItemRule, values: Sequence[str]) -> Given:
    text = values[0].strip()
    if len(values) != 1 or not text:
        raise AnswerRefused(AnswerFault.EMPTY)
    if len(text) > (LONGEST_TEXT if rule.item_type in EXPERT_SCORED else LONGEST_SHORT):
        raise AnswerRefused(AnswerFault.TOO_LONG)
    # An expert gives the category later; until then the item counts as not answered.
    category = None if rule.item_type in EXPERT_SCORED else categories.short_answer(text, _key(rule, "accepted"))
    return Given(category, {"text": text})


def _one(values: Sequence[str], n_options: int) -> int:
    if len(values) != 1:
        raise AnswerRefused(AnswerFault.WRONG_COUNT)
    return _number(values[0], n_options)


def _number(value: str, n_options: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 3 and int(value) < n_options):
        raise AnswerRefused(AnswerFault.UNKNOWN_OPTION)
    return int(value)


def _key(rule: ItemRule, name: str) -> Any:
    if rule.key is None or name not in rule.key:
        raise ValueError(f"an item of type {rule.item_type} without {name!r} in its key")
    return rule.key[name]
