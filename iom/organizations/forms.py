"""Forms of employees: the filter of the list, the post, the move to another school, the staff file."""

from collections.abc import Sequence

from wtforms import DateField, FileField, Form, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from iom.core import clock
from iom.organizations import texts
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.staff import PostFacts, Transfer

DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y"]
BAD_DAY = "Дата не читается. Напишите её как 24.11.2026"


class Day(DateField):
    """A date as people write it, with a sentence of ours when it cannot be read."""

    def __init__(self, label: str, validators: Sequence[object] = (), **kwargs: object) -> None:
        super().__init__(label, validators, format=DAYS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(BAD_DAY) from error


class PostForm(Form):
    """What a school keeps of an employee beside the name."""

    position = StringField("Должность", [InputRequired("Напишите должность"), Length(max=200, message="Должность длиннее 200 знаков")])
    category = SelectField("Кто это", choices=[SelectChoice(str(key), word) for key, word in texts.EMPLOYEE_CATEGORY.items()])
    subjects = SelectMultipleField(
        "Предметы", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), validators=[Optional()]
    )
    qualification_category = SelectField(
        "Квалификационная категория", choices=[SelectChoice(str(key), word) for key, word in texts.QUALIFICATION.items()]
    )
    category_assigned_on = Day("Когда присвоена", [Optional()])
    seen = HiddenField()

    def validate_position(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Напишите должность")

    def validate_category_assigned_on(self, field: DateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Эта дата ещё не наступила")

    def to_facts(self) -> PostFacts:
        return PostFacts(
            position=" ".join((self.position.data or "").split()),
            category=EmployeeCategory(self.category.data),
            subject_ids=tuple(sorted(self.subjects.data or ())),
            qualification_category=QualificationCategory(self.qualification_category.data),
            category_assigned_on=self.category_assigned_on.data,
        )


class TransferForm(Form):
    """Where a person works from which day on."""

    school = SelectField("Новая школа", coerce=int, validators=[InputRequired("Выберите школу")])
    position = StringField("Должность", [InputRequired("Напишите должность"), Length(max=200, message="Должность длиннее 200 знаков")])
    starts_on = Day("С какого дня", [InputRequired("Напишите день")])

    def to_command(self, employee_id: int) -> Transfer:
        return Transfer(employee_id, self.school.data, " ".join((self.position.data or "").split()), self.starts_on.data)


class StaffFileForm(Form):
    """A staff list to be checked."""

    file = FileField("Файл со списком", description="XLSX или CSV, до\u00a010\u00a0МБ и\u00a050\u00a0000 строк")
