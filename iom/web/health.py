"""Whether the process lives and whether it can serve; the address of the role's first screen."""

from flask import Blueprint, current_app, g, redirect, url_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from iom.accounts import consents, text_files
from iom.core import migrate
from iom.core.actor import Role
from iom.web.access import public
from iom.web.database import engine
from iom.web.navigation import home_url
from iom.web.transaction import db

bp = Blueprint("health", __name__)


@bp.get("/")
@public
def home() -> Response:
    if g.actor is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(url_for("accounts.ask_consents") if _is_to_be_asked() else home_url(), 303)


def _is_to_be_asked() -> bool:
    """Tell whether a teacher has yet to say yes or no to something; said once, it is not asked at every entry."""
    if g.actor.role is not Role.EMPLOYEE or g.actor.employee_id is None or g.lacks_factor:
        return False
    versions = text_files.versions(current_app.extensions["iom_settings"].catalog_dir)
    return bool(consents.list_unanswered(db, g.actor.person_id, versions))


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
