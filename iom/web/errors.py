"""Turns what went wrong into a page: what happened, what is kept, what to do; with a code that leads to the log."""

import logging
import secrets

from flask import Flask, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from iom.core import audit
from iom.core.actor import Role
from iom.core.errors import Conflict, DomainError, Forbidden, InvalidMove, NotFound, Refused
from iom.core.models import Outcome
from iom.web import resend, texts
from iom.web.database import apart

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {NotFound: 404, Forbidden: 403, InvalidMove: 409, Conflict: 409, Refused: 409}
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})


def incident() -> str:
    """Return the short code of this request that a person reads out and the log holds."""
    if "incident" not in g:
        g.incident = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()
    found: str = g.incident
    return found


def page(status: int, message: str = "", *, headers: dict[str, str] | None = None) -> Response:
    """Return the error page of `status`; `message` replaces its usual first sentence."""
    template = f"errors/{status if status in PAGES else 400}.html"
    html = render_template(template, message=message, code=incident(), typed=typed())
    response = make_response(html, status, headers or {})
    return response


def typed() -> list[tuple[str, str]]:
    """Return what the person had typed into long fields, so that a refused form loses nothing."""
    if request.method == "GET" or not request.form:
        return []
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if len(value) > 20 and "password" not in name and name != "csrf_token"
    ]


def answer(error: DomainError) -> Response:
    """Return the page of a domain error and note refusals in the journal."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    if session := g.get("db"):
        session.rollback()
    if status in {403, 404}:
        _journal(error, status)
    return page(status, _sentence(error))


def unavailable() -> Response:
    """Return the page for a database that does not answer in time."""
    return page(503, headers={"Retry-After": "30"})


def _sentence(error: DomainError) -> str:
    if isinstance(error, Forbidden):
        return texts.forbidden(str(error.facts.get("action", "")), Role(error.facts["role"]) if error.facts.get("role") else None)
    if isinstance(error, Refused):
        return texts.REFUSAL.get(error.reason, texts.REFUSAL_UNKNOWN)
    if isinstance(error, InvalidMove):
        return texts.INVALID_MOVE
    return ""


def _journal(error: DomainError, status: int) -> None:
    if g.get("actor") is None:
        return
    with apart() as session:
        audit.record(
            session,
            g.actor,
            str(error.facts.get("action", request.endpoint or "")),
            object_type=str(error.facts.get("kind", "")),
            object_id=error.facts["id"] if isinstance(error.facts.get("id"), int) and 0 < error.facts["id"] < 2**63 else None,
            outcome=Outcome.REFUSED,
            reason=f"{status} {request.method} {request.endpoint}",
        )


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)  # a redirect raised as an exception
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    return page(error.code or 500, headers={"Allow": ", ".join(sorted(allowed))} if allowed else None)


def _csrf(error: CSRFError) -> Response:
    log.info("form refused reason=csrf code=%s", incident())
    if not resend.is_same_site():
        return page(400, texts.STALE_PAGE)
    # The form came from a page of ours that had grown old: it comes back as it was, with a fresh token.
    return resend.page(resend.of_request(), texts.STALE_TITLE, texts.STALE_PAGE, 400)


def _busy(error: OperationalError) -> Response:
    log.warning("database refused code=%s error=%s", incident(), type(error.orig).__name__)
    if session := g.get("db"):
        session.rollback()
    return unavailable()


def _changed(_: Exception) -> Response:
    return answer(Conflict(kind="changed"))


def _broken(error: Exception) -> Response:
    if current_app.testing or current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    log.exception("unexpected error code=%s endpoint=%s", incident(), request.endpoint)
    if session := g.get("db"):
        session.rollback()
    return page(500)


def init_app(app: Flask) -> None:
    """Register one handler for each kind of error."""
    app.register_error_handler(DomainError, answer)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _changed)
    app.register_error_handler(StaleDataError, _changed)
    app.register_error_handler(Exception, _broken)
