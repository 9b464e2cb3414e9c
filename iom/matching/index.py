"""The index of offerings: built once, asked many times; text only proposes, people confirm or reject."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iom.catalog.files.records import CompetencyRecord, OfferingRecord
from iom.catalog.kinds import LinkStrength, OfferingKind
from iom.core.errors import NotFound
from iom.matching import synonyms
from iom.matching.latent import LatentModel, latent_model
from iom.matching.weighing import Floats, GramModel, Sparse, bm25_matrix, count_matrix, gram_model, smooth_idf, weighted
from iom.matching.words import lemmas, surfaces

WEIGHT_BM25, WEIGHT_GRAMS, WEIGHT_LATENT = 0.35, 0.25, 0.40  # methods, section 2: nDCG@10 0.685 against 0.642 of BM25 alone
NOTHING_BELOW = 0.20  # lemma cosine under which no proposal deserves its name; measured on 60 queries (methods, section 2)
WORDS_SHOWN = 6  # matched words of a proposal; more is noise on a card
CONFIRMED_RANK = {LinkStrength.MAIN: 0, LinkStrength.PARTIAL: 1}
PROPOSED_RANK = 2
BUILD_STEPS = 4  # words, weights, n-grams, topics


@dataclass(frozen=True, slots=True)
class Match:
    """One offering found for a query; `score` 0..1 orders a list, it is not a probability and not a percentage."""

    code: str
    kind: OfferingKind
    score: float
    lemma_cosine: float  # of the query or of one of its synonyms, the largest
    matched_words: tuple[str, ...]  # as the query or the thesaurus writes them, the rarest first
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A text made ready: its lemmas, the synonyms that it lacks, and each lemma as somebody wrote it."""

    bag: list[str]
    terms: list[synonyms.Term]
    written: Mapping[str, str]

    @property
    def added(self) -> list[str]:
        return synonyms.bag_of(self.terms)


