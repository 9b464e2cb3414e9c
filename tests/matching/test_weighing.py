"""Weights of words: BM25 by hand, TF-IDF and n-gram cosines against scikit-learn as a second method."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer

from iom.matching.weighing import bm25_matrix, count_matrix, gram_model, smooth_idf, unit_rows, weighted

WORDS = ["чтение", "текст", "урок"]
COLUMNS = {word: column for column, word in enumerate(WORDS)}
BAGS = [["чтение", "чтение", "текст"], ["текст"]]


def test_counts_by_hand():
    counts = count_matrix([*BAGS, [], ["неизвестное", "урок"]], COLUMNS)

    assert counts.toarray().tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1]]


def test_bm25_by_hand():
    # Two documents of 3 and 1 words, mean 2. idf of a word in one of them ln(1 + 1.5/1.5) = ln 2, in both ln(1 + 0.5/2.5) = ln 1.2.
    # Saturation: 2·2.2/(2 + 1.2·(0.25 + 0.75·1.5)) = 4.4/3.65; 1·2.2/(1 + 1.65) = 2.2/2.65; 1·2.2/(1 + 1.2·0.625) = 2.2/1.75.
    weights = bm25_matrix(count_matrix(BAGS, COLUMNS)).toarray()

    assert weights == pytest.approx(np.array([[np.log(2) * 4.4 / 3.65, np.log(1.2) * 2.2 / 2.65, 0], [0, np.log(1.2) * 2.2 / 1.75, 0]]))


def test_bm25_of_empty_documents_is_empty():
    assert bm25_matrix(count_matrix([[], []], COLUMNS)).nnz == 0


def test_idf_by_hand():
    assert smooth_idf(count_matrix(BAGS, COLUMNS)) == pytest.approx([np.log(3 / 2) + 1, 1.0, np.log(3) + 1])


def test_tfidf_agrees_with_scikit_learn():
    counts = count_matrix([*BAGS, ["урок", "текст", "текст"]], COLUMNS)

    assert weighted(counts, smooth_idf(counts)).toarray() == pytest.approx(TfidfTransformer().fit_transform(counts).toarray())


def test_empty_row_stays_empty():
    rows = unit_rows(csr_array(np.array([[3.0, 4.0], [0.0, 0.0]])))

    assert rows.toarray() == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))


def test_gram_cosines_agree_with_scikit_learn():
    bags = [["математика", "урок"], ["математический", "грамотность"], ["чтение"], []]
    words = sorted({word for bag in bags for word in bag})
    counts = count_matrix(bags, {word: column for column, word in enumerate(words)})
    queries = [["математик"], ["урок", "чтение", "урок"], ["щ"], []]

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    documents = vectorizer.fit_transform([" ".join(bag) for bag in bags])
    expected = (documents @ vectorizer.transform([" ".join(query) for query in queries]).T).toarray().T

    model = gram_model(counts, words)
    assert np.array([model.cosines(counts, query) for query in queries]) == pytest.approx(expected)


def test_many_documents_are_weighed_in_parts_as_in_one(monkeypatch):
    words = ["урок", "чтение", "текст"]
    counts = count_matrix([[words[i % 3], words[i % 2]] for i in range(11)], {word: i for i, word in enumerate(words)})
    whole = gram_model(counts, words).cosines(counts, ["урок"])
    monkeypatch.setattr("iom.matching.weighing.ROWS_AT_ONCE", 4)

    assert gram_model(counts, words).cosines(counts, ["урок"]) == pytest.approx(whole)
