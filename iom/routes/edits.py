"""What an edit by hand does to a route: the effect of any set of items, the rules it breaks, and good replacements for one item."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Case, Conditions, make_case
from iom.routes.instance import Instance, ItemId, id_order
from iom.routes.proposal import coverage_by_code, share_of
from iom.routes.reasons import COVERED, Obstacle
from iom.routes.rules import Row, Rule, rows_of
from iom.routes.value import objective_of

REPLACEMENTS = 3


@dataclass(frozen=True)
class Breach:
    """A rule that the items break together: which items it is about, what they come to and what is allowed."""

    rule: Rule
    items: tuple[ItemId, ...]
    amount: int
    allowed: int


@dataclass(frozen=True)
class Effect:
    """What a set of items does, whether or not it keeps the rules; `barred` names items that dates, seats or eligibility forbid."""

    coverage: Mapping[str, int]  # code of a need → per cent of its gap, up to 100
    share: float
    covered: int
    hours: int
    hours_estimated: int
    price: int
    objective: int
    breaches: tuple[Breach, ...]
    barred: Mapping[ItemId, frozenset[Obstacle]]


@dataclass(frozen=True)
class NeedChange:
    """Coverage of one need before and after an edit, per cent up to 100."""

    code: str
    before: int
    after: int


@dataclass(frozen=True)
class Swap:
    """A replacement for one item with everything that it changes."""

    id: ItemId
    changes: tuple[NeedChange, ...]
    hours_delta: int
    price_delta: int
    share_before: float
    share_after: float
    objective_delta: int


def effect_of(selected: Collection[ItemId], needs: Iterable[Need], candidates: Sequence[Candidate], conditions: Conditions) -> Effect:
    """Return the effect of a set of items; items of the person's own are passed among the candidates.

    Raises
    ------
    KeyError : an id that is not among the candidates
    """
    return _effect(make_case(needs, candidates, conditions), {candidate.id: candidate for candidate in candidates}, selected)


def swap_options(
    selected: Collection[ItemId],
    item_id: ItemId,
    needs: Iterable[Need],
    candidates: Sequence[Candidate],
    conditions: Conditions,
    limit: int = REPLACEMENTS,
) -> tuple[Swap, ...]:
    """Return the best replacements for one item, the best first: by Z, then fewer hours, lower price, smaller id.

    A replacement works on a need that the item works on (on any, when it works on none), is not barred or removed, and breaks no rule
    that the route kept before. A pinned item may be replaced: whoever asks for it no longer insists.

    Raises
    ------
    KeyError : an id that is not among the candidates
    """
    unpinned = replace(conditions, must=tuple(pinned for pinned in conditions.must if pinned != item_id))
    case = make_case(needs, candidates, unpinned)
    by_id = {candidate.id: candidate for candidate in candidates}
    before = _effect(case, by_id, selected)
    left = [other for other in selected if other != item_id]
    kept_out = {one.item.id for one in case.barred} | set(selected) | set(conditions.forbidden)
    aims = _needs_served(case, by_id[item_id]) or set(case.codes)
    rivals = [one for one in candidates if one.id not in kept_out and aims & _needs_served(case, one)]
    broken = {breach.rule for breach in before.breaches}
    effects = {rival.id: _effect(case, by_id, [*left, rival.id]) for rival in rivals}
    fitting = [rival for rival, effect in effects.items() if {breach.rule for breach in effect.breaches} <= broken]
    fitting.sort(key=lambda rival: (-effects[rival].objective, effects[rival].hours, effects[rival].price, id_order(rival)))
    return tuple(_swap(rival, before, effects[rival]) for rival in fitting[:limit])


def changes_between(before: Effect, after: Effect) -> tuple[NeedChange, ...]:
    """Return needs whose coverage differs, those that lose first."""
    changes = [NeedChange(code, percent, after.coverage[code]) for code, percent in before.coverage.items()]
    return tuple(sorted((one for one in changes if one.before != one.after), key=lambda one: (one.after - one.before, one.code)))


def _swap(rival: ItemId, before: Effect, after: Effect) -> Swap:
    return Swap(
        rival,
        changes_between(before, after),
        after.hours - before.hours,
        after.price - before.price,
        before.share,
        after.share,
        after.objective - before.objective,
    )


def _needs_served(case: Case, candidate: Candidate) -> set[str]:
    return {code for code in case.codes if candidate.cover.get(code)}


def _effect(case: Case, by_id: Mapping[ItemId, Candidate], selected: Collection[ItemId]) -> Effect:
    chosen = [by_id[item_id] for item_id in selected]
    instance = _only(case, selected)
    totals = coverage_by_code(case, chosen)
    ids = set(selected)
    return Effect(
        coverage={code: min(100, total) for code, total in totals.items()},
        share=share_of(case, chosen),
        covered=sum(totals[code] >= COVERED for code in case.codes),
        hours=sum(candidate.hours for candidate in chosen),
        hours_estimated=sum(candidate.hours for candidate in chosen if candidate.hours_estimated),
        price=sum(candidate.price for candidate in chosen),
        objective=objective_of(instance, selected),
        breaches=_breaches(instance),
        barred={one.item.id: one.barriers for one in case.barred if one.item.id in ids},
    )


def _only(case: Case, selected: Collection[ItemId]) -> Instance:
    """Return the instance with the selected items only, barred ones included, sorted by id."""
    ids = set(selected)
    items = [item for item in (*case.instance.items, *(one.item for one in case.barred)) if item.id in ids]
    return replace(case.instance, items=tuple(sorted(items, key=lambda item: id_order(item.id))))


def _breaches(instance: Instance) -> tuple[Breach, ...]:
    everything = range(len(instance.items))
    return tuple(_breach(instance, row) for row in rows_of(instance, instance.items) if not row.holds(everything))


def _breach(instance: Instance, row: Row) -> Breach:
    amount = sum(factor for _, factor in row.terms)
    allowed = row.high if row.high is not None and amount > row.high else row.low
    return Breach(row.rule, tuple(instance.items[place].id for place, _ in row.terms), amount, allowed or 0)
