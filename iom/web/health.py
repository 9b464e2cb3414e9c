"""Whether the process lives and whether it can serve; the address of the role's first screen."""

from flask import Blueprint, g, redirect, url_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from iom.core import migrate
from iom.web.access import public
from iom.web.database import engine
from iom.web.navigation import home_url

bp = Blueprint("health", __name__)


@bp.get("/")
@public
def home() -> Response:
    return redirect(home_url() if g.actor else url_for("accounts.sign_in"), 303)


@bp.get("/healthz")
@public
def lives() -> tuple[dict[str, str], int]:
    return {"status": "ok"}, 200


@bp.get("/readyz")
@public
def ready() -> tuple[dict[str, str], int]:
    try:
        with engine().connect() as connection:
            connection.execute(text("SELECT 1"))
        at_head = migrate.current(engine()) == migrate.head()
    except SQLAlchemyError:
        return {"status": "database does not answer"}, 503
    return ({"status": "ok"}, 200) if at_head else ({"status": "database is at another version"}, 503)
