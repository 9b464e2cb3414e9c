"""The list of accompanied people and the common agreement."""

from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom import policy
from iom.core import clock
from iom.core.errors import Forbidden
from iom.organizations.models import Region
from iom.policy import Action
from iom.routes import queries as route_queries
from iom.routes import review_queries, reviewing
from iom.routes.review_forms import chosen_routes
from iom.support import bulk_page, people_page, texts
from iom.support.blueprint import bp
from iom.support.people import Filter, ListView, Waits
from iom.support.people_page import PAGE
from iom.web.access import access
from iom.web.paging import pages_of, without
from iom.web.transaction import db

SOME_KEY = 987654321
SORTS = frozenset({"name", "seen"})


def _region() -> Region:
    """Return the actor's region; the door lets in everybody who has a route of their own, the list is for those who accompany others."""
    if not policy.may_for_others(g.actor, Action.ROUTE_COMMENT):
        raise Forbidden(action=Action.ROUTE_REVIEW, role=g.actor.role)
    return route_queries.region_of(db, g.actor.region_id)


def _view_of() -> ListView:
    given = request.args.get("view", "")
    if given in set(ListView):
        return ListView(given)
    return ListView.WAITING if policy.may_for_others(g.actor, Action.EVIDENCE_REVIEW) else ListView.ALL


def _filter() -> Filter:
    args = request.args
    return Filter(args.get("q", "").strip()[:100], args.get("municipality", ""), args.get("subject", ""), args.get("waits", ""))


@bp.get("/support/people")
@access(Action.ROUTE_COMMENT)
def people() -> str:
    region = _region()
    view, chosen = _view_of(), _filter()
    sort = request.args.get("sort", "")
    today = clock.today(region.timezone)
    page = people_page.build(db, g.actor, region, view, chosen, sort if sort in SORTS else "", request.args.get("page", 1, type=int), today)
    return render_template(
        "support/people.html",
        page=page,
        chosen=chosen,
        sort=sort,
        lists=[
            {"label": label, "url": url_for(".people", view=str(one)), "is_current": one is view, "count": page.counts[one]}
            for one, label in texts.VIEW.items()
        ],
        chips=_chips(chosen),
        shown_text=texts.shown(page.found, page.total),
        municipalities=[("", texts.ALL_MUNICIPALITIES), *((name, name) for name in page.municipalities)],
        subjects=[("", texts.ALL_SUBJECTS), *((title, title) for title in page.subjects)],
        waits=[("", texts.ANY_DECISION), *((str(kind), texts.WAITS[kind][0]) for kind in Waits)],
        links=pages_of(page.found, PAGE, page.page),
        sort_urls={name: _sorted_by(name) for name in ("", *SORTS)},
        review=_halves(url_for(".review", route_id=SOME_KEY)),
        profile=_halves(url_for("profiles.show", employee_id=SOME_KEY)),
    )


def _halves(address: str) -> list[str]:
    """Return an address without its key, so that fifty rows need not be routed one by one."""
    return address.split(str(SOME_KEY))


def _sorted_by(name: str) -> str:
    kept = {key: value for key, value in request.args.items() if key not in {"sort", "page"} and value}
    query = urlencode(kept | ({"sort": name} if name else {}))
    return f"{request.path}?{query}" if query else request.path


def _chips(chosen: Filter) -> list[dict[str, str]]:
    words = {
        "q": chosen.words,
        "municipality": chosen.municipality,
        "subject": chosen.subject,
        "waits": texts.WAITS[Waits(chosen.waits)][0] if chosen.waits in set(Waits) else "",
    }
    return [{"label": label, "remove_url": without(name)} for name, label in words.items() if label]


@bp.get("/support/people/check")
@access(Action.ROUTE_REVIEW)
def check() -> Response | str:
    ids = [int(value) for value in request.args.getlist("id") if value.isdecimal() and len(value) < 10][:PAGE]
    routes = review_queries.list_for_agreement(db, g.actor, ids)
    if not routes:
        flash(texts.NOTHING_CHOSEN, "info")
        return redirect(url_for(".people"), 303)
    lines = bulk_page.build(db, g.actor, routes)
    return render_template("support/bulk.html", lines=lines, left_out=len(set(ids)) - len(routes))


@bp.post("/support/people/agree")
@access(Action.ROUTE_REVIEW)
def agree() -> Response:
    commands = chosen_routes(request.form.getlist("route"))
    if not commands:
        flash(texts.NOTHING_CHOSEN, "info")
        return redirect(url_for(".people"), 303)
    names = review_queries.names_of(db, g.actor, [cmd.route_id for cmd in commands])
    done, failed = reviewing.agree_many(db, g.actor, commands)
    if failed:
        flash(texts.agreed_partly(len(done), [(names.get(one.route_id, texts.SOMEBODY), one.error) for one in failed]), "warning")
    else:
        flash(texts.agreed(len(done)), "success")
    return redirect(url_for(".people"), 303)
