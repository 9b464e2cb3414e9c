"""The thesaurus: which lines a query touches and what it gets from them."""

from iom.matching.synonyms import bag_of, missing_terms, prepare, written_words
from iom.matching.words import lemmas

LINES = prepare(
    [
        ("УУД", "универсальные учебные действия", "метапредметный"),
        ("ВСОКО", "внутренняя система оценки качества"),
        ("для", "от"),
    ]
)


def written(text: str) -> list[str]:
    return [term.written for term in missing_terms(LINES, lemmas(text))]


def test_abbreviation_brings_its_full_form():
    assert written("развиваю УУД") == ["универсальные учебные действия", "метапредметный"]


def test_full_form_is_found_in_any_case_and_order():
    assert written("действий учебных универсальных") == ["УУД", "метапредметный"]


def test_part_of_an_expression_touches_nothing():
    assert written("учебные действия") == []
    assert written("система оценки") == []


def test_synonyms_that_the_query_holds_are_not_added():
    assert written("УУД и метапредметные результаты") == ["универсальные учебные действия"]


def test_function_words_are_no_terms():
    assert LINES[2] == ()
    assert written("для и от") == []


def test_bag_holds_each_lemma_once_and_surfaces_are_kept():
    terms = missing_terms(prepare([("a1", "оценка качества", "качество оценки школы")]), ["a1"])

    assert bag_of(terms) == ["оценка", "качество", "школа"]
    assert written_words(terms) == {"оценка": "оценка", "качество": "качества", "школа": "школы"}
