"""The probability of a link, learnt from people's decisions on proposals; until there are enough of them there is no model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iom.matching.index import MatchIndex
from iom.matching.weighing import Floats

DECISIONS_NEEDED = 200  # methods, section 2
MODEL_VERSION = 1
PULL = 1.0  # inverse strength of the ridge penalty on standardised features; the usual weak prior
FEATURES = (
    "lemma_cosine",
    "gram_cosine",
    "topic_cosine",
    "query_covered",
    "synonym_lemma_cosine",
    "synonym_gram_cosine",
    "synonym_topic_cosine",
    "synonym_covered",
)


@dataclass(frozen=True, slots=True)
class LinkModel:
    """A fitted logistic model: probability = σ(intercept + weights · (features − centre)/scale)."""

    version: int
    n_decisions: int
    centre: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def probabilities(self, features: Floats) -> Floats:
        """Probability of each link, shape (n,), from features of shape (n, 8)."""
        probabilities: Floats = 1.0 / (1.0 + np.exp(-(((features - self.centre) / self.scale) @ self.weights + self.intercept)))
        return probabilities


def link_features(index: MatchIndex, text: str, codes: Sequence[str]) -> Floats:
    """What tells a good link from a chance one, for a competency's text and some offerings.

    Returns
    -------
    ndarray, shape (n_codes, 8), in the order of FEATURES, each about 0..1; the last four are 0 when no synonym is known.
        Covered is the share of the query's idf whose words the offering holds.
    """
    query = index.query(text)
    rows = np.array([index.row_of[code] for code in codes], dtype=np.intp)
    bags = [query.bag, query.added]
    _, gram_cosines, topic_cosines = index.parts(bags)
    parts = (index.lemma_cosines(bags, rows), gram_cosines[rows], topic_cosines[rows], index.covered_shares(bags, rows))
    return np.column_stack([part[:, bag] for bag in range(2) for part in parts])


def fit_link_model(features: Floats, is_good: NDArray[np.bool_]) -> LinkModel | None:
    """A model of decided links, or None while there are under 200 decisions or all went one way.

    Parameters
    ----------
    features : shape (n, 8), from `link_features`
    is_good : shape (n,), True for a confirmed link, False for a rejected one

    Notes
    -----
    Logistic regression with a weak ridge penalty on standardised features: Hastie, Tibshirani and Friedman, The Elements of
    Statistical Learning, 2nd ed., 4.4.
    """
    if len(features) != len(is_good):
        raise ValueError(f"{len(features)} rows of features, {len(is_good)} decisions")
    if len(is_good) < DECISIONS_NEEDED or is_good.all() or not is_good.any():
        return None
    from sklearn.linear_model import LogisticRegression  # half a second to import, needed once a night

    centre, spread = features.mean(axis=0), features.std(axis=0)
    scale = np.where(spread > 0.0, spread, 1.0)
    fitted = LogisticRegression(C=PULL, max_iter=1000).fit((features - centre) / scale, is_good)
    return LinkModel(MODEL_VERSION, len(is_good), centre, scale, fitted.coef_[0], float(fitted.intercept_[0]))
