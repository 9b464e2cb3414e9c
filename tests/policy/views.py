"""What the matrix says of each address: the views as data, and the answer expected for everyone towards everyone."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from iom.core.actor import Role
from tests.policy.matrix import HERE, Worn, matrix, may
from tests.policy.world import Teacher, Wearer, World

PUBLIC, SIGNED_IN = "public", "signed-in"
MINE, AT_SCHOOL = "mine", "at-school"
OWN_BY_TURNS = 4
BY_TURNS = (
    ("head_of_near_methodist_of_far", "methodist_of_far_head_of_near"),
    ("admin_without_factor", "methodist_without_factor"),
)


@dataclass(frozen=True)
class View:
    """One endpoint and method: which row of the matrix it is, about whom, what it answers to whom it is allowed."""

    endpoint: str
    method: str
    row: str  # public, signed-in, or rows of the matrix, all of which must hold: those of the door > those towards the person
    also: tuple[str, ...]  # rows that decide what stands on the page, each with a test of its own
    state: str  # of the person it is about; empty: it is about nobody in particular
    seen: tuple[str, ...]  # rows that make the object visible: a refusal says 403 and not 404
    ok: frozenset[int]
    unseen: int  # the answer about an object that is not in sight; 404 where it stands in the address
    form: str  # fields of the form (of the address for GET), with keys of the person in braces
    values: Mapping[str, str]  # what stands in the address beside keys of the person
    is_costly: bool  # the allowed answer takes long: it is asked for once within and once beyond what is one's own
    only: Mapping[str, frozenset[int]]  # answers to some wearers, or about what is one's own, in place of the general one
    note: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.endpoint}"

    @property
    def door(self) -> list[str]:
        """What the role must have to come in: rows (`25+`: towards others), `at-school`; the first is what the view declares."""
        return self.row.partition(">")[0].split()

    @property
    def rows(self) -> list[str]:
        """What must hold towards the person: rows (`22|23`: either), what a door may ask, `mine` for what one has made oneself."""
        return (self.row.partition(">")[2] or self.row).split()

    @property
    def is_writing(self) -> bool:
        return self.method != "GET"

    def fields(self, keys: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the sample form, filled in."""
        return [(name, value.format_map(keys)) for name, value in parse_qsl(self.form, keep_blank_values=True)]


@cache
def views() -> tuple[View, ...]:
    """Return every line of views.csv."""
    with (HERE / "views.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            View(
                endpoint=given["endpoint"],
                method=given["method"],
                row=given["row"],
                also=tuple(given["also"].split()),
                state=given["state"],
                seen=tuple(given["seen"].split()),
                ok=_statuses(given["ok"]),
                unseen=int(given["unseen"] or 404),
                form=given["form"],
                values=dict(parse_qsl(given["values"])),
                is_costly=given["costly"] == "yes",
                only={name: _statuses(status) for name, status in parse_qsl(given["only"])},
                note=given["note"],
            )
            for given in csv.DictReader(file)
        )


def _statuses(text: str) -> frozenset[int]:
    return frozenset(int(status) for status in text.split("|"))


@dataclass(frozen=True)
class Cell:
    """One question of the matrix: may this one do this towards that one."""

    view: View
    wearer: Wearer
    teacher: Teacher | None
    expected: frozenset[int]
    is_allowed: bool

    @property
    def name(self) -> str:
        towards = f" towards {self.teacher.relation} ({self.teacher.state})" if self.teacher else ""
        return f"{self.view.name}: {self.wearer.name}{towards}"


def cell(world: World, view: View, wearer: Wearer, teacher: Teacher | None) -> Cell:
    """Return the cell with what the matrix expects; one's own object is asked for by the twin whose it is."""
    if teacher is not None and teacher.relation == "own":
        wearer = wearer.twin(teacher)
    expected, is_allowed = _expected(world, view, wearer, teacher)
    return Cell(view, wearer, teacher, expected, is_allowed)


