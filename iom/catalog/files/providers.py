"""What a provider's name tells about who founded it; a hint for the registry, never a verdict."""

import re

from iom.catalog.files import texts
from iom.catalog.kinds import Ownership


def ownership_by_name(name: str) -> Ownership:
    """Legal kind that the abbreviation in a name stands for; unknown when it tells nothing or several things."""
    text = name.casefold()
    words = set(re.findall(r"\w+", text))
    found = {
        kind
        for kind, marks in (
            (Ownership.STATE, texts.STATE_NAME),
            (Ownership.MUNICIPAL, texts.MUNICIPAL_NAME),
            (Ownership.PRIVATE, texts.PRIVATE_NAME),
        )
        if any(mark in words or (" " in mark and mark in text) for mark in marks)
    }
    return found.pop() if len(found) == 1 else Ownership.UNKNOWN
