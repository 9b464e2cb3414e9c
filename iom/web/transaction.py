"""One request is one transaction: committed once when a changing request ended well, otherwise rolled back; a GET never commits."""

from flask import Flask, g, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from iom.core.database import open_session
from iom.core.errors import Conflict
from iom.web import access, errors
from iom.web.database import engine

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def _session() -> Session:
    if "db" not in g:
        changes = request.method in CHANGING
        g.db = open_session(engine(), writes=changes)
        if changes:
            access.keep_rights(g.db)
    found: Session = g.db
    return found


db: Session = LocalProxy(_session)  # type: ignore[assignment]
"""The session of this request; nothing is asked of the database before its first use."""


def finish(response: Response) -> Response:
    """Commit or roll back; an answer that could not be kept is not given."""
    session: Session | None = g.get("db")
    if session is None:
        return response
    if request.method not in CHANGING or response.status_code >= 400:
        session.rollback()
        return response
    try:
        session.commit()
    except (IntegrityError, StaleDataError):
        session.rollback()
        return errors.answer(Conflict(kind="changed"))
    except OperationalError:
        session.rollback()
        return errors.unavailable()
    return response


def close(_: BaseException | None) -> None:
    """Give the connection back, whatever happened."""
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()


def init_app(app: Flask) -> None:
    """Finish the transaction after each view, before headers are added."""
    app.after_request(finish)
    app.teardown_request(close)
