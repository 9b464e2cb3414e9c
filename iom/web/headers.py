"""Headers of every answer (security, section D) and limits of every request."""

from uuid import uuid4

from flask import Flask, g, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from iom.core.config import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; manifest-src 'self'"
)
ORDINARY_BODY = 1_000_000  # bytes
BODY_WITH_FILES = 25_000_000


def _limit_body() -> None:
    request.max_content_length = BODY_WITH_FILES if request.mimetype == "multipart/form-data" else ORDINARY_BODY
    request.max_form_memory_size = ORDINARY_BODY
    request.max_form_parts = 1000


def _check_host(settings: Settings) -> None:
    if request.host.rsplit(":", 1)[0] not in settings.trusted_hosts:
        raise BadRequest


def _check_origin() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in {"same-origin", "none"} or (origin and origin != request.host_url.rstrip("/")):
        raise BadRequest


def _add(response: Response, settings: Settings) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    if not settings.plain_http:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
        headers.add("Vary", "Cookie")
    elif request.args.get("v"):
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def init_app(app: Flask, settings: Settings) -> None:
    """Trust as many proxies as configured, no more; check host and origin; add the headers."""
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops, x_host=0)  # type: ignore[method-assign]

    @app.before_request
    def prepare() -> None:
        g.request_id = str(uuid4())
        _limit_body()
        _check_host(settings)
        _check_origin()

    @app.after_request
    def add(response: Response) -> Response:
        return _add(response, settings)
