"""What the header of every page shows: sections of the role, who is signed in, banners, the chosen display."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup

from iom.core.actor import Role
from iom.core.config import Settings
from iom.core.format import initials, short_name
from iom.web import texts

SECTIONS: dict[Role, tuple[str, ...]] = {
    Role.EMPLOYEE: ("routes.home", "profiles.own", "catalog.index"),
    Role.TUTOR: ("support.people", "catalog.index"),
    Role.MENTOR: ("catalog.index",),
    Role.REGIONAL_METHODIST: ("support.people", "orders.center", "monitoring.index", "catalog.index"),
    Role.MUNICIPAL_METHODIST: ("support.people", "monitoring.index", "catalog.index"),
    Role.SCHOOL_COORDINATOR: ("organizations.staff", "orders.index", "organizations.import_staff"),
    Role.SCHOOL_HEAD: ("orders.index", "organizations.staff", "monitoring.index", "catalog.index"),
    Role.CNPPM_OFFICER: (
        "monitoring.index",
        "organizations.staff",
        "orders.center",
        "support.assignments",
        "catalog.index",
        "organizations.import_staff",
    ),
    Role.AUTHORITY_VIEWER: ("monitoring.index",),
    Role.PROVIDER: ("catalog.index",),
    Role.ADMIN: ("accounts.people", "organizations.tree", "admin.journal"),
}
"""Sections of each role, the first is home."""

ICONS = {
    "routes.home": "signpost-split",
    "profiles.own": "bar-chart-steps",
    "catalog.index": "collection",
    "support.people": "people",
}
"""Drawings of the phone bar; a section without one gets the circle."""

ROOM_OF = {"evidence": "routes"}
"""Blueprints whose pages stand in the section of another."""

DISPLAY_COOKIE = "iom-display"
DISPLAY = {
    "scheme": ("bw", "wb", "blue"),
    "size": ("150", "200"),
    "spacing": ("wide",),
    "images": ("off",),
    "keys": ("off",),
    "theme": ("light", "dark"),
}


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    url: str
    is_current: bool
    icon: str = "circle"
    count: int = 0


@dataclass(frozen=True, slots=True)
class Who:
    name: str
    place: str
    initials: str
    url: str


def home_url() -> str:
    """Return the first screen of the role; while it lacks its second factor, the page that sets one up."""
    if g.lacks_factor:
        return url_for("accounts.factor")
    return url_for(SECTIONS[g.actor.role][0])


def sections() -> list[Section]:
    """Return the sections of the role worn now; none for a stranger."""
    if g.get("actor") is None:
        return []
    known = current_app.view_functions
    current = request.endpoint or ""
    blueprint = ROOM_OF.get(current.split(".")[0], current.split(".")[0])
    names = [name for name in SECTIONS[g.actor.role] if name in known]
    exact = current in names
    return [
        Section(
            texts.SECTION[name],
            url_for(name),
            name == current or (not exact and name.split(".")[0] == blueprint and _first(names, blueprint) == name),
            ICONS.get(name, "circle"),
        )
        for name in names
    ]


def _first(names: list[str], blueprint: str) -> str:
    return next(name for name in names if name.split(".")[0] == blueprint)


def who() -> Who | None:
    """Return the signed-in person as the header shows them."""
    if g.get("signed") is None:
        return None
    person = g.signed.person
    return Who(
        short_name(person.first_name, person.last_name),
        texts.ROLE[g.actor.role],
        initials(person.first_name, person.last_name),
        url_for("accounts.account"),
    )


def display() -> dict[str, str]:
    """Return the display chosen by cookie («версия для слабовидящих», theme); unknown values are dropped."""
    chosen = dict(part.split(":", 1) for part in request.cookies.get(DISPLAY_COOKIE, "").split("|") if ":" in part)
    return {name: value for name, value in chosen.items() if value in DISPLAY.get(name, ())}


def foot() -> list[Section]:
    """Return the links under every page."""
    names = ["site.display", "site.help_page", "accounts.my_data" if g.get("actor") else "site.privacy", "site.accessibility"]
    known = current_app.view_functions
    return [Section(texts.FOOT[name], url_for(name), name == request.endpoint) for name in names if name in known]


def banner(settings: Settings) -> list[str]:
    """Return the sentences over every page about the state of the installation and of this sign-in."""
    lines = [texts.BANNER_DEMO] if settings.demo else []
    if settings.plain_http and not settings.demo:
        lines.append(texts.BANNER_PLAIN)
    if g.get("lacks_factor"):
        sentence = Markup(texts.BANNER_FACTOR)  # noqa: S704 - our own constant; what fills it is escaped
        lines.append(sentence.format(role=texts.ROLE_GENITIVE[g.signed.grant.role], url=url_for("accounts.factor")))
    return lines


def init_app(app: Flask, settings: Settings) -> None:
    """Give every template its frame."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {
            "nav": sections(),
            "who": who(),
            "display": display(),
            "banner": banner(settings),
            "foot": foot(),
            "brand_name": settings.brand_name or texts.BRAND,
            "is_employee": g.get("actor") is not None and g.actor.role is Role.EMPLOYEE,
        }
