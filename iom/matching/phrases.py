"""Recognising phrases of a dictionary in a text, whatever the case and number of their words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from iom.matching.words import lemmas

Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class PhraseBook(Generic[Label]):
    """Phrases by their first lemma, the longest first, each with what it stands for."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], Label], ...]]

    def find(self, text: str) -> list[Label]:
        """What the phrases of a text stand for, in their order; each word belongs to one phrase, the longest that fits."""
        return list(self._scan(lemmas(text)))

    def _scan(self, words: list[str]) -> Iterator[Label]:
        place = 0
        while place < len(words):
            phrase, label = next(self._at(words, place), ((words[place],), None))
            if label is not None:
                yield label
            place += len(phrase)

    def _at(self, words: list[str], place: int) -> Iterator[tuple[tuple[str, ...], Label]]:
        for phrase, label in self.by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                yield phrase, label


def phrase_book(entries: Iterable[tuple[str, Label]]) -> PhraseBook[Label]:
    """A book of phrases as people write them; of two entries with the same lemmas the first counts."""
    unique: dict[tuple[str, ...], Label] = {}
    for phrase, label in entries:
        words = tuple(lemmas(phrase))
        if words:
            unique.setdefault(words, label)
    by_first: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
    for words, label in sorted(unique.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(words[0], []).append((words, label))
    return PhraseBook({first: tuple(found) for first, found in by_first.items()})
