"""The list of blueprints: one line an area."""

from flask import Flask

from iom.accounts import code_views, consent_views, data_views, enter_views, factor_views, own_views, people_views, views  # noqa: F401
from iom.accounts import texts as accounts_texts
from iom.accounts.blueprint import bp as accounts
from iom.catalog import texts as catalog_texts
from iom.catalog.views import bp as catalog
from iom.diagnostics import texts as diagnostics_texts
from iom.diagnostics.views import bp as diagnostics
from iom.documents.views import bp as documents
from iom.monitoring import rows_views  # noqa: F401
from iom.monitoring import texts as monitoring_texts
from iom.monitoring import views as monitoring_views  # noqa: F401
from iom.monitoring.blueprint import bp as monitoring
from iom.organizations import import_views, staff_views, tree_texts, tree_views  # noqa: F401
from iom.organizations import texts as staff_texts
from iom.organizations.blueprint import bp as organizations
from iom.profiles import edit_views, page_texts  # noqa: F401
from iom.profiles.views import bp as profiles
from iom.routes import review_views  # noqa: F401
from iom.routes import views as route_views  # noqa: F401
from iom.routes.blueprint import bp as routes
from iom.routes.order_views import bp as orders
from iom.routes.pages import texts as route_texts
from iom.support import assignment_texts, assignment_views, closing_views  # noqa: F401
from iom.support import texts as support_texts
from iom.support import views as support_views  # noqa: F401
from iom.support.blueprint import bp as support
from iom.support.evidence_views import bp as evidence
from iom.web import texts
from iom.web.admin_views import bp as admin
from iom.web.health import bp as health
from iom.web.site_views import bp as site

REFUSALS = (accounts_texts.REFUSAL, tree_texts.REFUSAL, diagnostics_texts.REFUSAL, page_texts.REFUSAL, route_texts.REFUSAL)
CENTRE_REFUSALS = (catalog_texts.REFUSAL, monitoring_texts.REFUSAL, staff_texts.REFUSAL)
SUPPORT_REFUSALS = (support_texts.REFUSAL, assignment_texts.REFUSAL)
"""Sentences of refusals by reason, of every area."""


def init_app(app: Flask) -> None:
    """Mount every area at its address."""
    for blueprint in (health, site, accounts, catalog, organizations, diagnostics, profiles, admin, routes, monitoring):
        app.register_blueprint(blueprint)
    for blueprint in (support, evidence, orders, documents):
        app.register_blueprint(blueprint)
    for sentences in (*REFUSALS, *CENTRE_REFUSALS, *SUPPORT_REFUSALS):
        texts.REFUSAL.update(sentences)
