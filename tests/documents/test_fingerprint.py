"""The mark in the footer: the same for one content, another for another."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.documents.fingerprint import fingerprint

from .samples import rich_route


@dataclass(frozen=True)
class Note:
    text: str
    count: int | None = None
    day: date | None = None
    printed_on: date | None = None
    parts: tuple["Note", ...] = ()


def test_mark_is_the_start_of_sha_256_over_canonical_json():
    digest = hashlib.sha256('{"count":7,"day":"2026-10-12","text":"Ёлка"}'.encode()).hexdigest().upper()

    assert fingerprint(Note("Ёлка", 7, date(2026, 10, 12))) == f"{digest[:4]}-{digest[4:6]}"


def test_mark_reads_like_the_one_in_the_design():
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{2}", fingerprint(rich_route()))


def test_day_of_printing_does_not_change_the_mark():
    assert fingerprint(rich_route()) == fingerprint(replace(rich_route(), printed_on=date(2030, 1, 1)))


def test_a_nested_change_changes_the_mark():
    sheet = rich_route(3)
    changed = replace(sheet, items=(replace(sheet.items[0], hours=sheet.items[0].hours + 1), *sheet.items[1:]))

    assert fingerprint(sheet) != fingerprint(changed)


def test_order_of_rows_changes_the_mark():
    sheet = rich_route(3)

    assert fingerprint(sheet) != fingerprint(replace(sheet, items=sheet.items[::-1]))


def test_empty_values_do_not_count_so_that_new_fields_leave_old_marks_alone():
    assert fingerprint(Note("а", None, parts=())) == fingerprint(Note("а"))
    assert fingerprint(Note("а", 0)) != fingerprint(Note("а"))


def test_equal_decimals_written_differently_give_one_mark():
    assert fingerprint(rich_route(points=Decimal("12.50"))) == fingerprint(rich_route(points=Decimal("12.5")))


def test_what_cannot_be_fingerprinted_is_refused():
    with pytest.raises(TypeError, match="object"):
        fingerprint(Note(text=object()))  # type: ignore[arg-type]


@given(st.text(), st.text())
def test_different_texts_of_a_person_hardly_ever_meet(one, other):
    assert (fingerprint(Note(one)) == fingerprint(Note(other))) == (one == other)
