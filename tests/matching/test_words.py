"""Text preparation: what one word is, whatever its form, case and spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.matching.words import grams, lemma_of, lemmas, plain, surfaces


@pytest.mark.parametrize(
    "forms",
    [
        ["урок", "урока", "уроками", "Урок", "УРОКИ"],
        ["учёба", "учеба", "учёбой", "учебу"],
        ["формирующее", "формирующего", "формирующим"],
        ["математика", "математики", "математике", "математику"],
        ["ребёнок", "ребенка", "дети", "детей"],
        ["данные", "данных", "данными"],
        ["среднее", "среднего", "среднему", "средним", "средняя"],
    ],
)
def test_forms_of_a_word_are_one_lemma(forms):
    assert len({lemma_of(plain(form)) for form in forms}) == 1


@pytest.mark.parametrize("word", ["изо", "всоко", "огэ", "фгос", "овз", "рас"])
def test_abbreviations_stay_words(word):
    assert lemma_of(word)


def test_function_words_and_single_letters_tell_nothing():
    assert lemmas("как и что для этого, в при г. А") == []


def test_words_are_cut_at_everything_but_letters_and_digits():
    assert lemmas("ЕГЭ/ОГЭ-2026: 3D-модель") == ["егэ", "огэ", "2026", "3d", "модель"]


def test_decomposed_letters_and_soft_hyphens_are_mended():
    assert lemmas("музы\u00adка и\u0306од") == lemmas("музыка йод")


def test_repeats_and_order_are_kept():
    assert lemmas("Чтение текста. Чтение") == ["чтение", "текст", "чтение"]


def test_surface_is_the_word_as_written_first():
    assert surfaces("Уроки ОБЗР: урок") == {"урок": "Уроки", "обзр": "ОБЗР"}


def test_grams_of_a_short_word_by_hand():
    assert list(grams("ии")) == [" ии", "ии ", " ии "]
    assert list(grams("изо")) == [" из", "изо", "зо ", " изо", "изо ", " изо "]


def test_other_scripts_and_unnamed_letters_stay_as_they_are():
    assert lemmas("Moodle 0𗀀 COVID19 3D") == ["moodle", "0𗀀", "covid19", "3d"]


@given(st.text())
def test_any_text_gives_clean_lemmas(text):
    for lemma in lemmas(text):
        assert lemma == plain(lemma)
        assert lemma.strip() == lemma != ""
