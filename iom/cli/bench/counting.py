"""How many statements a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine, event

from iom.cli.bench.load import GOOD, Page, UnexpectedAnswer

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Give a list that fills with the statements sent meanwhile; what begins and ends transactions is not counted."""
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count_queries(app: Flask, engine: Engine, page: Page) -> int:
    """Return the number of statements behind a page, opened in this process by the same person."""
    client, place = app.test_client(), urlsplit(page.url)
    for name, value in page.cookies.items():
        client.set_cookie(name, value, domain=place.hostname or "")
    client.get(page.target, base_url=f"http://{place.netloc}")  # the first visit may note that the session is alive
    with counted(engine) as seen:
        response = client.get(page.target, base_url=f"http://{place.netloc}")
    if response.status_code != GOOD:
        raise UnexpectedAnswer(f"{page.name}: {response.status_code}")
    return len(seen)
