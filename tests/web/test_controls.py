"""Fields as templates see them, on real WTForms forms."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from iom.web.controls import FieldError, control_attributes, first_control_id, form_errors, is_group


class AddressForm(Form):
    town = StringField("Город", [InputRequired("Впишите город")])


class SampleForm(Form):
    name = StringField("Имя", [InputRequired("Впишите имя"), Length(max=5)])
    way = RadioField("Как", choices=[SelectChoice("a", "А"), SelectChoice("b", "Б")], validators=[InputRequired("Выберите, как")])
    address = FormField(AddressForm)
    phones = FieldList(StringField("Телефон", [InputRequired("Впишите телефон")]), min_entries=2)
    day = DateField("День", format="%d.%m.%Y")
    iso_day = DateField("День")
    hours = IntegerField("Часы")
    money = DecimalField("Деньги")
    kind = SelectField("Вид", choices=[SelectChoice("a", "А")])
    subjects = SelectMultipleField("Предметы", choices=[SelectChoice("a", "А")], widget=ListWidget(), option_widget=CheckboxInput())


def test_errors_are_listed_in_the_order_of_the_fields_and_lead_to_controls() -> None:
    form = SampleForm(MultiDict({"phones-0": "1", "phones-1": "", "day": "x", "kind": "a"}))
    form.validate()

    found = form_errors(form)

    assert found[:4] == [
        FieldError("name", "Впишите имя"),
        FieldError("way-0", "Выберите, как"),
        FieldError("address-town", "Впишите город"),
        FieldError("phones-1", "Впишите телефон"),
    ]
    assert [error.field_id for error in found[4:]] == ["day"]


def test_error_of_the_whole_form_has_no_field_to_lead_to() -> None:
    form = AddressForm(MultiDict({"town": "Лесогорск"}))
    form.form_errors.append("Срок раньше начала")

    assert form_errors(form) == [FieldError("", "Срок раньше начала")]


def test_error_of_a_list_as_a_whole_leads_to_the_list() -> None:
    class ShortList(Form):
        phones = FieldList(StringField("Телефон"), min_entries=1)

        def validate_phones(self, field: Any) -> None:
            raise ValidationError("Нужно два телефона")

    form = ShortList(MultiDict({"phones-0": "1"}))
    form.validate()

    assert form_errors(form) == [FieldError("phones", "Нужно два телефона")]


def test_form_without_errors_has_nothing_to_mend() -> None:
    assert form_errors(AddressForm()) == []


@pytest.mark.parametrize(("name", "group"), [("way", True), ("subjects", True), ("kind", False), ("name", False)])
def test_group_is_told_from_a_single_control(name: str, group: bool) -> None:
    field = SampleForm()[name]

    assert is_group(field) is group
    assert first_control_id(field) == (f"{name}-0" if group else name)


def test_control_names_its_error_before_its_hint() -> None:
    form = SampleForm(MultiDict({"name": ""}))
    form.validate()

    attributes = control_attributes(form.name, "name", "Как в паспорте")

    assert attributes["aria-describedby"] == "name-error name-hint"
    assert attributes["aria-invalid"] == "true"


def test_control_without_error_and_hint_describes_nothing() -> None:
    attributes = control_attributes(SampleForm().name, "name")

    assert "aria-describedby" not in attributes
    assert "aria-invalid" not in attributes


def test_browser_checks_nothing_by_itself() -> None:
    field = SampleForm().name
    html = str(field(**control_attributes(field, "name")))

    assert "required" not in html
    assert "maxlength" not in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hours", 'inputmode="numeric"'), ("money", 'inputmode="decimal"'), ("day", 'inputmode="numeric"'), ("iso_day", 'type="date"')],
)
def test_keyboard_suits_what_is_typed(name: str, expected: str) -> None:
    field = SampleForm()[name]

    assert expected in str(field(**control_attributes(field, name)))


def test_own_attributes_win() -> None:
    field = SampleForm().hours

    assert 'autocomplete="on"' in str(field(**control_attributes(field, "h", "", {"autocomplete": "on"})))
