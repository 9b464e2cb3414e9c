"""State changes only by our own forms, each with its session's token, from our own origin (S-56)."""

import re

from sqlalchemy import Engine, text

from iom.policy.schema import METADATA
from tests.site import Site
from tests.web.views import all_views, stocked

LEFT_OUT = {"rate_counters"}  # limits count refused tries too; that is their purpose
TYPED = "Верхнелесногорский муниципальный округ"


def snapshot(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but what a refusal may write."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr)
            for name in METADATA.tables
            if name not in LEFT_OUT
        }


def test_every_write_without_the_right_token_is_refused_and_changes_nothing(site: Site) -> None:
    admin, anna = site.browser(site.cast.admin), site.browser(site.cast.anna)
    anna.get("/account")
    foreign = anna.token
    before = snapshot(site.engine)
    views = [view for view in all_views(site.app) if view.writes]
    assert len(views) >= 30
    for view in views:
        for data in ({}, {"csrf_token": ""}, {"csrf_token": foreign}, {"csrf_token": "x" * 90}):
            response = admin.client.post(view.path, data=data)
            assert response.status_code == 400, (view.path, data, response.status_code)
        response = admin.client.post(view.path, data="{}", content_type="text/plain")
        assert response.status_code == 400, view.path
    assert snapshot(site.engine) == before


def test_a_foreign_origin_is_refused_even_with_the_right_token(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get("/account")
    before = snapshot(site.engine)
    for view in all_views(site.app):
        if not view.writes:
            continue
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost:8001"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ):
            response = admin.client.post(view.path, data={"csrf_token": admin.token}, headers=headers)
            assert response.status_code == 400, (view.path, headers)
    assert snapshot(site.engine) == before


def test_our_own_origin_is_let_in(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get("/admin/organizations/new")
    response = admin.client.post(
        "/admin/organizations/new",
        data={"csrf_token": admin.token, "name": TYPED, "code": "M7"},
        headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 303


def test_a_stale_form_of_ours_comes_back_filled_and_is_sent_again(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get("/admin/organizations/new")
    with admin.client.session_transaction() as kept:
        kept.clear()  # the page is older than the sign-in

    response = admin.client.post(
        "/admin/organizations/new",
        data={"csrf_token": admin.token, "name": TYPED, "code": "M7"},
        headers={"Origin": "http://localhost"},
    )

    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "Страница устарела" in page
    assert f'<textarea class="form-control" id="kept-1" rows="3" readonly>\n{TYPED}</textarea>' in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert token
    assert {name: fields[name] for name in ("name", "code")} == {"name": TYPED, "code": "M7"}
    assert admin.client.post("/admin/organizations/new", data=fields).status_code == 303
    assert TYPED in admin.get("/admin/organizations")


def test_a_form_of_unknown_origin_is_not_offered_for_sending_again(site: Site) -> None:
    admin = site.browser(site.cast.admin)
    admin.get("/account")
    page = admin.client.post("/admin/organizations/new", data={"name": TYPED, "code": "M7"}).get_data(as_text=True)
    assert 'action="/admin/organizations/new"' not in page
    assert TYPED in page  # but the text is given back to copy


def test_no_page_changes_anything_by_being_opened(site: Site) -> None:
    stocked(site)
    browsers = [site.browser(member) for member in (site.cast.admin, site.cast.anna, site.cast.boris, site.cast.marina, site.cast.dina)]
    before = snapshot(site.engine)
    for browser in browsers:
        for view in all_views(site.app):
            if "GET" in view.methods and view.endpoint != "static":
                browser.client.get(view.path)
    after = snapshot(site.engine)
    # The journal may gain lines about refusals and about looking at others' data; nothing else may move.
    assert {name for name in before if before[name] != after[name]} <= {"audit_entries"}
