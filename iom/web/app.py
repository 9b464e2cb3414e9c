"""The application: settings in, a WSGI application out."""

from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.routing import IntegerConverter

from iom.core.config import ROOT, Settings
from iom.core.database import make_engine
from iom.web import access, assets, blueprints, compression, errors, filters, headers, identity, navigation, transaction


class KeyConverter(IntegerConverter):
    """A key in an address; one that no database could hold is no page at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": 2**31 - 1, **kwargs})


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Return the application; `engine` may be given by tests that share one."""
    app = Flask("iom", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="iom-form" if settings.plain_http else "__Host-iom-form",
        SESSION_COOKIE_SECURE=not settings.plain_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a questionnaire may stay open for a day; the token dies with the session
        WTF_CSRF_SSL_STRICT=False,  # headers.py checks Origin and Sec-Fetch-Site on both schemes
    )
    app.url_map.converters["int"] = KeyConverter
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["iom_settings"] = settings
    app.extensions["iom_engine"] = engine or make_engine(settings.database_url)
    # What is done to an answer is done in the reverse order: committed, given its headers, compressed.
    compression.init_app(app)
    headers.init_app(app, settings)
    transaction.init_app(app)
    errors.init_app(app)
    identity.init_app(app, settings)
    CSRFProtect(app)
    assets.init_app(app)
    filters.init_app(app)
    navigation.init_app(app, settings)
    blueprints.init_app(app)
    access.init_app(app)
    return app
