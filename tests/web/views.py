"""All views of the application with an address to reach each at, for tests that walk them."""

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from iom.catalog import loader
from iom.catalog.files import read_framework
from iom.core.config import ROOT
from iom.core.database import transaction
from tests.site import Site

SAMPLE = {"token": "x" * 43, "kind": "diagnostics", "version": "2026-11", "part": "profile", "code": "x", "filename": "favicon.svg"}
"""What stands in an address in place of its variables; numbers get 1."""


@dataclass(frozen=True)
class View:
    """One rule of the map: how to reach it and by which methods."""

    endpoint: str
    path: str
    methods: frozenset[str]

    @property
    def writes(self) -> bool:
        return bool(self.methods & {"POST", "PUT", "PATCH", "DELETE"})


def all_views(app: Flask) -> list[View]:
    """Return every view with its sample address."""
    return [View(rule.endpoint, _path(rule), frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"}) for rule in app.url_map.iter_rules()]


def _path(rule: Rule) -> str:
    values = {name: SAMPLE.get(name, 1) for name in rule.arguments}
    built = rule.build(values)
    assert built is not None, rule
    return built[1]


def stocked(site: Site) -> Site:
    """Return the site with the shipped competency framework in it, without which the pages about competencies have nothing to show."""
    with transaction(site.engine) as session:
        loader.load_framework(session, read_framework(ROOT / "catalog"), title="Карта компетенций")
    return site
