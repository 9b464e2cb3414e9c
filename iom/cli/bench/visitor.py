"""A person with a browser: signs in as anybody would, opens pages, sends forms."""

import re
from urllib.parse import urlencode, urlsplit

from iom.cli.bench.load import Answer, Page, UnexpectedAnswer, fetch

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
REDIRECT = 303


class Visitor:
    """One person at one server; cookies are kept from answer to answer."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.cookies: dict[str, str] = {}

    def sign_in(self, login: str, password: str) -> None:
        """Sign in on the page where people do.

        Raises
        ------
        UnexpectedAnswer : not let in
        """
        self.send("/login", "/login", login=login, password=password)

    def page(self, name: str, path: str) -> Page:
        """Return a page as this person opens it."""
        return Page(name, self.base + path, dict(self.cookies))

    def send(self, form_path: str, to: str, **fields: str) -> str:
        """Send a form with the token of the page at `form_path`; return the path it leads to."""
        answer = self._keep(fetch(self.page(form_path, form_path)))
        found = TOKEN.search(answer.body.decode())
        form = urlencode({"csrf_token": found[1] if found else "", **fields}).encode()
        answer = self._keep(fetch(self.page(to, to), form))
        if answer.status != REDIRECT:
            raise UnexpectedAnswer(f"{to}: {answer.status}")
        return urlsplit(answer.headers["Location"]).path

    def _keep(self, answer: Answer) -> Answer:
        pairs = (line.split(";")[0].split("=", 1) for line in answer.headers.get_all("Set-Cookie", []))
        self.cookies.update(dict(pairs))
        return answer
