"""What tests of accounts need beside the cast: passwords, browsers with them, a site where the second factor is asked."""

from dataclasses import replace

from flask.testing import FlaskClient
from sqlalchemy import Engine

from iom.accounts import passwords
from iom.accounts.models import Account, RoleGrant
from iom.core.actor import UNIT_OF_ROLE, Role
from iom.core.config import Settings
from iom.core.database import transaction
from tests.cast import START, Member
from tests.site import Browser, Site

PASSWORD = "синий трамвай поёт"


def with_password(site: Site, member: Member, password: str = PASSWORD) -> str:
    """Give the member a password and return the login."""
    with transaction(site.engine) as session:
        account = session.get_one(Account, member.account.id)
        account.password_hash = passwords.hash_password(password)
        return account.login


def with_role(engine: Engine, member: Member, role: Role, school_id: int | None = None) -> int:
    """Give the member one more role, in force, and return its key."""
    with transaction(engine) as session:
        row = RoleGrant(
            region_id=member.person.region_id,
            person_id=member.person.id,
            role=role,
            unit_kind=UNIT_OF_ROLE[role],
            school_id=school_id,
            granted_at=START,
            effective_at=START,
        )
        session.add(row)
        session.flush()
        return row.id


def strict(settings: Settings, engine: Engine) -> Site:
    """Return a site as in production: roles that need a second factor ask for it."""
    return Site.make(replace(settings, demo=False), engine)


def sign_in(site: Site, login: str, password: str = PASSWORD, status: int = 303) -> Browser:
    """Return a browser that typed login and password on the sign-in page."""
    browser = site.browser()
    browser.get("/login")
    browser.post("/login", status, login=login, password=password)
    return browser


def cookie_of(client: FlaskClient) -> str | None:
    """Return the session secret the browser holds."""
    found = client.get_cookie("iom")
    return found.value if found is not None else None
