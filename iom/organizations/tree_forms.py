"""Forms of the organisation tree."""

from typing import Any

from wtforms import BooleanField, Form, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from iom.organizations import tree_texts
from iom.organizations.kinds import ApprovalChain
from iom.organizations.tree import MunicipalityFacts, RegionFacts, SchoolFacts

CODE = [
    InputRequired("Введите код"),
    Length(max=20, message="Код длиннее 20\u00a0знаков"),
    Regexp(r"^\S+$", message="Код пишется без пробелов"),
]


def _whole(label: str, smallest: int, largest: int, description: str) -> IntegerField:
    message = f"Целое число от\u00a0{smallest} до\u00a0{largest}"
    return IntegerField(
        label,
        [InputRequired(message), NumberRange(smallest, largest, message)],
        description=description,
        render_kw={"inputmode": "numeric"},
    )


class RegionForm(Form):
    name = StringField("Название региона", [InputRequired("Введите название"), Length(max=200, message="Название длиннее 200\u00a0знаков")])
    approval_chain = SelectField(
        "Кто согласует и\u00a0утверждает маршрут",
        choices=[SelectChoice(chain.value, tree_texts.CHAIN[chain]) for chain in ApprovalChain],
        description="Действует для маршрутов, отправленных после изменения.",
    )
    tutor_days = _whole("Срок ответа тьютора, рабочих дней", 1, 60, "Столько тьютор отвечает на\u00a0маршрут и\u00a0на\u00a0подтверждение.")
    head_days = _whole("Срок утверждения, рабочих дней", 1, 60, "Столько директор или центр утверждает согласованное.")
    min_group_size = _whole(
        "Наименьшая группа в\u00a0сводках, человек", 5, 100, "Группы меньше скрываются во\u00a0всех показателях и\u00a0выгрузках."
    )
    timezone = SelectField("Часовой пояс", choices=[SelectChoice(name, words) for name, words in tree_texts.TIMEZONES.items()])
    seen = HiddenField()

    def to_facts(self) -> RegionFacts:
        return RegionFacts(
            name=(self.name.data or "").strip(),
            timezone=self.timezone.data,
            approval_chain=ApprovalChain(self.approval_chain.data),
            min_group_size=self.min_group_size.data or 0,
            tutor_days=self.tutor_days.data or 0,
            head_days=self.head_days.data or 0,
        )


class MunicipalityForm(Form):
    name = StringField("Название", [InputRequired("Введите название"), Length(max=200, message="Название длиннее 200\u00a0знаков")])
    code = StringField("Код", CODE, description="Как в\u00a0файлах региона: по\u00a0нему находят муниципалитет при загрузке.")
    seen = HiddenField()

    def to_facts(self) -> MunicipalityFacts:
        return MunicipalityFacts(code=self.code.data or "", name=(self.name.data or "").strip())


class SchoolForm(Form):
    name = StringField("Полное название", [InputRequired("Введите название"), Length(max=300, message="Название длиннее 300\u00a0знаков")])
    short_name = StringField(
        "Краткое название", [InputRequired("Введите краткое название"), Length(max=100, message="Краткое название длиннее 100\u00a0знаков")]
    )
    code = StringField("Код", CODE, description="Как в\u00a0файлах региона: по\u00a0нему находят школу при загрузке.")
    municipality = SelectField("Муниципалитет", coerce=int)
    is_rural = BooleanField("Сельская школа")
    seen = HiddenField()

    def __init__(self, *args: Any, municipalities: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = [SelectChoice(str(key), name) for key, name in municipalities]

    def to_facts(self) -> SchoolFacts:
        return SchoolFacts(
            municipality_id=self.municipality.data,
            code=self.code.data or "",
            name=(self.name.data or "").strip(),
            short_name=(self.short_name.data or "").strip(),
            is_rural=bool(self.is_rural.data),
        )
