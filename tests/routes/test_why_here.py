"""The reason of each item, on small routes where only one reason is true."""

from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.reasons import Barred, Obstacle
from iom.routes.why_here import ItemReason, WhyHere, why_here


def item(name, hours=20, cover=None, **facts):
    return RouteItemSpec(name, facts.pop("kind", "program"), hours, cover=cover or {}, **facts)


def reason_of(name, selected, *items, barred=(), **limits) -> WhyHere:
    instance = Instance("why", weights=(5, 3), hours_max=200, items=items, **limits)
    return why_here(instance, items, barred, ("A", "B"), selected)[name]


def test_a_pinned_item_is_pinned_whatever_else_is_true():
    why = reason_of("a", {"a"}, item("a", cover={0: 60}), must=("a",))
    assert (why.reason, why.need) == (ItemReason.PINNED, "A")


def test_the_only_candidate_counts_those_that_are_barred():
    barred = (Barred(item("z", cover={0: 80}), frozenset({Obstacle.SEATS})), Barred(item("y", cover={1: 80}), frozenset({Obstacle.SEATS})))
    why = reason_of("a", {"a"}, item("a", cover={0: 60}), item("b", cover={1: 60}), barred=barred)
    assert why == WhyHere(ItemReason.ONLY_CANDIDATE, "A", before=0, after=60, barred_rivals=1)


def test_streams_of_one_programme_do_not_rival_each_other():
    items = (item("a", cover={0: 60}, group="g"), item("b", cover={0: 60}, group="g"))
    assert reason_of("a", {"a"}, *items).reason is ItemReason.ONLY_CANDIDATE


def test_the_shortest_that_covers_the_need_alone():
    items = (item("a", 24, {0: 62}), item("b", 36, {0: 78}), item("c", 8, {0: 28}))
    assert reason_of("a", {"a"}, *items).reason is ItemReason.SHORTEST_SUFFICIENT


def test_the_strongest_for_the_need():
    items = (item("a", 36, {0: 78}), item("b", 24, {0: 62}))
    assert reason_of("a", {"a"}, *items).reason is ItemReason.STRONGEST


def test_an_item_that_adds_what_others_leave():
    items = (item("a", 4, {0: 15}), item("b", 24, {0: 50}), item("c", 36, {0: 78}), item("d", 16, {0: 60}))
    why = reason_of("a", {"a", "b"}, *items)
    assert why == WhyHere(ItemReason.COMPLEMENTS, "A", before=50, after=65)


def test_an_item_that_only_prepares_names_what_for():
    items = (item("a", 4), item("b", 24, {0: 62}, requires=("a",)))
    assert reason_of("a", {"a", "b"}, *items) == WhyHere(ItemReason.PREPARES, item="b")


def test_an_item_of_a_demanded_kind():
    why = reason_of("a", {"a"}, item("a", 4, kind="event"), kind_min={"event": 1})
    assert why.reason is ItemReason.OF_REQUIRED_KIND


def test_an_item_for_the_minimum_of_hours():
    assert reason_of("a", {"a"}, item("a", 16), hours_min=16).reason is ItemReason.FILLS_HOURS


def test_the_need_named_is_where_the_item_is_worth_most():
    # Without the item: A 60 → 40 loses 5 · 100, B 70 → 30 loses 3 · (150 + 30).
    items = (item("a", 20, {0: 20, 1: 40}), item("b", 20, {0: 40}), item("c", 20, {1: 30}), item("d", 10, {0: 60, 1: 60}))
    why = reason_of("a", {"a", "b", "c"}, *items)
    assert (why.need, why.before, why.after) == ("B", 30, 70)
