"""Who asks: reads the session cookie, makes the Actor, tells Flask-Login; nothing else reads the cookie."""

from datetime import timedelta

from flask import Flask, Request, g, request
from flask_login import LoginManager, UserMixin
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response

from iom.accounts import sessions
from iom.accounts.sessions import SessionLimits, SignedIn
from iom.core import clock
from iom.core.actor import Actor, Role
from iom.core.config import Settings
from iom.core.database import open_session, transaction
from iom.organizations.models import Employee, Region
from iom.web.database import engine

NEEDS_FACTOR = frozenset({Role.ADMIN, Role.CNPPM_OFFICER, Role.REGIONAL_METHODIST, Role.MUNICIPAL_METHODIST})


# Built once: every request of every signed-in person asks it.
_PLACE = (
    select(Region.timezone, Employee.id)
    .outerjoin(Employee, Employee.person_id == bindparam("person_id"))
    .where(Region.id == bindparam("region_id"))
)


class WebUser(UserMixin):
    """What Flask-Login wants to know of a signed-in person."""

    def __init__(self, signed: SignedIn, actor: Actor) -> None:
        self.signed = signed
        self.actor = actor

    def get_id(self) -> str:
        return str(self.signed.account.id)


def cookie_name(settings: Settings) -> str:
    """Return the name of the session cookie; the prefix makes browsers insist on Secure and no Domain."""
    return "iom" if settings.plain_http else "__Host-iom"


def has_cookie(settings: Settings, source: Request) -> bool:
    """Tell whether the browser brings a session, live or not."""
    return cookie_name(settings) in source.cookies


def set_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Hand the session's secret to the browser."""
    response.set_cookie(
        cookie_name(settings), secret, max_age=settings.session_hours * 3600, secure=not settings.plain_http, httponly=True, samesite="Lax"
    )


def drop_cookie(response: Response, settings: Settings) -> None:
    """Make the browser forget the session."""
    response.delete_cookie(cookie_name(settings), secure=not settings.plain_http, httponly=True, samesite="Lax")


def lacks_factor(signed: SignedIn, settings: Settings) -> bool:
    """Tell whether the role worn needs a second factor that this session has not got (S-07)."""
    grant = signed.grant
    return grant is not None and grant.role in NEEDS_FACTOR and not settings.demo and signed.session.factor_at is None


def _actor(signed: SignedIn, employee_id: int | None, settings: Settings) -> Actor:
    worn = None if lacks_factor(signed, settings) else signed.grant
    return Actor(
        person_id=signed.person.id,
        region_id=signed.person.region_id,
        role=worn.role if worn else Role.EMPLOYEE,
        employee_id=employee_id,
        municipality_id=worn.municipality_id if worn else None,
        school_id=worn.school_id if worn else None,
        provider_id=worn.provider_id if worn else None,
        session_hash=signed.session.secret_hash,
        address=request.remote_addr,
        request_id=g.get("request_id"),
    )


def load(settings: Settings, source: Request) -> WebUser | None:
    """Return the person behind the request's cookie, or None.

    Who has a second factor and has not given it yet is nobody so far: `g.half_signed` lets the view of the second step go on.
    """
    secret = source.cookies.get(cookie_name(settings))
    if not secret:
        return None
    now = clock.now()
    limits = SessionLimits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))
    with open_session(engine(), writes=False) as session:
        signed = sessions.find(session, secret, now, limits)
        if signed is None:
            return None
        g.timezone, employee_id = session.execute(_PLACE, {"person_id": signed.person.id, "region_id": signed.person.region_id}).one()
    if signed.account.totp_secret is not None and signed.session.factor_at is None:
        g.half_signed = signed
        return None
    if now - signed.session.seen_at > sessions.SEEN_EVERY:
        with transaction(engine()) as session:
            sessions.touch(session, signed.session.id, now)
    return WebUser(signed, _actor(signed, employee_id, settings))


def init_app(app: Flask, settings: Settings) -> None:
    """Load the person before each request into `g.actor`, `g.signed`."""
    manager = LoginManager()
    manager.session_protection = None  # our sessions are rows, not Flask's cookie
    manager.init_app(app)

    @manager.request_loader
    def request_loader(source: Request) -> WebUser | None:
        found: WebUser | None = g.get("user")
        return found

    @app.before_request
    def identify() -> None:
        g.half_signed = None
        user = None if request.endpoint == "static" else load(settings, request)
        g.user = user
        g.actor = user.actor if user else None
        g.signed = user.signed if user else None
        g.lacks_factor = user is not None and lacks_factor(user.signed, settings)
