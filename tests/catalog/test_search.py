"""Facets narrow the list; each group counts under the ticks of the others."""

from dataclasses import replace

from iom.catalog.kinds import DeliveryForm, OfferingKind, Registry
from iom.catalog.search import PAGE, Light, Wanted, band_of, find

PROGRAM = Light(1, "P1", "Бета", OfferingKind.PROGRAM, DeliveryForm.ONLINE, 36, Registry.FEDERAL, True, frozenset({"ME.3"}))
SEMINAR = Light(2, "E1", "Альфа", OfferingKind.EVENT, DeliveryForm.ONSITE, 4, Registry.NONE, False, frozenset())
COURSE = Light(3, "P2", "Гамма", OfferingKind.PROGRAM, DeliveryForm.ONSITE, 144, Registry.NONE, False, frozenset({"CI.2"}))
ROWS = [PROGRAM, SEMINAR, COURSE]


def test_without_words_the_list_goes_by_title() -> None:
    assert find(ROWS, Wanted()).ids == (2, 1, 3)


def test_words_give_the_order_and_leave_out_what_they_did_not_find() -> None:
    assert find(ROWS, Wanted(), ["P2", "P1", "unknown"]).ids == (3, 1)


def test_ticks_of_one_group_widen_and_of_two_groups_narrow() -> None:
    assert find(ROWS, Wanted(kinds=frozenset({"program", "event"}))).total == 3
    assert find(ROWS, Wanted(kinds=frozenset({"program"}), forms=frozenset({"onsite"}))).ids == (3,)


def test_a_tick_counts_what_it_would_leave_under_the_other_groups() -> None:
    counts = find(ROWS, Wanted(kinds=frozenset({"program"}))).counts
    assert counts["kind"] == {"program": 2, "event": 1}
    assert counts["form"] == {"online": 1, "onsite": 1}
    assert counts["dated"] == {"1": 1}


def test_bands_meet_without_gaps() -> None:
    assert [band_of(hours) for hours in (1, 16, 17, 36, 37, 72, 73, 144, 145)] == ["16", "16", "36", "36", "72", "72", "144", "144", "more"]


def test_pages_part_the_list_without_loss() -> None:
    rows = [replace(PROGRAM, id=number, code=f"P{number:03}", title=f"{number:03}") for number in range(2 * PAGE + 1)]
    pages = [find(rows, Wanted(page=page)).ids for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 1, 0]
    assert sorted(key for page in pages for key in page) == list(range(2 * PAGE + 1))
