"""Forms of indicators: the filter in the address, the purpose of an export."""

from wtforms import DateField, Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from iom.accounts.forms import ConfirmedForm

DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y"]

PURPOSES = [
    ("report", "отчёт органу управления"),
    ("check", "проверка данных"),
    ("work", "работа с педагогами"),
    ("other", "другое, напишу"),
]


class DayForm(Form):
    """The day of the report; the field is named as in the address."""

    date = DateField("На дату", [Optional()], format=DAYS)

    def problem(self) -> str:
        """Return what is wrong with the day."""
        return "Дата не читается. Напишите её как 24.11.2026." if self.date.errors else ""


class ExportForm(ConfirmedForm):
    """Why a list is taken out of the system; stands in the journal and on the first sheet."""

    purpose = RadioField(
        "Зачем нужна выгрузка", [InputRequired("Выберите цель")], choices=[SelectChoice(value, words) for value, words in PURPOSES]
    )
    words = StringField("Другая цель", [Length(max=200, message="Цель длиннее 200 знаков")])

    def validate_words(self, field: StringField) -> None:
        if self.purpose.data == "other" and not (field.data or "").strip():
            raise ValidationError("Напишите, зачем нужна выгрузка")

    def reason(self) -> str:
        """Return the purpose in words."""
        if self.purpose.data == "other":
            return (self.words.data or "").strip()
        return dict(PURPOSES)[self.purpose.data]
