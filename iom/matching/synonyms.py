"""The thesaurus at work: which lines a query touches and which of their words it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iom.matching.words import lemmas, surfaces


@dataclass(frozen=True, slots=True)
class Term:
    """One word or expression of a synonym line, as lemmas and as written."""

    lemmas: tuple[str, ...]
    written: str

    def is_in(self, words: frozenset[str]) -> bool:
        return bool(self.lemmas) and words.issuperset(self.lemmas)


def prepare(lines: Iterable[Sequence[str]]) -> tuple[tuple[Term, ...], ...]:
    """Synonym lines with each term's lemmas; a term of function words only is left out."""
    prepared = (tuple(Term(tuple(lemmas(term)), term) for term in line) for line in lines)
    return tuple(tuple(term for term in line if term.lemmas) for line in prepared)


def missing_terms(lines: Iterable[Sequence[Term]], query: Iterable[str]) -> list[Term]:
    """Terms of the lines that a query touches and that it does not hold itself, each once, in the order of the lines.

    A line is touched when every lemma of one of its terms stands in the query, in any order.
    """
    words = frozenset(query)
    missing: dict[tuple[str, ...], Term] = {}
    for line in lines:
        if any(term.is_in(words) for term in line):
            missing.update((term.lemmas, term) for term in line if not term.is_in(words))
    return list(missing.values())


def bag_of(terms: Iterable[Term]) -> list[str]:
    """The lemmas of several terms, each once."""
    return list(dict.fromkeys(lemma for term in terms for lemma in term.lemmas))


def written_words(terms: Iterable[Term]) -> dict[str, str]:
    """For each lemma of the terms the word as the thesaurus writes it."""
    written: dict[str, str] = {}
    for term in terms:
        for lemma, word in surfaces(term.written).items():
            written.setdefault(lemma, word)
    return written
