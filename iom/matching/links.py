"""Links competency–offering that the text proposes; a person confirms or rejects each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iom.catalog.files.records import CompetencyRecord, OfferingRecord
from iom.catalog.kinds import CompetencyLevel
from iom.matching.index import NOTHING_BELOW, MatchIndex

LINKS_PER_COMPETENCY = 20  # more than a route ever chooses from, few enough for a person to look through


@dataclass(frozen=True, slots=True)
class Link:
    """One proposed link with what it rests on."""

    competency_code: str
    offering_code: str
    score: float  # 0..1, orders the links of one competency
    cosine: float  # lemma cosine of the query or of its synonyms
    matched_words: tuple[str, ...]


def propose_links(
    index: MatchIndex,
    competencies: Sequence[CompetencyRecord],
    offerings: Iterable[OfferingRecord],
    per_competency: int = LINKS_PER_COMPETENCY,
    min_cosine: float = NOTHING_BELOW,
) -> list[Link]:
    """The best offerings of every competency and component, in the order of the framework; blocks are too wide to be linked.

    Only `offerings` are linked, so that a new file can be linked against an index of the whole catalog.
    """
    codes = {offering.code for offering in offerings}
    others = frozenset(index.codes) - codes
    return [
        Link(competency.code, match.code, match.score, match.lemma_cosine, match.matched_words)
        for competency in competencies
        if competency.level is not CompetencyLevel.BLOCK
        for match in index.match_competency(competency.code, top=per_competency, rejected=others)
        if match.lemma_cosine >= min_cosine
    ]
