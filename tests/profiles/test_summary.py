"""Where each competency stands on the page. Rows are made by hand; the rules are those of screens, section 7."""

from datetime import datetime
from typing import Any

import pytest

from iom.profiles.kinds import Basis, DeficitKind, DeficitOrigin, DeficitStatus, Depth, GroundKind, Verdict
from iom.profiles.models import Deficit, ProfileEntry
from iom.profiles.queries import DeficitRow, MapRow
from iom.profiles.summary import Summary, summarise
from tests.site import moment

NOW = moment(24)


def entry(verdict: Verdict, level: float = 50.0, basis: Basis = Basis.OBJECTIVE, **values: Any) -> ProfileEntry:
    kind = {Basis.SELF: GroundKind.SELF, Basis.OBJECTIVE: GroundKind.TASKS, Basis.IMPORTED: GroundKind.IMPORTED}[basis]
    row = ProfileEntry(
        basis=basis, n_answers=6, t=0.0, se=0.6, level=level, level_se=10.0, low=level - 10, high=level + 10, p_below=0.5, severity=0.2,
        kappa=60.0, verdict=verdict, model_version="expert-1", measured_at=NOW, computed_at=NOW,
        rests_on=[{"kind": str(kind), "title": "Задания", "at": NOW.isoformat(), "n": 6, "attempt": 1}],
    )  # fmt: skip
    row.self_level = level if basis is Basis.SELF else None
    for name, value in values.items():
        setattr(row, name, value)
    return row


def on_map(position: int, row: ProfileEntry | None, block: str = "ME", weight: float = 1.0, concerns: bool = True) -> MapRow:
    return MapRow(f"{block}.{position}", f"Тема {position}", position, weight, block, f"Блок {block}", concerns, row)


def need(
    position: int,
    kind: DeficitKind = DeficitKind.DEFICIT,
    priority: float = 0.2,
    status: DeficitStatus = DeficitStatus.OPEN,
    origin: DeficitOrigin = DeficitOrigin.ATTEMPT,
    *,
    reason: str = "",
    marked: bool = False,
    opened_at: datetime = NOW,
) -> DeficitRow:
    row = Deficit(
        id=position, kind=kind, origin=origin, severity=0.2, priority=priority, status=status, reason=reason, is_marked=marked,
        opened_at=opened_at, closed_at=None if status is DeficitStatus.OPEN else NOW,
    )  # fmt: skip
    return DeficitRow(row, f"ME.{position}", f"Тема {position}", position, "")


def titles(lines: tuple[Any, ...]) -> list[str]:
    return [line.code for line in lines]


def test_each_verdict_has_its_section() -> None:
    rows = [
        on_map(1, entry(Verdict.DEFICIT)),
        on_map(2, entry(Verdict.CLAIMED, basis=Basis.SELF)),
        on_map(3, entry(Verdict.PROBABLE)),
        on_map(4, entry(Verdict.INSUFFICIENT)),
        on_map(5, entry(Verdict.OPEN)),
        on_map(6, entry(Verdict.NONE)),
        on_map(7, entry(Verdict.UNCLAIMED, basis=Basis.SELF)),
        on_map(8, None),
    ]
    found = summarise(rows, [need(1), need(2, DeficitKind.CLAIM)], [])
    assert titles(found.deficits) == ["ME.1"]
    assert titles(found.claims) == ["ME.2"]
    assert titles(found.doubts) == ["ME.3", "ME.4", "ME.5"]
    assert titles(found.strengths) == ["ME.6", "ME.7"]
    assert (found.n_tasks, found.n_ratings) == (30, 12)
    assert not found.is_self_only


def test_needs_stand_by_priority_then_mark_then_the_map() -> None:
    rows = [on_map(n, entry(Verdict.DEFICIT)) for n in (1, 2, 3, 4)]
    needs = [need(1, priority=0.1), need(2, priority=0.3), need(3, priority=0.3, marked=True), need(4, priority=0.3)]
    assert titles(summarise(rows, needs, []).deficits) == ["ME.3", "ME.2", "ME.4", "ME.1"]


