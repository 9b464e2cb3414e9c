"""Texts made fit for files and for narrow columns."""

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.documents.cleaning import BREAK, SOFT_HYPHEN, breakable, clean_text, for_page

INVISIBLE = re.compile(f"[{BREAK}{SOFT_HYPHEN}]")


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_fits_into_xml(text):
    parsed = ElementTree.fromstring(f"<t>{escape(clean_text(text))}</t>")

    assert (parsed.text or "") == clean_text(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn"))))
def test_ordinary_text_is_left_alone(text):
    assert clean_text(text) == text


def test_line_ends_of_every_system_become_one():
    assert clean_text("один\r\nдва\rтри\nчетыре") == "один\nдва\nтри\nчетыре"


def test_control_characters_and_halves_of_pairs_go():
    assert clean_text("а\x00б\x0bв\x1bг\x7fд\ud800е\uffff") == "абвгде"


@pytest.mark.parametrize("text", ["", "Формирующее оценивание на уроке", "12.10.2026", "А. С. Образцова", "«человеконенавистничество»,"])
def test_prose_gets_no_breaks(text):
    assert breakable(text) == text


def test_addresses_break_after_their_signs_and_long_codes_inside():
    assert breakable("https://example.org/course/1").split(BREAK) == ["https://", "example.", "org/", "course/", "1"]
    assert max(map(len, breakable("1" * 40).split(BREAK))) <= 5


def test_endless_letters_break_with_a_hyphen():
    assert max(map(len, breakable("Ж" * 100).split(SOFT_HYPHEN))) <= 5


@given(st.text(st.characters(codec="utf-8", exclude_characters=BREAK + SOFT_HYPHEN)))
def test_breaks_add_nothing_that_can_be_seen(text):
    assert INVISIBLE.sub("", breakable(text)) == text


@given(st.text("абвЖ1-./_ ", max_size=200))
def test_no_stretch_without_a_break_is_wider_than_a_column(text):
    stretches = re.split(rf"[\s{BREAK}{SOFT_HYPHEN}]|(?<=-)", breakable(text))

    assert max(map(len, stretches)) <= 30


def test_nested_views_are_cleaned_everywhere_and_numbers_stay():
    assert for_page({"а": ["x\x00", 5, None], "б": {"в": True}}) == {"а": ["x", 5, None], "б": {"в": True}}
