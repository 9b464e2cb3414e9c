"""Verdicts on the columns of a results table: fields, competencies, and what is left out."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from iom.core.sheets import Table, heading_key
from iom.organizations.staff_file.texts import PERSON_HEADINGS
from iom.profiles.results_file.competencies import CompetencyNames, Meaning
from iom.profiles.results_file.kinds import ColumnKind, ColumnVerdict, Likeness
from iom.profiles.results_file.texts import MAX_IN_HEADING, PERCENT_OR_SCORE, RESULT_HEADINGS, SERVICE_HEADINGS

_FIELDS = {
    heading_key(alias): field
    for headings in (PERSON_HEADINGS, RESULT_HEADINGS)
    for field, names in headings.items()
    for alias in (field, *names)
}
_VALUE_FIELDS = frozenset({"percent", "score", "max"})
_EITHER = frozenset(heading_key(heading) for heading in PERCENT_OR_SCORE)
_SERVICE = frozenset(heading_key(alias) for alias in SERVICE_HEADINGS)
_MAX_IN_HEADING = re.compile(MAX_IN_HEADING, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field and each competency stands; `maxima` are the highest scores that headings name, by place."""

    verdicts: tuple[ColumnVerdict, ...]
    fields: dict[str, int]
    competencies: dict[int, str]
    maxima: dict[int, float]

    def heading(self, place: int) -> str:
        return self.verdicts[place].heading


def heading_meaning(names: CompetencyNames) -> Callable[[str], str | None]:
    """Return a function that tells what a heading surely means, to find the row of headings by."""

    def meaning(text: str) -> str | None:
        if field := _FIELDS.get(heading_key(text)):
            return field
        found = names.find_exactly(split_maximum(text)[0])
        return found.code if found else None

    return meaning


def split_maximum(heading: str) -> tuple[str, float | None]:
    """Return the heading without its «(макс. 20)», and the number if there was one."""
    match = _MAX_IN_HEADING.search(heading[-60:])
    if match is None or float(match[1].replace(",", ".")) <= 0:
        return heading, None
    return heading[: len(heading) - len(match[0])], float(match[1].replace(",", "."))


def judge_columns(table: Table, names: CompetencyNames) -> Columns:
    """Return what each column is. Two columns that claim one meaning with equal right are both left out."""
    verdicts = [_judge(place, heading, names) for place, heading in enumerate(table.header)]
    verdicts = _settle_repeats(verdicts)
    fields = {verdict.field: verdict.index for verdict in verdicts if verdict.kind is ColumnKind.FIELD and verdict.field}
    competencies = {verdict.index: verdict.code for verdict in verdicts if verdict.kind is ColumnKind.MATCHED and verdict.code}
    if "max" in fields and "score" not in fields and "percent" in fields and _is_either(table.header[fields["percent"]]):
        fields["score"] = fields.pop("percent")
    maxima = {place: maximum for place in competencies if (maximum := split_maximum(table.header[place])[1]) is not None}
    return Columns(tuple(verdicts), fields, competencies, maxima)


def without_values(verdicts: tuple[ColumnVerdict, ...]) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts of a wide table, in which columns of one value for the whole row are totals and not read."""
    return tuple(
        replace(verdict, kind=ColumnKind.SERVICE, field=None) if verdict.field in _VALUE_FIELDS else verdict for verdict in verdicts
    )


def _is_either(heading: str) -> bool:
    """Return whether the heading may stand over per cent as well as over points."""
    return heading_key(heading) in _EITHER


def _judge(place: int, heading: str, names: CompetencyNames) -> ColumnVerdict:
    key = heading_key(heading)
    if not heading:
        return ColumnVerdict(place, heading, ColumnKind.BLANK)
    if field := _FIELDS.get(key):
        return ColumnVerdict(place, heading, ColumnKind.FIELD, field=field)
    if key in _SERVICE:
        return ColumnVerdict(place, heading, ColumnKind.SERVICE)
    return _judge_competency(place, heading, names.find(split_maximum(heading)[0]), names)


def _judge_competency(place: int, heading: str, meaning: Meaning, names: CompetencyNames) -> ColumnVerdict:
    if not meaning.codes:
        return ColumnVerdict(place, heading, ColumnKind.UNKNOWN)
    if meaning.code is None:
        return ColumnVerdict(place, heading, ColumnKind.AMBIGUOUS, candidates=meaning.codes, likeness=meaning.likeness)
    kind = ColumnKind.BLOCK if names.is_block(meaning.code) else ColumnKind.MATCHED
    return ColumnVerdict(place, heading, kind, code=meaning.code, likeness=meaning.likeness)


def _settle_repeats(verdicts: list[ColumnVerdict]) -> list[ColumnVerdict]:
    """Return the verdicts with repeated meanings settled: an exact heading wins over a close one, equals both lose.

    Of repeated person fields the first column stays: the second «ФИО» is usually somebody else's, such as the tutor's.
    """
    sure = Counter(verdict.code for verdict in verdicts if _is_sure(verdict))
    close = Counter(verdict.code for verdict in verdicts if verdict.kind is ColumnKind.MATCHED and not _is_sure(verdict))
    settled, seen = [], set()
    for verdict in verdicts:
        is_repeated = False
        if verdict.kind is ColumnKind.MATCHED:
            is_repeated = sure[verdict.code] > 1 if _is_sure(verdict) else sure[verdict.code] > 0 or close[verdict.code] > 1
        elif verdict.kind is ColumnKind.FIELD:
            is_repeated = verdict.field in seen
            seen.add(verdict.field)
        settled.append(replace(verdict, kind=ColumnKind.REPEATED) if is_repeated else verdict)
    return settled


def _is_sure(verdict: ColumnVerdict) -> bool:
    return verdict.kind is ColumnKind.MATCHED and verdict.likeness is not Likeness.CLOSE
