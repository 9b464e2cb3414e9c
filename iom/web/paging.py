"""Links to the pages of a long list, with gaps in the middle; the filter stays in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

AROUND = 2  # pages shown on each side of the present one


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number with its address; without one it is a gap."""

    number: int
    url: str = ""
    is_current: bool = False
    label: str = ""


def pages_of(total: int, size: int, present: int) -> list[PageLink]:
    """Return the links for `total` rows: the first page, the last one, those around the present one, gaps between."""
    last = max(1, -(-total // size))
    shown = sorted({1, last, *range(max(1, present - AROUND), min(last, present + AROUND) + 1)})
    links: list[PageLink] = []
    for number in shown:
        if links and number - links[-1].number > 1:
            links.append(PageLink(number - 1))
        links.append(PageLink(number, page_url(number), number == present))
    return links


def page_url(number: int) -> str:
    """Return the address of the present list at another page."""
    return _address(("page",), {"page": str(number)} if number > 1 else {})


def without(*names: str) -> str:
    """Return the address of the present list without some of its filters, from its first page."""
    return _address((*names, "page"), {})


def _address(dropped: tuple[str, ...], added: dict[str, str]) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in dropped and value]
    query = urlencode([*kept, *added.items()])
    return f"{request.path}?{query}" if query else request.path
