"""Edits by hand: effects add up, broken rules are named, replacements are the best that keep the rules."""

from dataclasses import replace
from datetime import date

import pytest

from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, make_case
from iom.routes.edits import Breach, NeedChange, changes_between, effect_of, swap_options
from iom.routes.proposal import propose
from iom.routes.reasons import Obstacle
from iom.routes.rules import Rule
from tests.routes.people import YEAR, made_person
from tests.routes.second_opinion import objective, violations

NEEDS = [Need("A", DeficitKind.DEFICIT, severity=0.4), Need("B", DeficitKind.DEFICIT, severity=0.4)]
CANDIDATES = [
    Candidate("a", "program", 36, {"A": 78}),
    Candidate("b", "program", 24, {"A": 63}, price=2000),
    Candidate("c", "event", 4, {"A": 15, "B": 15}, hours_estimated=True),
    Candidate("d", "program", 30, {"B": 71}),
    Candidate("e", "program", 36, {"A": 78}, seats_left=0),
    Candidate("f", "program", 60, {"A": 90}, load=2, start=date(2026, 10, 5), end=date(2026, 10, 16)),
    Candidate("own", "self_study", 10, {}),
]


def test_the_effect_of_a_hand_made_route_is_that_of_hand_arithmetic():
    effect = effect_of(["a", "b", "c"], NEEDS, CANDIDATES, YEAR)
    assert (effect.coverage, effect.covered) == ({"A": 100, "B": 15}, 1)
    assert effect.share == pytest.approx(115 / 200)
    assert (effect.hours, effect.hours_estimated, effect.price) == (64, 4, 2000)
    # A: 156 → 470, B: 15 → 75, both with weight 10.
    assert effect.objective == 10 * (470 + 75) - 64
    assert (effect.breaches, effect.barred) == ((), {})


def test_items_of_ones_own_add_hours_and_nothing_else():
    before, after = (effect_of(ids, NEEDS, CANDIDATES, YEAR) for ids in (["a"], ["a", "own"]))
    assert (after.coverage, after.hours, after.objective) == (before.coverage, 46, before.objective - 10)


def test_broken_rules_and_barred_items_are_named_with_amounts():
    conditions = replace(YEAR, money_max=1500, must=("d",), forbidden=("c",))
    effect = effect_of(["a", "b", "c", "e"], NEEDS, CANDIDATES, conditions)
    assert set(effect.breaches) == {
        Breach(Rule.HOURS_MAX, ("a", "b", "c", "e"), 100, 72),
        Breach(Rule.MONEY, ("b",), 2000, 1500),
        Breach(Rule.MUST, (), 0, 1),
        Breach(Rule.FORBIDDEN, ("c",), 1, 0),
    }
    assert effect.barred == {"e": frozenset({Obstacle.SEATS})}


def test_replacements_come_best_first_with_everything_they_change():
    best, *others = swap_options(["a", "d"], "a", NEEDS, CANDIDATES, YEAR)
    assert (best.id, best.hours_delta, best.price_delta) == ("b", -12, 2000)
    assert best.changes == (NeedChange("A", 78, 63),)
    assert (best.share_before, best.share_after) == (pytest.approx(149 / 200), pytest.approx(134 / 200))
    assert best.objective_delta == -10 * 15 * 3 + 12
    # f would take 90 hours, e has no seats: only c is left.
    assert [swap.id for swap in others] == ["c"]
    assert others[0].changes == (NeedChange("A", 78, 15), NeedChange("B", 71, 86))


def test_a_pinned_item_may_be_replaced_and_a_removed_one_does_not_return():
    conditions = replace(YEAR, must=("a",), forbidden=("b",))
    assert [swap.id for swap in swap_options(["a", "d"], "a", NEEDS, CANDIDATES, conditions)] == ["c"]


def test_a_prerequisite_is_replaced_by_nothing_that_leaves_its_follower_alone():
    first = Candidate("first", "event", 4, {"A": 15})
    then = Candidate("then", "program", 20, {"B": 60}, requires=("first",))
    assert swap_options(["first", "then"], "first", NEEDS, [first, then, *CANDIDATES], YEAR) == ()


def test_a_route_over_its_hours_may_be_mended_but_no_further_rule_broken():
    conditions = replace(YEAR, hours_max=50, money_max=0)
    swaps = swap_options(["a", "d"], "a", NEEDS, CANDIDATES, conditions)
    assert [swap.id for swap in swaps] == ["f", "c"]


def test_changes_name_losses_first():
    before = effect_of(["a"], NEEDS, CANDIDATES, YEAR)
    after = effect_of(["d"], NEEDS, CANDIDATES, YEAR)
    assert changes_between(before, after) == (NeedChange("A", 78, 0), NeedChange("B", 0, 71))


@pytest.mark.parametrize("seed", range(5))
def test_effects_and_replacements_of_a_proposal_agree_with_code_of_our_own(seed):
    needs, candidates = made_person(seed, 80)
    proposal = propose(needs, candidates, YEAR)
    case = make_case(needs, candidates, YEAR)
    effect = effect_of(proposal.selected, needs, candidates, YEAR)
    assert (effect.objective, effect.share, effect.hours) == (proposal.objective, proposal.share, proposal.hours)
    assert (effect.breaches, effect.barred) == ((), {})
    for item_id in proposal.selected:
        left = tuple(other for other in proposal.selected if other != item_id)
        served = set(next(c.cover for c in candidates if c.id == item_id))
        possible = {
            item.id: objective(case.instance, (*left, item.id)) - proposal.objective
            for item in case.instance.items
            if item.id not in proposal.selected and served & {case.codes[need] for need in item.cover}
            if violations(case.instance, (*left, item.id)) == []
        }
        swaps = swap_options(proposal.selected, item_id, needs, candidates, YEAR)
        assert [swap.objective_delta for swap in swaps] == sorted(possible.values(), reverse=True)[:3]
        assert all(swap.objective_delta == possible[swap.id] <= 0 for swap in swaps)


def test_an_unknown_item_is_an_error():
    with pytest.raises(KeyError):
        effect_of(["none"], NEEDS, CANDIDATES, YEAR)
