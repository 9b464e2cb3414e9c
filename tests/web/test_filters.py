"""What templates may call: the reader's calendar and the tying of text inside markup."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, g, render_template_string
from markupsafe import Markup

from iom.web import filters

NB = "\u00a0"


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask("filters-test")
    filters.init_app(app)
    with app.test_request_context("/"):
        g.today = date(2026, 10, 12)
        yield app


def render(source: str, **values: object) -> str:
    return render_template_string("{{ " + source + " }}", **values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("61.4|percent(1)", "61,4 %"),
        ("0.5|share", "50 %"),
        ("72|hours", "72 ч"),
        ("72|hours_long", "72 часа"),
        ("25|minutes", "25 мин"),
        ("4200|money", "4 200 ₽"),
        ("5894|number", "5 894"),
        ("12|signed", "+12"),
        ("39|percent_words", "39 процентов"),
        ("41|percent_words", "41 процент"),
        ("21|plural('шаг', 'шага', 'шагов')", "21 шаг"),
        ("3|plural_form('шаг', 'шага', 'шагов')", "шага"),
        ("plural(5, 'шаг', 'шага', 'шагов')", "5 шагов"),
        ("'октябрь, СОШ'|capital", "Октябрь, СОШ"),
        ("''|capital", ""),
        ("short_name('Анна', 'Образцова')", "Анна Образцова"),
        ("name_with_initials('Анна', 'Образцова', 'Сергеевна')", "А. С. Образцова"),
        ("month_short(10)", "окт"),
        ("1258291|file_size", "1,2 МБ"),
        ("150|svg_percent", "100%"),
    ],
)
def test_template_writes_facts_in_words(app: Flask, source: str, text: str) -> None:
    assert render(source).replace(NB, " ") == text


def test_year_is_left_out_only_in_the_readers_current_year(app: Flask) -> None:
    assert render("d|date_long", d=date(2026, 9, 28)) == f"28{NB}сентября"
    assert render("d|date_long", d=date(2025, 9, 28)) == f"28{NB}сентября{NB}2025"
    assert render("period(a, b)", a=date(2026, 11, 9), b=date(2026, 11, 20)) == f"9–20{NB}ноября"
    assert render("d|relative_day", d=date(2026, 10, 11)) == "вчера"
    assert render("d|date_weekday", d=date(2026, 10, 16)) == f"пятница, 16{NB}октября"
    assert render("d|date_short", d=date(2026, 10, 1)) == "01.10.2026"
    assert render("months_period(a, b)", a=date(2026, 9, 1), b=date(2026, 10, 1)) == f"сентябрь{NB}– октябрь"


def test_moment_is_told_by_the_clock_of_the_readers_region(app: Flask) -> None:
    evening = datetime(2026, 10, 9, 21, 20, tzinfo=UTC)
    assert render("m|date_time", m=evening) == f"10{NB}октября, 00:20"  # Moscow is three hours ahead of UTC

    g.timezone = "Asia/Kamchatka"
    assert render("m|clock_time", m=evening) == "09:20"
    assert render("m|date_long", m=evening) == f"10{NB}октября"
    assert render("m|relative_day", m=evening) == f"2{NB}дня{NB}назад"


def test_plain_text_is_tied_and_still_escaped(app: Flask) -> None:
    assert render("t|tie", t="до <b> 8 ч") == f"до{NB}&lt;b&gt; 8{NB}ч"


def test_markup_is_tied_between_its_tags_only(app: Flask) -> None:
    markup = Markup('<a href="#in a" title="не в">в школе</a> и дома')

    assert filters.tie(markup) == f'<a href="#in a" title="не в">в{NB}школе</a> и{NB}дома'


def test_what_a_person_typed_comes_back_letter_for_letter(app: Flask) -> None:
    markup = Markup("<textarea>в школе</textarea><p>в школе</p><PRE>и <b>в</b> доме</PRE>")

    assert filters.tie(markup) == f"<textarea>в школе</textarea><p>в{NB}школе</p><PRE>и <b>в</b> доме</PRE>"


def test_unfinished_tag_does_not_swallow_the_rest() -> None:
    assert filters.tie(Markup("в школе <b")) == f"в{NB}школе <b"
