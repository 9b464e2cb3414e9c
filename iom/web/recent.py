"""Asks the password again before what must not be done from a screen left open (S-17)."""

from flask import g, request

from iom.accounts import sessions, sign_in, texts, tries
from iom.accounts.forms import ConfirmedForm
from iom.accounts.sign_in import SignIn
from iom.accounts.tries import TooManyTries
from iom.core import clock
from iom.web.database import apart


def is_recent() -> bool:
    """Tell whether the password was typed a short while ago in this session."""
    return sessions.is_password_recent(g.signed.session, clock.now())


def passes(form: ConfirmedForm) -> bool:
    """Tell whether the form may go on; a wrong password stands at its field. Call before the request's own session is used."""
    if "own_password" not in form:
        return True
    if not form.own_password.data:
        form.own_password.errors = [texts.CHECK_EMPTY]
        return False
    if problem := check_password(form.own_password.data or ""):
        form.own_password.errors = [problem]
        return False
    return True


def check_password(typed: str) -> str:
    """Return what is wrong with the typed own password, or nothing; tries are limited as at the door."""
    cmd = SignIn(g.signed.account.login, typed, request.remote_addr or "", request.user_agent.string)
    now = clock.now()
    try:
        with apart() as short:
            known = sign_in.count_try(short, cmd, now)
    except TooManyTries as error:
        return texts.too_many_tries(int(error.facts["wait"].total_seconds()) + 1)
    is_right = sign_in.is_right(known, typed)
    with apart() as short:
        if is_right:
            tries.forgive_password(short, cmd.counted_login, cmd.address, now)
            sessions.note_password(short, g.signed.session.id, now)
        else:
            sign_in.record_failure(short, known, cmd)
    return "" if is_right else texts.CHECK_FAILED
