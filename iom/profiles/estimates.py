"""The profile of one person: an estimate with its error and a verdict for every competency there is evidence on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType

from iom.diagnostics.imports import BETA_VERSION, ImportedResult, import_log_likelihood, score_imports
from iom.diagnostics.items import ItemParameter, common_version
from iom.diagnostics.posterior import Prior, reference_scale
from iom.diagnostics.scoring import Score, score_one
from iom.profiles import self_ratings
from iom.profiles.evidence import Answer, Evidence, gather
from iom.profiles.kinds import Basis, Depth, Verdict
from iom.profiles.scale import ScaleConfig
from iom.profiles.self_ratings import SelfRule, SelfScore, own_mean_theta, score_ratings
from iom.profiles.verdicts import VerdictRule, decide, depth_of

NOTHING_KNOWN: Mapping[str, Prior] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ProfileConfig:
    """Scale and rules a profile is built with; stored with the result by whoever keeps it."""

    scale: ScaleConfig = field(default_factory=ScaleConfig)
    verdict: VerdictRule = field(default_factory=VerdictRule)
    self_rule: SelfRule = field(default_factory=SelfRule)


DEFAULT_CONFIG = ProfileConfig()


@dataclass(frozen=True, slots=True)
class CompetencyEstimate:
    """What may be said about one competency of one person.

    On objective and imported evidence `kappa` is the bound and `p_below`, `severity` refer to it. On ratings alone (basis self)
    `kappa` is the person's own mean instead: `p_below` is the chance to lie below it, `severity` the expected shortfall as its share.
    """

    competency_code: str
    basis: Basis
    n_answers: int  # of the evidence that decided; an import counts as its number of tasks
    t: float  # logits
    se: float  # logits
    level: float  # per cent
    level_se: float  # points
    low: float  # per cent, 10 % quantile
    high: float  # per cent, 90 % quantile
    p_below: float
    severity: float  # 0…1
    verdict: Verdict
    depth: Depth | None  # of a declared deficit only
    kappa: float  # per cent
    mastery: int  # band of the level, 1 lowest
    model_version: str
    self_level: float | None = None  # per cent, estimate from the person's ratings
    self_raw: float | None = None  # per cent, plain mean of the ratings
    gap: float | None = None  # points, self minus objective, only where it is worth showing


def build_profile(
    answers: Iterable[Answer],
    imports: Iterable[ImportedResult] = (),
    *,
    parents: Mapping[str, str],
    references: Mapping[str, Sequence[ItemParameter]],
    priors: Mapping[str, Prior] = NOTHING_KNOWN,
    config: ProfileConfig = DEFAULT_CONFIG,
) -> list[CompetencyEstimate]:
    """Return one estimate for each competency with evidence, sorted by code.

    Parameters
    ----------
    answers : one person's answers and ratings
    imports : percentages of the same person from elsewhere
    parents : code an item or import carries → code of its competency; a code that is not there stands for itself
    references : competency code → all its active objective items; without them the level is 100·σ(θ)
    priors : competency code → distribution of the level where a population is known; N(θ_κ, 1) elsewhere
    config : bands, bounds, rules

    Raises
    ------
    CategoryOutOfRange : an answer above its item's top category
    ValueError : parameters of two versions within one competency, or a bound its reference items cannot reach

    Notes
    -----
    Objective evidence decides when it suffices for a verdict; below that a rating, where there is one, is shown as what it is. Answers
    and imports multiply one likelihood; imports alone take the closed beta form, so that their verdict does not hang on our items.
    """
    evidence = gather(answers, imports, parents)
    ratings = [rating for entry in evidence.values() for rating in entry.ratings]
    theta_own = own_mean_theta(ratings) if ratings else 0.0
    profile = []
    for code in sorted(evidence):
        entry = evidence[code]
        own = score_ratings(entry.ratings, theta_own) if entry.ratings else None
        if own is not None and entry.n_objective < config.verdict.min_answers:
            profile.append(_from_ratings(code, own, common_version(item for _, item, _ in entry.ratings), config))
        elif entry.imports or entry.shown:
            score, version = _objective_score(entry, references.get(code, ()), priors.get(code), config.scale.bound_for(code))
            profile.append(_from_objective(code, entry, score, version, own, config))
    return profile


def _objective_score(entry: Evidence, reference: Sequence[ItemParameter], prior: Prior | None, bound: float) -> tuple[Score, str]:
    if entry.imports and not entry.answers:
        return score_imports(entry.imports, bound), BETA_VERSION
    scale = reference_scale(reference, bound)
    items = [item for _, item, _ in entry.answers]
    version = common_version([*entry.shown, *reference])
    score = score_one(
        [category for category, _, _ in entry.answers],
        items,
        scale,
        prior=prior,
        weights=[weight for _, _, weight in entry.answers],
        evidence=import_log_likelihood(entry.imports, scale) if entry.imports else None,
    )
    return score, version


def _from_objective(
    code: str, entry: Evidence, score: Score, version: str, own: SelfScore | None, config: ProfileConfig
) -> CompetencyEstimate:
    verdict = decide(entry.n_objective, score.p_below, config.verdict)
    return CompetencyEstimate(
        competency_code=code,
        basis=Basis.IMPORTED if version == BETA_VERSION else Basis.OBJECTIVE,
        n_answers=entry.n_objective,
        **asdict(score),
        verdict=verdict,
        depth=depth_of(score.severity, config.verdict) if verdict is Verdict.DEFICIT else None,
        kappa=config.scale.bound_for(code),
        mastery=config.scale.band_of(score.level),
        model_version=version,
        self_level=own.score.level if own else None,
        self_raw=own.raw if own else None,
        gap=self_ratings.gap(own.score, score, config.self_rule) if own else None,
    )


def _from_ratings(code: str, own: SelfScore, version: str, config: ProfileConfig) -> CompetencyEstimate:
    return CompetencyEstimate(
        competency_code=code,
        basis=Basis.SELF,
        n_answers=own.n_answers,
        **asdict(own.score),
        verdict=Verdict.CLAIMED if self_ratings.is_claimed(own, config.self_rule) else Verdict.UNCLAIMED,
        depth=None,
        kappa=own.own_mean,
        mastery=config.scale.band_of(own.score.level),
        model_version=version,
        self_level=own.score.level,
        self_raw=own.raw,
    )
