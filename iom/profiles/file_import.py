"""Takes a results file over: finds each person of the file, then stores what was measured of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.core.sheets import heading_key
from iom.organizations.staff_file.names import same_name
from iom.profiles import file_queries as queries
from iom.profiles.file_queries import Candidate
from iom.profiles.importing import Imported, ImportedRow, import_results
from iom.profiles.results_file import PersonResults, ResultsFile, ScoreSource


class RowProblem(StrEnum):
    """Why a readable row is not taken over."""

    NOBODY = "nobody"
    SEVERAL = "several"
    NOT_MEASURED = "not_measured"
    NO_DAY = "no_day"


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that were read and are not taken over: whose, and why."""

    rows: tuple[int, ...]
    who: str
    problem: RowProblem


@dataclass(slots=True)
class Taken:
    """What a file did."""

    people: int = 0
    new: int = 0
    corrected: int = 0
    same: int = 0
    left: list[Left] = field(default_factory=list)

    def add(self, done: Imported) -> None:
        self.people += 1
        self.new += done.new
        self.corrected += done.corrected
        self.same += done.same


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken over as what: the outside diagnostic's name, and the day of results whose rows give none."""

    region_id: int
    source_name: str
    day: date | None


def take_over(
    session: Session,
    actor: Actor | None,
    file: ResultsFile,
    order: Order,
    now: datetime,
    advance: Callable[[int], object] = lambda _: None,
) -> Taken:
    """Store the measured results of each known person of the file; the same file again changes nothing.

    Raises
    ------
    Refused : a result that no profile can take, such as one of a day to come
    """
    finder = _Finder(session, actor, order.region_id, file.people)
    taken = Taken()
    for person in file.people:
        advance(1)
        who = person.code or person.name
        rows = list(_measured(person, order.day, taken, who))
        if not person.results or not rows:
            continue
        found = finder.find(person)
        if len(found) != 1:
            taken.left.append(Left(person.rows, who, RowProblem.SEVERAL if found else RowProblem.NOBODY))
            continue
        taken.add(import_results(session, actor, found[0].employee_id, order.source_name, rows, now))
    return taken


def _measured(person: PersonResults, day: date | None, taken: Taken, who: str) -> Iterator[ImportedRow]:
    """Give what may be stored; ratings would pass for tasks, and a result without a day has no age."""
    for result in person.results:
        measured_on = result.measured_on or day
        if result.source is not ScoreSource.MEASURED:
            taken.left.append(Left((result.row,), who, RowProblem.NOT_MEASURED))
        elif measured_on is None:
            taken.left.append(Left((result.row,), who, RowProblem.NO_DAY))
        else:
            yield ImportedRow(result.competency_code, result.percent, measured_on, result.n_tasks)


class _Finder:
    """The people of the region whom the file may mean."""

    def __init__(self, session: Session, actor: Actor | None, region_id: int, people: Sequence[PersonResults]) -> None:
        codes = {person.code for person in people if person.code}
        surnames = {person.name.split()[0] for person in people if person.name and not person.code}
        found = queries.candidates(session, actor, region_id, codes, surnames)
        self._by_code = {candidate.code.casefold(): candidate for candidate in found}
        self._all = found

    def find(self, person: PersonResults) -> list[Candidate]:
        """Return the people that fit: by the code when there is one, else by name and school."""
        if person.code:
            known = self._by_code.get(person.code.casefold())
            return [known] if known and (not person.name or same_name(known.name, person.name)) else []
        found = [candidate for candidate in self._all if same_name(candidate.name, person.name)]
        if len(found) > 1 and person.school:
            found = [candidate for candidate in found if heading_key(person.school) in {heading_key(name) for name in candidate.schools}]
        return found
