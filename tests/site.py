"""The application as a browser meets it, with the cast in its database."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from iom.accounts import sessions
from iom.core import clock
from iom.core.config import Settings
from iom.core.database import transaction
from iom.web.app import create_app
from tests.cast import Cast, Member, make_cast
from tests.pages import check_page


@dataclass(frozen=True)
class Site:
    """The application, its database and its cast."""

    app: Flask
    engine: Engine
    cast: Cast
    settings: Settings

    @classmethod
    def make(cls, settings: Settings, engine: Engine) -> "Site":
        app = create_app(settings, engine)
        app.testing = True
        with transaction(engine) as session:
            cast = make_cast(session)
        return cls(app, engine, cast, settings)

    def browser(self, member: Member | None = None) -> "Browser":
        """Return a browser signed in as the member; without one, a stranger's."""
        client = self.app.test_client()
        if member is not None:
            with transaction(self.engine) as session:
                account = session.merge(member.account)
                secret = sessions.start(session, account, clock.now(), address="127.0.0.1", device="test")
            client.set_cookie("iom", secret)
        return Browser(client)


class Browser:
    """A client that checks each page it fetches and sends forms as a person would, token included."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str, status: int = 200, **query: Any) -> str:
        response = self.client.get(path, query_string=query or None)
        return self._read(response, status)

    def post(self, path: str, status: int = 303, **fields: Any) -> TestResponse:
        """Send a form with the token of the last page that had one."""
        response = self.client.post(path, data={"csrf_token": self.token, **fields})
        self._read(response, status)
        return response

    def follow(self, response: TestResponse, status: int = 200) -> str:
        return self.get(response.headers["Location"], status)

    def _read(self, response: TestResponse, status: int) -> str:
        text = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""
        assert response.status_code == status, f"{response.request.path}: {response.status_code}\n{re.sub('<[^>]+>', ' ', text)[:800]}"
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            check_page(text)
            if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text):
                self.token = found[1]
        return text


def moment(day: int, month: int = 11, year: int = 2026, hour: int = 9) -> datetime:
    """Return an aware moment for tests."""
    return datetime(year, month, day, hour, tzinfo=UTC)
