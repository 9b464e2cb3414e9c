"""What a browser sends while a person answers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from wtforms import Form, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from iom.diagnostics.service import SaveAnswers, SentAnswer

GREATEST_ID = 2**31 - 1
LONGEST_VALUE = 4000
MOST_VALUES = 60  # one for each option of the longest item


class AutosaveForm(Form):
    """One changed answer, sent by itself. `answered_at` and `sent_at` are by the clock of the device; only their difference is used."""

    item = IntegerField("Утверждение", [InputRequired(), NumberRange(1, GREATEST_ID)])
    client_key = StringField("Ключ отправки", [InputRequired(), Length(max=64)])
    answered_at = StringField("Когда отвечено", [Optional(), Length(max=40)])
    sent_at = StringField("Когда отправлено", [Optional(), Length(max=40)])

    def to_command(self, attempt_id: int, values: Sequence[str], now: datetime) -> SaveAnswers:
        answered_at = on_our_clock(self.answered_at.data, self.sent_at.data, now)
        return SaveAnswers(attempt_id, (SentAnswer(self.item.data, tuple(values), self.client_key.data, answered_at),))


def are_values(values: Sequence[str]) -> bool:
    """Tell whether the values of one item have a size that an answer can have."""
    return 0 < len(values) <= MOST_VALUES and all(len(value) <= LONGEST_VALUE for value in values)


def on_our_clock(answered_at: str | None, sent_at: str | None, now: datetime) -> datetime:
    """Return when an answer was given, by our clock: now less the time it waited on the device.

    Without the time of sending the device's clock is believed; what cannot be read counts as given now.
    """
    answered, sent = _moment(answered_at), _moment(sent_at)
    if answered is None:
        return now
    return now - max((sent or now) - answered, timedelta(0))


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def field_name(item_id: int) -> str:
    """Return the name of an item's control in the form of a block."""
    return f"q{item_id}"


def read_block(getlist: Callable[[str], list[str]], item_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return what was chosen or typed for the items of a block; an item left alone is not there."""
    found = {item_id: tuple(value for value in getlist(field_name(item_id)) if value.strip()) for item_id in item_ids}
    return {item_id: values for item_id, values in found.items() if are_values(values)}


def block_command(attempt_id: int, typed: dict[int, tuple[str, ...]]) -> SaveAnswers:
    """Return the command that keeps a block's answers."""
    return SaveAnswers(attempt_id, tuple(SentAnswer(item_id, values) for item_id, values in typed.items()))
