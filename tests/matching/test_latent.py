"""Topics: against a full decomposition by NumPy, and at the edges."""

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array

from iom.matching.latent import latent_model


def test_cosines_agree_with_a_full_decomposition():
    rng = np.random.default_rng(5)
    everything = csr_array(random_array((9, 7), density=0.6, rng=rng))
    queries = csr_array(random_array((2, 7), density=0.5, rng=rng))
    directions = np.linalg.svd(everything.toarray())[2][:6].T  # rank 7, one topic less
    documents, seen = everything.toarray()[:5] @ directions, queries.toarray() @ directions
    expected = (documents @ seen.T) / np.outer(np.linalg.norm(documents, axis=1), np.linalg.norm(seen, axis=1))

    assert latent_model(everything, 5).cosines(queries) == pytest.approx(expected, abs=1e-5)


def test_words_that_meet_only_in_lessons_come_near():
    # Columns: mark, grade, dragon. The document says "mark", the query "grade"; only a lesson, not ranked, joins the two words.
    documents, lessons = [[1, 0, 0], [0, 0, 1]], [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    model = latent_model(csr_array(np.array(documents + lessons, dtype=float)), 2)

    cosines = model.cosines(csr_array(np.array([[0.0, 1.0, 0.0]])))[:, 0]
    assert cosines[0] > 0.9 > 0.1 > cosines[1]


@pytest.mark.parametrize("everything", [np.zeros((3, 4)), np.ones((1, 4)), np.ones((4, 1))])
def test_too_little_to_decompose_gives_zeros(everything):
    model = latent_model(csr_array(everything), 1)

    assert model.cosines(csr_array(np.ones((2, everything.shape[1])))).tolist() == [[0.0, 0.0]]


def test_two_builds_agree_to_the_last_bit():
    everything = csr_array(random_array((60, 40), density=0.2, rng=np.random.default_rng(1)))

    assert (latent_model(everything, 60).documents == latent_model(everything, 60).documents).all()
