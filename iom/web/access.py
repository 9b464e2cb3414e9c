"""Every view says which action it is; one without is refused at the start, and the door asks the policy before the view runs."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from iom import policy
from iom.accounts import sessions
from iom.core.errors import Forbidden
from iom.policy import Action
from iom.web import resend

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"  # anonymous may open it: sign-in, policy texts, accessibility, health
SIGNED_IN = "signed_in"  # everyone with an account, about themselves only


class UndeclaredView(RuntimeError):
    """A view without a declared action; the application does not start with one."""


def access(action: Action) -> Callable[[View], View]:
    """Declare that the view carries out `action`; the role must have it towards somebody at all."""
    return _declare(action)


def public(view: View) -> View:
    """Declare that anybody may open the view, signed in or not."""
    return _declare(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Declare that everyone with an account may open the view; it shows nothing of others."""
    return _declare(SIGNED_IN)(view)


def _declare(value: Action | str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.iom_access = value  # type: ignore[attr-defined]
        return view

    return mark


def declared(app: Flask) -> dict[str, Action | str]:
    """Return the declaration of every endpoint.

    Raises
    ------
    UndeclaredView : names the first view without one
    """
    found: dict[str, Action | str] = {"static": PUBLIC}
    for endpoint, view in app.view_functions.items():
        if endpoint in found:
            continue
        value = getattr(view, "iom_access", None)
        if value is None:
            raise UndeclaredView(endpoint)
        found[endpoint] = value
    return found


def check_door() -> Response | None:
    """Send strangers to the sign-in page and refuse actions that the role never has; runs before every view."""
    if request.endpoint is None:
        return None
    action = current_app.extensions["iom_access"][request.endpoint]
    if action == PUBLIC:
        return None
    if g.actor is None:
        return ask_to_sign_in()
    if isinstance(action, Action) and not policy.may_ever(g.actor, action):
        raise Forbidden(action=action, role=g.actor.role)
    return None


def keep_rights(session: Session) -> None:
    """Read the rights once more in the transaction of the change, and keep them in force until its end (S-30).

    Raises
    ------
    Forbidden : the session ended, the account was closed or the role was taken away since the request began
    """
    action = current_app.extensions["iom_access"].get(request.endpoint, PUBLIC)
    if action != PUBLIC and g.signed is not None and not sessions.still_holds(session, g.signed):
        raise Forbidden(action=action, role=g.actor.role)


def ask_to_sign_in() -> Response:
    """Send a stranger to the sign-in page; what was being sent goes along, to be sent again afterwards."""
    if request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    return make_response(render_template("accounts/sign_in.html", kept=resend.of_request(), ended=True), 401)


def init_app(app: Flask) -> None:
    """Check that all views are declared and put the check before each request. Call after the blueprints."""
    app.extensions["iom_access"] = declared(app)
    app.before_request(check_door)
