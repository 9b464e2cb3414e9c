"""The index: its score against a plain computation, and the invariants of matching on the real catalog."""

import pickle
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from iom.catalog.files import OfferingRecord, read_framework, read_offerings, read_thesaurus
from iom.catalog.kinds import LinkStrength, OfferingKind
from iom.core.errors import NotFound
from iom.matching.index import Match, MatchIndex, build_index, document_text, is_nothing_suitable
from iom.matching.words import lemmas
from tests.matching.small_catalog import COMPETENCIES, OFFERINGS, THESAURUS, program

CATALOG = Path(__file__).parents[2] / "catalog"
REAL = read_offerings(CATALOG)
FRAMEWORK = read_framework(CATALOG)
REAL_THESAURUS = read_thesaurus(CATALOG)
SMALL = build_index(OFFERINGS, COMPETENCIES, THESAURUS)


@pytest.fixture(scope="module")
def real() -> MatchIndex:
    return build_index(REAL, FRAMEWORK, REAL_THESAURUS)


def codes(matches: list[Match]) -> list[str]:
    return [match.code for match in matches]


# Against a plain computation


def plain_scores(offerings: list[OfferingRecord], extra: list[str], query: list[str]) -> np.ndarray:
    """The score of methods, section 2, written out with scikit-learn and loops; no thesaurus."""
    documents = [lemmas(document_text(offering)) for offering in offerings]
    everything = [*documents, *(lemmas(text) for text in extra)]
    mean_length = np.mean([len(document) for document in documents])
    bm25 = np.zeros(len(documents))
    for word in query:
        frequency = sum(word in document for document in documents)
        idf = np.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
        for row, document in enumerate(documents):
            times = document.count(word)
            bm25[row] += idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * len(document) / mean_length))
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    gram_rows = grams.fit_transform([" ".join(document) for document in documents])
    gram_cosines = (gram_rows @ grams.transform([" ".join(query)]).T).toarray().ravel()
    words = TfidfVectorizer(token_pattern=r"\S+")
    rows = words.fit_transform([" ".join(document) for document in everything]).toarray()
    topics = np.linalg.svd(rows)[2][: min(200, min(rows.shape) - 1)].T
    seen = rows[: len(documents)] @ topics
    asked = (words.transform([" ".join(query)]).toarray() @ topics).ravel()
    latent = np.maximum(seen @ asked / (np.linalg.norm(seen, axis=1) * np.linalg.norm(asked)), 0)
    return sum(weight * part / part.max() for weight, part in ((0.35, bm25), (0.25, gram_cosines), (0.4, latent)))


@pytest.mark.parametrize("text", ["оценивание на уроке", "чтение", "математика и оценивание"])
def test_score_agrees_with_a_plain_computation(text):
    index = build_index(OFFERINGS, COMPETENCIES, [])
    expected = plain_scores(OFFERINGS, [f"{c.title}. {c.description}" for c in COMPETENCIES], lemmas(text))
    found = {match.code: match.score for match in index.match(text, top=len(OFFERINGS))}

    assert [found.get(offering.code, 0.0) for offering in OFFERINGS] == pytest.approx(expected, abs=1e-4)


def test_synonyms_add_their_own_score_with_equal_weight():
    extra = [*(f"{c.title}. {c.description}" for c in COMPETENCIES), *(" ".join(line) for line in THESAURUS)]
    own = plain_scores(OFFERINGS, extra, lemmas("защита школы: информационная безопасность"))
    added = plain_scores(OFFERINGS, extra, lemmas("кибербезопасность"))
    found = {match.code: match.score for match in SMALL.match("защита школы: информационная безопасность")}

    assert [found.get(offering.code, 0.0) for offering in OFFERINGS] == pytest.approx((own + added / added.max()) / 2, abs=1e-4)


# Invariants


@pytest.mark.parametrize("text", ["", "   ", "как и что для этого", "?!", "в на по"])
def test_text_without_meaningful_words_finds_nothing(real, text):
    assert real.match(text) == []


def test_unknown_letters_find_nothing(real):
    assert real.match("ЪЪЪЪЪ") == []


@pytest.mark.parametrize(
    "forms",
    [
        ("формирующее оценивание", "формирующего оценивания", "Формирующим оцениванием"),
        ("читательская грамотность", "читательской грамотности", "ЧИТАТЕЛЬСКУЮ ГРАМОТНОСТЬ"),
        ("проектная деятельность учеников", "проектной деятельностью ученика"),
        ("дети с ОВЗ", "ребёнок с овз", "детям с ОВЗ"),
    ],
)
def test_word_forms_of_a_query_give_the_same_list(real, forms):
    lists = [[(match.code, match.score) for match in real.match(form)] for form in forms]

    assert all(found == lists[0] for found in lists)


def test_duplicate_programme_gets_the_same_score():
    twin = replace(REAL[30], code="TWIN", title=REAL[30].title.upper())
    index = build_index([*REAL, twin], FRAMEWORK, REAL_THESAURUS)
    scores = {match.code: match.score for match in index.match(REAL[30].title, top=len(REAL))}

    assert scores["TWIN"] == scores[REAL[30].code]


def test_equal_scores_stand_by_code():
    index = build_index([program(code, "Смысловое чтение") for code in ("P9", "P10", "P1")], COMPETENCIES, [])

    assert codes(index.match("чтение")) == ["P1", "P10", "P9"]
    assert codes(index.match("чтение", top=2)) == ["P1", "P10"]


