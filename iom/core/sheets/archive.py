"""Checks of the ZIP around a workbook, by what really unpacks and not by what its headers say."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from iom.core.sheets.errors import SheetError, SheetErrorCode
from iom.core.sheets.limits import RATIO_FLOOR_BYTES, SheetLimits

_CENTRAL_HEADER = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_ENCRYPTED_FLAG = 0x1
_STRONG_ENCRYPTION_FLAG = 0x40
_CHUNK = 1 << 16
_ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_DRIVE = re.compile(r"^[A-Za-z]:")
_MACRO_PARTS = re.compile(r"vbaProject|macrosheets/|activeX/|vbaData", re.IGNORECASE)
_EMBEDDED_PARTS = re.compile(r"/embeddings/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: where its packed bytes lie in the content and what the archive says of it."""

    name: str
    start: int
    packed: int
    unpacked: int
    crc: int
    is_deflated: bool


class Archive:
    """An archive whose names and places have been checked; unpacking checks the rest as it goes."""

    def __init__(self, content: bytes, limits: SheetLimits) -> None:
        self._content = content
        self._limits = limits
        self._total = 0
        self.members = {member.name: member for member in _members(content, limits)}

    def unpack(self, name: str) -> Iterator[bytes]:
        """Yield the member in chunks; raise as soon as it outgrows a limit, and at its end if its size or sum was false."""
        member = self.members[name]
        size, crc = 0, 0
        for chunk in _inflate(self._content, member):
            size += len(chunk)
            self._count(member, size)
            crc = zlib.crc32(chunk, crc)
            if size == len(chunk) and chunk.startswith(_ARCHIVE_STARTS):
                raise SheetError(SheetErrorCode.NESTED_ARCHIVE, name=name)
            yield chunk
        if size != member.unpacked or crc != member.crc:
            raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=name)
        self._total += size

    def read(self, name: str) -> bytes:
        return b"".join(self.unpack(name))

    def forget_total(self) -> None:
        """Start counting anew, before members are unpacked a second time."""
        self._total = 0

    def _count(self, member: Member, size: int) -> None:
        limits = self._limits
        if self._total + size > limits.unpacked_bytes:
            raise SheetError(SheetErrorCode.UNPACKED_TOO_LARGE, limit=limits.unpacked_bytes, name=member.name)
        if size > RATIO_FLOOR_BYTES and size > member.packed * limits.ratio:
            raise SheetError(SheetErrorCode.RATIO_TOO_HIGH, limit=limits.ratio, name=member.name)


def pack(parts: list[tuple[str, bytes]]) -> bytes:
    """Return a plain archive of the parts, so that the parser reads exactly what was checked and nothing beside it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _members(content: bytes, limits: SheetLimits) -> list[Member]:
    # Counted before the directory is read: 65 536 entries cost the standard reader seconds and memory.
    if content.count(_CENTRAL_HEADER) > limits.members:
        raise SheetError(SheetErrorCode.TOO_MANY_MEMBERS, limit=limits.members)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            prefix = archive.start_dir if not infos else min(info.header_offset for info in infos)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OverflowError, struct.error, EOFError) as error:
        raise SheetError(SheetErrorCode.BROKEN_ARCHIVE) from error
    if prefix != 0:
        raise SheetError(SheetErrorCode.BROKEN_ARCHIVE)
    _check_names(infos)
    members = [_place(content, info) for info in infos if not info.is_dir()]
    _check_overlaps(members)
    return members


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & (_ENCRYPTED_FLAG | _STRONG_ENCRYPTION_FLAG):
            raise SheetError(SheetErrorCode.ENCRYPTED)
        is_link = stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR)
        is_outside = name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\\" in name or "\x00" in name
        if is_link or is_outside or not name or name.casefold() in seen:
            raise SheetError(SheetErrorCode.UNSAFE_NAME, name=name[:100])
        seen.add(name.casefold())
        if _MACRO_PARTS.search(name):
            raise SheetError(SheetErrorCode.MACROS, name=name[:100])
        if _EMBEDDED_PARTS.search(name):
            raise SheetError(SheetErrorCode.NESTED_ARCHIVE, name=name[:100])


def _place(content: bytes, info: zipfile.ZipInfo) -> Member:
    """Return where the packed bytes lie, by the local header; refuse a header that tells another story."""
    end_of_header = info.header_offset + _LOCAL_HEADER.size
    if end_of_header > len(content):
        raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=info.filename)
    signature, _, flags, method, _, _, _, _, _, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, info.header_offset)
    name = content[end_of_header : end_of_header + name_length]
    start = end_of_header + name_length + extra_length
    if flags & _ENCRYPTED_FLAG:
        raise SheetError(SheetErrorCode.ENCRYPTED)
    is_same = (
        signature == b"PK\x03\x04"
        and method == info.compress_type
        and method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        and name.decode("utf-8" if flags & 0x800 else "cp437", "replace") == info.orig_filename
    )
    if not is_same or start + info.compress_size > len(content):
        raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=info.filename)
    return Member(info.orig_filename, start, info.compress_size, info.file_size, info.CRC, method == zipfile.ZIP_DEFLATED)


def _check_overlaps(members: list[Member]) -> None:
    ordered = sorted(members, key=lambda member: member.start)
    for before, after in pairwise(ordered):
        if before.start + before.packed > after.start - _LOCAL_HEADER.size:
            raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=after.name)


def _inflate(content: bytes, member: Member) -> Iterator[bytes]:
    """Yield unpacked chunks of a bounded size, whatever the packed bytes hold."""
    end = member.start + member.packed
    if not member.is_deflated:
        for position in range(member.start, end, _CHUNK):
            yield content[position : min(position + _CHUNK, end)]
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    position, waiting = member.start, b""
    while not unpacker.eof:
        if not waiting:
            waiting = content[position : min(position + _CHUNK, end)]
            position += len(waiting)
        is_last_input = not waiting
        try:
            chunk = unpacker.decompress(waiting, _CHUNK)
        except zlib.error as error:
            raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=member.name) from error
        waiting = unpacker.unconsumed_tail
        if chunk:
            yield chunk
        elif is_last_input and not unpacker.eof:
            raise SheetError(SheetErrorCode.BROKEN_ARCHIVE, name=member.name)
