"""The catalog in the browser: search, page, edit; what was typed survives a refusal."""

import re

import pytest
from sqlalchemy import select

from iom.catalog.models import Offering
from iom.core.database import open_session, transaction
from tests.library import load_catalog
from tests.queries import counted
from tests.site import Site


@pytest.fixture
def shelf(site: Site) -> Site:
    with transaction(site.engine) as session:
        load_catalog(session)
    return site


def offering(site: Site) -> Offering:
    with open_session(site.engine, writes=False) as session:
        return session.scalars(select(Offering).where(Offering.code == "P0151")).one()


def test_anna_finds_by_any_word_form_and_opens(shelf: Site) -> None:
    anna = shelf.browser(shelf.cast.anna)
    page = anna.get("/catalog/", q="оцениваний результатов")
    assert "Система оценивания образовательных и" in page.replace("\xa0", " ")
    assert "Править" not in anna.get(f"/catalog/{offering(shelf).id}")
    anna.get(f"/catalog/{offering(shelf).id}/edit", 403)


def test_nothing_found_offers_a_way_on(shelf: Site) -> None:
    assert "ничего нет" in shelf.browser(shelf.cast.anna).get("/catalog/", kind="event", band="more").replace("\xa0", " ")


def test_the_number_of_queries_does_not_grow_with_the_list(shelf: Site) -> None:
    anna = shelf.browser(shelf.cast.anna)
    anna.get("/catalog/")
    with counted(shelf.engine) as few:
        anna.get("/catalog/", kind="program", band="144")
    with counted(shelf.engine) as many:
        anna.get("/catalog/")
    assert len(many) == len(few) <= 12


def test_dina_edits_and_a_refused_form_keeps_what_she_typed(shelf: Site) -> None:
    dina, row = shelf.browser(shelf.cast.dina), offering(shelf)
    page = dina.get(f"/catalog/{row.id}/edit")
    fields = form_fields(page) | {"hours": "12", "title": "Новое название", "registry": "federal", "registry_number": "04-1187"}
    response = dina.post(f"/catalog/{row.id}/edit", 422, **fields)
    text = response.get_data(as_text=True)
    assert "не меньше 16" in text.replace("\xa0", " ")
    assert 'value="Новое название"' in text
    dina.follow(dina.post(f"/catalog/{row.id}/edit", **(fields | {"hours": "36"})))
    assert (offering(shelf).title, offering(shelf).hours, offering(shelf).registry_number) == ("Новое название", 36, "04-1187")


def test_a_stale_form_comes_back_with_its_text(shelf: Site) -> None:
    dina, row = shelf.browser(shelf.cast.dina), offering(shelf)
    fields = form_fields(dina.get(f"/catalog/{row.id}/edit")) | {"title": "Первое"}
    dina.post(f"/catalog/{row.id}/edit", **fields)
    text = dina.post(f"/catalog/{row.id}/edit", 409, **(fields | {"title": "Второе"})).get_data(as_text=True)
    assert 'value="Второе"' in text
    assert offering(shelf).title == "Первое"


def form_fields(page: str) -> dict[str, str]:
    """Return the filled fields of the edit form as a browser would send them."""
    form = page[page.index('<form method="post"') :]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    fields["is_active"] = "y"
    fields.pop("csrf_token", None)
    return fields
