"""Names of people in files: taken apart, and compared as people would."""

import re
import unicodedata

from iom.core.sheets import clean_text
from iom.core.sheets.texts import DOTTED_LETTER, PLAIN_LETTER

_PARTS = re.compile(r"[\s.]+")
_ALLOWED = re.compile(r"[^\W\d_]+(?:[ .'’ʼ`\-–]+[^\W\d_]+)*\.?")


def split_name(full_name: str) -> tuple[str, str, str]:
    """Return surname, given name and patronymic of «Фамилия Имя Отчество»; the patronymic may have several words."""
    surname, _, rest = clean_text(full_name).partition(" ")
    given, _, patronymic = rest.partition(" ")
    return surname, given, patronymic


def is_plain_name(name: str) -> bool:
    """Return whether the text may be a name: letters of any script with single hyphens, apostrophes and spaces."""
    return _ALLOWED.fullmatch(unicodedata.normalize("NFC", name)) is not None


def name_key(name: str) -> str:
    """Return the name in the form in which names are compared: no case, no dots on the letter that often loses them."""
    return " ".join(_parts(name))


def same_name(one: str, other: str) -> bool:
    """Return whether two names may be one person's: equal surnames, and each further part equal or an initial of the other."""
    parts, others = _parts(one), _parts(other)
    if not parts or not others or parts[0] != others[0]:
        return False
    return all(_agree(part, another) for part, another in zip(parts[1:], others[1:], strict=False))


def _parts(name: str) -> list[str]:
    folded = unicodedata.normalize("NFC", clean_text(name)).casefold().replace(DOTTED_LETTER, PLAIN_LETTER).replace("–", "-")
    return [part for part in _PARTS.split(folded) if part]


def _agree(part: str, other: str) -> bool:
    shorter, longer = sorted((part, other), key=len)
    return part == other or (len(shorter) == 1 and longer.startswith(shorter))
