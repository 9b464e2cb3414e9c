"""Text preparation in one home: tokens, lemmas, character n-grams; every score is built on these."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from iom.matching import texts

TOKEN = re.compile(r"[^\W_]+")
RUSSIAN = re.compile(texts.RUSSIAN_WORD)
SOFT_HYPHEN = "\u00ad"
STOP_WORDS = frozenset(texts.FUNCTION_WORDS.split())
GRAM_LENGTHS = (3, 4, 5)
REMEMBERED_WORDS = 300_000  # distinct words of a large catalog several times over; about 60 MB when full


@cache
def _analyzer() -> Any:
    # Loaded on the first word: the dictionaries take 0.2 s, and most commands never need them.
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def plain(text: str) -> str:
    """Lower case, composed letters, one spelling of the letter yo, no soft hyphens."""
    return unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "").lower().replace(*texts.ONE_LETTER)


@lru_cache(maxsize=REMEMBERED_WORDS)
def lemma_of(word: str) -> str:
    """The dictionary form of one plain word, or an empty string for a function word and for a single letter."""
    if word in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ""
    if word in texts.OWN_LEMMAS:
        return texts.OWN_LEMMAS[word]
    if not RUSSIAN.fullmatch(word):
        return word  # the analyzer has nothing to say of other scripts, and some of their letters make it raise
    parses = _analyzer().parse(word)
    best = parses[0]
    if word.endswith(texts.SCIENCE_ENDING):
        # "Mathematics" is spelt like the genitive of "mathematician", and the analyzer prefers the person.
        best = next((parse for parse in parses if parse.normal_form == word), best)
    lemma = str(best.normal_form).replace(*texts.ONE_LETTER)
    return "" if lemma in STOP_WORDS else lemma


def lemmas(text: str) -> list[str]:
    """Dictionary forms of the meaningful words of a text, in their order, repeats kept."""
    return [lemma for word in TOKEN.findall(plain(text)) if (lemma := lemma_of(word))]


def surfaces(text: str) -> dict[str, str]:
    """For each lemma of a text the word as it was written first."""
    written: dict[str, str] = {}
    for word in TOKEN.findall(unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "")):
        lemma = lemma_of(plain(word))
        if lemma:
            written.setdefault(lemma, word)
    return written


def grams(lemma: str) -> Iterator[str]:
    """Character n-grams of one lemma; its borders are marked by spaces, so a beginning differs from a middle."""
    bordered = f" {lemma} "
    for length in GRAM_LENGTHS:
        for start in range(len(bordered) - length + 1):
            yield bordered[start : start + length]
