"""What a new password may not be: short, common, a pattern, or made of words that anyone near the person knows.

Composition is free. The rules need no network: the list of common passwords comes with the product.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from iom.accounts.texts import KEYBOARD_LATIN, KEYBOARD_RUSSIAN, LETTERS_IN_LATIN, PRODUCT_WORDS

MIN_LENGTH = 12  # characters
MAX_LENGTH = 1_000  # nothing is cut off; more is not a password but a load
_SHORT_PATTERN = 32  # longer repetitions are left alone: their length alone is a choice
_MIN_REST = 6  # letters and digits that must remain beside common or context words
_MIN_CONTEXT_WORD = 3
_SIGNS_IN_WORD = 2  # at most so many signs at the end of a word stand for letters
_WALK_SHARE = 0.75  # steps to a neighbouring key or sign that make a walk of a password
_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_TO_LATIN = str.maketrans(KEYBOARD_RUSSIAN, KEYBOARD_LATIN)
_TO_RUSSIAN = str.maketrans(KEYBOARD_LATIN, KEYBOARD_RUSSIAN)
_SIGNS_FOR_LETTERS = str.maketrans("@$0134578", "asoieastb")
_EDGE = re.compile(r"^[\d!-/:-@\[-`{-~]+|[\d!-/:-@\[-`{-~]+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+")


class PasswordProblem(StrEnum):
    """The one reason why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    PATTERN = "pattern"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class PasswordContext:
    """Texts around the person whose words make a password guessable: names, login, e-mail, organisation, product."""

    texts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @classmethod
    def of(cls, *texts: str | None, years: Iterable[int | None] = ()) -> "PasswordContext":
        """Return the context of the texts that are there; the product's own words are always part of it."""
        return cls(tuple(text for text in texts if text), tuple(year for year in years if year))


def find_problem(password: str, context: PasswordContext | None = None) -> PasswordProblem | None:
    """Return why the password may not be chosen, or None if it may."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < MIN_LENGTH:
        return PasswordProblem.TOO_SHORT
    if len(text) > MAX_LENGTH:
        return PasswordProblem.TOO_LONG
    folded = text.casefold()
    if is_common(folded):
        return PasswordProblem.COMMON
    if _is_pattern(folded):
        return PasswordProblem.PATTERN
    if _is_made_of(folded, context or PasswordContext()):
        return PasswordProblem.CONTEXT
    return None


def is_common(password: str) -> bool:
    """Return whether the password, its middle, or either in the other keyboard layout is on the list."""
    listed = common_passwords()
    return any(reading in listed for form in _layouts(password.casefold()) for reading in _readings(form))


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the shipped list, in lower case."""
    text = files("iom.accounts").joinpath("data", "common_passwords.txt").read_text("utf-8")
    return frozenset(text.splitlines())


def _layouts(text: str) -> tuple[str, str, str]:
    return text, text.translate(_TO_LATIN), text.translate(_TO_RUSSIAN)


def _readings(text: str) -> Iterator[str]:
    """Yield the text and its repeated piece; if digits and signs around its middle add little, also the middle alone."""
    yield text
    yield _unit(text)
    core = _EDGE.sub("", text)
    if not _adds_little(text.replace(core, "", 1)):
        return
    yield core
    yield _unit(core)
    start = text.find(core)
    # A word may itself end in signs that stand for letters: `s0lnyshk0_777`.
    for end in range(start + len(core), min(start + len(core) + _SIGNS_IN_WORD, len(text)) + 1):
        yield _EDGE.sub("", text[start:end].translate(_SIGNS_FOR_LETTERS))


def _adds_little(around: str) -> bool:
    """Return whether digits and signs around a word are few, not counting a year, or a row of neighbours."""
    return len(_YEAR.sub("", around)) <= _MIN_REST or _walk_share(around) >= _WALK_SHARE


def _unit(text: str) -> str:
    """Return the shortest piece that the text repeats, which is the text itself if it repeats none."""
    length = (text + text).find(text, 1)
    return text[:length]


def _is_pattern(text: str) -> bool:
    if len(text) > _SHORT_PATTERN:
        return False
    few_signs = len(set(text)) <= 3
    short_unit = len(_unit(text)) <= 4
    return few_signs or short_unit or _walk_share(text) >= _WALK_SHARE


def _walk_share(text: str) -> float:
    """Return the share of steps that go to the same sign, to the next or previous one, or to a key beside."""
    if len(text) < 2:
        return 0.0
    keys = text.translate(_TO_LATIN)
    steps = [_is_step(*pair) for pair in pairwise(text)]
    key_steps = [_is_key_step(*pair) for pair in pairwise(keys)]
    return sum(one or other for one, other in zip(steps, key_steps, strict=True)) / len(steps)


def _is_step(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and abs(ord(before) - ord(after)) <= 1


def _is_key_step(before: str, after: str) -> bool:
    one, other = _key_place(before), _key_place(after)
    return one is not None and other is not None and abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1


@lru_cache(maxsize=256)
def _key_place(key: str) -> tuple[int, int] | None:
    return next(((row, keys.index(key)) for row, keys in enumerate(_ROWS) if key in keys), None)


def _is_made_of(text: str, context: PasswordContext) -> bool:
    """Return whether too little is left of the password once words of the context and years are taken out."""
    words = sorted(_context_words(context), key=len, reverse=True)
    for form in _layouts(text):
        rest, found = form, False
        for word in words:
            if word in rest:
                rest, found = rest.replace(word, " "), True
        for year in (*context.years, *_YEAR.findall(rest)):
            rest = rest.replace(str(year), " ")
        if found and sum(sign.isalnum() for sign in rest) < _MIN_REST:
            return True
    return False


def _context_words(context: PasswordContext) -> set[str]:
    words = set()
    for text in (*context.texts, *PRODUCT_WORDS):
        for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold()):
            if len(word) >= _MIN_CONTEXT_WORD:
                words |= {word, "".join(LETTERS_IN_LATIN.get(letter, letter) for letter in word)}
    return words
