"""Forms of the catalog's editor."""

from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, FieldList, Form, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from iom.catalog import texts
from iom.catalog.kinds import DeliveryForm, Funding, OfferingKind, Ownership, ProgramType, Registry
from iom.catalog.models import Offering
from iom.catalog.service import RunFacts, SaveOffering

DATES = ["%Y-%m-%d", "%d.%m.%Y"]
BLANK_RUNS = 2
LARGEST_HOURS = 2000


class RunForm(Form):
    id = HiddenField()
    starts_on = DateField("Начало", [Optional()], format=DATES)
    ends_on = DateField("Конец", [Optional()], format=DATES)
    enrol_until = DateField("Запись до", [Optional()], format=DATES)
    seats = IntegerField("Мест", [Optional(), NumberRange(0, 100_000, message="Число мест не может быть отрицательным")])
    place = StringField("Место", [Length(max=300)])

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Конец раньше начала")
        if field.data and not self.starts_on.data:
            raise ValidationError("Укажите и начало")

    def to_facts(self) -> RunFacts | None:
        start: date | None = self.starts_on.data
        if start is None:
            return None
        key = self.id.data or ""
        return RunFacts(
            int(key) if key.isdigit() else None,
            start,
            self.ends_on.data or start,
            self.enrol_until.data,
            self.seats.data,
            (self.place.data or "").strip(),
        )


def _choices(words: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(value), word[0] if isinstance(word, tuple) else word) for value, word in words.items()]


class OfferingForm(Form):
    kind = SelectField("Вид", choices=_choices(texts.KIND))
    program_type = SelectField("Вид программы", choices=_choices(texts.PROGRAM_TYPE))
    title = StringField("Название", [InputRequired("Напишите название"), Length(max=600)])
    annotation = TextAreaField("О чём", [Length(max=4000)])
    audience = StringField("Для кого", [Length(max=500)])
    subject_text = StringField("Предмет и тема", [Length(max=300)])
    provider = StringField("Кто проводит", [Length(max=300)])
    ownership = SelectField("Организация", choices=_choices(texts.OWNERSHIP))
    region_name = StringField("Регион", [Length(max=200)])
    place = StringField("Место", [Length(max=300)])
    hours = StringField("Часы", [Regexp(r"^\s*(\d{1,4}(\s*[;,]\s*\d{1,4})*)?\s*$", message="Числа через точку с запятой, например 36; 72")])
    delivery_form = SelectField("Форма", choices=_choices(texts.FORM))
    funding = SelectField("Оплата", choices=_choices(texts.FUNDING))
    price = IntegerField("Цена, ₽", [Optional(), NumberRange(0, 10_000_000, message="Цена не может быть отрицательной")])
    registry = SelectField("Реестр", choices=_choices(texts.REGISTRY))
    registry_number = StringField("Номер в реестре", [Length(max=60)])
    registry_valid_until = DateField("Действует до", [Optional()], format=DATES)
    is_active = BooleanField("Показывать в каталоге и брать в маршруты", default=True)
    runs = FieldList(FormField(RunForm), max_entries=60)

    def validate_hours(self, field: StringField) -> None:
        volumes = self._volumes()
        if any(not 1 <= volume <= LARGEST_HOURS for volume in volumes):
            raise ValidationError("От 1 до 2000 часов")
        least = {ProgramType.UPSKILLING: 16, ProgramType.RETRAINING: 250}.get(ProgramType(self.program_type.data))
        if self.kind.data == OfferingKind.PROGRAM and volumes and least and volumes[0] < least:
            raise ValidationError(f"По закону не меньше {least} часов для этого вида программы")

    def validate_registry_number(self, field: StringField) -> None:
        if self.registry.data != Registry.NONE and not (field.data or "").strip():
            raise ValidationError("Укажите номер в реестре")

    def _volumes(self) -> tuple[int, ...]:
        parts = (self.hours.data or "").replace(",", ";").split(";")
        return tuple(sorted({int(part) for part in parts if part.strip().isdigit()}))

    def to_command(self, offering_id: int | None, version: int) -> SaveOffering:
        kind = OfferingKind(self.kind.data)
        return SaveOffering(
            offering_id=offering_id,
            version=version,
            kind=kind,
            program_type=ProgramType(self.program_type.data) if kind is OfferingKind.PROGRAM else None,
            title=_text(self.title),
            annotation=_text(self.annotation),
            audience=_text(self.audience),
            subject_text=_text(self.subject_text),
            provider=_text(self.provider),
            ownership=Ownership(self.ownership.data),
            region_name=_text(self.region_name),
            place=_text(self.place),
            hours=self._volumes(),
            delivery_form=DeliveryForm(self.delivery_form.data),
            funding=Funding(self.funding.data),
            price=self.price.data,
            registry=Registry(self.registry.data),
            registry_number=_text(self.registry_number),
            registry_valid_until=self.registry_valid_until.data,
            is_active=bool(self.is_active.data),
            runs=tuple(facts for run in self.runs if (facts := run.form.to_facts())),
        )


def _text(field: StringField) -> str:
    return (field.data or "").strip()


def form_of(row: Offering) -> OfferingForm:
    """Return the form filled with what is saved, and room for new runs."""
    runs: list[dict[str, Any]] = [
        {
            "id": run.id,
            "starts_on": run.starts_on,
            "ends_on": run.ends_on,
            "enrol_until": run.enrol_until,
            "seats": run.seats,
            "place": run.place,
        }
        for run in row.runs
    ]
    volumes = [variant.hours for variant in row.hours_variants] or ([row.hours] if row.hours else [])
    return OfferingForm(
        data={
            "kind": str(row.kind),
            "program_type": str(row.program_type or ProgramType.UPSKILLING),
            "title": row.title,
            "annotation": row.annotation,
            "audience": row.audience,
            "subject_text": row.subject_text,
            "provider": row.provider.name if row.provider else "",
            "ownership": str(row.provider.ownership if row.provider else Ownership.UNKNOWN),
            "region_name": row.region_name,
            "place": row.place,
            "hours": "; ".join(map(str, volumes)),
            "delivery_form": str(row.delivery_form),
            "funding": str(row.funding),
            "price": row.price,
            "registry": str(row.registry_kind),
            "registry_number": row.registry_number,
            "registry_valid_until": row.registry_valid_until,
            "is_active": row.is_active,
            "runs": [*runs, *({} for _ in range(BLANK_RUNS))],
        }
    )