def test_order_of_rows_changes_nothing(real):
    shuffled = random.Random(3).sample(REAL, len(REAL))
    other = build_index(shuffled, FRAMEWORK, REAL_THESAURUS)

    for competency in FRAMEWORK[13:40]:
        assert other.match_competency(competency.code) == real.match_competency(competency.code)


@given(data=st.data())
def test_rejected_links_are_never_shown(data):
    rejected = data.draw(st.frozensets(st.sampled_from([offering.code for offering in OFFERINGS])))
    text = data.draw(st.sampled_from(["оценивание", "чтение текста", "безопасность данных"]))

    assert rejected.isdisjoint(codes(SMALL.match(text, rejected=rejected)))


def test_rejected_wins_over_confirmed_and_strangers_do_no_harm():
    found = SMALL.match("чтение", rejected={"P2", "нет такого"}, confirmed={"P2": LinkStrength.MAIN, "и такого": LinkStrength.MAIN})

    assert "P2" not in codes(found)


def test_confirmed_links_come_first_main_before_partial():
    found = SMALL.match("чтение текста", confirmed={"P3": LinkStrength.PARTIAL, "P4": LinkStrength.MAIN})

    assert codes(found)[:2] == ["P4", "P3"]
    assert [match.is_confirmed for match in found[:3]] == [True, True, False]
    assert codes(SMALL.match("чтение текста", top=1, confirmed={"P4": LinkStrength.MAIN})) == ["P4"]


def test_unrelated_programme_hardly_moves_the_others(real):
    stranger = program("Z", "Ландшафтный вертоград", annotation="Кустарники, газоны, розарии", subject="садоводство")
    other = build_index([*REAL, stranger], FRAMEWORK, REAL_THESAURUS)

    for text in ("формирующее оценивание", "буллинг", "решение уравнений", "искусственный интеллект"):
        before = {match.code: match.score for match in real.match(text, top=8)}
        after = {match.code: match.score for match in other.match(text, top=12)}
        assert "Z" not in after
        assert set(before) <= set(after)
        # One text more among six hundred changes an idf by at most ln(600/599), under two thousandths; topics shift a little more.
        assert all(abs(after[code] - score) < 0.03 for code, score in before.items())


def test_kinds_keep_the_others_out(real):
    found = real.match("наставничество", kinds={OfferingKind.MENTORING, OfferingKind.EVENT}, top=30)

    assert {match.kind for match in found} == {OfferingKind.MENTORING, OfferingKind.EVENT}
    assert real.match("наставничество", kinds={OfferingKind.SELF_STUDY}) == []


def test_score_of_the_best_is_scaled_within_the_kinds(real):
    best = real.match("Наставничество", kinds={OfferingKind.EVENT})[0]

    assert 0.5 < best.score <= 1.0


@given(st.text(max_size=60), st.integers(0, 20))
def test_any_text_gives_an_ordered_list_within_bounds(text, top):
    found = SMALL.match(text, top=top)

    assert len(found) <= top
    assert all(0.0 < match.score <= 1.0 and 0.0 <= match.lemma_cosine <= 1.0 + 1e-9 for match in found)
    assert [(-match.score, match.code) for match in found] == sorted((-match.score, match.code) for match in found)


def test_longer_lists_begin_with_the_shorter(real):
    text = "работа с одарёнными детьми"

    assert codes(real.match(text, top=30))[:10] == codes(real.match(text, top=10))


def test_index_survives_pickling(real):
    again = pickle.loads(pickle.dumps(real))

    assert again.match("профилактика травли") == real.match("профилактика травли")


def test_empty_catalog_finds_nothing():
    assert build_index([], FRAMEWORK, REAL_THESAURUS).match("оценивание") == []
    assert build_index([], [], []).match("оценивание") == []


def test_catalog_of_one_programme_is_searched():
    assert codes(build_index(OFFERINGS[:1], [], []).match("оценивание")) == ["P1"]


# What a match tells


def test_matched_words_are_the_querys_own_words_and_synonyms():
    (first, *_) = SMALL.match("Буду учить Безопасности: информационная защита")

    assert first.code == "P4"
    assert set(first.matched_words) == {"кибербезопасность", "защита"}


def test_competency_is_asked_by_title_and_description(real):
    by_code = {competency.code: competency for competency in FRAMEWORK}
    node = by_code["ME.2.4"]

    assert real.match_competency("ME.2.4") == real.match(f"{node.title}. {node.description}")
    with pytest.raises(NotFound):
        real.match_competency("ME.99")


def test_nothing_suitable_when_words_differ_and_nobody_confirmed():
    def near(cosine: float, is_confirmed: bool = False) -> Match:
        return Match("P1", OfferingKind.PROGRAM, 1.0, cosine, (), is_confirmed)

    assert is_nothing_suitable([])
    assert is_nothing_suitable([near(0.1), near(0.19)])
    assert not is_nothing_suitable([near(0.1), near(0.20)])
    assert not is_nothing_suitable([near(0.0, is_confirmed=True)])


def test_topic_outside_the_catalog_is_nothing_suitable(real):
    assert is_nothing_suitable(real.match("вышивание бисером по шёлку"))
    assert not is_nothing_suitable(real.match("профилактика буллинга"))


def test_build_tells_each_of_its_steps():
    steps = []
    build_index(OFFERINGS, COMPETENCIES, THESAURUS, lambda: steps.append(1))

    assert len(steps) == 4
