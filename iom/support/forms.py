"""Forms of evidence, of progress, of the end of a route."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from iom.routes.finishing import CloseRoute, CompleteRoute, MarkItem
from iom.routes.kinds import EvidenceKind
from iom.routes.review_forms import LONGEST_NUMBER, DayField
from iom.routes.workflow import ItemStatus
from iom.support import evidence_texts
from iom.support.evidencing import CertificateFacts, ReviewEvidence, SubmitEvidence
from iom.support.private_numbers import has_private_number

TEXT_LENGTH = 2000
TOO_LONG = "Не длиннее 2000 знаков"


def _filled(field: Any, message: str) -> None:
    if not (field.data or "").strip():
        raise ValidationError(message)


class EvidenceForm(Form):
    """What every kind of evidence may have: words, and the person's word that a number in them is no private one."""

    text = TextAreaField("Несколько слов", [Optional(), Length(max=TEXT_LENGTH, message=TOO_LONG)], render_kw={"rows": 3})
    is_not_private = BooleanField("Это не номер паспорта и не СНИЛС")

    def validate_text(self, field: TextAreaField) -> None:
        if has_private_number(field.data or "") and not self.is_not_private.data:
            raise ValidationError(evidence_texts.PRIVATE_NUMBERS)

    @property
    def asks_about_number(self) -> bool:
        """Whether the tick about private numbers is to be shown."""
        return has_private_number(self.text.data or "")

    @property
    def words(self) -> str:
        return (self.text.data or "").strip()


class FileForm(EvidenceForm):
    file = FileField("Файл", description=evidence_texts.FILE_HINT)


class LinkForm(EvidenceForm):
    url = StringField(
        "Адрес страницы",
        [
            InputRequired("Вставьте адрес страницы"),
            Length(max=1000, message="Адрес длиннее 1000 знаков"),
            URL(require_tld=True, message="Вставьте адрес целиком: он начинается с https:// или http://"),
        ],
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )

    def validate_url(self, field: StringField) -> None:
        if not (field.data or "").lower().startswith(("https://", "http://")):
            raise ValidationError("Адрес начинается с https:// или http://")

    def to_command(self, item_id: int) -> SubmitEvidence:
        return SubmitEvidence(item_id, EvidenceKind.LINK, text=self.words, url=(self.url.data or "").strip())


class TextForm(EvidenceForm):
    text = TextAreaField(
        "Что сделано",
        [InputRequired("Напишите, что сделано"), Length(max=TEXT_LENGTH, message=TOO_LONG)],
        render_kw={"rows": 4},
    )

    def validate_text(self, field: TextAreaField) -> None:
        _filled(field, "Напишите, что сделано")
        super().validate_text(field)

    def to_command(self, item_id: int) -> SubmitEvidence:
        return SubmitEvidence(item_id, EvidenceKind.TEXT, text=self.words)


class CertificateForm(Form):
    series = StringField("Серия", [Optional(), Length(max=20, message="Не длиннее 20 знаков")], render_kw={"autocomplete": "off"})
    number = StringField(
        "Номер",
        [InputRequired("Впишите номер документа"), Length(max=40, message="Не длиннее 40 знаков")],
        render_kw={"autocomplete": "off"},
    )
    issued_on = DayField("Дата выдачи", [InputRequired("Впишите дату выдачи")], description="ДД.ММ.ГГГГ")
    hours = IntegerField(
        "Часов по документу",
        [Optional(), NumberRange(1, 2000, message="От 1 до 2000 часов")],
        invalid_value_message="Впишите часы числом",
    )
    issuer = StringField("Кто выдал", [InputRequired("Впишите, кто выдал документ"), Length(max=300, message="Не длиннее 300 знаков")])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_number(self, field: StringField) -> None:
        _filled(field, "Впишите номер документа")

    def validate_issuer(self, field: StringField) -> None:
        _filled(field, "Впишите, кто выдал документ")

    def validate_issued_on(self, field: DayField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Дата выдачи позже сегодняшней")
        if field.data and field.data.year < self.today.year - 70:
            raise ValidationError("Проверьте год")

    def to_command(self, item_id: int) -> SubmitEvidence:
        issued_on: date = self.issued_on.data
        facts = CertificateFacts(
            series=(self.series.data or "").strip(),
            number=(self.number.data or "").strip(),
            issued_on=issued_on,
            hours=self.hours.data,
            issuer=(self.issuer.data or "").strip(),
        )
        return SubmitEvidence(item_id, EvidenceKind.CERTIFICATE, certificate=facts)


class MarkForm(Form):
    status = StringField("Как идёт шаг", [AnyOf([str(status) for status in evidence_texts.MARK])])

    def to_command(self, item_id: int) -> MarkItem:
        return MarkItem(item_id, ItemStatus(self.status.data))


class EvidenceReviewForm(Form):
    """«Принять» or «Вернуть» for all that waits at an item."""

    seen = HiddenField()
    phrases = SelectMultipleField("Готовые фразы", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    comment = TextAreaField("Замечание", [Length(max=TEXT_LENGTH, message=TOO_LONG)], render_kw={"rows": 2})
    document_missing = BooleanField("Работу принять, документ ещё ждём")
    decision = HiddenField()

    def __init__(self, *args: Any, phrases: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrases.choices = [SelectChoice(phrase, phrase) for phrase in phrases]

    @property
    def words(self) -> str:
        return "\n".join([*(self.phrases.data or []), *filter(None, [(self.comment.data or "").strip()])])

    def validate_decision(self, field: HiddenField) -> None:
        if field.data not in {"accept", "return"}:
            raise ValidationError("Выберите: принять или вернуть")

    def validate_comment(self, field: TextAreaField) -> None:
        if self.decision.data == "return" and not self.words:
            raise ValidationError("Напишите, что доработать, или отметьте готовую фразу")

    def to_command(self, item_id: int) -> ReviewEvidence:
        keys = [key for key in (self.seen.data or "").split(",") if key.isdecimal() and len(key) <= LONGEST_NUMBER]
        return ReviewEvidence(
            item_id,
            seen=frozenset(int(key) for key in keys),
            accept=self.decision.data == "accept",
            comment=self.words,
            document_missing=bool(self.document_missing.data),
        )


class FinishForm(Form):
    """The end of one's own route: two lines, if one likes."""

    what_is_new = TextAreaField(
        "Что для вас новое", [Optional(), Length(max=1000, message="Не длиннее 1000 знаков")], render_kw={"rows": 2}
    )
    goes_into_work = TextAreaField(
        "Что идёт в работу", [Optional(), Length(max=1000, message="Не длиннее 1000 знаков")], render_kw={"rows": 2}
    )
    leave_unfinished = BooleanField("Завершаю без невыполненных шагов")

    def to_command(self, route_id: int) -> CompleteRoute:
        return CompleteRoute(
            route_id,
            (self.what_is_new.data or "").strip(),
            (self.goes_into_work.data or "").strip(),
            leave_unfinished=bool(self.leave_unfinished.data),
        )


class CloseForm(Form):
    conclusion = TextAreaField(
        "Заключение",
        [InputRequired("Напишите заключение, хватит одной строки"), Length(max=TEXT_LENGTH, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    def validate_conclusion(self, field: TextAreaField) -> None:
        _filled(field, "Напишите заключение, хватит одной строки")

    def to_command(self, route_id: int) -> CloseRoute:
        return CloseRoute(route_id, (self.conclusion.data or "").strip())
