"""What a reader of the older edition would find changed, by hand-made editions."""

from typing import Any

from iom.routes.differences import Change, Difference, came_and_went, differences

Content = dict[str, Any]


def item(key: int, **values: Any) -> Content:
    facts = {
        "item_id": key,
        "offering_id": 100 + key,
        "title": f"Шаг {key}",
        "hours": 12,
        "starts_on": "2026-11-09",
        "ends_on": "2026-11-20",
    }
    return facts | values


def edition(*items: Content, **values: Any) -> Content:
    return {"starts_on": "2026-11-02", "ends_on": "2027-05-31", "items": list(items)} | values


def test_equal_editions_differ_in_nothing() -> None:
    assert differences(edition(item(1), item(2)), edition(item(1), item(2))) == []


def test_order_is_no_change() -> None:
    assert differences(edition(item(1), item(2)), edition(item(2), item(1))) == []


def test_items_that_came_and_went() -> None:
    before, after = edition(item(1), item(2)), edition(item(1), item(3), item(4))
    assert differences(before, after) == [
        Difference(Change.REMOVED, "Шаг 2"),
        Difference(Change.ADDED, "Шаг 3"),
        Difference(Change.ADDED, "Шаг 4"),
    ]
    assert came_and_went(before, after) == (2, 1)


def test_a_longer_or_moved_item_is_the_same_item() -> None:
    after = item(1, hours=18, starts_on="2027-02-01", ends_on="2027-02-20")
    assert differences(edition(item(1)), edition(after)) == [
        Difference(Change.HOURS, "Шаг 1", 12, 18),
        Difference(Change.DATES, "Шаг 1", ("2026-11-09", "2026-11-20"), ("2027-02-01", "2027-02-20")),
    ]


def test_another_row_of_the_same_offering_is_the_same_item() -> None:
    assert differences(edition(item(1)), edition(item(9, offering_id=101, title="Шаг 1"))) == []


def test_own_items_without_an_offering_are_matched_by_their_row_only() -> None:
    before, after = edition(item(1, offering_id=None)), edition(item(2, offering_id=None))
    assert [one.kind for one in differences(before, after)] == [Change.REMOVED, Change.ADDED]


def test_a_moved_period_is_told_first() -> None:
    found = differences(edition(item(1)), edition(item(2), ends_on="2027-04-30"))
    assert found[0] == Difference(Change.PERIOD, "", ("2026-11-02", "2027-05-31"), ("2026-11-02", "2027-04-30"))


def test_one_old_item_is_paired_once() -> None:
    twin = item(2, offering_id=101)
    assert [one.kind for one in differences(edition(item(1)), edition(item(1), twin))] == [Change.ADDED]
