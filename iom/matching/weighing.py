"""Sparse weights of words in documents: counts, BM25, TF-IDF and the cosine of character n-grams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from iom.matching.words import grams

Floats = NDArray[np.float64]
Sparse = Any  # scipy.sparse.csr_array; its type parameters differ between SciPy versions

BM25_K1 = 1.2  # how soon a repeated word stops adding (methods, section 2)
BM25_B = 0.75  # how much a long text is discounted
ROWS_AT_ONCE = 2_000  # documents whose n-grams are held in memory together


def count_matrix(bags: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Sparse:
    """Counts of the known words, shape (bags, columns), float64."""
    ids = [[columns[word] for word in bag if word in columns] for bag in bags]
    borders = np.cumsum([0, *map(len, ids)])
    flat = np.fromiter((i for row in ids for i in row), dtype=np.int64, count=int(borders[-1]))
    matrix = csr_array((np.ones(len(flat)), flat, borders), shape=(len(bags), len(columns)))
    matrix.sum_duplicates()
    return matrix


def bm25_matrix(counts: Sparse) -> Sparse:
    """Contribution of each word to each document's BM25.

    Parameters
    ----------
    counts : sparse, shape (n_documents, n_words)

    Returns
    -------
    sparse, same shape; its product with a query's counts is BM25

    Notes
    -----
    Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, with idf ln(1 + (n - df + 1/2)/(df + 1/2)), never negative.
    """
    n_documents = counts.shape[0]
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    mean_length = lengths.mean() if lengths.sum() else 1.0
    frequency = _document_frequency(counts)
    idf = np.log(1.0 + (n_documents - frequency + 0.5) / (frequency + 0.5))
    weights = counts.copy()
    lengthening = BM25_K1 * (1.0 - BM25_B + BM25_B * np.repeat(lengths, np.diff(counts.indptr)) / mean_length)
    weights.data = idf[counts.indices] * counts.data * (BM25_K1 + 1.0) / (counts.data + lengthening)
    return weights


def smooth_idf(counts: Sparse) -> Floats:
    """Weight of each word, ln((1 + n)/(1 + df)) + 1, shape (n_words,); 1 for a word that stands everywhere."""
    idf: Floats = np.log((1.0 + counts.shape[0]) / (1.0 + _document_frequency(counts))) + 1.0
    return idf


def unit_rows(matrix: Sparse) -> Sparse:
    """The same rows scaled to unit length; an empty row stays empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = matrix.copy()
    scaled.data = matrix.data / np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(matrix.indptr))
    return scaled


def weighted(counts: Sparse, idf: Floats) -> Sparse:
    """TF-IDF rows of unit length."""
    product = counts.copy()
    product.data = counts.data * idf[counts.indices]
    return unit_rows(product)


@dataclass(frozen=True, slots=True)
class GramModel:
    """Character n-grams of a vocabulary; documents are kept as word counts, hence it stays small for any number of them.

    A document's n-gram vector is the sum of its words' vectors, so a cosine with a query needs one product over the vocabulary
    and one over the documents.
    """

    columns: dict[str, int]
    idf: Floats  # (n_grams,)
    of_words: Sparse  # (n_words, n_grams), counts times idf
    document_lengths: Floats  # (n_documents,)

    def cosines(self, counts: Sparse, query: Iterable[str]) -> Floats:
        """TF-IDF cosine of a query's lemmas with every document, shape (n_documents,), 0..1."""
        known = [column for word in query for gram in grams(word) if (column := self.columns.get(gram)) is not None]
        if not known:
            return np.zeros(counts.shape[0])
        columns, times = np.unique(np.array(known), return_counts=True)
        weights = times * self.idf[columns]
        vector = np.zeros(len(self.columns))
        vector[columns] = weights / np.sqrt(np.square(weights).sum())
        dots = counts @ (self.of_words @ vector)
        cosines: Floats = np.divide(dots, self.document_lengths, out=np.zeros_like(dots), where=self.document_lengths > 0)
        return cosines


def gram_model(counts: Sparse, words: Sequence[str]) -> GramModel:
    """Build the n-gram weights for documents given as counts of `words`, shape (n_documents, n_words)."""
    columns: dict[str, int] = {}
    for word in words:
        for gram in grams(word):
            columns.setdefault(gram, len(columns))
    of_words = count_matrix([list(grams(word)) for word in words], columns)
    frequency = np.zeros(len(columns))
    for part in _parts(counts):
        frequency += _document_frequency(part @ of_words)
    idf = np.log((1.0 + counts.shape[0]) / (1.0 + frequency)) + 1.0
    of_words.data = of_words.data * idf[of_words.indices]
    squares = [np.asarray((grams_of := part @ of_words).multiply(grams_of).sum(axis=1)).ravel() for part in _parts(counts)]
    lengths = np.sqrt(np.concatenate(squares)) if squares else np.zeros(0)
    return GramModel(columns, idf, of_words, lengths)


def _parts(counts: Sparse) -> Iterable[Sparse]:
    return (counts[start : start + ROWS_AT_ONCE] for start in range(0, counts.shape[0], ROWS_AT_ONCE))


def _document_frequency(counts: Sparse) -> Floats:
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)
