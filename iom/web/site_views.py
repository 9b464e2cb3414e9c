"""Pages that belong to the site as a whole and are open to everyone: the look of pages, help, privacy, accessibility."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from iom.accounts import text_files, texts
from iom.accounts.consent_texts import to_html
from iom.accounts.consent_views import places
from iom.accounts.local_paths import local_path
from iom.web.access import public
from iom.web.navigation import DISPLAY_COOKIE, display
from iom.web.site_forms import DisplayForm

bp = Blueprint("site", __name__)
A_YEAR = 365 * 24 * 3600  # seconds


@bp.get("/display", endpoint="display")
@public
def show_display() -> str:
    return render_template("site/display.html", form=DisplayForm(data=display()), back=request.args.get("next", ""))


@bp.post("/display")
@public
def choose_display() -> Response | tuple[str, int]:
    form = DisplayForm(request.form)
    if not form.validate():
        return render_template("site/display.html", form=form, back=request.form.get("back", "")), 422
    flash(texts.DISPLAY_SAVED, "success")
    response = redirect(local_path(request.form.get("back") or "/display"), 303)
    settings = current_app.extensions["iom_settings"]
    chosen = "" if "usual" in request.form else form.to_cookie()
    if chosen:
        response.set_cookie(DISPLAY_COOKIE, chosen, max_age=A_YEAR, secure=not settings.plain_http, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(DISPLAY_COOKIE, secure=not settings.plain_http, httponly=True, samesite="Lax")
    return response


@bp.get("/help")
@public
def help_page() -> str:
    return _text("help")


@bp.get("/privacy")
@public
def privacy() -> str:
    return _text("privacy_notice")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return _text("accessibility")


def _text(name: str) -> str:
    document = text_files.read(current_app.extensions["iom_settings"].catalog_dir, name, **places())
    return render_template("site/text.html", document=document, body=to_html(document.blocks))
