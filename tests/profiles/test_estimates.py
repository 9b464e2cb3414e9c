"""One person's profile: pooling, what decides, what is only said."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iom.diagnostics.imports import BETA_VERSION, ImportedResult
from iom.diagnostics.items import expert_parameter
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.posterior import Prior
from iom.diagnostics.scoring import CategoryOutOfRange
from iom.profiles.estimates import ProfileConfig, build_profile
from iom.profiles.evidence import Answer, competency_of
from iom.profiles.kinds import Basis, Depth, Verdict
from iom.profiles.scale import ScaleConfig

TASK = expert_parameter(ItemType.SHORT_ANSWER)
STATEMENT = expert_parameter(ItemType.SELF_STATEMENT, top=3)
PARENTS = {"ME.3.1": "ME.3", "ME.3.2": "ME.3", "ME.3": "ME.3"}
REFERENCES = {code: [TASK] for code in ("ME.1", "ME.2", "ME.3", "FG.1")}


def tasks(code, *categories):
    return [Answer(code, TASK, category) for category in categories]


def ratings(code, *values):
    return [Answer(code, STATEMENT, value, is_self=True) for value in values]


def profile(answers=(), imports=(), **more):
    return build_profile(answers, imports, **{"parents": PARENTS, "references": REFERENCES, **more})


@pytest.mark.parametrize(
    ("categories", "verdict", "depth"),
    [
        ((0, 0), Verdict.INSUFFICIENT, None),
        ((0, 0, 0), Verdict.DEFICIT, Depth.DEEP),  # P 0.915, v 0.415
        ((1, 1, 0, 0, 0, 0), Verdict.DEFICIT, Depth.DEEP),  # P 0.845, v 0.281
        ((1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0), Verdict.DEFICIT, Depth.MEDIUM),  # P 0.864, v 0.241
        ((1, 1, 1, 0, 0, 0), Verdict.PROBABLE, None),  # P 0.643
        ((1, 1, 1, 1, 0, 0), Verdict.OPEN, None),  # P 0.387
        ((1, 1, 1), Verdict.NONE, None),  # P 0.168
    ],
)
def test_verdicts_follow_the_table_of_reference_values(categories, verdict, depth):
    [found] = profile(tasks("ME.1", *categories))

    assert (found.verdict, found.depth, found.basis, found.n_answers) == (verdict, depth, Basis.OBJECTIVE, len(categories))


def test_an_estimate_carries_its_numbers_and_their_source():
    [found] = profile(tasks("ME.1", 1, 1, 0, 0, 0, 0))

    assert (found.t, found.se, found.p_below, found.severity) == pytest.approx((-0.252, 0.653, 0.845, 0.281), abs=0.005)
    assert found.level == pytest.approx(44.3, abs=0.3)
    assert (found.kappa, found.mastery, found.model_version) == (60, 2, "expert-1")
    assert (found.self_level, found.self_raw, found.gap) == (None, None, None)


def test_components_are_pooled_into_their_competency():
    [pooled] = profile(tasks("ME.3.1", 0, 0) + tasks("ME.3.2", 0, 1) + tasks("ME.3", 1))
    [direct] = profile(tasks("ME.3", 0, 0, 0, 1, 1))

    assert pooled == direct
    assert pooled.n_answers == 5


@pytest.mark.parametrize(("code", "parent"), [("ME.3.1", "ME.3"), ("ME.3", "ME.3"), ("PR.2.10", "PR.2"), ("ME", "ME")])
def test_the_parent_is_the_first_two_parts_of_the_code(code, parent):
    assert competency_of(code) == parent


def test_functional_literacy_is_held_to_its_own_bound():
    """At 70 % the same three right answers leave more doubt than at 60 %."""
    found = profile(tasks("FG.1", 1, 1, 1) + tasks("ME.1", 1, 1, 1))

    assert [(e.competency_code, e.kappa, e.verdict) for e in found] == [("FG.1", 70, Verdict.OPEN), ("ME.1", 60, Verdict.NONE)]


def test_the_bound_comes_from_the_configuration():
    [found] = profile(tasks("ME.1", 1, 1, 1), config=ProfileConfig(scale=ScaleConfig(bound=80)))

    assert found.kappa == 80
    assert found.verdict is not Verdict.NONE


def test_what_does_not_concern_the_person_leaves_no_trace():
    silent = [replace(answer, not_applicable=True) for answer in tasks("ME.2", 0, 0, 0) + ratings("FG.1", 0)]

    assert profile(silent) == []
    assert profile(tasks("ME.1", 1, 0, 1) + silent) == profile(tasks("ME.1", 1, 0, 1))


def test_tasks_left_open_are_shown_as_not_enough():
    [found] = profile(tasks("ME.1", None, None, None, None))

    assert (found.verdict, found.n_answers) == (Verdict.INSUFFICIENT, 0)
    assert found.p_below == pytest.approx(0.5, abs=0.005)


def test_statements_left_open_say_nothing():
    assert profile(ratings("ME.1", None, None)) == []


def test_without_reference_items_the_level_is_the_logistic_curve():
    [found] = profile(tasks("XX.1", 1, 1, 0, 0, 0, 0), references={})

    assert found.level == pytest.approx(44.3, abs=0.3)  # one Rasch item of difficulty 0 is that same curve


def test_a_known_population_replaces_the_neutral_prior():
    [neutral] = profile(tasks("ME.1", 1, 0, 1))
    [informed] = profile(tasks("ME.1", 1, 0, 1), priors={"ME.1": Prior(-1.5, 0.5)})

    assert informed.p_below > neutral.p_below
    assert informed.se < 0.5


@pytest.mark.parametrize(
    ("percent", "n_tasks", "p_below", "verdict"),
    [(50, None, 0.753, Verdict.PROBABLE), (52, 25, 0.801, Verdict.DEFICIT), (0, 2, 0.936, Verdict.INSUFFICIENT)],
)
def test_an_import_alone_takes_the_closed_form_and_counts_its_tasks(percent, n_tasks, p_below, verdict):
    [found] = profile(imports=[ImportedResult("ME.3.1", percent, n_tasks)])

    assert (found.competency_code, found.basis, found.verdict, found.model_version) == ("ME.3", Basis.IMPORTED, verdict, BETA_VERSION)
    assert found.p_below == pytest.approx(p_below, abs=0.005)
    assert found.n_answers == (n_tasks or 10)


def test_an_import_beside_answers_joins_their_likelihood():
    [joint] = profile(tasks("ME.1", 1, 0), [ImportedResult("ME.1", 25, 4)])
    [answers] = profile(tasks("ME.1", 1, 0, 1, 0, 0, 0))

    assert (joint.basis, joint.n_answers) == (Basis.OBJECTIVE, 6)
    assert joint.p_below == pytest.approx(answers.p_below, abs=1e-9)


def test_an_old_answer_counts_less():
    [fresh] = profile(tasks("ME.1", 0, 0, 0, 0))
    [old] = profile([replace(answer, months_old=24) for answer in tasks("ME.1", 0, 0, 0, 0)])
    [half] = profile(tasks("ME.1", 0, 0))

    assert fresh.t < old.t
    assert old.t == pytest.approx(half.t)
    assert old.n_answers == 4


def test_ratings_alone_claim_and_never_declare():
    found = profile(ratings("ME.1", 3, 2, 3) + ratings("ME.2", 0, 0, 0) + ratings("ME.3.1", 2, 2))

    assert [(e.basis, e.verdict, e.depth) for e in found] == [
        (Basis.SELF, Verdict.UNCLAIMED, None),
        (Basis.SELF, Verdict.CLAIMED, None),
        (Basis.SELF, Verdict.UNCLAIMED, None),
    ]
    assert found[1].self_raw == 0
    assert found[1].low < found[1].self_level < found[1].high < found[1].kappa
    assert len({e.kappa for e in found}) == 1  # the person's own mean, the same line for all


def test_objective_evidence_decides_over_ratings():
    [found] = profile(tasks("ME.1", 1, 1, 1, 1, 1, 1) + ratings("ME.1", 0, 0, 0))

    assert (found.basis, found.verdict, found.n_answers) == (Basis.OBJECTIVE, Verdict.NONE, 6)
    assert found.gap == pytest.approx(found.self_level - found.level)
    assert found.gap < -25


def test_a_small_gap_is_not_mentioned():
    [found] = profile(tasks("ME.1", 1, 1, 0, 1, 0, 0) + ratings("ME.1", 2, 1, 2))

    assert found.self_level is not None
    assert found.gap is None


def test_ratings_do_not_move_the_objective_estimate():
    [alone] = profile(tasks("ME.1", 1, 0, 0))
    [beside] = profile(tasks("ME.1", 1, 0, 0) + ratings("ME.1", 3, 3))

    assert replace(beside, self_level=None, self_raw=None, gap=None) == alone


def test_too_few_tasks_leave_the_word_to_ratings():
    [found] = profile(tasks("ME.1", 1, 0) + ratings("ME.1", 0, 1))

    assert (found.basis, found.verdict, found.n_answers) == (Basis.SELF, Verdict.CLAIMED, 2)


def test_two_versions_within_a_competency_are_refused():
    newer = Answer("ME.1", replace(TASK, version="autumn"), 1)

    with pytest.raises(ValueError, match="version"):
        profile([*tasks("ME.1", 1, 0), newer])
    with pytest.raises(ValueError, match="version"):
        profile([newer])  # the reference set is of the older one


def test_an_impossible_answer_is_refused():
    with pytest.raises(CategoryOutOfRange):
        profile(tasks("ME.1", 2))


evidence = st.lists(
    st.one_of(
        st.builds(Answer, st.sampled_from(["ME.1", "ME.2", "ME.3.1", "ME.3.2"]), st.just(TASK), st.sampled_from([None, 0, 1])),
        st.builds(Answer, st.sampled_from(["ME.1", "ME.2", "FG.1"]), st.just(STATEMENT), st.integers(0, 3), st.just(True)),
    ),
    max_size=25,
)
imported = st.lists(
    st.builds(ImportedResult, st.sampled_from(["ME.1", "FG.1"]), st.integers(0, 100), st.none() | st.integers(1, 30)), max_size=2
)


@settings(max_examples=60)
@given(evidence, imported, st.integers(0, 1000))
def test_the_order_of_evidence_is_irrelevant(answers, imports, seed):
    shuffled = list(answers)
    random.Random(seed).shuffle(shuffled)

    found, again = profile(answers, imports), profile(shuffled, imports)

    assert [e.competency_code for e in found] == sorted({e.competency_code for e in found})
    assert [(e.competency_code, e.basis, e.n_answers) for e in again] == [(e.competency_code, e.basis, e.n_answers) for e in found]
    assert [e.p_below for e in again] == pytest.approx([e.p_below for e in found], abs=1e-9)


@settings(max_examples=60)
@given(evidence, imported)
def test_what_an_estimate_may_say(answers, imports):
    for e in profile(answers, imports):
        assert 0 <= e.p_below <= 1
        assert 0 <= e.severity <= 1
        assert e.low <= e.high
        assert (e.verdict in {Verdict.CLAIMED, Verdict.UNCLAIMED}) == (e.basis is Basis.SELF)
        assert (e.depth is not None) == (e.verdict is Verdict.DEFICIT)
        assert e.verdict in {Verdict.INSUFFICIENT, Verdict.CLAIMED, Verdict.UNCLAIMED} or e.n_answers >= 3
        assert e.gap is None or (e.basis is not Basis.SELF and abs(e.gap) >= 25)