@dataclass(frozen=True)
class MatchIndex:
    """Everything needed to rank the offerings for a text; holds no analyzer and no connection, so it can be pickled."""

    codes: tuple[str, ...]
    kind_of: NDArray[np.str_]
    row_of: Mapping[str, int]
    columns: Mapping[str, int]  # lemma → column
    counts: Sparse  # (n_offerings, n_lemmas)
    bm25: Sparse
    idf: Floats
    tfidf: Sparse
    grams: GramModel
    latent: LatentModel
    twin_of: NDArray[np.intp]  # first offering with the same words, so that equal texts get equal scores to the last bit
    lines: tuple[tuple[synonyms.Term, ...], ...]
    competency_texts: Mapping[str, str]

    def match(
        self,
        text: str,
        kinds: AbstractSet[OfferingKind] | None = None,
        top: int = 10,
        rejected: AbstractSet[str] = frozenset(),
        confirmed: Mapping[str, LinkStrength] | None = None,
    ) -> list[Match]:
        """The offerings nearest to a text, best first.

        Parameters
        ----------
        text : a competency's «title. description» or a person's own words
        kinds : only these kinds; the score is scaled within them
        top : how many at most
        rejected : codes never shown for this query
        confirmed : links that people confirmed; they come first, main before partial, whatever their score

        Returns
        -------
        list of Match; empty when the text holds no meaningful word; ties by code
        """
        query = self.query(text)
        if not query.bag or top < 1:
            return []
        rows = self._rows(kinds, rejected)
        if not len(rows):
            return []
        scores = self.scores(query, rows)
        ranks = self._ranks(confirmed or {})
        best = self._best(rows, ranks, scores, top)
        cosines = self.lemma_cosines([query.bag, *(term.lemmas for term in query.terms)], best).max(axis=1)
        return [
            Match(
                code=self.codes[row],
                kind=OfferingKind(self.kind_of[row]),
                score=round(float(scores[row]), 6),
                lemma_cosine=round(float(cosine), 6),
                matched_words=self._matched_words(row, query),
                is_confirmed=bool(ranks[row] < PROPOSED_RANK),
            )
            for row, cosine in zip(best, cosines, strict=True)
        ]

    def match_competency(
        self,
        code: str,
        kinds: AbstractSet[OfferingKind] | None = None,
        top: int = 10,
        rejected: AbstractSet[str] = frozenset(),
        confirmed: Mapping[str, LinkStrength] | None = None,
    ) -> list[Match]:
        """The offerings nearest to a competency by its «title. description»; raise NotFound for a code outside the framework."""
        if code not in self.competency_texts:
            raise NotFound(kind="competency", code=code)
        return self.match(self.competency_texts[code], kinds, top, rejected, confirmed)

    def query(self, text: str) -> Query:
        """A text as lemmas with the synonyms that it lacks."""
        bag = lemmas(text)
        terms = synonyms.missing_terms(self.lines, bag)
        return Query(bag, terms, {**synonyms.written_words(terms), **surfaces(text)})

    def scores(self, query: Query, rows: NDArray[np.intp]) -> Floats:
        """The score of every offering, shape (n_offerings,), 0..1; each of its parts is scaled by its maximum over `rows`.

        With synonyms the two scores are added with equal weight, the synonyms' scaled to maximum 1, and halved to stay within 0..1.
        """
        bags = [query.bag, query.added] if query.terms else [query.bag]
        parts = self.parts(bags)
        scores = self._combined(parts[:, :, 0], rows)
        if query.terms:
            scores = (scores + _scaled(self._combined(parts[:, :, 1], rows), rows)) / 2.0
        return scores[self.twin_of]

    def parts(self, bags: Sequence[Sequence[str]]) -> Floats:
        """BM25, n-gram cosine and topic cosine, shape (3, n_offerings, n_bags)."""
        counts = count_matrix(bags, self.columns)
        return np.stack(
            [
                # Dense on the query's side: a product of two sparse matrices first counts its own size and takes three times as long.
                self.bm25 @ counts.toarray().T,
                np.column_stack([self.grams.cosines(self.counts, bag) for bag in bags]),
                self.latent.cosines(weighted(counts, self.idf)),
            ]
        )

    def lemma_cosines(self, bags: Sequence[Sequence[str]], rows: NDArray[np.intp]) -> Floats:
        """TF-IDF cosine of lemmas, shape (rows, bags): the only part of the score that means the same in every list."""
        cosines: Floats = self.tfidf[rows] @ weighted(count_matrix(bags, self.columns), self.idf).toarray().T
        return cosines

    def covered_shares(self, bags: Sequence[Sequence[str]], rows: NDArray[np.intp]) -> Floats:
        """Share of each bag's idf whose words an offering holds, shape (rows, bags); 0 for a bag of unknown words."""
        wanted = weighted(count_matrix([list(dict.fromkeys(bag)) for bag in bags], self.columns), self.idf).toarray().T
        held = self.counts[rows].astype(bool).astype(float) @ wanted
        total = wanted.sum(axis=0)
        shares: Floats = np.divide(held, total, out=np.zeros_like(held), where=total > 0.0)
        return shares

    def _combined(self, parts: Floats, rows: NDArray[np.intp]) -> Floats:
        weights = (WEIGHT_BM25, WEIGHT_GRAMS, WEIGHT_LATENT)
        # A negative topic cosine means "other topic", the same as zero: it must not outweigh words that are shared.
        combined: Floats = sum(
            (weight * _scaled(np.maximum(part, 0.0), rows) for weight, part in zip(weights, parts, strict=True)),
            start=np.zeros(len(self.codes)),
        )
        return combined

    def _rows(self, kinds: AbstractSet[OfferingKind] | None, rejected: AbstractSet[str]) -> NDArray[np.intp]:
        is_asked = np.ones(len(self.codes), dtype=bool) if kinds is None else np.isin(self.kind_of, [kind.value for kind in kinds])
        is_asked[[self.row_of[code] for code in rejected if code in self.row_of]] = False
        return np.flatnonzero(is_asked)

    def _ranks(self, confirmed: Mapping[str, LinkStrength]) -> NDArray[np.int8]:
        ranks = np.full(len(self.codes), PROPOSED_RANK, dtype=np.int8)
        for code, strength in confirmed.items():
            if code in self.row_of:
                ranks[self.row_of[code]] = CONFIRMED_RANK[strength]
        return ranks

    def _best(self, rows: NDArray[np.intp], ranks: NDArray[np.int8], scores: Floats, top: int) -> NDArray[np.intp]:
        shown = rows[(scores[rows] > 0.0) | (ranks[rows] < PROPOSED_RANK)]
        keys = scores[shown] - 2.0 * ranks[shown]  # scores lie within 0..1, so no score crosses a rank
        if len(shown) > top:
            shown = shown[keys >= np.partition(keys, -top)[-top]]
        order = np.lexsort((shown, -scores[shown], ranks[shown]))  # rows stand by code
        return shown[order[:top]]

    def _matched_words(self, row: int, query: Query) -> tuple[str, ...]:
        start, end = self.bm25.indptr[row : row + 2]
        weight = dict(zip(self.bm25.indices[start:end].tolist(), self.bm25.data[start:end].tolist(), strict=True))
        shared = {lemma for lemma in (*query.bag, *query.added) if self.columns.get(lemma) in weight}
        rarest = sorted(shared, key=lambda lemma: (-weight[self.columns[lemma]], lemma))
        return tuple(query.written[lemma] for lemma in rarest[:WORDS_SHOWN])


