"""Compresses what travels: static files for everybody, pages only where their length tells nobody anything.

The length of a compressed page that holds a secret and a piece of the address lets another site guess the secret, letter by letter, by
making the person's browser ask again and again (BREACH). Three things stand in its way: the session cookie is SameSite=Lax, so only a
visible visit carries it; an answer to a visit that comes from another site, as the browser itself says, is not compressed at all; and
what is compressed has a random length of up to a hundred bytes, which makes guessing slow where a browser says nothing.
Source of the last: Palacios, Fernández and Medina, Heal the BREACH, 2022.
"""

import gzip
import io
import secrets

from flask import Flask, request
from werkzeug.wrappers import Response

TEXT = frozenset(
    {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/plain", "text/csv", "text/calendar"}
)
FROM_ELSEWHERE = frozenset({"cross-site", "same-site"})
SMALLEST = 500  # bytes; below this the heading of the format eats the gain
PAGE_LEVEL = 3  # a fifth of a millisecond for a large page; higher levels save a tenth more and take three times as long
FILE_LEVEL = 9  # once for each file
RANDOM_BYTES = 100
GOOD = 200


class Compression:
    """Compresses answers; keeps the compressed form of each static file."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str | None, bytes]] = {}  # file → its ETag and compressed form

    def add(self, response: Response) -> Response:
        """Return the answer, compressed where that is wise and wanted."""
        if response.mimetype not in TEXT:
            return response
        response.vary.add("Accept-Encoding")
        is_file = request.endpoint == "static"
        if not self._may(response, is_file):
            return response
        response.direct_passthrough = False
        content = response.get_data()
        if len(content) < SMALLEST:
            return response
        response.set_data(self._file(response, content) if is_file else page(content))
        response.content_encoding = "gzip"
        etag, _ = response.get_etag()
        if etag is not None:
            response.set_etag(etag, weak=True)  # the same text in other bytes
        return response

    @staticmethod
    def _may(response: Response, is_file: bool) -> bool:
        return (
            response.status_code == GOOD
            and request.method != "HEAD"
            and not response.content_encoding
            and (is_file or not response.is_streamed)
            and request.accept_encodings["gzip"] > 0
            and (is_file or request.headers.get("Sec-Fetch-Site") not in FROM_ELSEWHERE)
        )

    def _file(self, response: Response, content: bytes) -> bytes:
        name, etag = (request.view_args or {})["filename"], response.get_etag()[0]
        kept = self._files.get(name)
        if kept is None or kept[0] != etag:
            kept = self._files[name] = (etag, gzip.compress(content, FILE_LEVEL, mtime=0))
        return kept[1]


def page(content: bytes) -> bytes:
    """Return a page compressed, of a length that differs from time to time."""
    target = io.BytesIO()
    name = "x" * secrets.randbelow(RANDOM_BYTES)  # a field of the format that nobody reads
    with gzip.GzipFile(name, "wb", PAGE_LEVEL, target, mtime=0) as file:
        file.write(content)
    return target.getvalue()


def init_app(app: Flask) -> None:
    """Compress answers after everything else has been done to them; call before all that changes answers."""
    app.after_request(Compression().add)
