"""Instance files: what is written comes back, what is wrong is named with its place."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.routes.instance import DEFAULT_SEGMENTS, Fault, InstanceError
from iom.routes.instance_json import parse_instance, read_instance, to_document, write_instance
from iom.routes.made import made_instance
from tests.routes.second_opinion import small_instance

DOCUMENT = {
    "id": "x",
    "weights": [3, 1],
    "segments": [[60, 5], [40, 3], [50, 1]],
    "rho": 1,
    "hours_max": 72,
    "hours_min": 0,
    "money_max": None,
    "items_max": 8,
    "load_max": 2,
    "must": ["a"],
    "forbidden": [],
    "kind_min": {},
    "kind_max": {"event": 2},
    "items": [
        {
            "id": "a",
            "kind": "program",
            "hours": 36,
            "price": 0,
            "load": 1,
            "start": "2026-11-09",
            "end": "2026-11-20",
            "cover": {"0": 78, "1": 15},
            "requires": [],
            "group": None,
        },
        {"id": "b", "kind": "event", "hours": 4, "requires": ["a"], "group": "streams"},
    ],
}


def changed(path: str, value: object) -> dict:
    """The document with one value put at a place like items.0.hours; the value `...` removes the key."""
    document = deepcopy(DOCUMENT)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inside = document
    for step in way:
        inside = inside[step]
    if value is ...:
        del inside[last]
    else:
        inside[last] = value
    return document


def test_values_are_read_as_they_stand():
    instance = parse_instance(DOCUMENT)
    first, second = instance.items
    assert (instance.id, instance.weights, instance.hours_max, instance.must) == ("x", (3, 1), 72, ("a",))
    assert (instance.kind_max, instance.segments) == ({"event": 2}, DEFAULT_SEGMENTS)
    assert (first.start, first.end) == (date(2026, 11, 9).toordinal(), date(2026, 11, 20).toordinal())
    assert first.cover == {0: 78, 1: 15}
    assert (second.start, second.requires, second.group, second.price, second.load) == (None, ("a",), "streams", 0, 0)


def test_what_is_left_out_has_the_value_of_the_method():
    instance = parse_instance({"id": 7, "weights": [1], "hours_max": 72, "items": []})
    assert (instance.segments, instance.rho, instance.hours_min, instance.money_max) == (DEFAULT_SEGMENTS, 1, 0, None)
    assert (instance.items_max, instance.load_max, instance.must, instance.kind_min) == (8, 2, (), {})


def test_null_in_a_limit_is_no_limit():
    instance = parse_instance({"id": 7, "weights": [1], "hours_max": 72, "items": [], "items_max": None, "load_max": None})
    assert (instance.items_max, instance.load_max) == (None, None)


@pytest.mark.parametrize("instance", [made_instance(1, 40), small_instance(3), parse_instance(DOCUMENT)], ids=["made", "small", "dated"])
def test_what_is_written_is_read_back(instance, tmp_path):
    path = tmp_path / "instance.json"
    write_instance(instance, path)
    assert read_instance(path) == replace(instance)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(to_document(instance)))


def test_calendar_dates_stay_dates():
    assert to_document(parse_instance(DOCUMENT))["items"][0]["start"] == "2026-11-09"


WRONG = [
    ("hours_max", ..., "hours_max", Fault.MISSING),
    ("items.1.hours", ..., "items[1].hours", Fault.MISSING),
    ("hours_max", "72", "hours_max", Fault.NOT_INTEGER),
    ("hours_max", 72.5, "hours_max", Fault.NOT_INTEGER),
    ("hours_max", True, "hours_max", Fault.NOT_INTEGER),
    ("hours_max", -1, "hours_max", Fault.NEGATIVE),
    ("items.0.price", 10**10, "items[0].price", Fault.TOO_LARGE),
    ("segments", [[10**9, 10**9]], "", Fault.TOO_LARGE),
    ("weights", {"0": 1}, "weights", Fault.NOT_LIST),
    ("weights.1", -2, "weights[1]", Fault.NEGATIVE),
    ("kind_min", [1], "kind_min", Fault.NOT_OBJECT),
    ("kind_min", {"event": None}, "kind_min.event", Fault.NOT_INTEGER),
    ("items.0", 5, "items[0]", Fault.NOT_OBJECT),
    ("items.0.kind", "", "items[0].kind", Fault.NOT_TEXT),
    ("items.0.id", None, "items[0].id", Fault.NOT_TEXT),
    ("items.1.id", "a", "items[1].id", Fault.DUPLICATE_ID),
    ("items.0.start", "9 ноября", "items[0].start", Fault.NOT_DATE),
    ("items.0.start", "2026-02-30", "items[0].start", Fault.NOT_DATE),
    ("items.1.start", 5, "items[1]", Fault.HALF_DATED),
    ("items.0.start", None, "items[0]", Fault.HALF_DATED),
    ("items.0.start", "2026-12-01", "items[0]", Fault.ENDS_BEFORE_START),
    ("items.0.cover", {"2": 10}, "items[0].cover.2", Fault.NOT_DEFICIT),
    ("items.0.cover", {"first": 10}, "items[0].cover.first", Fault.NOT_DEFICIT),
    ("items.0.cover", {"9" * 5000: 10}, "items[0].cover." + "9" * 5000, Fault.NOT_DEFICIT),
    ("items.0.cover", {"0": -5}, "items[0].cover.0", Fault.NEGATIVE),
    ("must", ["z"], "must[0]", Fault.UNKNOWN_ITEM),
    ("segments", [[60, 1], [40, 3]], "segments", Fault.NOT_CONCAVE),
    ("segments", [[60, 5, 1]], "segments[0]", Fault.NOT_PAIR),
    ("hour_max", 40, "hour_max", Fault.MISSPELT_KEY),
    ("items.1.require", ["a"], "items[1].require", Fault.MISSPELT_KEY),
]


@pytest.mark.parametrize(("path", "value", "where", "reason"), WRONG)
def test_what_is_wrong_is_named_with_its_place(path, value, where, reason):
    with pytest.raises(InstanceError) as caught:
        parse_instance(changed(path, value))
    assert (caught.value.where, caught.value.reason) == (where, reason)


def test_dates_beside_day_numbers_cannot_be_compared():
    document = changed("items.1.start", 5)
    document["items"][1]["end"] = 6
    with pytest.raises(InstanceError) as caught:
        parse_instance(document)
    assert (caught.value.where, caught.value.reason) == ("items", Fault.MIXED_DAYS)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Fault.NOT_JSON),
        (b"{", Fault.NOT_JSON),
        (b"[" * 100_000, Fault.NOT_JSON),
        (b"\xff\xfe{}", Fault.NOT_UTF8),
        (b"[]", Fault.NOT_OBJECT),
        (b'{"id": 1, "id": 2}', Fault.DUPLICATE_KEY),
        (b"\xef\xbb\xbfnull", Fault.NOT_OBJECT),
    ],
)
def test_a_file_that_holds_no_instance_is_named(content, reason, tmp_path):
    path = tmp_path / "instance.json"
    path.write_bytes(content)
    with pytest.raises(InstanceError) as caught:
        read_instance(path)
    assert caught.value.reason is reason


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path / "none.json")
    assert caught.value.reason is Fault.UNREADABLE


def test_keys_of_others_are_left_alone():
    document = {**DOCUMENT, "author": "a methodist", "note": "a foreign key"}
    assert parse_instance(document) == parse_instance(DOCUMENT)


keys = st.sampled_from(["id", "0", "start"]) | st.text(max_size=3)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*DOCUMENT, *(f"items.0.{key}" for key in DOCUMENT["items"][0]), "items.1", "weights.0"]), json_values)
def test_any_value_anywhere_is_read_or_refused(path, value):
    try:
        instance = parse_instance(changed(path, value))
    except InstanceError:
        return
    assert parse_instance(to_document(instance)) == instance
