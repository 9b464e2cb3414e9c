"""Forms of the profile."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from iom.profiles.kinds import Depth
from iom.profiles.page_texts import DEPTH
from iom.profiles.service import AddDeficit, DropDeficit, MarkCompetency, WriteRequest

ALLOWED_CONTROLS = frozenset("\n\r\t")


def plain(form: Form, field: Any) -> None:
    """Refuse characters that no keyboard types and no page can show."""
    if any(unicodedata.category(char) == "Cc" and char not in ALLOWED_CONTROLS for char in field.data or ""):
        raise ValidationError("В тексте есть непечатаемые знаки. Наберите его заново или вставьте без оформления")


def tidy(text: str | None) -> str:
    """Return the text without spaces around it and with one kind of line end."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class RequestForm(Form):
    text = TextAreaField("Что вам нужно", [Length(max=1000, message="До 1000 знаков"), plain])

    def to_command(self) -> WriteRequest:
        return WriteRequest(tidy(self.text.data))


class MarkForm(Form):
    competency = StringField("Компетенция", [InputRequired(), Length(max=20)])
    is_marked = BooleanField("Важно")

    def to_command(self, employee_id: int) -> MarkCompetency:
        return MarkCompetency(employee_id, self.competency.data, self.is_marked.data)


class ReasonForm(Form):
    reason = TextAreaField(
        "Причина", [InputRequired("Напишите пару слов: их увидит педагог"), Length(min=3, max=500, message="От 3 до 500 знаков"), plain]
    )

    def to_command(self, employee_id: int, deficit_id: int) -> DropDeficit:
        return DropDeficit(employee_id, deficit_id, tidy(self.reason.data))


class AddForm(Form):
    competency = SelectField("Компетенция", [InputRequired("Выберите компетенцию")])
    depth = RadioField(
        "Насколько глубокий",
        [InputRequired("Выберите, насколько глубокий")],
        choices=[SelectChoice(str(depth), DEPTH[depth]) for depth in Depth],
    )
    reason = TextAreaField(
        "На чём основано",
        [InputRequired("Напишите, что вы видели: это увидит педагог"), Length(min=3, max=500, message="От 3 до 500 знаков"), plain],
    )

    def offer(self, competencies: Iterable[tuple[str, str]]) -> None:
        """Give the competencies to choose from as (code, title)."""
        self.competency.choices = [SelectChoice("", "Выберите"), *(SelectChoice(code, title) for code, title in competencies)]

    def to_command(self, employee_id: int) -> AddDeficit:
        return AddDeficit(employee_id, self.competency.data, Depth(self.depth.data), tidy(self.reason.data))
