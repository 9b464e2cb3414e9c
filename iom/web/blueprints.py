"""The list of blueprints: one line an area."""

from flask import Flask

from iom.accounts.views import bp as accounts
from iom.web.health import bp as health


def init_app(app: Flask) -> None:
    """Mount every area at its address."""
    app.register_blueprint(health)
    app.register_blueprint(accounts)
