"""Decided links on their way into planning and into the database: believed as decided, loaded once, people's word kept."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.catalog import loader
from iom.catalog.files import CatalogFileError, LinkRecord
from iom.catalog.kinds import LinkOrigin, LinkState, LinkStrength
from iom.catalog.loader import Loaded
from iom.catalog.models import Competency, Offering, OfferingCompetency
from iom.documents.plan.people import make_desk
from iom.matching import service
from iom.matching.decided import load_links, trusted_pairs
from tests.cast import Cast
from tests.matching.small_catalog import COMPETENCIES, OFFERINGS

MONDAY, TUESDAY = datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)
MAIN = LinkRecord("P1", "A.1.1", LinkStrength.MAIN, LinkState.CONFIRMED)
PARTIAL = LinkRecord("P2", "A.2", LinkStrength.PARTIAL, LinkState.CONFIRMED)
REJECTED = LinkRecord("E2", "A.2", LinkStrength.PARTIAL, LinkState.REJECTED)
ALL = [MAIN, PARTIAL, REJECTED]


@pytest.fixture
def small(db: Session) -> Session:
    loader.load_framework(db, COMPETENCIES, title="Малая карта")
    loader.load_offerings(db, OFFERINGS, MONDAY)
    return db


def folder_with(folder: Path, lines: Iterable[str]) -> Path:
    (folder / "links.csv").write_text("\n".join(["offering_code,competency_code,strength", *lines]) + "\n", encoding="utf-8")
    (folder / "thesaurus.txt").write_text("травля | буллинг\n", encoding="utf-8")
    return folder


def link_of(session: Session, offering: str, node: str) -> OfferingCompetency:
    return session.scalars(
        select(OfferingCompetency)
        .join(Offering, OfferingCompetency.offering_id == Offering.id)
        .join(Competency, OfferingCompetency.competency_id == Competency.id)
        .where(Offering.code == offering, Competency.code == node)
    ).one()


def decision(row: OfferingCompetency) -> tuple[LinkOrigin, LinkState, LinkStrength, datetime | None]:
    return row.origin, row.state, row.strength, row.decided_at


# For planning


def test_decided_links_are_believed_fully_by_six_tenths_or_not_at_all():
    assert trusted_pairs(ALL) == {("P1", "A.1.1"): 1.0, ("P2", "A.2"): 0.6, ("E2", "A.2"): 0.0}


def test_plan_takes_decisions_of_the_folder_over_proposals(tmp_path: Path):
    shipped = Path(__file__).resolve().parents[2] / "catalog"
    for name in ("framework.csv", "mentoring.csv", "subjects.csv", "rules.csv", "thesaurus.txt"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    before = make_desk(tmp_path).library.offers["M0009"]
    (tmp_path / "links.csv").write_text(
        "offering_code,competency_code,strength\nM0009,ME.4,rejected\nM0009,KO.2,main\nM0009,NM.1.2,partial\n", encoding="utf-8"
    )
    after = make_desk(tmp_path).library.offers["M0009"]

    assert before.trust["ME.4"] == 0.5  # as the text proposes
    assert "ME.4" not in after.trust
    assert (after.trust["KO.2"], after.trust["NM.1"]) == (1.0, 0.6)  # a component counts as its competency
    assert make_desk(tmp_path, {}).library.offers["M0009"].trust == before.trust


# Into the database


def test_decisions_become_links_of_experts(small: Session):
    assert load_links(small, ALL, MONDAY) == Loaded(new=3)

    assert decision(link_of(small, "P1", "A.1.1")) == (LinkOrigin.EXPERT, LinkState.CONFIRMED, LinkStrength.MAIN, MONDAY)
    assert decision(link_of(small, "P2", "A.2")) == (LinkOrigin.EXPERT, LinkState.CONFIRMED, LinkStrength.PARTIAL, MONDAY)
    assert decision(link_of(small, "E2", "A.2")) == (LinkOrigin.EXPERT, LinkState.REJECTED, LinkStrength.PARTIAL, MONDAY)


def test_loading_again_changes_nothing(small: Session):
    load_links(small, ALL, MONDAY)

    assert load_links(small, ALL, TUESDAY) == Loaded(same=3)
    assert {row.decided_at for row in small.scalars(select(OfferingCompetency))} == {MONDAY}


@pytest.mark.parametrize(
    "changed",
    [
        LinkRecord("P1", "A.1.1", LinkStrength.PARTIAL, LinkState.CONFIRMED),
        LinkRecord("P1", "A.1.1", LinkStrength.PARTIAL, LinkState.REJECTED),
    ],
)
def test_changed_decision_is_taken_over_with_its_moment(small: Session, changed: LinkRecord):
    load_links(small, ALL, MONDAY)

    assert load_links(small, [changed, PARTIAL, REJECTED], TUESDAY) == Loaded(changed=1, same=2)
    assert decision(link_of(small, "P1", "A.1.1")) == (LinkOrigin.EXPERT, changed.state, changed.strength, TUESDAY)


def test_decision_that_left_the_file_stays(small: Session):
    load_links(small, ALL, MONDAY)
    load_links(small, [MAIN], TUESDAY)

    assert link_of(small, "P2", "A.2").state is LinkState.CONFIRMED


@pytest.mark.parametrize("state", [LinkState.CONFIRMED, LinkState.REJECTED])
def test_word_of_a_person_in_the_product_is_kept(small: Session, cast: Cast, state: LinkState):
    load_links(small, [PARTIAL], MONDAY)
    row = link_of(small, "P2", "A.2")
    row.state, row.strength, row.decided_by_id, row.decided_at = state, LinkStrength.MAIN, cast.dina.person.id, MONDAY

    assert load_links(small, [LinkRecord("P2", "A.2", LinkStrength.PARTIAL, LinkState.REJECTED)], TUESDAY) == Loaded(same=1)
    assert decision(row) == (LinkOrigin.EXPERT, state, LinkStrength.MAIN, MONDAY)
    assert row.decided_by_id == cast.dina.person.id


def test_decided_proposal_keeps_its_score_and_words(small: Session, tmp_path: Path):
    folder = folder_with(tmp_path, ["P1,A.1.1,main", "E2,A.2,rejected"])
    service.propose_all(small, folder)
    proposed = link_of(small, "P1", "A.1.1")
    score, words = proposed.score, proposed.matched_words
    assert (proposed.origin, proposed.state) == (LinkOrigin.TEXT, LinkState.PROPOSED)
    assert score > 0

    done = service.load_decided(small, folder)

    assert done.new + done.changed == 2
    row = link_of(small, "P1", "A.1.1")
    assert (row.origin, row.state, row.strength) == (LinkOrigin.EXPERT, LinkState.CONFIRMED, LinkStrength.MAIN)
    assert (row.score, row.matched_words) == (score, words)


def test_new_proposals_leave_decided_links_alone(small: Session, tmp_path: Path):
    folder = folder_with(tmp_path, ["P1,A.1.1,rejected", "P4,A.2,main"])  # the text proposes the first and never the second
    service.propose_all(small, folder)
    service.load_decided(small, folder)
    before = {pair: decision(link_of(small, *pair)) for pair in (("P1", "A.1.1"), ("P4", "A.2"))}

    service.propose_all(small, folder)

    assert {pair: decision(link_of(small, *pair)) for pair in before} == before
    assert before["P1", "A.1.1"][1] is LinkState.REJECTED
    assert before["P4", "A.2"][1:3] == (LinkState.CONFIRMED, LinkStrength.MAIN)


def test_folder_without_decisions_loads_nothing(small: Session, tmp_path: Path):
    assert service.load_decided(small, tmp_path) == Loaded()


@pytest.mark.parametrize("line", ["P9,A.2,main", "P1,A,main", "P1,Z.1,main"])
def test_decision_on_what_the_database_does_not_know_is_refused_whole(small: Session, tmp_path: Path, line: str):
    folder = folder_with(tmp_path, ["P2,A.2,main", line])

    with pytest.raises(CatalogFileError):
        service.load_decided(small, folder)
    assert small.scalars(select(OfferingCompetency)).all() == []
