"""Every view says which action it is, and the door asks before the view runs (S-21)."""

import re
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from werkzeug.test import TestResponse

from iom.core.actor import Role
from iom.core.config import Settings
from iom.core.database import make_engine
from iom.policy import Action
from iom.policy.rules import RULES
from iom.web import access, blueprints
from iom.web.access import PUBLIC, SIGNED_IN, UndeclaredView
from iom.web.app import create_app
from tests.site import Site
from tests.web.views import all_views, stocked

OPEN_TO_ALL = {
    "accounts.enter",
    "accounts.enter_by_link",
    "accounts.factor_step",
    "accounts.forgotten",
    "accounts.set_first_password",
    "accounts.sign_in",
    "accounts.sign_out",
    "health.home",
    "health.lives",
    "health.ready",
    "site.accessibility",
    "site.choose_display",
    "site.display",
    "site.help_page",
    "site.privacy",
    "static",
}
"""Anonymous: sign-in, entry, policy texts, accessibility, health; nothing else (the note over the matrix)."""
ADMIN_ONLY = {Action.ROLE_GRANT, Action.ACCOUNT_DEACTIVATE, Action.ORGANIZATION_EDIT, Action.JOURNAL_READ}


def test_a_view_without_a_declared_action_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forgotten = Blueprint("forgotten", __name__)

    @forgotten.get("/forgotten-view")
    def view() -> str:
        return ""

    real = blueprints.init_app

    def with_one_more(app: Flask) -> None:
        real(app)
        app.register_blueprint(forgotten)

    monkeypatch.setattr(blueprints, "init_app", with_one_more)
    settings = Settings(database_url="sqlite://", data_dir=tmp_path, secret_key="k" * 40)
    with pytest.raises(UndeclaredView, match=r"forgotten\.view"):
        create_app(settings, make_engine("sqlite://"))


def test_only_the_named_views_are_open_to_strangers(site: Site) -> None:
    declared = site.app.extensions["iom_access"]
    assert {endpoint for endpoint, value in declared.items() if value == PUBLIC} - OPEN_TO_ALL == set()


def test_a_stranger_is_asked_to_sign_in_everywhere_else_and_led_back(site: Site) -> None:
    stranger = site.browser()
    stranger.get("/login")
    for view in all_views(site.app):
        if view.endpoint in OPEN_TO_ALL or site.app.extensions["iom_access"][view.endpoint] == PUBLIC:
            continue
        if "GET" in view.methods:
            answer = stranger.client.get(view.path)
            assert answer.status_code == 303, view.path
            assert answer.headers["Location"].startswith("/login?next="), view.path
        if view.writes:
            answer = stranger.client.post(view.path, data={"csrf_token": stranger.token})
            assert answer.status_code == 401, view.path


def test_every_role_meets_exactly_the_doors_of_the_rules(site: Site) -> None:
    """The door lets a role through when the matrix gives it the action towards anybody at all."""
    stocked(site)
    members = {
        Role.EMPLOYEE: site.cast.anna,
        Role.TUTOR: site.cast.boris,
        Role.REGIONAL_METHODIST: site.cast.vera,
        Role.CNPPM_OFFICER: site.cast.dina,
        Role.SCHOOL_HEAD: site.cast.olga,
        Role.ADMIN: site.cast.admin,
    }
    declared = site.app.extensions["iom_access"]
    for role, member in members.items():
        browser = site.browser(member)
        for view in all_views(site.app):
            action = declared[view.endpoint]
            if action in {PUBLIC, SIGNED_IN} or "GET" not in view.methods:
                continue
            has_it = any(row.role in {None, role} for row in RULES[action])
            status = browser.client.get(view.path).status_code
            if not has_it:
                assert status == 403, (role, view.path, status)
            if action in ADMIN_ONLY:
                assert (status == 403) is (role is not Role.ADMIN), (role, view.path, status)


def test_a_refusal_says_whose_action_it_is_and_is_journalled(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    page = browser.get("/admin/people", 403)
    assert "Это действие доступно администратору." in page
    admin = site.browser(site.cast.admin)
    journal = admin.get("/admin/journal", outcome="refused")
    assert "Анна Образцова" in journal
    assert "403 GET accounts.people" in journal


def test_another_regions_person_looks_like_nobody_at_all(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    foreign = admin.client.get(f"/admin/people/{site.cast.stranger.person.id}")
    nobody = admin.client.get("/admin/people/999999")
    assert foreign.status_code == nobody.status_code == 404

    def body(response: TestResponse) -> str:
        return re.sub(r"[0-9A-F]{4}-[0-9A-F]{2}", "", response.get_data(as_text=True))

    assert body(foreign) == body(nobody)


def test_declarations_name_actions_that_exist(site: Site) -> None:
    values = set(access.declared(site.app).values()) - {PUBLIC, SIGNED_IN}
    assert values <= set(Action)
