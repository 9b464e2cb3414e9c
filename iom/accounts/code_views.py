"""Printed one-time codes for a school: whose are asked for, then a sheet to cut. The codes are shown once and kept as hashes."""

from datetime import datetime

from flask import current_app, g, render_template, request

from iom.accounts import entering, people, people_queries, texts
from iom.accounts.blueprint import bp
from iom.accounts.entering import LIVES
from iom.accounts.kinds import CodePurpose
from iom.accounts.people_queries import PersonCard, WithoutEntry
from iom.accounts.views import Page
from iom.core import clock
from iom.core.actor import Role
from iom.core.database import open_session
from iom.policy import Action
from iom.web.access import access
from iom.web.database import engine
from iom.web.transaction import db

MOST = 60  # codes of one sheet: each is hashed as slowly as a password


@bp.route("/staff/codes", methods=["GET", "POST"])
@access(Action.CODE_ISSUE)
def codes() -> Page:
    if request.method == "POST":
        return _print()
    school_id = _school()
    return _page(school_id, people_queries.list_without_entry(db, g.actor, school_id, clock.now()) if school_id is not None else []), 200


def _print() -> Page:
    school_id, now = _school(), clock.now()
    chosen = {int(value) for value in request.form.getlist("id") if value.isascii() and value.isdigit()}
    # The codes are made before the writing transaction begins: nobody waits for the database while they are hashed.
    with open_session(engine(), writes=False) as reading:
        waiting = people_queries.list_without_entry(reading, g.actor, school_id, now) if school_id is not None else []
    picked = [row for row in waiting if row.person_id in chosen]
    if not picked or len(picked) > MOST:
        return _page(school_id, waiting, problem=texts.too_many_codes(MOST) if picked else texts.NOBODY_PICKED), 422
    made = [(row, entering.make(CodePurpose.PRINTED)) for row in picked]
    return sheet([(row, people.issue(db, g.actor, row.person_id, CodePurpose.PRINTED, now, fresh)) for row, fresh in made], now), 200


def _page(school_id: int | None, waiting: list[WithoutEntry], *, problem: str = "") -> str:
    schools = people_queries.list_schools(db, g.actor) if g.actor.role is Role.ADMIN else []
    return render_template("accounts/codes.html", waiting=waiting, schools=schools, school_id=school_id, problem=problem)


def _school() -> int | None:
    """Return whose staff is meant: the own school, or the one an administrator chose."""
    if g.actor.role is not Role.ADMIN:
        return int(g.actor.school_id) if g.actor.school_id is not None else None
    return request.values.get("school", type=int)


def sheet(cards: list[tuple[WithoutEntry, str]], now: datetime) -> str:
    """Return the sheet of codes; it opens nothing by itself once its two weeks are over."""
    settings = current_app.extensions["iom_settings"]
    return render_template(
        "accounts/code_sheet.html",
        cards=cards,
        address=settings.base_url.split("://", 1)[-1],
        until=now + LIVES[CodePurpose.PRINTED],
        made=now,
    )


def sheet_of_one(card: PersonCard, code: str, now: datetime) -> str:
    """Return the sheet with the code of one person."""
    person = card.person
    row = WithoutEntry(
        person.id, person.last_name, person.first_name, person.middle_name, card.account.login if card.account else "", "", None
    )
    return sheet([(row, code)], now)
