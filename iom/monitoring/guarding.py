"""Two floors of groups, municipalities and their schools: which lines may be shown to those who may not see persons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from iom.monitoring.suppression import Atoms, hidden_parts, is_safe, sum_of


@dataclass(frozen=True, slots=True)
class Guarded:
    """The parts of a scope: which are hidden, and whether their total may be shown."""

    is_shown: bool
    hidden: frozenset[int]


def guard(parts: Mapping[int, Atoms], least: int, is_above_shown: bool = True) -> Guarded:
    """Return what of the parts and their total may be shown; nothing under a line that is hidden itself."""
    is_shown = is_above_shown and is_safe(sum_of(parts.values()), least)
    return Guarded(is_shown, hidden_parts(parts, least) if is_shown else frozenset(parts))


def guard_inside(
    upper: Mapping[int, Atoms], lower: Callable[[], Mapping[int, Atoms]], least: int, chosen: int | None, inner: int | None
) -> tuple[bool, Guarded]:
    """Return whether the chosen line is shown, and its parts.

    Parameters
    ----------
    upper : groups of the parts of the whole
    lower : reads the groups of the parts of the chosen one, called when one is chosen
    least : the smallest group shown, people
    chosen : a part of the whole, or none for the whole itself
    inner : a part of the chosen one, or of the whole when none is chosen; or none
    """
    above = guard(upper, least)
    if chosen is None:
        return (above.is_shown if inner is None else inner not in above.hidden and above.is_shown), above
    below = guard(lower(), least, above.is_shown and chosen not in above.hidden)
    return (below.is_shown if inner is None else inner not in below.hidden and below.is_shown), below
