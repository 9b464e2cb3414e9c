"""What a text must lose or gain before it may stand in a file: control characters go, endless words may break."""

import re
from collections.abc import Mapping

SOFT_HYPHEN = "\u00ad"
BREAK = "\u200b"  # zero-width space: a line may end here, nothing is printed
LETTERS_UNBROKEN = 30  # the longest words of Russian prose; hyphenation by dictionary serves up to here
SIGNS_UNBROKEN = 12  # characters of 9 pt that fit the narrowest column of a document (2 cm)

# Characters that XML 1.0 cannot hold at all (section 2.2), a bare carriage return put aside.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LONG_RUN = re.compile(rf"[^\s{BREAK}{SOFT_HYPHEN}]{{{SIGNS_UNBROKEN},}}")
AFTER_SIGN = re.compile(r"(?<=[/\\_.,:;@?&=%+|-])(?=[^\s/\\_.,:;@?&=%+|-])")
PIECE = re.compile(r".{1,5}", re.DOTALL)  # five of the widest letters still fit that column


def clean_text(text: str) -> str:
    """Return the text without characters that no XML file may hold; line ends become one line feed."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def breakable(text: str) -> str:
    """Return the text with invisible places for a line to end inside addresses, codes and endless words.

    Ordinary words stay as they are: the typesetter hyphenates them by dictionary.
    """
    return LONG_RUN.sub(lambda match: _break_run(match.group()), text)


def _break_run(run: str) -> str:
    if run.isalpha():
        return run if len(run) <= LETTERS_UNBROKEN else SOFT_HYPHEN.join(PIECE.findall(run))
    parts = AFTER_SIGN.split(run)
    return BREAK.join(_break_part(part) for part in parts)


def _break_part(part: str) -> str:
    letters = part.strip("«»„“\"'()[]{}.,:;!?-–/")
    limit = LETTERS_UNBROKEN if letters.isalpha() else SIGNS_UNBROKEN
    return part if len(part) <= limit else BREAK.join(PIECE.findall(part))


def for_page(value: object) -> object:
    """Return a copy of nested dicts and lists in which every text is clean and may be broken over lines."""
    if isinstance(value, str):
        return breakable(clean_text(value))
    if isinstance(value, Mapping):
        return {key: for_page(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [for_page(part) for part in value]
    return value
