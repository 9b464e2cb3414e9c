"""A catalog of any size put together from the real one, for measurements."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from iom.catalog.files import OfferingRecord
from iom.catalog.kinds import OfferingKind

SEED = 1
STRANGE_WORDS = 8_000  # for a vocabulary as wide as that of a large catalog


def made_catalog(real: Sequence[OfferingRecord], size: int, letters: str) -> list[OfferingRecord]:
    """Return `size` programmes with titles, subjects and annotations mixed from real ones, and made-up words of the letters."""
    rng = Random(SEED)  # noqa: S311 - data for measurements, nothing secret hangs on it
    programs = [offering for offering in real if offering.kind is OfferingKind.PROGRAM]
    words = sorted({word for offering in programs for word in f"{offering.title} {offering.annotation}".split()})
    strange = ["".join(rng.choices(letters, k=rng.randint(5, 11))) for _ in range(STRANGE_WORDS)]
    return [_mixed(rng, number, programs, words, strange) for number in range(size)]


def _mixed(rng: Random, number: int, real: Sequence[OfferingRecord], words: list[str], strange: list[str]) -> OfferingRecord:
    first, second = rng.choice(real), rng.choice(real)
    title = " ".join([*first.title.split()[:8], *second.title.split()[-5:], *rng.sample(strange, 2)])
    return replace(first, code=f"S{number:05d}", title=title, annotation=" ".join(rng.sample(words, 12)), subject=second.subject)
