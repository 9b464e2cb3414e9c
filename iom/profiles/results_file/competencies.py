"""Which competency a heading or a cell means: by code, by title, or by a title close to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from iom.core.sheets import clean_text, heading_key
from iom.profiles.results_file.kinds import FrameworkNode, Likeness
from iom.profiles.results_file.texts import HEADING_TAILS, LATIN_TWINS

CLOSE = 0.86  # likeness from which a title is taken for the meant one; 1 is equality
MARGIN = 0.05  # a second title this near leaves the question open
_ALL_WORDS = 0.9
_HALF_OF_WORDS = 0.87
_STEM = 5  # letters by which words are compared there: «урока» and «уроков» are one
_LATIN_TWINS = str.maketrans(LATIN_TWINS)
_AROUND_CODE = "[](){}.,:;–—- "


@dataclass(frozen=True, slots=True)
class Meaning:
    """The codes that a text may mean: one if it is recognised, several if it is ambiguous, none if it is unknown."""

    codes: tuple[str, ...] = ()
    likeness: Likeness | None = None

    @property
    def code(self) -> str | None:
        return self.codes[0] if len(self.codes) == 1 else None


class CompetencyNames:
    """The codes and titles of a framework, ready to be compared with what people write."""

    def __init__(self, framework: Sequence[FrameworkNode]) -> None:
        self._codes = {node.code.casefold(): node.code for node in framework}
        self._by_title: dict[str, list[str]] = {}
        for node in framework:
            self._by_title.setdefault(heading_key(node.title), []).append(node.code)
        self._known: dict[str, Meaning] = {}
        self._blocks = frozenset(node.code for node in framework if node.level == "block")

    def is_block(self, code: str) -> bool:
        return code in self._blocks

    def find(self, text: str) -> Meaning:
        """Return what the text means, after exact comparison and then by likeness."""
        cleaned = clean_text(text)
        if cleaned not in self._known:
            self._known[cleaned] = self.find_exactly(cleaned) or self._find_close(_title_key(cleaned))
        return self._known[cleaned]

    def find_exactly(self, text: str) -> Meaning | None:
        """Return what the text means by its code or its very title, or None."""
        if code := self._code_in(text):
            return Meaning((code,), Likeness.CODE)
        titled = self._by_title.get(_title_key(text)) or self._by_title.get(heading_key(text))
        return Meaning(tuple(titled), Likeness.TITLE) if titled else None

    def _code_in(self, text: str) -> str | None:
        """Return the code that the text is, starts with, or holds in brackets at its end."""
        words = text.split()
        if not words:
            return None
        places = [text]
        # A bare word that begins a title may look like the code of a block; digits or a mark after it make it sure.
        if any(sign.isdigit() for sign in words[0]) or not words[0][-1].isalnum():
            places.append(words[0])
        if words[-1].endswith((")", "]")):
            places.append(words[-1])
        for place in places:
            folded = place.strip(_AROUND_CODE).casefold()
            if code := self._codes.get(folded) or self._codes.get(folded.translate(_LATIN_TWINS)):
                return code
        return None

    def _find_close(self, key: str) -> Meaning:
        scored = sorted(((self._likeness(key, title), title) for title in self._by_title), reverse=True) if key else []
        if not scored or scored[0][0] < CLOSE:
            return Meaning()
        best = scored[0][0]
        near = [title for likeness, title in scored if likeness >= max(CLOSE, best - MARGIN)]
        codes = tuple(code for title in near for code in self._by_title[title])
        return Meaning(codes, Likeness.CLOSE)

    def _likeness(self, key: str, title: str) -> float:
        matcher = SequenceMatcher(None, key, title, autojunk=False)
        whole = matcher.ratio() if matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE else 0.0
        return max(whole, _words_in_common(_stems(key), _stems(title)))


def _words_in_common(said: frozenset[str], meant: frozenset[str]) -> float:
    """Return the likeness of a heading that holds all words of a title, or half of them and no others."""
    if len(meant) > 1 and meant <= said:
        return _ALL_WORDS
    return _HALF_OF_WORDS if len(said) > 1 and said <= meant and 2 * len(said) >= len(meant) else 0.0


def _title_key(text: str) -> str:
    """Return the comparable form of a heading without the words that only say how it was measured."""
    key = heading_key(text)
    for tail in HEADING_TAILS:
        key = key.removesuffix(f" {tail}").removeprefix(f"{tail} ")
    return key


def _stems(key: str) -> frozenset[str]:
    words: Iterable[str] = key.split()
    return frozenset(word[:_STEM] for word in words if len(word) > 2)
