"""Proposed links: what is linked, in which order, and what is left out."""

from iom.matching.index import build_index
from iom.matching.links import propose_links
from tests.matching.small_catalog import COMPETENCIES, OFFERINGS, THESAURUS

INDEX = build_index(OFFERINGS, COMPETENCIES, THESAURUS)


def test_component_is_linked_first_with_the_programme_of_its_name():
    links = [link for link in propose_links(INDEX, COMPETENCIES, OFFERINGS) if link.competency_code == "A.1.1"]

    assert links[0].offering_code == "P1"
    assert {"Формирующее", "оценивание"} <= set(links[0].matched_words)


def test_blocks_are_not_linked():
    assert {link.competency_code for link in propose_links(INDEX, COMPETENCIES, OFFERINGS, min_cosine=0.0)} == {"A.1", "A.1.1", "A.2"}


def test_links_are_as_near_and_as_few_as_asked():
    links = propose_links(INDEX, COMPETENCIES, OFFERINGS, per_competency=1, min_cosine=0.2)

    assert all(link.cosine >= 0.2 for link in links)
    assert len({link.competency_code for link in links}) == len(links)


def test_bound_above_one_leaves_nothing():
    assert propose_links(INDEX, COMPETENCIES, OFFERINGS, min_cosine=1.01) == []


def test_only_the_given_offerings_are_linked():
    links = propose_links(INDEX, COMPETENCIES, [offering for offering in OFFERINGS if offering.code == "E1"], min_cosine=0.0)

    assert {link.offering_code for link in links} == {"E1"}
