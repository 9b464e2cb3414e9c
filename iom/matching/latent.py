"""Topics behind words: a truncated singular value decomposition of the lemma TF-IDF."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOPICS_AT_MOST = 200  # methods, section 2; more gained nothing on the labelled queries
SEED = 0  # of the randomised decomposition, so that two builds agree
POWER_ROUNDS = 5  # enough for spectra of texts: Halko, Martinsson and Tropp, Finding Structure with Randomness, 2011


@dataclass(frozen=True, slots=True)
class LatentModel:
    """Directions of topics and the documents seen along them; float32, because 20,000 documents then take 16 MB."""

    directions: NDArray[np.float32]  # (n_words, n_topics)
    documents: NDArray[np.float32]  # (n_documents, n_topics), unit rows

    def cosines(self, queries: Any) -> NDArray[np.float64]:
        """Cosine of each query with each document, shape (n_documents, n_queries); `queries` is sparse TF-IDF, one a row."""
        # In one precision: mixed, the product would first copy all directions.
        seen = _unit_rows(np.asarray(queries.astype(np.float32) @ self.directions))
        return np.asarray(self.documents @ seen.T, dtype=np.float64)


def latent_model(everything: Any, n_documents: int) -> LatentModel:
    """Decompose TF-IDF rows, of which the first `n_documents` are ranked and the rest only teach which words go together."""
    from sklearn.utils.extmath import randomized_svd  # takes half a second to import; nothing else here needs it

    n_topics = min(TOPICS_AT_MOST, min(everything.shape) - 1)
    if n_topics < 1 or everything.nnz == 0:
        return LatentModel(np.zeros((everything.shape[1], 0), np.float32), np.zeros((n_documents, 0), np.float32))
    _, _, rows = randomized_svd(everything, n_components=n_topics, n_iter=POWER_ROUNDS, random_state=SEED)
    directions = np.ascontiguousarray(rows.T, dtype=np.float32)
    documents = _unit_rows(np.asarray(everything[:n_documents] @ directions))
    return LatentModel(directions, documents)


def _unit_rows(matrix: NDArray[Any]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    units: NDArray[np.float32] = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 1e-9).astype(np.float32)
    return units
