"""The engine of the running application, and short transactions beside the request's own."""

from contextlib import AbstractContextManager

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from iom.core.database import transaction


def engine() -> Engine:
    """Return the engine of the running application."""
    found: Engine = current_app.extensions["iom_engine"]
    return found


def apart() -> AbstractContextManager[Session]:
    """Give a short transaction of its own, for what must stay when the request fails: counters, refusals, views of others' data."""
    return transaction(engine())
