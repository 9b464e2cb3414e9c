"""How good a ranked list is against graded labels: nDCG and recall of the first places."""

from collections.abc import Mapping, Sequence

import numpy as np

PLACES = 10
RELEVANT_FROM = 2  # grade from which an offering counts for recall


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], places: int = PLACES) -> float:
    """Discounted gain of the first places over that of the best possible list.

    Parameters
    ----------
    ranked : codes, best first
    grades : grade 0..3 by code; a code not named has grade 0

    Returns
    -------
    float, 0..1; 0 when nothing is relevant

    Notes
    -----
    Gain 2**grade - 1, discount log2(place + 1): Burges et al., Learning to Rank using Gradient Descent, 2005.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:places])
    return _gain([grades.get(code, 0) for code in ranked[:places]]) / best if best > 0.0 else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], places: int = PLACES) -> float:
    """Share of the well-fitting offerings among the first places; the most that fits into them is 1."""
    relevant = {code for code, grade in grades.items() if grade >= RELEVANT_FROM}
    if not relevant:
        return 0.0
    return len(relevant & set(ranked[:places])) / min(len(relevant), places)


def _gain(grades: Sequence[int]) -> float:
    discounts = np.log2(np.arange(2, len(grades) + 2))
    return float(((2.0 ** np.array(grades, dtype=float) - 1.0) / discounts).sum())
