"""Finds numbers in a text that a person should not have written there: СНИЛС with its check digits, passports by their shape."""

import re

_SNILS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{3})[ -]?(\d{2})(?!\d)")
_PASSPORT = re.compile(r"(?<!\d)\d{2}[ \xa0]?\d{2}[ \xa0]?(?:№[ \xa0]?|[ \xa0])\d{6}(?!\d)")
_LARGEST_CHECK = 101


def has_private_number(text: str) -> bool:
    """Tell whether the text holds what looks like a СНИЛС (its check digits must fit) or like series and number of a passport."""
    return any(is_snils("".join(match.groups())) for match in _SNILS.finditer(text)) or _PASSPORT.search(text) is not None


def is_snils(digits: str) -> bool:
    """Tell whether eleven digits carry the check digits of a СНИЛС.

    Notes
    -----
    Sum of the first nine digits weighted 9 to 1, modulo 101, where 100 counts as 00 (Pension Fund, decree 192p of 2006, annex 1).
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return weighted % _LARGEST_CHECK % 100 == int(digits[9:])
