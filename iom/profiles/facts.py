"""What is on record about one person, and which of it is in force: of each source the newest word on each competency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from iom.diagnostics.imports import ImportedResult
from iom.diagnostics.items import ItemParameter
from iom.profiles.estimates import DEFAULT_CONFIG, CompetencyEstimate, ProfileConfig, build_profile
from iom.profiles.evidence import Answer
from iom.profiles.kinds import GroundKind

MONTH = timedelta(days=365.25 / 12)


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """One answer of a scored attempt; `competency` is the code of level 2, `source` the code of the instrument."""

    attempt_id: int
    source: str
    title: str
    at: datetime
    competency: str
    item: ItemParameter
    category: int | None
    is_self: bool
    is_not_applicable: bool = False

    @property
    def is_rated(self) -> bool:
        return self.category is not None and not self.is_not_applicable

    @property
    def says_something(self) -> bool:
        """An answer, or that the statement does not concern the person's work: that too replaces an older answer."""
        return self.is_rated or self.is_not_applicable


@dataclass(frozen=True, slots=True)
class ImportFact:
    """One imported percentage; `source` is the name of the outside diagnostic."""

    attempt_id: int
    source: str
    at: datetime
    competency: str
    percent: float
    n_tasks: int

    @property
    def title(self) -> str:
        return self.source

    @property
    def says_something(self) -> bool:
        return True


class Fact(Protocol):
    """What the choice of the newest asks of a fact."""

    @property
    def attempt_id(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def competency(self) -> str: ...
    @property
    def says_something(self) -> bool: ...


AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing an estimate rests on: what kind, whose, of which moment, how many answers or tasks."""

    kind: GroundKind
    title: str
    at: datetime
    n: int
    attempt_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one competency and what it was made of, newest first."""

    estimate: CompetencyEstimate
    grounds: tuple[Ground, ...]

    @property
    def measured_at(self) -> datetime:
        """The moment of the newest evidence."""
        return self.grounds[0].at

    @property
    def objective_at(self) -> datetime | None:
        """The moment of the newest evidence that is no rating; None when there are ratings only."""
        return next((ground.at for ground in self.grounds if ground.kind is not GroundKind.SELF), None)


def in_force(facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Return the facts that count: for each source and competency those of its newest attempt that says anything about it.

    A repeat replaces what the same instrument said before; different sources stand beside each other, however old.
    """
    rows = list(facts)
    newest: dict[tuple[str, str], tuple[datetime, int]] = {}
    for fact in rows:
        key, moment = (fact.source, fact.competency), (fact.at, fact.attempt_id)
        if fact.says_something and (key not in newest or moment > newest[key]):
            newest[key] = moment
    return [fact for fact in rows if newest.get((fact.source, fact.competency)) == (fact.at, fact.attempt_id)]


def know(
    answers: Iterable[AnswerFact],
    imports: Iterable[ImportFact],
    references: Mapping[str, Sequence[ItemParameter]],
    now: datetime,
    config: ProfileConfig = DEFAULT_CONFIG,
) -> list[Known]:
    """Return what all the evidence in force says, one entry a competency, sorted by code.

    Parameters
    ----------
    answers, imports : everything on record; what is superseded is left out here
    references : competency code → its active objective items
    now : the moment from which the age of a result is counted
    """
    said, told = in_force(answers), in_force(imports)
    estimates = build_profile(
        [_answer(fact, now) for fact in said], [_imported(fact, now) for fact in told], parents={}, references=references, config=config
    )
    return [_known(estimate, said, told) for estimate in estimates]


def months_between(then: datetime, now: datetime) -> float:
    """Return the age of a result in months of 30.4 days; a result dated ahead of us is fresh."""
    return max((now - then) / MONTH, 0.0)


def _answer(fact: AnswerFact, now: datetime) -> Answer:
    return Answer(fact.competency, fact.item, fact.category, fact.is_self, fact.is_not_applicable, months_between(fact.at, now))


def _imported(fact: ImportFact, now: datetime) -> ImportedResult:
    return ImportedResult(fact.competency, fact.percent, fact.n_tasks, months_between(fact.at, now))


def _known(estimate: CompetencyEstimate, answers: Iterable[AnswerFact], imports: Iterable[ImportFact]) -> Known:
    code = estimate.competency_code
    counted: dict[tuple[GroundKind, int], list[AnswerFact]] = {}
    for fact in answers:
        if fact.competency == code and fact.is_rated:
            counted.setdefault((GroundKind.SELF if fact.is_self else GroundKind.TASKS, fact.attempt_id), []).append(fact)
    grounds = [Ground(kind, facts[0].title, facts[0].at, len(facts), attempt_id) for (kind, attempt_id), facts in counted.items()]
    grounds += [
        Ground(GroundKind.IMPORTED, fact.title, fact.at, fact.n_tasks, fact.attempt_id) for fact in imports if fact.competency == code
    ]
    return Known(estimate, tuple(sorted(grounds, key=lambda ground: (ground.at, ground.attempt_id), reverse=True)))
