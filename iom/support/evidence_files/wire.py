"""A file with a heading before it, between the process that checks and the one that asked."""

import json
import struct

_LENGTH = struct.Struct(">I")


def join(heading: dict[str, object], content: bytes) -> bytes:
    """Return the length of the heading, the heading as JSON, and the content."""
    text = json.dumps(heading).encode()
    return _LENGTH.pack(len(text)) + text + content


def split(message: bytes) -> tuple[dict[str, object], bytes]:
    """Return heading and content of a joined message."""
    (length,) = _LENGTH.unpack_from(message)
    start = _LENGTH.size + length
    return json.loads(message[_LENGTH.size : start]), message[start:]
