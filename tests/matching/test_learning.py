"""The model of links: its features, its silence before 200 decisions, and that it finds a planted rule."""

import numpy as np
import pytest

from iom.matching.index import build_index
from iom.matching.learning import DECISIONS_NEEDED, FEATURES, fit_link_model, link_features
from tests.matching.small_catalog import COMPETENCIES, OFFERINGS, THESAURUS

INDEX = build_index(OFFERINGS, COMPETENCIES, THESAURUS)


def planted(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Decisions that follow the first feature with probability σ(6x − 3), whatever the other features say."""
    rng = np.random.default_rng(11)
    features = rng.random((n, len(FEATURES)))
    return features, rng.random(n) < 1 / (1 + np.exp(3 - 6 * features[:, 0]))


def test_query_equal_to_a_document_has_full_cosines_and_is_covered():
    features = link_features(INDEX, "Конкурс чтецов", ["E2", "P3"])

    assert features.shape == (2, 8)
    assert features[0, :4] == pytest.approx(1.0, abs=1e-5)
    assert features[0, 4:] == pytest.approx(0.0)
    assert features[1, [0, 3]] == pytest.approx(0.0)


def test_share_covered_is_the_idf_that_the_offering_holds():
    # «урок» stands in P1, «конкурс» in E2, each in no other text: equal idf, so one half.
    assert link_features(INDEX, "урок и конкурс", ["P1", "E2", "P2"])[:, 3] == pytest.approx([0.5, 0.5, 0.0])


def test_synonyms_fill_the_second_half():
    features = link_features(INDEX, "информационная безопасность", ["P4"])[0]

    assert features[4] > 0.2
    assert features[7] == pytest.approx(1.0)


def test_there_is_no_model_before_enough_decisions():
    features, is_good = planted(DECISIONS_NEEDED - 1)

    assert fit_link_model(features, is_good) is None


def test_decisions_all_one_way_teach_nothing():
    features, _ = planted(DECISIONS_NEEDED)

    assert fit_link_model(features, np.ones(DECISIONS_NEEDED, dtype=bool)) is None


def test_planted_rule_is_found():
    model = fit_link_model(*planted(4000))
    probe = np.full((3, len(FEATURES)), 0.5)
    probe[:, 0] = [0.0, 0.5, 1.0]

    assert model is not None
    assert model.n_decisions == 4000
    assert model.probabilities(probe) == pytest.approx([1 / (1 + np.exp(3)), 0.5, 1 / (1 + np.exp(-3))], abs=0.05)


def test_rows_and_decisions_must_agree():
    with pytest.raises(ValueError, match="decisions"):
        fit_link_model(np.zeros((3, 8)), np.zeros(2, dtype=bool))
