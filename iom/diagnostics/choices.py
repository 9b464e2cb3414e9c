"""The options of an item as a page draws them, with those marked that are in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from iom.diagnostics import texts
from iom.diagnostics.answering import NOT_APPLICABLE
from iom.diagnostics.kinds import ItemType
from iom.diagnostics.queries import Question


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `is_other` is «does not concern my work»."""

    value: str
    label: str
    text: str = ""
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question ready to be drawn; `value` is the option in force, empty when none is."""

    item_id: int
    statement: str
    hint: str
    example: str
    choices: tuple[Choice, ...]
    value: str
    error: str = ""


def shown(question: Question, typed: Mapping[int, tuple[str, ...]], errors: Mapping[int, str]) -> ShownQuestion:
    """Return a question as it is drawn; what was just sent stands before what is stored."""
    sent = typed.get(question.item_id, ())
    return ShownQuestion(
        item_id=question.item_id,
        statement=question.stem,
        hint=question.hint,
        example=question.example,
        choices=choices_of(question),
        value=sent[0] if sent else _stored(question),
        error=errors.get(question.item_id, ""),
    )


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Return the options in order; «does not concern my work» is offered for statements only."""
    found = tuple(Choice(str(n), option["label"], option.get("descriptor", "")) for n, option in enumerate(question.options))
    if question.item_type is not ItemType.SELF_STATEMENT:
        return found
    return (*found, Choice(NOT_APPLICABLE, texts.NOT_APPLICABLE_LABEL, texts.NOT_APPLICABLE_HINT, is_other=True))


def _stored(question: Question) -> str:
    if question.is_not_applicable:
        return NOT_APPLICABLE
    return str(min(question.chosen)) if question.chosen else ""
