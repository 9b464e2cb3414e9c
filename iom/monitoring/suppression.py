"""Which groups may be shown to those who may not see persons: small ones are hidden, and so is what would give them away."""

from collections.abc import Iterable, Mapping

Atoms = tuple[int, ...]
"""The disjoint groups of people that a shown line lets one work out: those who count, those who do not, and so on."""


def is_safe(atoms: Atoms, least: int) -> bool:
    """Tell whether each group is empty or large enough."""
    return all(count == 0 or count >= least for count in atoms)


def sum_of(lines: Iterable[Atoms]) -> Atoms:
    """Return the groups of several lines together; no lines give no groups."""
    return tuple(map(sum, zip(*lines, strict=True)))


def hidden_parts(parts: Mapping[int, Atoms], least: int) -> frozenset[int]:
    """Return the parts to hide when their total is shown beside them.

    Parameters
    ----------
    parts : groups of each municipality or school, all of one length, in people
    least : the smallest group that may be shown, people

    Returns
    -------
    frozenset of keys: every part with a small group, and as many of the smallest others as it takes until the hidden ones together,
    which anybody gets by subtraction from the total, hold no small group either. When even all together do, all are returned, and
    the total is not safe.

    Notes
    -----
    Complementary suppression over one additive margin: what the shown lines and the total determine is exactly the sum of the hidden
    lines (Willenborg, de Waal, Elements of Statistical Disclosure Control, ch. 4).
    """
    hidden = {key for key, atoms in parts.items() if not is_safe(atoms, least)}
    # A part without people hides nothing.
    others = sorted((key for key in parts.keys() - hidden if sum(parts[key])), key=lambda key: (sum(parts[key]), key), reverse=True)
    while hidden and others and not is_safe(sum_of(parts[key] for key in hidden), least):
        hidden.add(others.pop())
    return frozenset(hidden)
