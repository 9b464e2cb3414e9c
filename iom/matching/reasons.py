"""Why an offering is proposed, in short sentences."""

from iom.catalog.files.records import OfferingRecord
from iom.catalog.kinds import HoursBasis
from iom.matching import texts
from iom.matching.index import NOTHING_BELOW, Match


def reasons(match: Match, offering: OfferingRecord) -> list[str]:
    """What speaks for a proposal and what to mind, the strongest first."""
    found = [texts.REASON_CONFIRMED] if match.is_confirmed else []
    found.append(texts.reason_words(match.matched_words) if match.matched_words else texts.REASON_CLOSE)
    if match.lemma_cosine < NOTHING_BELOW and not match.is_confirmed:
        found.append(texts.REASON_WEAK)
    if offering.subject:
        found.append(texts.reason_subject(offering.subject))
    if offering.hours_basis is HoursBasis.ESTIMATED:
        found.append(texts.reason_estimated(offering.planning_hours))
    return found
