"""How much of a page travels: at the first visit with everything it asks for, and at the next one."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from iom.cli.bench.load import GOOD, Answer, Page, UnexpectedAnswer, fetch

ASKED_BY_PAGE = re.compile(r'<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"')
ASKED_BY_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
KEPT = re.compile(r"max-age=[1-9]")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they travel, compressed where the server compresses, headers aside."""

    first: int
    next: int


def weigh(page: Page) -> Weight:
    """Return what a visit costs, first and next.

    Everything that the page and its style sheets name is counted, fonts included, whether or not a browser would need it; at the next
    visit once more what the browser was not told to keep.

    Raises
    ------
    UnexpectedAnswer : the page or something it names is not there
    """
    html = _good(page)
    found: dict[str, Answer] = {}
    waiting = [urljoin(page.url, path) for path in ASKED_BY_PAGE.findall(html.body.decode())]
    while waiting:
        url = waiting.pop()
        if url in found or not url.startswith("http"):
            continue
        found[url] = _good(Page(url, url))
        if found[url].headers.get_content_type() == "text/css":
            waiting += [urljoin(url, path) for path in ASKED_BY_CSS.findall(found[url].body.decode()) if not path.startswith("data:")]
    asked_again = sum(answer.n_sent for answer in found.values() if not KEPT.search(answer.headers.get("Cache-Control", "")))
    return Weight(first=html.n_sent + sum(answer.n_sent for answer in found.values()), next=html.n_sent + asked_again)


def _good(page: Page) -> Answer:
    answer = fetch(page)
    if answer.status != GOOD:
        raise UnexpectedAnswer(f"{page.name}: {answer.status}")
    return answer
