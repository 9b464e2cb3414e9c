"""Each rule lifted alone, on an instance that breaks it."""

from dataclasses import replace

import pytest

from iom.routes.instance import Instance, RouteItemSpec
from iom.routes.lifting import lifted
from iom.routes.rules import Rule, rows_of
from tests.routes.second_opinion import violations


def broken(rule: Rule) -> tuple[Instance, tuple[str, ...]]:
    """An instance and a route that breaks just this rule."""

    def item(name, **facts):
        return RouteItemSpec(name, **{"kind": "event", "hours": 8, **facts})

    cases = {
        Rule.HOURS_MAX: ({"hours_max": 10}, ("a", "b")),
        Rule.HOURS_MIN: ({"hours_min": 20}, ("a", "b")),
        Rule.MONEY: ({"money_max": 5, "items": (item("a", price=6), item("b"))}, ("a",)),
        Rule.ITEMS: ({"items_max": 1}, ("a", "b")),
        Rule.LOAD: ({"items": (item("a", load=2, start=1, end=3), item("b", load=1, start=2, end=2))}, ("a", "b")),
        Rule.ORDER: ({"items": (item("a", start=1, end=3), item("b", start=2, end=2, requires=("a",)))}, ("a", "b")),
        Rule.REQUIRES: ({"items": (item("a"), item("b", requires=("a",)))}, ("b",)),
        Rule.GROUP: ({"items": (item("a", group=1), item("b", group=1))}, ("a", "b")),
        Rule.KIND_MIN: ({"kind_min": {"event": 3}}, ("a", "b")),
        Rule.KIND_MAX: ({"kind_max": {"event": 1}}, ("a", "b")),
        Rule.MUST: ({"must": ("a",)}, ("b",)),
        Rule.FORBIDDEN: ({"forbidden": ("a",)}, ("a",)),
    }
    changes, route = cases[rule]
    return replace(Instance("rule", weights=(1,), hours_max=72, items=(item("a"), item("b"))), **changes), route


@pytest.mark.parametrize("rule", list(Rule))
def test_a_lifted_rule_admits_what_only_it_forbade(rule):
    instance, route = broken(rule)
    assert violations(instance, route) != []
    assert violations(lifted(instance, rule), route) == []


@pytest.mark.parametrize("rule", list(Rule))
def test_rows_of_a_whole_instance_know_every_rule(rule):
    instance, route = broken(rule)
    chosen = {place for place, item in enumerate(instance.items) if item.id in route}
    assert {row.rule for row in rows_of(instance, instance.items) if not row.holds(chosen)} == {rule}
