"""The filter of the journal."""

from datetime import date

from wtforms import DateField, Form, StringField
from wtforms.validators import Optional

from iom.core.models import Outcome

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]


class JournalForm(Form):
    """What the journal is narrowed to; what cannot be read is ignored."""

    q = StringField("Человек")
    action = StringField("Действие")
    object = StringField("Объект")
    outcome = StringField("Исход")
    since = DateField("С", [Optional()], format=DAYS)
    until = DateField("По", [Optional()], format=DAYS)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple((self.q.data or "").split()[:5])

    @property
    def chosen_outcome(self) -> Outcome | None:
        return Outcome(self.outcome.data) if self.outcome.data in set(Outcome) else None

    @property
    def chosen_object(self) -> tuple[str, int | None]:
        """Kind and number of the object: «school 12», «school:12» or only «school»."""
        kind, _, number = (self.object.data or "").strip().replace(":", " ").partition(" ")
        number = number.strip()
        return kind[:40], int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.since.data, self.until.data
