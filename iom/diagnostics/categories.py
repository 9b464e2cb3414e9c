"""From what a person answered to a category 0…m, by the rule of each item type."""

import re
import unicodedata
from collections.abc import Collection, Hashable, Mapping, Sequence
from statistics import median_low

from iom.core.format import fold_io

MULTIPLE_CHOICE_TOP = 2
MATCHING_TOP = 3
ORDERING_TOP = 3

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def round_half_up(numerator: int, denominator: int) -> int:
    """Return numerator/denominator rounded to the nearest whole number, halves upward; exact, for numerator ≥ 0 and denominator > 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def single_choice(chosen: Hashable, key: Hashable) -> int:
    """Return 1 when the right option was chosen, else 0."""
    return int(chosen == key)


def multiple_choice(chosen: Collection[Hashable], key: Collection[Hashable]) -> int:
    """Return 0, 1 or 2: round-half-up(2·max(0, hits − false)/K).

    A wrong tick takes a right one away, so ticking everything gives 0 when there are as many wrong options as right ones.

    Raises
    ------
    ValueError : an empty key
    """
    right, ticked = set(key), set(chosen)
    if not right:
        raise ValueError("a multiple choice needs a key")
    net = max(0, len(ticked & right) - len(ticked - right))
    return round_half_up(MULTIPLE_CHOICE_TOP * net, len(right))


def matching(given: Mapping[Hashable, Hashable], key: Mapping[Hashable, Hashable]) -> int:
    """Return 0…3: round-half-up(3·share of pairs set right); a pair left open is not right.

    Raises
    ------
    ValueError : an empty key
    """
    if not key:
        raise ValueError("a matching item needs a key")
    hits = sum(left in given and given[left] == right for left, right in key.items())
    return round_half_up(MATCHING_TOP * hits, len(key))


def ordering(given: Sequence[Hashable], key: Sequence[Hashable]) -> int:
    """Return 0…3: round-half-up(3·share of elements standing in their own place).

    Raises
    ------
    ValueError : an empty key
    """
    if not key:
        raise ValueError("an ordering item needs a key")
    hits = sum(placed == right for placed, right in zip(given, key, strict=False))
    return round_half_up(ORDERING_TOP * hits, len(key))


def normalise_text(text: str) -> str:
    """Return a short answer as it is compared: lower case, io as ie, single spaces, a decimal comma as a point."""
    # NFC first: a keyboard may send io as ie with a combining diaeresis.
    plain = fold_io(unicodedata.normalize("NFC", text))
    return _DECIMAL_COMMA.sub(".", " ".join(plain.split()))


def short_answer(given: str, accepted: Collection[str]) -> int:
    """Return 1 when the answer equals one of the accepted ones after `normalise_text`, else 0; an empty answer is never right."""
    text = normalise_text(given)
    return int(bool(text) and text in {normalise_text(answer) for answer in accepted})


def rubric(marks: Sequence[int], top: int) -> int | None:
    """Return the category that experts' marks give, or None when a third expert has to look.

    Parameters
    ----------
    marks : one, two or three marks 0…top, in the order given
    top : highest mark of the rubric

    Notes
    -----
    Two marks: their mean, halves upward; more than top/2 apart they ask for a third. Three marks: the middle one, so that the third
    expert decides between the first two and cannot go beyond them.

    Raises
    ------
    ValueError : no marks, more than three, or a mark outside 0…top
    """
    if not 1 <= len(marks) <= 3 or any(not 0 <= mark <= top for mark in marks):
        raise ValueError(f"one to three marks within 0…{top} expected, got {list(marks)}")
    if len(marks) == 3:
        return median_low(marks)
    if len(marks) == 2 and 2 * abs(marks[0] - marks[1]) > top:
        return None
    return round_half_up(sum(marks), len(marks))


def self_statement(answer: int, top: int) -> int:
    """Return the rating 0…top as it was given.

    Raises
    ------
    ValueError : a rating outside the statement's scale
    """
    if not 0 <= answer <= top:
        raise ValueError(f"a rating within 0…{top} expected, got {answer}")
    return answer
