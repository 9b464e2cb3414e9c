"""The personal protocol of a diagnostic: levels with their uncertainty, in the words the caller has chosen; for its owner only."""

from dataclasses import dataclass
from datetime import date

from iom.documents import texts
from iom.documents.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class CompetencyBar:
    """One competency; all levels are per cent 0–100, whole.

    Raises ValueError when a level lies outside 0–100 or the interval does not hold the level.
    """

    competency: str
    verdict: str  # in words
    level: int | None = None  # None: nothing may be said yet
    low: int | None = None  # bounds of the 80 % interval
    high: int | None = None
    bound: int = 60
    answers: int = 0
    self_level: int | None = None
    previous: int | None = None
    band: str = ""  # «скорее ниже базового»
    note: str = ""  # depth, why under question, what to do
    is_open: bool = False  # under question: drawn dashed

    def __post_init__(self) -> None:
        marks = (self.level, self.low, self.high, self.bound, self.self_level, self.previous)
        if any(mark is not None and not 0 <= mark <= 100 for mark in marks):
            raise ValueError(f"a level outside 0..100: {marks}")
        if self.low is not None and self.high is not None and self.level is not None and not self.low <= self.level <= self.high:
            raise ValueError(f"level {self.level} outside its interval {self.low}..{self.high}")


@dataclass(frozen=True, slots=True)
class ProtocolBlock:
    """One block of the framework with its competencies."""

    title: str
    bars: tuple[CompetencyBar, ...]


@dataclass(frozen=True, slots=True)
class ProtocolSheet:
    """One person's results of one diagnostic."""

    full_name: str
    diagnostic: str
    printed_on: date
    blocks: tuple[ProtocolBlock, ...]
    school: str = ""
    position: str = ""
    campaign: str = ""
    kind: str = ""
    method: str = ""
    stage: str = ""
    held_on: date | None = None
    summary: str = ""  # «Три дефицита, один под вопросом»
    method_version: str = ""


def protocol_view(sheet: ProtocolSheet) -> dict[str, object]:
    """Return the texts and the numbers of the bars under the names the template uses."""
    facts = {
        "full_name": sheet.full_name,
        "position": sheet.position,
        "school": sheet.school,
        "diagnostic": texts.joined((sheet.diagnostic, sheet.campaign)),
        "about": texts.joined((sheet.kind, sheet.method, sheet.stage)),
        "held_on": texts.short_date(sheet.held_on),
    }
    return {
        "title": texts.PROTOCOL_TITLE,
        "full_name": sheet.full_name,
        "facts": [{"label": texts.PROTOCOL_LABELS[name], "value": value} for name, value in facts.items() if value],
        "summary": sheet.summary,
        "blocks": [{"title": block.title, "bars": [_bar(bar) for bar in block.bars]} for block in sheet.blocks],
        "method_version": sheet.method_version,
        "printed": texts.printed_on(sheet.printed_on),
        "fingerprint": fingerprint(sheet),
    }


def _bar(bar: CompetencyBar) -> dict[str, object]:
    return {
        "competency": bar.competency,
        "verdict": bar.verdict,
        "result": texts.level_band(bar.level, bar.low, bar.high),
        "band": bar.band,
        "answers": texts.answers(bar.answers) if bar.answers else "",
        "note": bar.note,
        "extra": texts.joined((texts.self_rating(bar.self_level), texts.previous_level(bar.previous))),
        "level": bar.level,
        "low": bar.low,
        "high": bar.high,
        "bound": bar.bound,
        "self_level": bar.self_level,
        "previous": bar.previous,
        "is_open": bar.is_open,
    }
