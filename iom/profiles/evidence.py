"""What is known about one person, sorted by competency: answers, ratings and imported percentages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iom.diagnostics.imports import ImportedResult
from iom.diagnostics.items import ItemParameter
from iom.diagnostics.scoring import age_weight
from iom.profiles.self_ratings import Rating


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the code its item carries (competency or component), the item's parameters and the category, None when left open.

    `is_self` marks a rating of the person's own mastery; «does not concern me» is `not_applicable` and counts as nothing at all.
    """

    competency_code: str
    item: ItemParameter
    category: int | None
    is_self: bool = False
    not_applicable: bool = False
    months_old: float = 0.0


@dataclass(slots=True)
class Evidence:
    """All that bears on one competency of one person; `shown` holds the items put before the person, answered or not."""

    answers: list[Rating] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    imports: list[ImportedResult] = field(default_factory=list)
    shown: list[ItemParameter] = field(default_factory=list)

    @property
    def n_objective(self) -> int:
        """Objective answers; an import counts as its number of tasks."""
        return len(self.answers) + sum(result.tasks for result in self.imports)


def competency_of(code: str) -> str:
    """Return the level-2 code: the first two parts, so that the third level falls to its parent."""
    return ".".join(code.split(".")[:2])


def gather(answers: Iterable[Answer], imports: Iterable[ImportedResult], parents: Mapping[str, str]) -> dict[str, Evidence]:
    """Return the evidence by competency; components are pooled into their parent, codes without one stand for themselves."""
    found: dict[str, Evidence] = {}
    for answer in answers:
        if answer.not_applicable:
            continue
        entry = found.setdefault(parents.get(answer.competency_code, answer.competency_code), Evidence())
        if not answer.is_self:
            entry.shown.append(answer.item)
        if answer.category is not None and answer.category >= 0:
            rating = (answer.category, answer.item, age_weight(answer.months_old))
            (entry.ratings if answer.is_self else entry.answers).append(rating)
    for result in imports:
        found.setdefault(parents.get(result.competency_code, result.competency_code), Evidence()).imports.append(result)
    return found
