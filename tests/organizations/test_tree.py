"""The organisation tree: changed by administrators within their region, a change made meanwhile is noticed."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from iom.core.actor import Actor, Role
from iom.core.errors import Conflict, Forbidden, NotFound, Refused
from iom.core.models import AuditEntry
from iom.organizations import tree, tree_queries
from iom.organizations.kinds import ApprovalChain
from iom.organizations.models import Employment, Municipality, School
from iom.organizations.tree import MunicipalityFacts, SchoolFacts
from iom.organizations.tree_reasons import TreeRefusal
from tests.cast import Cast


def school_facts(cast: Cast, **changes: object) -> SchoolFacts:
    facts = SchoolFacts(cast.lesnoe.id, "S9", "Новая средняя школа", "Новая СОШ", False)
    return replace(facts, **changes)  # type: ignore[arg-type]


def test_the_tree_counts_open_and_closed_schools(db: Session, cast: Cast) -> None:
    tree.add_school(db, cast.admin.actor, school_facts(cast)).is_active = False
    db.flush()
    rows = tree_queries.list_municipalities(db, cast.admin.actor)
    assert [(row.name, row.schools, row.closed) for row in rows] == [("Лесновский округ", 1, 1), ("Озёрский район", 1, 0)]


def test_schools_are_listed_with_their_staff_open_ones_first(db: Session, cast: Cast) -> None:
    tree.add_school(db, cast.admin.actor, school_facts(cast, short_name="Академия")).is_active = False
    db.flush()
    rows = tree_queries.list_schools(db, cast.lesnoe.id, 1)
    assert [(row.short_name, row.staff, row.is_active) for row in rows] == [("Лесновская СОШ", 2, True), ("Академия", 0, False)]


def test_only_an_administrator_changes_the_tree(db: Session, cast: Cast) -> None:
    for member in cast.everybody:
        if member is cast.admin:
            continue
        for step in (
            lambda actor: tree.add_municipality(db, actor, MunicipalityFacts("M9", "Новый район")),
            lambda actor: tree.add_school(db, actor, school_facts(cast)),
            lambda actor: tree.close_school(db, actor, cast.lesnovskaya.id),
            lambda actor: tree.change(db, actor, cast.lesnoe, MunicipalityFacts("M1", "Другой"), tree.seen(tree.facts_of(cast.lesnoe))),
        ):
            with pytest.raises(Forbidden):
                step(member.actor)


def test_another_region_is_not_reached_from_either_end(db: Session, cast: Cast) -> None:
    far = db.query(Municipality).filter_by(region_id=cast.other_region.id).one()
    far_school = db.query(School).filter_by(region_id=cast.other_region.id).one()
    with pytest.raises(NotFound):
        tree.add_school(db, cast.admin.actor, school_facts(cast, municipality_id=far.id))
    with pytest.raises(NotFound):
        tree.close_school(db, cast.admin.actor, far_school.id)
    with pytest.raises(NotFound):
        tree_queries.get_municipality(db, cast.admin.actor, far.id)
    facts = tree.facts_of(cast.lesnovskaya)
    assert isinstance(facts, SchoolFacts)
    with pytest.raises(NotFound):
        tree.change(db, cast.admin.actor, cast.lesnovskaya, replace(facts, municipality_id=far.id), tree.seen(facts))


def test_a_taken_code_is_refused_and_the_transaction_goes_on(db: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        tree.add_school(db, cast.admin.actor, school_facts(cast, code="S1"))
    assert caught.value.reason == TreeRefusal.CODE_TAKEN
    facts = tree.facts_of(cast.ozerskaya)
    assert isinstance(facts, SchoolFacts)
    with pytest.raises(Refused):
        tree.change(db, cast.admin.actor, cast.ozerskaya, replace(facts, code="S1"), tree.seen(facts))
    assert cast.ozerskaya.code == "S2"
    assert tree.add_school(db, cast.admin.actor, school_facts(cast)).id


def test_the_same_code_is_free_in_another_region(db: Session, cast: Cast) -> None:
    admin = Actor(cast.admin.person.id, cast.other_region.id, Role.ADMIN)
    row = tree.add_municipality(db, admin, MunicipalityFacts("M2", "Ближний район"))
    assert row.region_id == cast.other_region.id


def test_a_change_made_meanwhile_is_noticed(db: Session, cast: Cast) -> None:
    first = tree.facts_of(cast.lesnoe)
    tree.change(db, cast.admin.actor, cast.lesnoe, MunicipalityFacts("M1", "Лесновский муниципальный округ"), tree.seen(first))
    with pytest.raises(Conflict) as caught:
        tree.change(db, cast.admin.actor, cast.lesnoe, MunicipalityFacts("M1", "Лесной округ"), tree.seen(first))
    assert caught.value.facts["before"] == MunicipalityFacts("M1", "Лесновский муниципальный округ")
    assert cast.lesnoe.name == "Лесновский муниципальный округ"


def test_settings_of_the_region_are_kept_and_journalled_with_what_was(db: Session, cast: Cast) -> None:
    before = tree.facts_of(cast.region)
    after = replace(before, approval_chain=ApprovalChain.TUTOR, min_group_size=10)  # type: ignore[call-arg]
    tree.change(db, cast.admin.actor, cast.region, after, tree.seen(before))
    db.commit()
    assert (cast.region.approval_chain, cast.region.min_group_size) == (ApprovalChain.TUTOR, 10)
    line = db.query(AuditEntry).one()
    assert line.reason == "approval_chain: tutor_head_order -> tutor; min_group_size: 5 -> 10"
    assert (line.object_type, line.object_id) == ("regions", cast.region.id)


def test_a_school_with_people_is_not_closed_an_empty_one_is_and_opens_again(db: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        tree.close_school(db, cast.admin.actor, cast.ozerskaya.id)
    assert caught.value.facts["staff"] == 1
    db.query(Employment).filter_by(school_id=cast.ozerskaya.id).one().ends_on = cast.gleb.employee.employments[0].starts_on  # type: ignore[union-attr]
    db.flush()
    assert not tree.close_school(db, cast.admin.actor, cast.ozerskaya.id).is_active
    assert tree.open_school(db, cast.admin.actor, cast.ozerskaya.id).is_active


def test_a_school_moves_to_another_municipality_of_the_region(db: Session, cast: Cast) -> None:
    facts = tree.facts_of(cast.lesnovskaya)
    assert isinstance(facts, SchoolFacts)
    tree.change(db, cast.admin.actor, cast.lesnovskaya, replace(facts, municipality_id=cast.ozernoe.id), tree.seen(facts))
    assert cast.lesnovskaya.municipality_id == cast.ozernoe.id
