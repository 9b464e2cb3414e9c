"""The file of decided links: its reader on hand-made folders, and the shipped decisions against the rules their README names."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from iom.catalog.files import (
    CatalogFileError,
    FileFault,
    LinkRecord,
    linkable_codes,
    read_framework,
    read_links,
    read_offerings,
    read_thesaurus,
)
from iom.catalog.kinds import CompetencyLevel, LinkState, LinkStrength, OfferingKind
from iom.matching.coverage import competencies_served
from iom.matching.index import build_index
from iom.matching.links import propose_links

CATALOG = Path(__file__).parents[2] / "catalog"
OFFERINGS, NODES = {"P1", "P2"}, {"ME.1", "ME.1.1"}


def read(folder: Path, text: str) -> list[LinkRecord]:
    (folder / "links.csv").write_text(text, encoding="utf-8")
    return read_links(folder, OFFERINGS, NODES)


def fault_of(folder: Path, text: str) -> tuple[int, str, FileFault]:
    with pytest.raises(CatalogFileError) as caught:
        read(folder, text)
    assert caught.value.file == "links.csv"
    return caught.value.row, caught.value.column, caught.value.reason


# The reader


def test_three_decisions_become_states_and_strengths(tmp_path):
    text = "offering_code,competency_code,strength,note\nP1,ME.1,main,\nP1,ME.1.1,partial,один этап\nP2,ME.1,rejected,о другом\n"

    assert read(tmp_path, text) == [
        LinkRecord("P1", "ME.1", LinkStrength.MAIN, LinkState.CONFIRMED),
        LinkRecord("P1", "ME.1.1", LinkStrength.PARTIAL, LinkState.CONFIRMED),
        LinkRecord("P2", "ME.1", LinkStrength.PARTIAL, LinkState.REJECTED),
    ]


def test_word_of_a_decision_may_be_written_in_any_case(tmp_path):
    assert read(tmp_path, "offering_code,competency_code,strength\nP1,ME.1,Main\n")[0].strength is LinkStrength.MAIN


def test_folder_without_the_file_has_no_decisions(tmp_path):
    assert read_links(tmp_path, OFFERINGS, NODES) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("P9,ME.1,main", (2, "offering_code", FileFault.UNKNOWN_REFERENCE)),
        ("P1,ME.9,main", (2, "competency_code", FileFault.UNKNOWN_REFERENCE)),
        ("P1,ME,main", (2, "competency_code", FileFault.UNKNOWN_REFERENCE)),
        ("P1,ME.1,sometimes", (2, "strength", FileFault.UNKNOWN_VALUE)),
        ("P1,ME.1,", (2, "strength", FileFault.UNKNOWN_VALUE)),
        (",ME.1,main", (2, "offering_code", FileFault.EMPTY_VALUE)),
        ("P1,,main", (2, "competency_code", FileFault.EMPTY_VALUE)),
    ],
)
def test_wrong_cell_is_named(tmp_path, line, fault):
    assert fault_of(tmp_path, f"offering_code,competency_code,strength\n{line}\n") == fault


def test_second_decision_on_a_pair_is_a_duplicate_even_if_it_differs(tmp_path):
    text = "offering_code,competency_code,strength\nP1,ME.1,main\nP2,ME.1,main\nP1,ME.1,rejected\n"

    assert fault_of(tmp_path, text) == (4, "competency_code", FileFault.DUPLICATE)


def test_column_of_decisions_must_be_there(tmp_path):
    assert fault_of(tmp_path, "offering_code,competency_code\nP1,ME.1\n") == (1, "strength", FileFault.MISSING_COLUMN)


def test_blocks_are_not_linkable():
    framework = read_framework(CATALOG)

    codes = linkable_codes(framework)

    assert {"ME.1", "ME.1.1"} <= codes
    assert "ME" not in codes
    assert len(codes) == len(framework) - sum(node.level is CompetencyLevel.BLOCK for node in framework)


# The shipped decisions


@pytest.fixture(scope="module")
def offerings():
    return read_offerings(CATALOG)


@pytest.fixture(scope="module")
def framework():
    return read_framework(CATALOG)


@pytest.fixture(scope="module")
def links(offerings, framework):
    return read_links(CATALOG, {offering.code for offering in offerings}, linkable_codes(framework))


@pytest.fixture(scope="module")
def confirmed(links):
    return [link for link in links if link.state is LinkState.CONFIRMED]


def test_file_has_the_rows_its_readme_names():
    with (CATALOG / "links.csv").open(encoding="utf-8", newline="") as file:
        decisions = Counter(row["strength"] for row in csv.DictReader(file))

    assert decisions == {"main": 258, "partial": 375, "rejected": 475}


def test_every_link_that_the_text_proposes_is_decided(offerings, framework, links):
    decided = {(link.offering_code, link.competency_code) for link in links}
    proposed = propose_links(build_index(offerings, framework, read_thesaurus(CATALOG)), framework, offerings)

    assert len(proposed) > 700
    assert [link for link in proposed if (link.offering_code, link.competency_code) not in decided] == []


@pytest.mark.parametrize("kind", [OfferingKind.PROGRAM, OfferingKind.INTERNSHIP, OfferingKind.MENTORING])
def test_at_least_85_of_100_offerings_of_a_kind_serve_something(offerings, confirmed, kind):
    linked = {link.offering_code for link in confirmed}
    codes = [offering.code for offering in offerings if offering.kind is kind]

    assert sum(code in linked for code in codes) >= 0.85 * len(codes)


def test_hours_are_shared_among_three_competencies_at_most(framework, confirmed):
    served = competencies_served([(link.offering_code, link.competency_code) for link in confirmed], framework)

    # Two programmes name all kinds of functional literacy in a row.
    assert {code for code, count in served.items() if count > 3} == {"P0069", "P0284"}


def test_no_link_is_main_for_a_component_and_unknown_to_its_competency_that_the_text_proposed(framework, links):
    state = {(link.offering_code, link.competency_code): link.state for link in links}
    parent = {node.code: node.parent_code for node in framework}

    torn = [
        (link.offering_code, link.competency_code)
        for link in links
        if link.state is LinkState.CONFIRMED and state.get((link.offering_code, parent[link.competency_code])) is LinkState.REJECTED
    ]

    assert torn == []


@pytest.mark.parametrize(
    ("offering", "node"),
    [
        ("P0182", "IN.1.2"),  # first aid is no adaptation of a lesson
        ("P0005", "NM.2"),  # a pupil's route is not a teacher's
        ("P0204", "ME.2.1"),  # and the other way round
        ("P0150", "NP.3"),  # pupils' examination is not a teacher's certification
        ("P0037", "PV.2"),  # the school subject of labour is not one's own labour
        ("P0053", "UP.2.1"),  # lessons of economics are not spending a budget
        ("P0103", "FS.1"),  # a course of 2018 cannot teach the standards of 2021
    ],
)
def test_words_that_coincide_are_rejected(links, offering, node):
    assert LinkRecord(offering, node, LinkStrength.PARTIAL, LinkState.REJECTED) in links


@pytest.mark.parametrize(
    ("offering", "node"),
    [
        ("P0283", "FG.1"),  # reading literacy of younger pupils
        ("P0237", "PP.2.1"),  # against bullying
        ("P0258", "PR.2.5"),  # the course of probability and statistics
        ("P0032", "NM.1"),  # the model of mentoring teacher – teacher
        ("P0012", "ME.3.2"),  # experts who check final essays
        ("P0034", "CI.5"),  # artificial intelligence
        ("P0044", "UP.3"),  # the programme of development
    ],
)
def test_offering_about_a_competency_is_its_main_one(links, offering, node):
    assert LinkRecord(offering, node, LinkStrength.MAIN, LinkState.CONFIRMED) in links


def test_teachers_of_one_school_subject_are_not_sent_to_content_of_another(framework, confirmed, offerings):
    subject_of = {node.code: node.subject for node in framework if node.subject}
    words = {
        "русский язык": ("русск", "украинск"),
        "математика": ("математ",),
        "химия": ("хими",),
        "биология": ("биолог",),
        "история": ("истори", "обществозн"),
        "обществознание": ("обществозн", "истори"),
        "география": ("географ",),
        "физика": ("физик",),
        "информатика": ("информатик",),
        "иностранный язык": ("английск", "иностранн", "китайск"),
        "начальные классы": ("начальн",),
        "литература": ("литератур", "словесн"),
        "труд (технология)": ("технолог", "робототехник"),
    }
    texts = {offering.code: f"{offering.title} {offering.subject} {offering.audience}".lower() for offering in offerings}

    strange = [
        (link.offering_code, link.competency_code)
        for link in confirmed
        if (subject := subject_of.get(link.competency_code)) and not any(word in texts[link.offering_code] for word in words[subject])
    ]

    assert strange == []