def test_doubts_stand_by_how_likely_a_deficit_is_and_strengths_by_level() -> None:
    rows = [
        on_map(1, entry(Verdict.OPEN, p_below=0.3)),
        on_map(2, entry(Verdict.PROBABLE, p_below=0.7)),
        on_map(3, entry(Verdict.NONE, 70)),
        on_map(4, entry(Verdict.NONE, 90)),
    ]
    found = summarise(rows, [], [])
    assert titles(found.doubts) == ["ME.2", "ME.1"]
    assert titles(found.strengths) == ["ME.4", "ME.3"]


@pytest.mark.parametrize(
    ("level", "band", "near"),
    [(25.0, 1, False), (35.0, 1, True), (49.0, 2, True), (70.0, 3, True), (89.9, 4, True), (90.0, 4, False)],
)
def test_a_band_and_whether_the_interval_reaches_the_next(level: float, band: int, near: bool) -> None:
    (line,) = summarise([on_map(1, entry(Verdict.DEFICIT, level))], [need(1)], []).deficits
    assert (line.band, line.is_near_edge) == (band, near)


def test_ratings_have_a_mark_of_their_own_and_no_level() -> None:
    (line,) = summarise([on_map(1, entry(Verdict.CLAIMED, 38.0, Basis.SELF, kappa=52.0))], [need(1, DeficitKind.CLAIM)], []).claims
    assert (line.level, line.self_level, line.kappa, line.band) == (None, 38.0, 52.0, 0)
    assert line.is_self
    assert line.depth is None


def test_ratings_alone_are_known_as_such() -> None:
    rows = [on_map(1, entry(Verdict.CLAIMED, basis=Basis.SELF)), on_map(2, entry(Verdict.UNCLAIMED, basis=Basis.SELF))]
    assert summarise(rows, [need(1, DeficitKind.CLAIM)], []).is_self_only
    assert not summarise(rows, [need(1, origin=DeficitOrigin.TUTOR)], []).is_self_only
    assert summarise([], [], []).is_empty


def test_a_need_that_a_person_named_stands_without_any_result() -> None:
    (line,) = summarise([on_map(1, None)], [need(1, origin=DeficitOrigin.TUTOR, reason="Видел на уроке")], []).deficits
    assert (line.verdict, line.level, line.is_seen_by_person, line.depth) == (None, None, True, Depth.MEDIUM)


def test_what_was_set_aside_is_told_with_its_reason_until_it_comes_back() -> None:
    rows = [on_map(1, entry(Verdict.DEFICIT)), on_map(2, entry(Verdict.NONE))]
    dropped = need(1, status=DeficitStatus.DROPPED, reason="Тест был по другой теме")
    found = summarise(rows, [dropped], [])
    assert [row.code for row in found.aside] == ["ME.1"]
    assert (titles(found.deficits), titles(found.others)) == ([], ["ME.1"])
    assert summarise(rows, [need(1), dropped], []).aside == ()


def blocks(found: Summary) -> list[tuple[str, bool, float | None, int, int]]:
    return [(block.title, block.is_self, block.summary.level, block.summary.n_measured, block.summary.n_children) for block in found.blocks]


def test_a_block_is_told_when_half_of_its_weight_is_measured() -> None:
    rows = [
        on_map(1, entry(Verdict.NONE, 80)),
        on_map(2, entry(Verdict.DEFICIT, 40), weight=3.0),
        on_map(3, None),
        on_map(1, entry(Verdict.NONE, 90), block="PP"),
        on_map(2, None, block="PP"),
        on_map(3, None, block="PP"),
    ]
    # ME: (80 + 3·40)/4 = 50 with 4 of 5 of the weight; PP: one of three is less than half.
    assert blocks(summarise(rows, [], [])) == [("Блок ME", False, 50.0, 2, 3)]


def test_blocks_of_tasks_and_of_ratings_are_never_mixed() -> None:
    rows = [on_map(1, entry(Verdict.NONE, 80)), on_map(2, entry(Verdict.UNCLAIMED, 40, Basis.SELF))]
    assert blocks(summarise(rows, [], [])) == [("Блок ME", False, 80.0, 1, 2), ("Блок ME", True, 40.0, 1, 2)]


def test_what_does_not_concern_the_person_counts_in_no_block() -> None:
    rows = [on_map(1, entry(Verdict.NONE, 80)), on_map(2, entry(Verdict.DEFICIT, 20), concerns=False)]
    assert blocks(summarise(rows, [], [])) == [("Блок ME", False, 80.0, 1, 1)]
