"""What the chapters of a story share: the world, the four people with their browsers, and the album of pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import Engine

from iom.core.config import ROOT
from tests.cast import Cast
from tests.databases import IN_CI
from tests.stories.live import StoryClock, live_site
from tests.stories.people import LOGINS, WORD
from tests.stories.visitor import Findings, Visitor

DOCS = ROOT / "docs"
TAKES_PICTURES = os.environ.get("IOM_SCREENSHOTS") == "1"
OPENING = """# Одна цепочка от списка до показателя

Четыре вымышленных человека проходят всю цепочку на настоящем каталоге. Эту историю играет в Chromium тест
`tests/stories/test_chain.py`, на SQLite и на PostgreSQL; снимки сделал он же:

    IOM_SCREENSHOTS=1 .venv/bin/pytest tests/stories/test_chain.py
"""


@dataclass
class Album:
    """The pictures of a story with a heading and a sentence each; the text is written always, the pictures when asked for."""

    takes_pictures: bool
    parts: list[str] = field(default_factory=lambda: [OPENING])
    number: int = 0

    def chapter(self, title: str) -> None:
        self.parts.append(f"## {title}\n")

    def show(self, visitor: Visitor, name: str, heading: str, sentence: str, *, phone: bool = False, highest: int = 1400) -> None:
        """Put the page that the visitor sees into the album."""
        self.number += 1
        path = f"story/{self.number:02}-{name}.png"
        width = ' width="390"' if phone else ""
        self.parts.append(f'### {self.number}. {heading}\n\n{sentence}\n\n<img src="{path}" alt="{heading}"{width}>\n')
        if self.takes_pictures:
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_bytes(visitor.picture(phone=phone, highest=highest))

    @property
    def text(self) -> str:
        return "\n".join(self.parts)


@dataclass
class Story:
    """One run of the chain on one database."""

    browser: Browser
    address: str
    engine: Engine
    clock: StoryClock
    cast: Cast
    folder: Path
    scripts: bool
    album: Album
    is_examined: bool
    findings: Findings = field(default_factory=Findings)
    people: dict[str, Visitor] = field(default_factory=dict)

    def meet(self, name: str) -> Visitor:
        """Return the person's browser, opened at the first call; teachers' pages must fit a phone as well."""
        if name not in self.people:
            self.people[name] = Visitor(
                self.browser,
                self.address,
                name,
                self.findings,
                scripts=self.scripts,
                axe=self.is_examined,
                narrow=name == "Анна" and self.scripts,
            )
        return self.people[name]

    def sign_in(self, name: str, word: str = WORD) -> Visitor:
        """Let a person sign in with the password; a browser that somebody was signed in with has forgotten it."""
        visitor = self.meet(name)
        visitor.leave()
        visitor.open("/login")
        visitor.fill("Электронная почта или код", LOGINS[name])
        visitor.fill("Пароль", word)
        visitor.press("Войти")
        return visitor

    def leap(self, moment: datetime) -> None:
        """Go to a later day; by then every session has ended."""
        self.clock.go_to(moment)

    def close(self) -> None:
        for visitor in self.people.values():
            visitor.close()


@contextmanager
def told(browser: Browser, engine: Engine, clock: StoryClock, cast: Cast, folder: Path, *, scripts: bool = True) -> Iterator[Story]:
    """Serve the world and give the story; everything that was wrong on its pages fails it at the end.

    The pages are the same on both databases, so axe, which takes as long as the story itself, reads them on one; on both in CI.
    """
    takes_pictures = TAKES_PICTURES and scripts and engine.dialect.name == "sqlite"
    with live_site(engine, folder) as address:
        story = Story(
            browser,
            address,
            engine,
            clock,
            cast,
            folder,
            scripts,
            Album(takes_pictures),
            scripts and (IN_CI or engine.dialect.name == "sqlite"),
        )
        try:
            yield story
        finally:
            story.close()
    assert story.findings.faults == [], "\n".join(story.findings.faults)
