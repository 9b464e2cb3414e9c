"""Figures put together for a page: cards, parts and completion, with small groups hidden from those who may not see persons."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.monitoring import people_queries, queries
from iom.monitoring.figures import Figure, share
from iom.monitoring.guarding import Guarded, guard_inside
from iom.monitoring.kinds import NO_ROUTE, IndicatorCode, Slice
from iom.monitoring.people_queries import CompletionRow
from iom.monitoring.queries import LoadRow, PartRow
from iom.monitoring.scoping import Territory
from iom.monitoring.statements import Scope
from iom.monitoring.suppression import Atoms
from iom.routes.workflow import APPROVED_OR_LATER

AtomsReader = Callable[[Scope, Slice], dict[int, Atoms]]
PREPARED, APPROVED = "prepared", "approved"  # states put together for those who see groups only


@dataclass(frozen=True, slots=True)
class Part:
    """One municipality or school of a breakdown; without a figure it is hidden."""

    id: int
    name: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator over a scope; without a figure it is hidden. `largest` is the most teachers that one methodist supports."""

    code: IndicatorCode
    figure: Figure | None
    largest: int | None = None
    loads: tuple[LoadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """People by the state of their routes: a line a part, in alphabetical order, and their sum; a hidden line is None."""

    states: tuple[str, ...]
    parts: tuple[tuple[int, str, CompletionRow | None], ...]
    total: CompletionRow | None


class Board:
    """Reads the figures of one actor over one territory and day."""

    def __init__(self, session: Session, actor: Actor, territory: Territory, scope: Scope) -> None:
        self.session = session
        self.actor = actor
        self.territory = territory
        self.scope = scope
        self.sees_names = queries.may_see_names(actor)
        self._known: dict[tuple[IndicatorCode, Scope, Slice], dict[int, PartRow]] = {}
        self._completion: dict[tuple[Scope, Slice], list[CompletionRow]] = {}

    def result(self, code: IndicatorCode) -> Result:
        """Return one indicator over the scope."""
        if code is IndicatorCode.METHODIST_LOAD:
            return self._load()
        if self.sees_names:
            return Result(code, queries.share_figure(self.session, self.actor, code, self.scope))
        is_shown, _ = self._guarded(code)
        return Result(code, self._sum(code) if is_shown else None)

    def parts(self, code: IndicatorCode) -> list[Part]:
        """Return the breakdown of a share by municipality, or by school of the chosen one."""
        found = self._parts(code, self.scope, self.territory.cut).values()
        hidden = frozenset() if self.sees_names else self._guarded(code)[1].hidden
        return [Part(row.id, row.name, None if row.id in hidden else row.figure) for row in found]

    def completion(self) -> Completion:
        """Return people by the state of their routes."""
        rows = self._completed(self.scope, self.territory.cut)
        if self.sees_names:
            states = tuple(dict.fromkeys(state for row in rows for state in row.by_status))
            return Completion(states, tuple((row.id, row.name, row) for row in rows), _total(rows))
        is_shown, guarded = self._guard(self._completion_atoms)
        coarse = [_coarse(row) for row in rows]
        return Completion(
            (NO_ROUTE, PREPARED, APPROVED),
            tuple((row.id, row.name, None if row.id in guarded.hidden else row) for row in coarse),
            _total(coarse) if is_shown else None,
        )

    def _load(self) -> Result:
        code = IndicatorCode.METHODIST_LOAD
        rows = queries.methodist_loads(self.session, self.actor, self.scope)
        figure, largest = queries.load_figure(rows), max((row.people for row in rows), default=None)
        if self.sees_names:
            return Result(code, figure, largest, tuple(rows))
        is_shown, _ = self._guarded(code)
        least = self.territory.region.min_group_size
        return Result(code, figure if is_shown else None, largest if is_shown and largest is not None and largest >= least else None)

    def _parts(self, code: IndicatorCode, scope: Scope, cut: Slice) -> dict[int, PartRow]:
        key = (code, scope, cut)
        if key not in self._known:
            rows = queries.share_by_part(self.session, self.actor, code, scope, cut)
            self._known[key] = {row.id: row for row in rows}
        return self._known[key]

    def _completed(self, scope: Scope, cut: Slice) -> list[CompletionRow]:
        if (scope, cut) not in self._completion:
            self._completion[scope, cut] = people_queries.completion(self.session, self.actor, scope, cut)
        return self._completion[scope, cut]

    def _sum(self, code: IndicatorCode) -> Figure:
        rows = self._parts(code, self.scope, self.territory.cut).values()
        return share(sum(row.figure.numerator for row in rows), sum(row.figure.denominator for row in rows))

    def _guarded(self, code: IndicatorCode) -> tuple[bool, Guarded]:
        return self._guard(lambda scope, cut: self._atoms(code, scope, cut))

    def _guard(self, read: AtomsReader) -> tuple[bool, Guarded]:
        scope, is_local = self.scope, self.actor.municipality_id is not None
        whole = replace(scope, municipality_id=None, school_id=None)
        chosen = None if is_local else scope.municipality_id
        return guard_inside(
            read(whole, Slice.SCHOOL if is_local else Slice.MUNICIPALITY),
            lambda: read(replace(scope, school_id=None), Slice.SCHOOL),
            self.territory.region.min_group_size,
            chosen,
            scope.school_id,
        )

    def _atoms(self, code: IndicatorCode, scope: Scope, cut: Slice) -> dict[int, Atoms]:
        """Return the groups that a shown line gives away, also by subtraction from another indicator of the same part."""
        found = self._parts(code, scope, cut)
        if code in {IndicatorCode.ASSESSED, IndicatorCode.TRAINED}:
            return {key: (row.figure.numerator, row.figure.denominator - row.figure.numerator) for key, row in found.items()}
        teachers = self._parts(IndicatorCode.ASSESSED, scope, cut)
        if code is IndicatorCode.METHODIST_LOAD:
            return {key: _supported(found.get(key), row) for key, row in teachers.items()}
        return {key: _routed(row, teachers.get(key)) for key, row in found.items()}

    def _completion_atoms(self, scope: Scope, cut: Slice) -> dict[int, Atoms]:
        rows = self._completed(scope, cut)
        return {row.id: tuple(_coarse(row).by_status.values()) for row in rows}


def _supported(assigned: PartRow | None, teachers: PartRow) -> Atoms:
    people = assigned.figure.numerator if assigned else 0
    return people, teachers.figure.denominator - people


def _routed(row: PartRow, teachers: PartRow | None) -> Atoms:
    """The assessed with and without a route, and the assessed managers: all assessed without the teachers among them."""
    assessed_teachers = teachers.figure.numerator if teachers else 0
    managers = row.figure.denominator - assessed_teachers
    return row.figure.numerator, row.figure.denominator - row.figure.numerator, assessed_teachers, managers


def _coarse(row: CompletionRow) -> CompletionRow:
    without = row.by_status.get(NO_ROUTE, 0)
    approved = sum(row.by_status.get(state, 0) for state in APPROVED_OR_LATER)
    return replace(row, by_status={NO_ROUTE: without, PREPARED: row.people - without - approved, APPROVED: approved})


def _total(rows: list[CompletionRow]) -> CompletionRow:
    states = dict.fromkeys(state for row in rows for state in row.by_status)
    return CompletionRow(
        0, "", sum(row.people for row in rows), {state: sum(row.by_status.get(state, 0) for row in rows) for state in states}
    )
