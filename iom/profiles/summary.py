"""A profile as a page tells it: which competency stands where, in which band, how sure that is, what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from iom.profiles.blocks import BlockSummary, summarise_blocks
from iom.profiles.change_rows import ChangeRow
from iom.profiles.estimates import DEFAULT_CONFIG, ProfileConfig
from iom.profiles.kinds import Basis, DeficitKind, DeficitOrigin, DeficitStatus, Depth, GroundKind, Verdict
from iom.profiles.models import ProfileEntry
from iom.profiles.queries import DeficitRow, MapRow
from iom.profiles.stored import estimate_of
from iom.profiles.verdicts import depth_of

DOUBTFUL = frozenset({Verdict.INSUFFICIENT, Verdict.PROBABLE, Verdict.OPEN})
GOOD = frozenset({Verdict.NONE, Verdict.UNCLAIMED})


@dataclass(frozen=True, slots=True)
class ShownGround:
    """One thing an estimate rests on, as the page names it."""

    kind: GroundKind
    title: str
    at: datetime
    n: int
    attempt_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One competency of a profile. `level` is None where nothing was measured: there are ratings only, or a person named the need.

    On ratings `self_level` is the person's own mark, `kappa` their own mean, and `low`, `high` the band of the mark.
    """

    code: str
    title: str
    position: int
    verdict: Verdict | None
    level: float | None = None
    low: float | None = None
    high: float | None = None
    kappa: float = 60.0
    self_level: float | None = None
    gap: float | None = None
    p_below: float | None = None
    band: int = 0  # 1…4, 0 where the level is not established
    is_near_edge: bool = False  # the interval reaches into another band
    n_answers: int = 0
    grounds: tuple[ShownGround, ...] = ()
    need: DeficitRow | None = None
    change: ChangeRow | None = None

    @property
    def is_self(self) -> bool:
        return self.level is None and self.self_level is not None

    @property
    def is_thin(self) -> bool:
        """Whether the level is not established: too few answers, or an interval on both sides of the bound."""
        return self.verdict in DOUBTFUL

    @property
    def attempt_ids(self) -> frozenset[int]:
        """The attempts taken here whose answers the estimate rests on."""
        return frozenset(ground.attempt_id for ground in self.grounds if ground.kind is not GroundKind.IMPORTED)

    @property
    def is_marked(self) -> bool:
        return self.need is not None and self.need.deficit.is_marked

    @property
    def is_wish(self) -> bool:
        return self.need is not None and self.need.deficit.origin is DeficitOrigin.PERSONAL_REQUEST

    @property
    def is_seen_by_person(self) -> bool:
        """Whether a tutor or methodist added the need."""
        return self.need is not None and self.need.deficit.origin is DeficitOrigin.TUTOR

    @property
    def depth(self) -> Depth | None:
        """How deep a deficit is; None of a claim, which has no distance to the bound."""
        if self.need is None or self.need.deficit.kind is not DeficitKind.DEFICIT:
            return None
        return depth_of(self.need.deficit.severity)

    @property
    def was(self) -> float | None:
        """The level of the measurement before, where one is comparable with what is shown."""
        return self.change.before.level if self.change is not None and not self.is_self else None

    @property
    def self_was(self) -> float | None:
        return self.change.before.level if self.change is not None and self.is_self else None


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the map with its level, where enough of it is measured."""

    title: str
    summary: BlockSummary
    is_self: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole page in the order it is read."""

    deficits: tuple[Line, ...]
    claims: tuple[Line, ...]
    doubts: tuple[Line, ...]
    strengths: tuple[Line, ...]
    aside: tuple[DeficitRow, ...]
    others: tuple[Line, ...]  # known, set aside by a person: no section of their own
    blocks: tuple[Block, ...]
    n_tasks: int
    n_ratings: int
    measured_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not (self.deficits or self.claims or self.doubts or self.strengths)

    @property
    def is_self_only(self) -> bool:
        """Whether nothing was measured and nobody but the person named a need."""
        return not self.is_empty and self.n_tasks == 0 and not self.deficits

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.deficits, *self.claims, *self.doubts, *self.strengths)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return (*self.lines, *self.others)

    @property
    def has_changes(self) -> bool:
        return any(line.change is not None for line in self.lines)


