"""Pictures: followed marker by marker to their true end, then decoded and encoded anew without anything else."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageOps

from iom.support.evidence_files.errors import EvidenceFileCode, EvidenceFileError, EvidenceLimits

JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"
_JPEG_QUALITY = 90
_PADDING = b"\x00\r\n\t "
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_SCAN, _END = 0xDA, 0xD9
# Chunks that make the picture; texts, profiles, times and the further frames of an animation are not among them.
_KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_DECODING_ERRORS = (OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError, IndexError, KeyError)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Size of a picture and where its bytes end."""

    width: int
    height: int
    end: int


def clean_jpeg(content: bytes, limits: EvidenceLimits) -> bytes:
    """Return the picture as a new JPEG, upright, in RGB or grey, without metadata."""
    frame = _jpeg_frame(content, 0)
    _check_size(frame, limits)
    if not _is_phone_tail(content[frame.end :]):
        raise EvidenceFileError(EvidenceFileCode.FOREIGN_DATA)
    return _encode(content[: frame.end], "JPEG", _save_jpeg)


def clean_png(content: bytes, limits: EvidenceLimits) -> bytes:
    """Return the picture, of an animation the still one, as a new PNG without metadata."""
    kept, frame = _png_chunks(content)
    _check_size(frame, limits)
    if content[frame.end :].strip(_PADDING):
        raise EvidenceFileError(EvidenceFileCode.FOREIGN_DATA)
    return _encode(kept, "PNG", _save_png)


def _check_size(frame: _Frame, limits: EvidenceLimits) -> None:
    if frame.width * frame.height == 0:
        raise EvidenceFileError(EvidenceFileCode.BROKEN)
    if frame.width * frame.height > limits.pixels:
        raise EvidenceFileError(EvidenceFileCode.TOO_MANY_PIXELS, width=frame.width, height=frame.height, limit=limits.pixels)


def _encode(content: bytes, kind: str, save: Callable[[Image.Image, io.BytesIO], None]) -> bytes:
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            image.load()
            save(image, target)
    except _DECODING_ERRORS as error:
        raise EvidenceFileError(EvidenceFileCode.BROKEN) from error
    return target.getvalue()


def _save_jpeg(image: Image.Image, target: io.BytesIO) -> None:
    upright = ImageOps.exif_transpose(image)
    plain = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
    plain.info = {}  # the encoder would copy comments and profiles from here
    plain.save(target, "JPEG", quality=_JPEG_QUALITY)


def _save_png(image: Image.Image, target: io.BytesIO) -> None:
    image.info = {name: value for name, value in image.info.items() if name == "transparency"}
    image.save(target, "PNG")


def _jpeg_frame(content: bytes, start: int) -> _Frame:
    """Return size and end of the picture that starts at `start`, by its markers.

    Raises
    ------
    EvidenceFileError : the markers do not lead from a start to an end with a frame between them
    """
    position = start + 2
    size: tuple[int, int] | None = None
    while True:
        marker, position = _next_marker(content, position)
        if marker == _END:
            if size is None:
                raise EvidenceFileError(EvidenceFileCode.BROKEN)
            return _Frame(*size, position)
        if marker in _ALONE:
            continue
        length = int.from_bytes(content[position : position + 2])
        if length < 2 or position + length > len(content):
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", content, position + 3)
            size = (width, height)
        position += length
        if marker == _SCAN:
            position = _end_of_scan(content, position)


def _next_marker(content: bytes, position: int) -> tuple[int, int]:
    """Return the marker at the position and where its segment begins; markers may be preceded by filling bytes."""
    if content[position : position + 1] != b"\xff":
        raise EvidenceFileError(EvidenceFileCode.BROKEN)
    while content[position : position + 1] == b"\xff":
        position += 1
    if position >= len(content):
        raise EvidenceFileError(EvidenceFileCode.BROKEN)
    return content[position], position + 1


def _end_of_scan(content: bytes, position: int) -> int:
    """Return where the coded data end: at the first marker that is neither stuffing nor a restart."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        if content[position + 1] != 0 and content[position + 1] not in _ALONE:
            return position
        position += 2


def _is_phone_tail(tail: bytes) -> bool:
    """Return whether what follows a JPEG is padding, further pictures, or the block that some phones append.

    All of it is dropped. Anything else may be meant for another program than a viewer of pictures.
    """
    rest = tail
    while not _is_directory_of_fields(rest):
        rest = rest.lstrip(_PADDING)
        if not rest.startswith(JPEG_START):
            return not rest
        try:
            rest = rest[_jpeg_frame(rest, 0).end :]
        except EvidenceFileError:
            return False
    return True


def _is_directory_of_fields(block: bytes) -> bool:
    """Return whether the block is what Samsung phones append: fields, then `SEFH` with their places, then `SEFT`.

    Layout as ExifTool documents it (Samsung trailer): the last 8 bytes are the length of the directory and `SEFT`; an
    entry of 12 bytes holds the type, the distance of its field back from `SEFH`, and the size of the field.
    """
    if len(block) < 20 or not block.endswith(b"SEFT"):
        return False
    length = int.from_bytes(block[-8:-4], "little")
    start = len(block) - 8 - length
    if start < 0 or block[start : start + 4] != b"SEFH" or length < 12:
        return False
    count = int.from_bytes(block[start + 8 : start + 12], "little")
    if 12 + 12 * count != length:
        return False
    places = [struct.unpack_from("<II", block, start + 12 + 12 * entry + 4) for entry in range(count)]
    fields = sorted((start - distance, start - distance + size) for distance, size in places)
    # The fields must fill the block without a gap: nothing hides between them.
    return [first for first, _ in fields] == [0, *(last for _, last in fields[:-1])][: len(fields)] and (
        not fields or fields[-1][1] == start
    )


def _png_chunks(content: bytes) -> tuple[bytes, _Frame]:
    """Return the picture's own chunks as a PNG, and its size and end; every chunk's sum is checked."""
    kept, position = [PNG_START], len(PNG_START)
    size: tuple[int, int] | None = None
    while True:
        header = content[position : position + 8]
        if len(header) < 8:
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        length, kind = int.from_bytes(header[:4]), header[4:]
        chunk = content[position : position + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        if (kind == b"IHDR") != (size is None):
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        if kind == b"IHDR":
            if length != 13:
                raise EvidenceFileError(EvidenceFileCode.BROKEN)
            size = struct.unpack_from(">II", chunk, 8)
        if kind in _KEPT_CHUNKS:
            kept.append(chunk)
        position += len(chunk)
        if kind == b"IEND":
            assert size is not None
            return b"".join(kept), _Frame(*size, position)
