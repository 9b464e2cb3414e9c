"""Which school subjects a text names, and whether they are a person's own."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from iom.catalog.files.records import OfferingRecord, SubjectRecord
from iom.matching.phrases import PhraseBook, phrase_book


@dataclass(frozen=True, slots=True)
class SubjectFinder:
    """The directory of subjects made ready for searching texts."""

    book: PhraseBook[str]
    wider: Mapping[str, str]  # code → code of the wider subject
    school: AbstractSet[str]  # codes that are school subjects

    def named_in(self, text: str) -> frozenset[str]:
        """Codes of everything in the directory that a text names, areas of work included."""
        return frozenset(self.book.find(text))

    def subjects_of(self, offering: OfferingRecord) -> frozenset[str]:
        """School subjects that an offering is about; empty when it names none and so is for all.

        A filled subject column decides whether there is a limit at all, because titles speak of history and law in many senses;
        without it the title is read. The audience widens the limit: primary teachers may be taught a subject.
        """
        named = self.named_in(offering.subject or offering.title) & self.school
        if not named and offering.subject:
            return frozenset()
        # "Chemistry, for teachers of natural sciences" is about chemistry: a wider word never loosens a narrower one.
        loose = {self.wider[code] for code in named if code in self.wider}
        return frozenset(named | ((self.named_in(offering.audience) & self.school) - loose))

    def is_shared(self, ones: Iterable[str], others: Iterable[str]) -> bool:
        """Whether two sets of subjects meet: the same one, or one part of the other."""
        theirs = set(others)
        widened = {code for other in theirs for code in (other, self.wider.get(other, other))}
        return any(code in widened or self.wider.get(code) in theirs for code in ones)


def subject_finder(subjects: Sequence[SubjectRecord]) -> SubjectFinder:
    """Make the directory of subjects ready."""
    return SubjectFinder(
        book=phrase_book((alias, subject.code) for subject in subjects for alias in subject.aliases),
        wider={subject.code: subject.part_of for subject in subjects if subject.part_of},
        school=frozenset(subject.code for subject in subjects if subject.is_school_subject),
    )
