"""Whom an offering addresses: groups of people and stages of education, read from the words of its audience."""

import re
from functools import cache

from iom.catalog.files.records import OfferingRecord
from iom.matching import texts
from iom.matching.kinds import AudienceGroup, Stage
from iom.matching.phrases import PhraseBook, phrase_book

Meaning = tuple[AudienceGroup | None, Stage | None]


# A conjunction ends a phrase: "teachers and psychologists" are not the one profession of a teacher-psychologist.
BREAK = re.compile(r"[,;:()—–]|\b" + texts.AND + r"\b")
LIST_BREAK = re.compile(r"[,;:()—–]")


@cache
def _book() -> PhraseBook[Meaning]:
    return phrase_book((phrase, (group, stage)) for (group, stage), phrases in texts.AUDIENCE.items() for phrase in phrases)


def groups_in(text: str) -> frozenset[AudienceGroup]:
    """Groups of people that a text names; empty when it names none."""
    return frozenset(group for group, _ in _meanings(text) if group is not None)


def stages_in(text: str) -> frozenset[Stage]:
    """Stages of education that a text names; empty when it names none."""
    return frozenset(stage for _, stage in _meanings(text) if stage is not None)


def stages_of(offering: OfferingRecord) -> frozenset[Stage]:
    """Stages that an offering is for, empty when it is for any: by its audience, else by its subject, else by its title."""
    addressed, by_subject = stages_in(offering.audience), stages_in(offering.subject)
    if addressed and (not _names_people_of_any_stage(offering.audience) or addressed == by_subject):
        return addressed
    if addressed or by_subject:
        return frozenset() if addressed else by_subject
    # A lonely "school" in a title is often a figure of speech: a school of young specialists.
    titled = stages_in(offering.title)
    return frozenset() if titled == {Stage.SCHOOL} else titled


def _names_people_of_any_stage(audience: str) -> bool:
    """Whether one item of the list names teachers or managers without a stage, as in «teachers, teachers of colleges»."""
    items = (LIST_BREAK.split(audience)) if audience else []
    return any(groups_in(item) & {AudienceGroup.TEACHER, AudienceGroup.MANAGER} and not stages_in(item) for item in items)


def _meanings(text: str) -> list[Meaning]:
    return [meaning for piece in BREAK.split(text) for meaning in _book().find(piece)]
