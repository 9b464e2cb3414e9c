"""The catalog for everyone, and its editor for the centre."""

from pathlib import Path

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from iom import policy
from iom.catalog import cards, queries, service, texts
from iom.catalog.files import read_rules
from iom.catalog.forms import BLANK_RUNS, OfferingForm, form_of
from iom.catalog.kept import current_catalog
from iom.catalog.kinds import LinkState, LinkStrength
from iom.catalog.search import PAGE, Wanted
from iom.catalog.service import DecideLink
from iom.core import clock
from iom.core.errors import Conflict
from iom.matching import service as matching
from iom.matching.eligibility import private_barred_from
from iom.matching.index import NOTHING_BELOW
from iom.policy import Action
from iom.routes import queries as route_queries
from iom.routes.queries import OwnDraft
from iom.web.access import access
from iom.web.transaction import db

bp = Blueprint("catalog", __name__, url_prefix="/catalog")
MOST_FOUND = 200  # offerings looked at for words: farther down a list nobody reads
LONGEST_WORDS = 300


def catalog_dir() -> Path:
    found: Path = current_app.extensions["iom_settings"].catalog_dir
    return found


def wanted() -> Wanted:
    """Return what the address asks for; unknown values narrow nothing away."""
    page = request.args.get("page", "1")
    return Wanted(
        words=request.args.get("q", "").strip()[:LONGEST_WORDS],
        kinds=frozenset(request.args.getlist("kind")) & set(texts.KIND),
        forms=frozenset(request.args.getlist("form")) & set(texts.FORM),
        bands=frozenset(request.args.getlist("band")) & set(texts.BAND),
        registries=frozenset(request.args.getlist("registry")) & set(texts.REGISTRY),
        competencies=frozenset(request.args.getlist("c")),
        dated=request.args.get("dated") == "1",
        page=int(page) if page.isdigit() and len(page) < 6 else 1,
    )


@bp.get("/")
@access(Action.CATALOG_VIEW)
def index() -> str:
    asked = wanted()
    order = _order(asked.words)
    found = current_catalog(db, g.actor.region_id).find(asked, order)
    rows = queries.list_offerings(db, found.ids)
    links = cards.links_by_offering(queries.list_links(db, found.ids))
    today, barred = clock.today(), private_barred_from(read_rules(catalog_dir()))
    route = _draft()
    return render_template(
        "catalog/index.html",
        asked=asked,
        found=found,
        cards=[cards.card(row, links.get(row.id, []), today, barred) for row in rows],
        words=texts,
        route=route,
        taken=route.offering_ids if route else frozenset(),
        facets=cards.facets(asked, found.counts, queries.list_competencies(db)),
        pages=_pages(found.total, asked.page),
        first=(asked.page - 1) * PAGE + 1,
        can_edit=policy.may_ever(g.actor, Action.CATALOG_EDIT),
    )


def _order(words: str) -> list[str] | None:
    if not words:
        return None
    matches = matching.current_index(db, catalog_dir()).match(words, top=MOST_FOUND)
    strong = [match.code for match in matches if match.lemma_cosine >= NOTHING_BELOW]
    return strong or [match.code for match in matches[:PAGE]]


def _draft() -> OwnDraft | None:
    """Return the reader's own draft that an offering may be added to."""
    return route_queries.find_own_draft(db, g.actor.employee_id) if g.actor.employee_id else None


def _pages(total: int, page: int) -> list[dict[str, object]]:
    last = max(1, -(-total // PAGE))
    near = sorted({1, last, *(number for number in range(page - 1, page + 2) if 1 <= number <= last)})
    pages: list[dict[str, object]] = []
    for place, number in enumerate(near):
        if place and number - near[place - 1] > 1:
            pages.append({"url": ""})
        query = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "page"}
        pages.append({"number": number, "url": url_for(".index", **query, page=number), "is_current": number == page})  # type: ignore[arg-type]
    return pages


@bp.get("/<int:offering_id>")
@access(Action.CATALOG_VIEW)
def show(offering_id: int) -> str:
    row = queries.get_offering(db, g.actor.region_id, offering_id)
    can_edit = policy.may_ever(g.actor, Action.CATALOG_EDIT)
    links = queries.list_links(db, [row.id], rejected=can_edit)
    route = _draft()
    barred = private_barred_from(read_rules(catalog_dir()))
    return render_template(
        "catalog/show.html",
        row=row,
        card=cards.card(row, links, clock.today(), barred),
        links=links,
        words=texts,
        route=route,
        is_taken=route is not None and row.id in route.offering_ids,
        can_edit=can_edit,
        linkable=queries.list_linkable(db) if can_edit else [],
    )


@bp.route("/new", methods=["GET", "POST"], defaults={"offering_id": None})
@bp.route("/<int:offering_id>/edit", methods=["GET", "POST"])
@access(Action.CATALOG_EDIT)
def edit(offering_id: int | None) -> Response | tuple[str, int]:
    row = queries.get_offering(db, g.actor.region_id, offering_id) if offering_id else None
    form = OfferingForm(request.form)
    if request.method == "GET":
        form = form_of(row) if row else OfferingForm(data={"runs": [{}] * BLANK_RUNS})
        return _editor(form, offering_id, row.version if row else 0, 200)
    seen = request.form.get("version", "0")
    if not seen.isdigit():
        abort(400)
    if not form.validate():
        return _editor(form, offering_id, int(seen), 422)
    try:
        saved = service.save(db, g.actor, form.to_command(offering_id, int(seen)))
    except Conflict as error:
        db.rollback()
        return _editor(form, offering_id, int(error.facts["now"]), 409, warning=texts.CHANGED_MEANWHILE)
    flash(texts.SAVED, "success")
    return redirect(url_for(".show", offering_id=saved.id), 303)


def _editor(form: OfferingForm, offering_id: int | None, version: int, status: int, warning: str = "") -> tuple[str, int]:
    html = render_template("catalog/edit.html", form=form, offering_id=offering_id, version=version, warning=warning)
    return html, status


@bp.post("/<int:offering_id>/links")
@access(Action.CATALOG_EDIT)
def decide_link(offering_id: int) -> Response:
    competency, decision = request.form.get("competency", ""), request.form.get("decision", "")
    known = {str(row.id) for row in queries.list_linkable(db)}
    if competency not in known or decision not in {*LinkStrength, LinkState.REJECTED}:
        abort(400)
    strength = None if decision == LinkState.REJECTED else LinkStrength(decision)
    service.decide_link(db, g.actor, DecideLink(offering_id, int(competency), strength))
    flash(texts.LINK_SAVED, "success")
    return redirect(url_for(".show", offering_id=offering_id, _anchor="links"), 303)
