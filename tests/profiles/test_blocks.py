from dataclasses import replace
from math import sqrt

import pytest

from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.profiles.blocks import summarise_blocks
from iom.profiles.estimates import build_profile
from iom.profiles.evidence import Answer
from iom.profiles.kinds import Basis, Verdict

[TEMPLATE] = build_profile([Answer("ME.1", expert_parameter(ItemType.SHORT_ANSWER), 1)] * 3, parents={}, references={})
BLOCKS = {"ME.1": "ME", "ME.2": "ME", "ME.3": "ME", "PP.1": "PP"}
WEIGHTS = dict.fromkeys(BLOCKS, 1.0)


def estimate(code, level, level_se, **more):
    return replace(TEMPLATE, competency_code=code, level=level, level_se=level_se, **more)


def test_a_block_is_the_weighted_mean_with_its_error():
    weights = {"ME.1": 2.0, "ME.2": 1.0, "ME.3": 1.0}

    [found] = summarise_blocks([estimate("ME.1", 50, 6), estimate("ME.2", 80, 9)], weights, BLOCKS)

    assert (found.block_code, found.n_measured, found.n_children, found.measured_share) == ("ME", 2, 3, 0.75)
    assert found.level == pytest.approx((2 * 50 + 80) / 3)
    assert found.se == pytest.approx(sqrt((2 * 6) ** 2 + 9**2) / 3)


@pytest.mark.parametrize(("weight", "is_shown"), [(1.0, False), (2.0, True), (3.0, True)])
def test_a_block_is_kept_back_below_half_of_its_weight(weight, is_shown):
    [found] = summarise_blocks([estimate("ME.1", 50, 6)], {"ME.1": weight, "ME.2": 1.0, "ME.3": 1.0}, BLOCKS)

    assert (found.level is not None, found.se is not None) == (is_shown, is_shown)


def test_too_few_answers_are_not_a_measurement():
    found = summarise_blocks([estimate("ME.1", 50, 6, verdict=Verdict.INSUFFICIENT), estimate("PP.1", 70, 5)], WEIGHTS, BLOCKS)

    assert [(block.block_code, block.level, block.n_measured) for block in found] == [("ME", None, 0), ("PP", 70, 1)]


def test_ratings_and_objective_levels_are_never_mixed():
    both = [estimate("ME.1", 50, 6), estimate("ME.2", 90, 6, basis=Basis.SELF), estimate("ME.3", 90, 6, basis=Basis.SELF)]
    weights = {"ME.1": 1.0, "ME.2": 1.0, "ME.3": 1.0}

    [objective] = summarise_blocks(both, weights, BLOCKS)
    [said] = summarise_blocks(both, weights, BLOCKS, is_self=True)

    assert (objective.level, objective.n_measured) == (None, 1)
    assert (said.level, said.n_measured) == (90, 2)


def test_competencies_that_do_not_concern_the_person_do_not_count():
    [found] = summarise_blocks([estimate("ME.1", 50, 6), estimate("PP.1", 10, 6)], {"ME.1": 1.0}, BLOCKS)

    assert (found.block_code, found.level) == ("ME", 50)


def test_a_block_without_weight_has_no_level_and_negative_weight_is_refused():
    [found] = summarise_blocks([estimate("ME.1", 50, 6)], {"ME.1": 0.0}, BLOCKS)

    assert found.level is None
    with pytest.raises(ValueError):
        summarise_blocks([], {"ME.1": -1.0}, BLOCKS)
