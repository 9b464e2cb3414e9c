"""Between an estimate and the columns it is kept in."""

from typing import Any

from iom.diagnostics.models import Measured
from iom.profiles.estimates import DEFAULT_CONFIG, CompetencyEstimate, ProfileConfig
from iom.profiles.facts import Ground
from iom.profiles.kinds import Basis, Verdict
from iom.profiles.verdicts import depth_of

COPIED = (
    "basis", "n_answers", "t", "se", "level", "level_se", "low", "high", "p_below", "severity", "kappa", "verdict", "self_level", "gap",
    "model_version",
)  # fmt: skip


def columns_of(estimate: CompetencyEstimate, raw_percent: float | None = None) -> dict[str, Any]:
    """Return the values of the `Measured` columns; `raw_percent` is what an outside source gave, else the plain mean of ratings."""
    values = {name: getattr(estimate, name) for name in COPIED}
    return values | {"raw_percent": estimate.self_raw if raw_percent is None else raw_percent}


def estimate_of(row: Measured, code: str, config: ProfileConfig = DEFAULT_CONFIG) -> CompetencyEstimate:
    """Return the estimate that a row keeps; what follows from its numbers is computed, not stored."""
    is_deficit = row.verdict is Verdict.DEFICIT
    return CompetencyEstimate(
        competency_code=code,
        basis=row.basis,
        n_answers=row.n_answers,
        t=row.t if row.t is not None else 0.0,
        se=row.se if row.se is not None else 0.0,
        level=row.level,
        level_se=row.level_se,
        low=row.low,
        high=row.high,
        p_below=row.p_below,
        severity=row.severity,
        verdict=row.verdict,
        depth=depth_of(row.severity, config.verdict) if is_deficit else None,
        kappa=row.kappa,
        mastery=config.scale.band_of(row.level),
        model_version=row.model_version,
        self_level=row.self_level,
        self_raw=row.raw_percent if row.basis is Basis.SELF else None,
        gap=row.gap,
    )


def ground_as_json(ground: Ground) -> dict[str, Any]:
    """Return a ground as it is kept in `rests_on`."""
    return {
        "kind": str(ground.kind),
        "title": ground.title,
        "at": ground.at.isoformat(),
        "n": ground.n,
        "attempt": ground.attempt_id,
    }
