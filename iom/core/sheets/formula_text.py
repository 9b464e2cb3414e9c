"""Text that a spreadsheet program would run as a formula, made harmless on the way out and restored on the way in."""

import re

# Full-width forms are folded to the plain signs by some programs when they open a CSV file.
_STARTS = "=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
_DANGEROUS = re.compile(f"'*[{_STARTS}]")
_GUARDED = re.compile(f"''*[{_STARTS}]")


def neutralise(text: str) -> str:
    """Return the text with an apostrophe in front if it starts like a formula; `restore` takes exactly that one away.

    A text that already has apostrophes before such a start gets one more, so that the pair is a bijection.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def restore(text: str) -> str:
    """Return the text without the apostrophe that `neutralise` put in front of it."""
    return text[1:] if _GUARDED.match(text) else text
