"""Which encoding a text file was saved in, told from its bytes alone."""

import codecs
import math
import re
from dataclasses import dataclass

from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.texts import LETTER_SHARES

_BYTE_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ("cp1251", "koi8-r", "cp866")  # in the order of how often they are met
_NAMES = {"cp1251": "windows-1251"}
_SAMPLE = 200_000
# What no table in Russian or English holds: text read as UTF-16 by mistake is full of it.
_UNEXPECTED_WIDE = re.compile("[^\\t\\n\\r -~\u00a0-\u024f\u0400-\u04ff\u2000-\u22ff]")
_CERTAIN_HIGH_BYTES = 8
_RARE = 0.0005  # share given to what is no Russian letter
_WORST_LIKELIHOOD = -5.2  # mean logarithm below which nothing looks like Russian; real texts lie near -3


@dataclass(frozen=True, slots=True)
class DecodedText:
    text: str
    encoding: str


def decode(content: bytes) -> DecodedText:
    """Return the text and its encoding: UTF-8, UTF-16, windows-1251, KOI8-R or cp866.

    Raise SheetError if the bytes are none of these, hold NUL characters, or mix two encodings.
    """
    for mark, encoding in _BYTE_MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding)
    if b"\x00" in content:
        return _decode_utf16(content)
    try:
        return DecodedText(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_one_byte(content)


def _decode_marked(content: bytes, encoding: str) -> DecodedText:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError(SheetErrorCode.MIXED_ENCODING, byte=error.start) from error
    if "\x00" in text:
        raise SheetError(SheetErrorCode.NUL, line=text.count("\n", 0, text.index("\x00")) + 1)
    return DecodedText(text, encoding)


def _decode_utf16(content: bytes) -> DecodedText:
    """Return text of a UTF-16 file without a mark; any ASCII in such a file has a NUL byte beside it."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _UNEXPECTED_WIDE.search(text):
            return DecodedText(text, encoding)
    raise SheetError(SheetErrorCode.NUL, line=content.count(b"\n", 0, content.index(0)) + 1)


def _decode_one_byte(content: bytes) -> DecodedText:
    if _is_mixed(content):
        raise SheetError(SheetErrorCode.MIXED_ENCODING)
    sample = content[:_SAMPLE]
    best, best_likelihood = "", -math.inf
    for encoding in _ONE_BYTE:
        likelihood = russian_likelihood(sample.decode(encoding, "replace"))
        if likelihood > best_likelihood:
            best, best_likelihood = encoding, likelihood
    try:
        text = content.decode(best) if best_likelihood >= _WORST_LIKELIHOOD else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        raise SheetError(SheetErrorCode.UNKNOWN_ENCODING)
    return DecodedText(text, _NAMES.get(best, best))


def russian_likelihood(text: str) -> float:
    """Return the mean logarithm of letter shares over what is not ASCII; higher is more like Russian.

    A capital inside a word counts as rare: the wrong one of two Cyrillic encodings often swaps the cases. So does a
    letter beside a Latin one: accented letters of other languages turn into Cyrillic ones amid their words.
    """
    total, count = 0.0, 0
    before = " "
    for character in text:
        beside_latin = _is_latin(before) != _is_latin(character) and before.isalpha() and character.isalpha()
        if character > "\x7f" or beside_latin:
            is_odd = beside_latin or (character.isupper() and before.islower())
            total += math.log(_RARE if is_odd else LETTER_SHARES.get(character.lower(), _RARE))
            count += 1
        before = character
    return total / count if count else -math.inf


def _is_latin(character: str) -> bool:
    return character < "\x80" and character.isalpha()


def _is_mixed(content: bytes) -> bool:
    """Return whether a line of valid UTF-8 stands in a file that as a whole is none.

    Eight bytes above ASCII are asked for: a shorter line of windows-1251 may be valid UTF-8 by chance.
    """
    return any(not line.isascii() and _is_utf8(line) for line in content.splitlines())


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(byte > 0x7F for byte in line) >= _CERTAIN_HIGH_BYTES
