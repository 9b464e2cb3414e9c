"""Headers of every answer, errors and static files included (S-53 to S-60)."""

from pathlib import Path

from sqlalchemy import Engine
from werkzeug.test import TestResponse

from iom.core.config import Settings
from tests.site import Site
from tests.web.views import all_views, stocked

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
SAFE_EXTRAS = {"font-src 'self'", "manifest-src 'self'"}
BAD = ["/no-such-page", "/admin/people/999999", "/enter/" + "x" * 43, "/static/no-such-file.css"]


def faults(response: TestResponse, *, is_static: bool) -> list[str]:
    """Return what an answer's headers lack."""
    headers = response.headers
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    found = []
    if not policy >= CSP or policy - CSP - SAFE_EXTRAS:
        found.append(f"content policy {sorted(policy ^ CSP)}")
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if headers.get(name) != value:
            found.append(f"{name}: {headers.get(name)}")
    if "Access-Control-Allow-Origin" in headers:
        found.append("cross-origin access")
    if not is_static and (headers.get("Cache-Control") != "no-store" or "Cookie" not in headers.get("Vary", "")):
        found.append(f"caching {headers.get('Cache-Control')} {headers.get('Vary')}")
    if headers.get("Content-Type", "").startswith("text/") and "charset=utf-8" not in headers["Content-Type"]:
        found.append(f"type {headers['Content-Type']}")
    if headers.get("Server", "").lower().startswith(("werkzeug", "waitress")):
        found.append(f"server {headers['Server']}")
    return found


def test_every_view_sends_them_to_everyone(site: Site) -> None:
    stocked(site)
    guilty = {}
    for browser in (site.browser(), site.browser(site.cast.admin), site.browser(site.cast.anna)):
        for view in all_views(site.app):
            if "GET" not in view.methods:
                continue
            response = browser.client.get(view.path, buffered=True)
            if found := faults(response, is_static=view.endpoint == "static"):
                guilty[view.path, response.status_code] = found
    assert guilty == {}


def test_errors_send_them_too(site: Site) -> None:
    browser = site.browser(site.cast.admin)
    for path in BAD:
        response = browser.client.get(path, buffered=True)
        assert response.status_code == 404, path
        assert faults(response, is_static=path.startswith("/static")) == [], path
    for response in (
        browser.client.post("/admin/organizations/new"),
        browser.client.delete("/account"),
        browser.client.get("/", headers={"Host": "evil"}),
    ):
        assert response.status_code in {400, 405}
        assert faults(response, is_static=False) == []


def test_unlisted_methods_are_named_and_refused(site: Site) -> None:
    client = site.browser(site.cast.admin).client
    views = all_views(site.app)
    listed: dict[str, set[str]] = {}
    for view in views:
        listed.setdefault(view.path, set()).update(view.methods)
    for view in views:
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "TRACE"} - listed[view.path]:
            response = client.open(view.path, method=method)
            # A token is asked for before the method is looked at; either way nothing happens.
            assert response.status_code in {400, 404, 405}, (method, view.path, response.status_code)
            if response.status_code == 405:
                assert response.headers["Allow"]


def test_strict_transport_is_asked_for_unless_plain_http_was_chosen(own_engine: Engine, tmp_path: Path) -> None:
    site = Site.make(Settings(database_url="", data_dir=tmp_path, secret_key="k" * 40), own_engine)
    client = site.browser().client
    response = client.get("/login", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert faults(response, is_static=False) == []


def test_files_with_a_content_hash_are_kept_for_good_others_are_asked_for_again(site: Site) -> None:
    client = site.browser().client
    assert "immutable" in client.get("/static/favicon.svg?v=1", buffered=True).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/favicon.svg", buffered=True).headers.get("Cache-Control", "")
