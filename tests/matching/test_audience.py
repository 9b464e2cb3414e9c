"""Whom an audience addresses and at which stage; the wordings are those of the catalog."""

import pytest

from iom.matching.audience import groups_in, stages_in, stages_of
from iom.matching.kinds import AudienceGroup as G
from iom.matching.kinds import Stage as S
from iom.matching.phrases import phrase_book
from tests.matching.small_catalog import event, program


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("учителя математики", {G.TEACHER}),
        ("педагогические работники", {G.TEACHER}),
        ("классные руководители", {G.TEACHER}),
        ("педагоги — руководители школьных театров", {G.TEACHER}),
        ("руководящие работники образования", {G.MANAGER}),
        ("директора школ и управленческие команды регионов", {G.MANAGER}),
        ("педагогические и руководящие работники", {G.TEACHER, G.MANAGER}),
        ("классные руководители, заместители директора по ВР", {G.TEACHER, G.MANAGER}),
        ("педагоги-психологи, социальные педагоги", {G.SPECIALIST}),
        ("педагоги и психологи школ", {G.TEACHER, G.SPECIALIST}),
        ("советники директоров по воспитанию", {G.SPECIALIST}),
        ("студенты педагогического вуза", {G.OUTSIDER}),
        ("жители города", set()),
        ("", set()),
    ],
)
def test_groups_of_an_audience(text, groups):
    assert groups_in(text) == groups


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("воспитатели ДОО", {S.PRESCHOOL}),
        ("педагоги школ и колледжей", {S.SCHOOL, S.VOCATIONAL}),
        ("учителя", {S.SCHOOL}),
        ("преподаватели детских школ искусств", {S.SUPPLEMENTARY}),
        ("учителя-логопеды", set()),
        ("педагогические работники", set()),
    ],
)
def test_stages_of_an_audience(text, stages):
    assert stages_in(text) == stages


@pytest.mark.parametrize(
    ("audience", "subject", "title", "stages"),
    [
        ("преподаватели, мастера производственного обучения, методисты СПО", "СПО", "", {S.VOCATIONAL}),
        ("педагоги, преподаватели СПО", "инклюзия, ОВЗ", "", set()),
        ("педагогические работники", "дошкольное образование", "", {S.PRESCHOOL}),
        ("педагогические работники", "", "Организация среднего профессионального образования", {S.VOCATIONAL}),
        ("молодые педагоги", "", "Школа молодых специалистов", set()),
        ("", "", "Преемственность детского сада и школы", {S.PRESCHOOL, S.SCHOOL}),
        ("учителя, воспитатели", "", "", {S.SCHOOL, S.PRESCHOOL}),
    ],
)
def test_stages_of_an_offering(audience, subject, title, stages):
    assert stages_of(program("P", title, audience=audience, subject=subject)) == stages
    assert stages_of(event("E", title, audience=audience, subject=subject)) == stages


def test_longest_phrase_wins_and_takes_its_words():
    book = phrase_book([("учитель", 1), ("учитель-логопед", 2), ("логопед", 3), ("в на", 4)])

    assert book.find("учителя, учителя-логопеды и логопеды") == [1, 2, 3]
