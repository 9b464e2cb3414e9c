"""Keeps what a person typed when a form cannot be taken now: the session ended, the page is stale. It is shown and can be sent again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from iom.accounts.local_paths import local_path

NOT_KEPT = ("password", "csrf_token", "kept")
MOST_FIELDS = 500
SHOWN_FROM = 20  # characters: shorter values are choices and keys, not something to read again


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was not taken: where it was going and what was in it, without passwords and tokens."""

    to: str
    fields: tuple[tuple[str, str], ...]

    @property
    def as_json(self) -> str:
        return json.dumps(self.fields, ensure_ascii=False)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What the person would miss, to be read on the page."""
        return [(name, value) for name, value in self.fields if len(value) > SHOWN_FROM]


def of_request() -> Kept:
    """Return what the present request was sending."""
    return Kept(local_path(request.full_path.rstrip("?")), _clean(request.form.items(multi=True)))


def of_form() -> Kept | None:
    """Return what an earlier request was sending and the sign-in form carried along; None when there is nothing."""
    try:
        pairs = json.loads(request.form.get("kept", "null"))
    except ValueError:
        return None
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        return None
    return Kept(local_path(request.form.get("kept_to")), _clean((str(name), str(value)) for name, value in pairs))


def _clean(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found = [(name, value) for name, value in pairs if not any(word in name for word in NOT_KEPT)]
    return tuple(found[:MOST_FIELDS])


def page(kept: Kept, title: str, message: str, status: int) -> Response:
    """Return the page with the kept form, ready to be sent again with a fresh token."""
    return make_response(render_template("accounts/resend.html", kept=kept, heading=title, message=message), status)


def is_same_site() -> bool:
    """Tell whether the browser itself says that the form came from a page of this site; silence is not enough."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return request.headers.get("Origin") == request.host_url.rstrip("/")