def _expected(world: World, view: View, wearer: Wearer, teacher: Teacher | None) -> tuple[frozenset[int], bool]:
    is_own = teacher is not None and teacher.relation == "own"
    ok = view.only.get("own" if is_own else wearer.name, view.ok), True
    if view.row == PUBLIC:
        return ok
    if wearer.worn is None:
        return frozenset({401 if view.is_writing else 303}), False
    if view.row == SIGNED_IN:
        return ok
    if not is_door_open(view, wearer.worn):
        return frozenset({403}), False
    if teacher is None or all(_holds(world, token, wearer.worn, teacher) for token in view.rows):
        return ok
    is_seen = any(_holds(world, row, wearer.worn, teacher) for row in view.seen)
    return frozenset({403 if is_seen else view.unseen}), False


def is_door_open(view: View, worn: Worn) -> bool:
    """Tell whether the role comes in at all."""
    return view.row in (PUBLIC, SIGNED_IN) or all(_is_open(token, worn) for token in view.door)


def _is_open(token: str, worn: Worn) -> bool:
    if token == AT_SCHOOL:
        return worn.unit.startswith("school:")
    line = matrix()[token.rstrip("+")]
    return line.is_for_others(worn.role) if token.endswith("+") else line.is_door_open(worn.role)


def _holds(world: World, token: str, worn: Worn, teacher: Teacher) -> bool:
    if token == MINE:
        return worn.person == teacher.facts.person or (worn.role is Role.ADMIN and worn.region == teacher.facts.region)
    if token == AT_SCHOOL or token.endswith("+"):
        return _is_open(token, worn)
    if matrix()[token.partition("|")[0]].about == "nothing":  # a thing of the region and not a person of a unit
        return worn.region == teacher.facts.region and _is_open(token, worn)
    return any(may(matrix()[row], worn, teacher.facts, world.above) for row in token.split("|"))


def cells(world: World, view: View) -> list[Cell]:
    """Return the cells to try: for each wearer every expected answer within and beyond the region, and the own object.

    People who would be answered alike stand for each other; who is taken changes from view to view, so that all are met.
    """
    found: list[Cell] = []
    for wearer in _asking(world, view):
        if not view.state:
            found.append(cell(world, view, wearer, None))
            continue
        groups: dict[tuple[frozenset[int], bool, str], list[Cell]] = {}
        for teacher in _about(world, view, wearer):
            one = cell(world, view, wearer, teacher)
            where = teacher.relation if teacher.relation in {"own", "foreign"} else "region"
            if wearer.worn is None or not is_door_open(view, wearer.worn):
                where = "anywhere"  # turned away before anybody is looked up
            groups.setdefault((one.expected, one.is_allowed, where), []).append(one)
        found += [group[_turn(view, wearer) % len(group)] for group in groups.values()]
    found = [one for place, one in enumerate(found) if not _is_plainly_own(one) or (place + _turn(view)) % OWN_BY_TURNS == 0]
    return _fewer(found) if view.is_costly else found


def _is_plainly_own(one: Cell) -> bool:
    """Tell whether somebody of the staff does to their own what every teacher does to theirs: a few stand for all, by turns."""
    return one.is_allowed and one.wearer.name != "employee" and one.teacher is not None and one.teacher.relation == "own"


def _fewer(found: list[Cell]) -> list[Cell]:
    """Leave out all but one allowed cell about oneself and one about others."""
    allowed = {one.teacher and one.teacher.relation == "own": one for one in reversed(found) if one.is_allowed}
    return [one for one in found if not one.is_allowed or one in allowed.values()]


def _asking(world: World, view: View) -> list[Wearer]:
    """Return everybody; of those who hold two roles, and of those without the second factor, one, by turns."""
    left_out = {names[_turn(view) % len(names)] for names in BY_TURNS}
    return [wearer for wearer in world.wearers.values() if wearer.name not in left_out]


def _about(world: World, view: View, wearer: Wearer) -> list[Teacher]:
    """Return the people a view may be about: one of each relation in the state asked for, and the wearer."""
    others = [teacher for teacher in world.teachers if teacher.state == view.state and teacher.relation != "own"]
    own = wearer.own.get(view.state) or next(iter(wearer.own.values()), None)
    return [*others, *([own] if own else [])]


def _turn(view: View, wearer: Wearer | None = None) -> int:
    return sum(f"{view.name}{wearer.name if wearer else ''}".encode())
