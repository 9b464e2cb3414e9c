"""The list of blueprints: one line an area."""

from flask import Flask

from iom.accounts import code_views, consent_views, data_views, enter_views, factor_views, own_views, people_views, views  # noqa: F401
from iom.accounts import texts as accounts_texts
from iom.accounts.blueprint import bp as accounts
from iom.organizations import tree_texts, tree_views  # noqa: F401
from iom.organizations.blueprint import bp as organizations
from iom.routes import views as route_views
from iom.routes.pages import texts as route_texts
from iom.web import texts
from iom.web.admin_views import bp as admin
from iom.web.health import bp as health
from iom.web.site_views import bp as site

REFUSALS = (accounts_texts.REFUSAL, tree_texts.REFUSAL, route_texts.REFUSAL)
"""Sentences of refusals by reason, of every area."""


def init_app(app: Flask) -> None:
    """Mount every area at its address."""
    for blueprint in (health, site, accounts, organizations, admin, route_views.bp):
        app.register_blueprint(blueprint)
    for sentences in REFUSALS:
        texts.REFUSAL.update(sentences)