def summarise(
    rows: Sequence[MapRow], needs: Sequence[DeficitRow], changes: Iterable[ChangeRow], config: ProfileConfig = DEFAULT_CONFIG
) -> Summary:
    """Return the page of one profile.

    Parameters
    ----------
    rows : what is known, and the competencies that concern the person
    needs : all needs of the person, open and past, the newest first
    changes : before and after where something was measured twice
    """
    opened = {row.code: row for row in needs if row.deficit.status is DeficitStatus.OPEN}
    repeated = {change.code: change for change in changes}
    entries = [row.entry for row in rows if row.entry is not None]
    lines = [_line(row, row.entry, opened.get(row.code), repeated.get(row.code), config) for row in rows if row.entry is not None]
    known = {line.code for line in lines}
    lines += [Line(row.code, row.title, row.position, None, need=row) for row in opened.values() if row.code not in known]
    rest = [line for line in lines if line.need is None]
    return Summary(
        deficits=_by_priority(lines, DeficitKind.DEFICIT),
        claims=_by_priority(lines, DeficitKind.CLAIM, DeficitKind.REQUEST),
        doubts=tuple(sorted((line for line in rest if line.is_thin), key=lambda line: (-(line.p_below or 0), line.position))),
        strengths=tuple(sorted((line for line in rest if line.verdict in GOOD), key=lambda line: (-(line.level or 0), line.position))),
        aside=_aside(needs, opened),
        others=tuple(line for line in rest if not line.is_thin and line.verdict not in GOOD),
        blocks=_blocks(rows, config),
        n_tasks=sum(entry.n_answers for entry in entries if entry.basis is not Basis.SELF),
        n_ratings=sum(ground["n"] for entry in entries for ground in entry.rests_on if ground["kind"] == GroundKind.SELF),
        measured_at=max((entry.measured_at for entry in entries), default=None),
    )


def _by_priority(lines: Iterable[Line], *kinds: DeficitKind) -> tuple[Line, ...]:
    found = [(line.need.deficit, line) for line in lines if line.need is not None and line.need.deficit.kind in kinds]
    return tuple(line for need, line in sorted(found, key=lambda pair: (-pair[0].priority, not pair[0].is_marked, pair[1].position)))


def _aside(needs: Iterable[DeficitRow], opened: Mapping[str, DeficitRow]) -> tuple[DeficitRow, ...]:
    """Return what was set aside with a reason and did not come back, the newest of each competency."""
    newest: dict[str, DeficitRow] = {}
    for row in needs:
        newest.setdefault(row.code, row)
    return tuple(
        row for row in newest.values() if row.code not in opened and row.deficit.status is DeficitStatus.DROPPED and row.deficit.reason
    )


def _line(row: MapRow, entry: ProfileEntry, need: DeficitRow | None, change: ChangeRow | None, config: ProfileConfig) -> Line:
    scale = config.scale
    is_self = entry.basis is Basis.SELF
    thin = entry.verdict in DOUBTFUL
    # A change of ratings says nothing beside a measured level, nor the other way round.
    fitting = change if change is not None and (change.basis is Basis.SELF) == is_self else None
    return Line(
        code=row.code,
        title=row.title,
        position=row.position,
        verdict=entry.verdict,
        level=None if is_self else entry.level,
        low=entry.low,
        high=entry.high,
        kappa=entry.kappa,
        self_level=entry.self_level,
        gap=entry.gap,
        p_below=entry.p_below,
        band=0 if is_self or thin else scale.band_of(entry.level),
        is_near_edge=scale.band_of(entry.low) != scale.band_of(entry.high),
        n_answers=entry.n_answers,
        grounds=tuple(shown_ground(ground) for ground in entry.rests_on),
        need=need,
        change=fitting,
    )


def shown_ground(ground: Mapping[str, object]) -> ShownGround:
    """Return a ground as `rests_on` keeps it, with its moment read."""
    return ShownGround(
        kind=GroundKind(str(ground["kind"])),
        title=str(ground["title"]),
        at=datetime.fromisoformat(str(ground["at"])),
        n=int(str(ground["n"])),
        attempt_id=int(str(ground["attempt"])),
    )


def _blocks(rows: Iterable[MapRow], config: ProfileConfig) -> tuple[Block, ...]:
    concerning = [row for row in rows if row.concerns]
    estimates = [estimate_of(row.entry, row.code, config) for row in concerning if row.entry is not None]
    weights = {row.code: row.weight for row in concerning}
    blocks = {row.code: row.block for row in concerning}
    titles = {row.block: row.block_title for row in concerning}
    found = []
    for is_self in (False, True):
        summaries = {summary.block_code: summary for summary in summarise_blocks(estimates, weights, blocks, is_self=is_self)}
        found += [Block(titles[code], summaries[code], is_self) for code in titles if summaries[code].level is not None]
    return tuple(found)
