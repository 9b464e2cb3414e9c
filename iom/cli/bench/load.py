"""Asks a server for pages from several threads of this process and tells how long each answer took."""

import gzip
import http.client
import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

THREADS = 4
# What a browser sends with a click on a link of ours; compression of pages depends on it.
BROWSER_HEADERS = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin", "User-Agent": "iom bench"}
GOOD = 200


class UnexpectedAnswer(RuntimeError):
    """A page answered something else than 200: measuring it would mean nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address as one person opens it."""

    name: str
    url: str
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return BROWSER_HEADERS | ({"Cookie": cookies} if cookies else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the number of bytes that travelled and the body as it reads."""

    status: int
    n_sent: int
    body: bytes
    headers: http.client.HTTPMessage


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank).

    Raises
    ------
    ValueError : no values, or a share that is not above 0 and up to 1
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"no {share} quantile of {len(values)} values")
    return sorted(values)[math.ceil(share * len(values)) - 1]


@contextmanager
def connection(url: str) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to the server of an address."""
    parts = urlsplit(url)
    link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        yield link
    finally:
        link.close()


def fetch(page: Page, form: bytes | None = None) -> Answer:
    """Return the answer to one request; with `form` the request sends it."""
    headers = page.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {})
    with connection(page.url) as link:
        link.request("GET" if form is None else "POST", page.target, form, headers)
        response = link.getresponse()
        sent = response.read()
    body = gzip.decompress(sent) if response.headers.get("Content-Encoding") == "gzip" else sent
    return Answer(response.status, len(sent), body, response.headers)


def measure(page: Page, requests: int, threads: int = THREADS) -> list[float]:
    """Return the seconds of each request, `requests` in all, sent by `threads` people at once who never pause.

    Raises
    ------
    UnexpectedAnswer : an answer other than 200
    """
    barrier = threading.Barrier(threads)

    def person(share: int) -> list[float]:
        with connection(page.url) as link:
            barrier.wait()
            return [_timed(link, page) for _ in range(share)]

    shares = [requests // threads + (number < requests % threads) for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return [seconds for found in pool.map(person, shares) for seconds in found]


def _timed(link: http.client.HTTPConnection, page: Page) -> float:
    started = time.perf_counter()
    link.request("GET", page.target, headers=page.headers)
    response = link.getresponse()
    response.read()
    seconds = time.perf_counter() - started
    if response.status != GOOD:
        raise UnexpectedAnswer(f"{page.name}: {response.status} {page.url}")
    return seconds
