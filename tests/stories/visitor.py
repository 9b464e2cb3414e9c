"""One person at a real browser, whose every page is looked at: axe, console, foreign requests, width."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.stories.axe import violations_of
from tests.web.browsing import sideways_overflow

DESK = (1280, 900)
PHONE = (390, 844)
PATIENCE_MS = 20_000
REFUSED_PAGE = "Failed to load resource: the server responded with a status of "


def loosely(text: str) -> re.Pattern[str]:
    """Return a pattern of the words whatever spaces stand between them: those that tie words are not those that are typed."""
    return re.compile(r"\s*".join(re.escape(word) for word in re.findall(r"[^\s:]+|:", text)))


@dataclass
class Findings:
    """All that was wrong on the pages of a story, and how many pages were looked at."""

    faults: list[str] = field(default_factory=list)
    pages: int = 0

    def add(self, where: str, what: str) -> None:
        self.faults.append(f"{where}: {what}")


class Visitor:
    """A person with a browser of their own; everything is found by what is written on it."""

    def __init__(self, browser: Browser, address: str, name: str, findings: Findings, *, scripts: bool, axe: bool, narrow: bool) -> None:
        self.browser = browser
        self.address = address
        self.name = name
        self.findings = findings
        self.scripts = scripts
        self.is_examined = axe
        self.is_narrow = narrow  # the pages must fit a phone as well
        self.is_offline = False
        self.context = self._context()
        self.page = self._page()

    def _context(self, kept: dict[str, object] | None = None) -> BrowserContext:
        return self.browser.new_context(
            base_url=self.address,
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            viewport={"width": DESK[0], "height": DESK[1]},
            java_script_enabled=self.scripts,
            storage_state=kept,  # type: ignore[arg-type]
        )

    def _page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._fault(f"script failed: {error}"))
        page.on("request", self._requested)
        return page

    def _fault(self, what: str) -> None:
        self.findings.add(f"{self.name} at {urlsplit(self.page.url).path}", what)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or self.is_offline:
            return
        if message.text.startswith(REFUSED_PAGE + "4"):
            return  # the page says it to the person, and the story looks whether it does
        self._fault(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._fault(f"request outside the server: {request.url}")

    def close(self) -> None:
        self.context.close()

    def come_back(self) -> None:
        """Close the browser in the middle of things and open it again: only cookies are left."""
        kept = self.context.storage_state()
        self.context.close()
        self.context = self._context(kept)  # type: ignore[arg-type]
        self.page = self._page()

    def leave(self) -> None:
        """Forget who was signed in, as a browser does whose session is over."""
        self.context.clear_cookies()

    def open(self, path: str, status: int = 200) -> None:
        """Type an address."""
        self._answered(self.page.goto(path), status)

    def follow(self, words: str | re.Pattern[str], within: Locator | None = None, nth: int = 0) -> None:
        """Follow a link."""
        self.go((within or self.page).get_by_role("link", name=words).nth(nth))

    def press(self, words: str | re.Pattern[str], within: Locator | None = None, status: int = 200, nth: int = 0) -> None:
        """Press a button that leads to a page."""
        self.go((within or self.page).get_by_role("button", name=words).nth(nth), status)

    def go(self, place: Locator, status: int = 200) -> None:
        """Click what leads to a page."""
        with self.page.expect_navigation() as led:
            place.click()
        self._answered(led.value, status)

    def _answered(self, response: Response | None, status: int) -> None:
        assert response is None or response.status == status, f"{self.name}, {self.page.url}: {response and response.status}\n{self.text()}"
        self.look()

    def look(self) -> None:
        """Look the page over; what is wrong is kept for the end of the story."""
        self.findings.pages += 1
        if self.is_examined:
            for line in violations_of(self.page):
                self._fault(f"axe: {line}")
        self._check_width(DESK)
        if self.is_narrow:
            self._check_width(PHONE)
            self._resize(DESK)

    def _check_width(self, size: tuple[int, int]) -> None:
        self._resize(size)
        if over := sideways_overflow(self.page):
            self._fault(f"{over} px too wide at {size[0]}")

    def _resize(self, size: tuple[int, int]) -> None:
        if self.page.viewport_size != {"width": size[0], "height": size[1]}:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def fill(self, label: str, value: str, within: Locator | None = None, *, exact: bool = False) -> None:
        (within or self.page).get_by_label(label, exact=exact).fill(value)

    def sees(self, *words: str) -> None:
        """Make sure that all this is on the page."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def sees_no(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def unfold(self, words: str, nth: int = 0) -> None:
        """Open a disclosure."""
        self.page.locator("summary").filter(has_text=words).nth(nth).click()

    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def download(self, words: str, within: Locator | None = None, nth: int = 0) -> tuple[str, bytes]:
        """Press what gives a file; return the file's name and content."""
        place = (within or self.page).get_by_role("link", name=words).or_((within or self.page).get_by_role("button", name=words))
        with self.page.expect_download() as given:
            place.nth(nth).click()
        return given.value.suggested_filename, Path(given.value.path()).read_bytes()

    @contextmanager
    def lost_link(self) -> Iterator[None]:
        """Be without network for a while."""
        self.is_offline = True
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)
            self.is_offline = False

    def picture(self, *, phone: bool = False, highest: int = 1400) -> bytes:
        """Return the page as a small PNG, from its top."""
        width, least = PHONE if phone else DESK
        self._resize((width, least))
        height = max(least, min(self.page.evaluate("document.documentElement.scrollHeight"), highest))
        self._resize((width, height))  # what sticks to the lower edge stands there in the picture too
        self.page.evaluate("window.scrollTo(0, 0)")
        shot = self.page.screenshot(animations="disabled")
        self._resize(DESK)
        return _small(shot)


def _small(png: bytes) -> bytes:
    """Return the picture with few colours: a page has few."""
    target = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()
