"""The scale in words and the bound: which band a level falls into and from where a competency counts as mastered."""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScaleConfig:
    """Bands and bounds in per cent; configurable for a diagnostic and stored with its results.

    `bands` are the lower bounds of the bands after the first. `bound` is the kappa of most competencies (the regulation's «> 60 %»);
    `bounds_by_prefix` are exceptions by code, such as functional literacy with 70; the longest prefix wins.
    """

    bands: tuple[float, ...] = (40.0, 60.0, 80.0)
    bound: float = 60.0
    bounds_by_prefix: tuple[tuple[str, float], ...] = (("FG", 70.0),)

    def __post_init__(self) -> None:
        if list(self.bands) != sorted(set(self.bands)):
            raise ValueError(f"bands must rise, got {self.bands}")
        if not all(0 < value < 100 for value in (*self.bands, self.bound, *dict(self.bounds_by_prefix).values())):
            raise ValueError("bands and bounds must lie between 0 and 100")

    def bound_for(self, code: str) -> float:
        """Return the bound of a competency in per cent."""
        fitting = [(len(prefix), bound) for prefix, bound in self.bounds_by_prefix if code == prefix or code.startswith(f"{prefix}.")]
        return max(fitting)[1] if fitting else self.bound

    def band_of(self, level: float) -> int:
        """Return the band 1, 2, … of a level in per cent; a level on a bound belongs to the upper band."""
        return bisect_right(self.bands, level) + 1
