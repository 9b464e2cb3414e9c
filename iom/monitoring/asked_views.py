"""What the address of a report asks for; shared by the pages of indicators and of people."""

from dataclasses import dataclass
from typing import Any

from flask import g, request

from iom.core.errors import NotFound
from iom.monitoring.forms import DayForm
from iom.monitoring.scoping import Territory, territory_of
from iom.monitoring.statements import Scope
from iom.web.transaction import db

LARGEST_KEY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """The territory and day of the address, checked; `problem` says what of it could not be read."""

    territory: Territory
    scope: Scope
    problem: str = ""

    @property
    def filters(self) -> dict[str, Any]:
        """What narrows the report, for the addresses of other pages about the same."""
        kept = {"municipality": self.scope.municipality_id, "school": self.scope.school_id}
        if not self.scope.is_current:
            kept["date"] = self.scope.as_of.isoformat()  # type: ignore[assignment]
        return {name: value for name, value in kept.items() if value is not None}


def asked() -> Asked:
    """Return what the address asks for.

    Raises
    ------
    NotFound : a municipality or school outside what the role reports about
    """
    form = DayForm(request.args)
    form.validate()
    territory = territory_of(db, g.actor, key_of("municipality"), key_of("school"))
    problem = form.problem()
    return Asked(territory, territory.scope(None if problem else form.date.data), problem)


def key_of(name: str) -> int | None:
    """Return a key from the address; none when it is absent.

    Raises
    ------
    NotFound : it is no key
    """
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST_KEY:
        raise NotFound(kind=name)
    return int(text)


def page_number() -> int:
    """Return the page of the address; whatever is no number is the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
