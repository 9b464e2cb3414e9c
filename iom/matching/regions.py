"""Whether an offering is held in a person's region, however the source words the region."""

import re

from iom.matching import texts
from iom.matching.words import plain

WORD = re.compile(r"[\w-]+")
BRACKETS = re.compile(r"\([^)]*\)")
LIST_BREAK = re.compile(r"[,;]")


def is_everywhere(region: str) -> bool:
    """Whether a region cell stands for no particular region: federal, interregional, many regions."""
    text = plain(region)
    if text.startswith(texts.FEDERAL_TERRITORY):
        return False
    return text.startswith(texts.FEDERAL) or any(mark in text for mark in texts.MANY_REGIONS)


def is_same_region(person_region: str, offering_region: str) -> bool | None:
    """Whether the two name one region; None when one of them says nothing or stands for the whole country."""
    own = _key(person_region)
    if not own or not offering_region.strip() or is_everywhere(offering_region):
        return None
    named = [key for part in LIST_BREAK.split(BRACKETS.sub("", offering_region)) if (key := _key(part))]
    return any(key <= own or own <= key for key in named) if named else None


def _key(region: str) -> frozenset[str]:
    """The words that distinguish a region: without «область», «край», «республика» and the like."""
    return frozenset(WORD.findall(BRACKETS.sub("", plain(region)))) - frozenset(texts.REGION_GENERIC.split()) - {"-"}
