"""The permission matrix as data, and what a cell of it means: a second, much smaller opinion beside the rules of the product."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from iom.core.actor import Role
from iom.policy import Action

HERE = Path(__file__).parent
NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """One row of the matrix."""

    row: str
    action: Action | None  # none: the product has no such view
    title: str
    cells: Mapping[Role, str]
    about: str  # person, nothing
    star: str  # what the owner shares for the cells with an asterisk
    rules: frozenset[str]  # not-own, consent
    note: str

    @property
    def own(self) -> str:
        """What everyone holds towards themselves, whatever the role."""
        return self.cells[Role.EMPLOYEE]

    def is_for_others(self, role: Role) -> bool:
        """Tell whether the role has the action towards somebody else; pairs of mentor and mentee are not kept yet."""
        return bool(set(self.cells[role].split()) - {NOTHING, "mentee", "own"})

    def is_door_open(self, role: Role) -> bool:
        """Tell whether the role has the action towards anybody at all."""
        return self.own != NOTHING or self.is_for_others(role)


@cache
def matrix() -> dict[str, Line]:
    """Return the rows of the matrix by number."""
    with (HERE / "matrix.csv").open(encoding="utf-8", newline="") as file:
        lines = [_line(given) for given in csv.DictReader(file)]
    return {line.row: line for line in lines}


def _line(given: Mapping[str, str]) -> Line:
    return Line(
        row=given["row"],
        action=Action(given["action"]) if given["action"] else None,
        title=given["title"],
        cells={role: given[role] for role in Role},
        about=given["about"],
        star=given["star"],
        rules=frozenset(given["rules"].split()),
        note=given["note"],
    )


@dataclass(frozen=True)
class Someone:
    """A person an action is about."""

    person: int
    region: str
    schools: frozenset[str] = frozenset()  # open posts
    tutor: int | None = None
    methodist: int | None = None
    shared: frozenset[str] = frozenset()
    consents: bool = True


@dataclass(frozen=True)
class Worn:
    """A person acting in one role at one unit."""

    person: int
    role: Role
    unit: str
    region: str


def may(line: Line, worn: Worn, target: Someone, above: Mapping[str, str]) -> bool:
    """Tell what the row of the matrix says of this role at this unit towards this person; `above` leads from a school to its district."""
    is_own = worn.person == target.person
    if is_own and line.own == "own":
        return True
    if worn.region != target.region or (is_own and "not-own" in line.rules) or ("consent" in line.rules and not target.consents):
        return False
    units = {target.region, *target.schools, *(above[school] for school in target.schools)}
    accompanies = target.tutor if worn.role is Role.TUTOR else target.methodist
    holds = {
        **dict.fromkeys(("sch", "mun", "reg", "terr", "all"), worn.unit in units),
        "assg": worn.person == accompanies,
        **dict.fromkeys(("own", "mentee", NOTHING), False),
    }
    return any(holds[word.rstrip("*")] and (line.star in target.shared or not word.endswith("*")) for word in line.cells[worn.role].split())
