"""Forms of those who decide about routes: agreement, talk, orders."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import DateField, Form, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from iom.routes.kinds import ReviewDecision
from iom.routes.ordering import ApproveByOrder, CorrectOrder
from iom.routes.reviewing import ReviewRoute

COMMENT_LENGTH = 2000
OLDEST_ORDER_DAYS = 400
LONGEST_NUMBER = 9  # digits of an edition or a key
PARTS_OF_DAY = 3
LENGTH_OF_YEAR = 4
LONGEST_DAY = 20


class DayField(DateField):
    """A day typed as people type it: ДД.ММ.ГГГГ with any separator, or as a browser's picker sends it."""

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format="%d.%m.%Y", invalid_value_message="Впишите дату: день, месяц, год", **kwargs)
        self.type = "DateField"  # drawn as any other day

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([plain_day(value) for value in valuelist])


def plain_day(value: str) -> str:
    """Return the day with points between its parts, "2026-11-20" turned round; what is no day stays as typed."""
    parts = [part for part in re.split(r"[^0-9]+", value) if part]
    if len(parts) != PARTS_OF_DAY or len(value) > LONGEST_DAY:
        return value
    if len(parts[0]) == LENGTH_OF_YEAR:
        parts.reverse()
    return ".".join(parts)


def route_and_version(value: str) -> tuple[int, int] | None:
    """Return a route with its edition as a tick sends them, "17:4"; None for anything else."""
    route_id, _, version = value.partition(":")
    if route_id.isdecimal() and version.isdecimal() and max(len(route_id), len(version)) <= LONGEST_NUMBER:
        return int(route_id), int(version)
    return None


def chosen_versions(values: Iterable[str]) -> dict[int, int]:
    """Return the ticked routes with the editions that were seen; what is no tick is left out."""
    return dict(pair for value in values if (pair := route_and_version(value)))


def chosen_routes(values: Iterable[str]) -> list[ReviewRoute]:
    """Return the commands that agree to the ticked routes."""
    return [ReviewRoute(route_id, version, ReviewDecision.AGREE, "") for route_id, version in chosen_versions(values).items()]


class DecisionForm(Form):
    """«Согласовать» or «Вернуть с замечанием»; ticked ready phrases stand before the own words."""

    version = HiddenField(validators=[InputRequired()])
    phrases = SelectMultipleField("Готовые фразы", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    comment = TextAreaField("Замечание", [Length(max=COMMENT_LENGTH, message="Не длиннее 2000 знаков")], render_kw={"rows": 4})
    decision = HiddenField()

    def __init__(self, *args: Any, phrases: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrases.choices = [SelectChoice(phrase, phrase) for phrase in phrases]

    @property
    def words(self) -> str:
        """The whole remark."""
        return "\n".join([*(self.phrases.data or []), *filter(None, [(self.comment.data or "").strip()])])

    def validate_decision(self, field: HiddenField) -> None:
        if field.data not in set(ReviewDecision):
            raise ValidationError("Выберите: согласовать или вернуть")

    def validate_version(self, field: HiddenField) -> None:
        if not str(field.data).isdecimal() or len(str(field.data)) > LONGEST_NUMBER:
            raise ValidationError("Обновите страницу")

    def validate_comment(self, field: TextAreaField) -> None:
        if self.decision.data == ReviewDecision.RETURN and not self.words:
            raise ValidationError("Напишите, что исправить, или отметьте готовую фразу")

    def to_command(self, route_id: int) -> ReviewRoute:
        return ReviewRoute(route_id, int(self.version.data or 0), ReviewDecision(self.decision.data), self.words)


class CommentForm(Form):
    """A message in the talk about a route or one of its items."""

    item = IntegerField(validators=[Optional()])
    text = TextAreaField("Сообщение", [InputRequired("Напишите пару слов"), Length(max=COMMENT_LENGTH, message="Не длиннее 2000 знаков")])

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Напишите пару слов")


class OrderFields(Form):
    """Number and date of an order."""

    number = StringField(
        "Номер приказа",
        [InputRequired("Впишите номер приказа"), Length(max=40, message="Не длиннее 40 знаков")],
        render_kw={"autocomplete": "off"},
    )
    issued_on = DayField("Дата приказа", [InputRequired("Впишите дату: день, месяц, год")], description="ДД.ММ.ГГГГ")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_number(self, field: StringField) -> None:
        if not self.clean_number:
            raise ValidationError("Впишите номер приказа")

    def validate_issued_on(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Дата приказа позже сегодняшней")
        if field.data and (self.today - field.data).days > OLDEST_ORDER_DAYS:
            raise ValidationError("Этой дате больше года. Проверьте год")

    @property
    def clean_number(self) -> str:
        """The number without spaces at its ends or doubled inside, and without the sign «№»."""
        return " ".join((self.number.data or "").replace("№", " ").split())


class OrderForm(OrderFields):
    """One order for the ticked routes."""

    def to_command(self, routes: dict[int, int]) -> ApproveByOrder:
        return ApproveByOrder(self.clean_number, self._day(), routes)

    def _day(self) -> date:
        day: date = self.issued_on.data
        return day


class CorrectionForm(OrderForm):
    """A mended number or date, with the reason."""

    reason = StringField("Что исправляем", [InputRequired("Напишите, почему исправляете"), Length(max=300)])

    def validate_reason(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Напишите, почему исправляете")

    def to_correction(self, order_id: int) -> CorrectOrder:
        return CorrectOrder(order_id, self.clean_number, self._day(), (self.reason.data or "").strip())


class ReturnForm(Form):
    """A return of one agreed route by the head or the centre."""

    version = IntegerField(validators=[InputRequired(), NumberRange(min=1)])
    comment = TextAreaField(
        "Что исправить", [InputRequired("Напишите, что исправить"), Length(max=COMMENT_LENGTH, message="Не длиннее 2000 знаков")]
    )

    def validate_comment(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Напишите, что исправить")

    def to_command(self, route_id: int) -> ReviewRoute:
        return ReviewRoute(route_id, self.version.data or 0, ReviewDecision.RETURN, (self.comment.data or "").strip())