def build_index(
    offerings: Sequence[OfferingRecord],
    competencies: Sequence[CompetencyRecord],
    thesaurus: Sequence[Sequence[str]],
    on_step: Callable[[], object] = lambda: None,
) -> MatchIndex:
    """The index over all offerings; the framework and the thesaurus teach it which words go together.

    `on_step` is called BUILD_STEPS times, for a progress bar.
    """
    # By code, so that the order of rows in a file or a database changes nothing, not even the last digit.
    offerings = sorted(offerings, key=lambda offering: offering.code)
    texts = {competency.code: f"{competency.title}. {competency.description}" for competency in competencies}
    documents = [lemmas(document_text(offering)) for offering in offerings]
    on_step()
    lessons = [lemmas(text) for text in texts.values()] + [lemmas(" ".join(line)) for line in thesaurus]
    words = sorted({lemma for bag in (*documents, *lessons) for lemma in bag})
    columns = {word: column for column, word in enumerate(words)}
    everything = count_matrix([*documents, *lessons], columns)
    counts = everything[: len(documents)]
    idf = smooth_idf(everything)
    tfidf = weighted(everything, idf)
    on_step()
    gram_weights = gram_model(counts, words)
    on_step()
    topics = latent_model(tfidf, len(documents))
    on_step()
    codes = tuple(offering.code for offering in offerings)
    return MatchIndex(
        codes=codes,
        kind_of=np.array([offering.kind.value for offering in offerings], dtype=np.str_),
        row_of={code: row for row, code in enumerate(codes)},
        columns=columns,
        counts=counts,
        bm25=bm25_matrix(counts),
        idf=idf,
        tfidf=tfidf[: len(documents)],
        grams=gram_weights,
        latent=topics,
        twin_of=_twins(documents),
        lines=synonyms.prepare(thesaurus),
        competency_texts=texts,
    )


def document_text(offering: OfferingRecord) -> str:
    """The text by which an offering is found: title, subject, annotation, audience."""
    return ". ".join((offering.title, offering.subject, offering.annotation, offering.audience))


def is_nothing_suitable(matches: Sequence[Match]) -> bool:
    """Whether a list of proposals should be shown as «nothing suitable»: nobody confirmed any and all words differ."""
    return not any(match.is_confirmed or match.lemma_cosine >= NOTHING_BELOW for match in matches)


def _scaled(values: Floats, rows: NDArray[np.intp]) -> Floats:
    highest = values[rows].max()
    return values / highest if highest > 0.0 else np.zeros_like(values)


def _twins(documents: Sequence[Sequence[str]]) -> NDArray[np.intp]:
    first: dict[tuple[str, ...], int] = {}
    twins = [first.setdefault(tuple(sorted(bag)), row) for row, bag in enumerate(documents)]
    return np.array(twins, dtype=np.intp)
