"""Forms of building a route."""

from datetime import date
from typing import Any

from wtforms import DateField, Form, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from iom.routes.building import HOURS_RANGE, AddOwn, ChangeConditions, MakeRoute
from iom.routes.kinds import ItemKind

SHORTEST_DAYS = 28
LONGEST_DAYS = 731
DATES = ["%Y-%m-%d", "%d.%m.%Y"]
OWN_KINDS = [
    (ItemKind.EVENT, "Мероприятие"),
    (ItemKind.MENTORING, "Наставничество, посещение уроков"),
    (ItemKind.SELF_STUDY, "Самообразование"),
    (ItemKind.PEER_LEARNING, "Методическое объединение, сообщество"),
    (ItemKind.PROGRAM, "Курс, которого нет в каталоге"),
    (ItemKind.OPEN_SLOT, "Пока не знаю: место под мероприятие по выбору"),
]


class ConditionsForm(Form):
    hours = IntegerField(
        "Сколько часов у вас есть",
        [InputRequired("Укажите часы"), NumberRange(*HOURS_RANGE, message="От 8 до 400 часов")],
        render_kw={"inputmode": "numeric"},
    )
    starts_on = DateField("Начало", [InputRequired("Укажите дату начала")], format=DATES)
    ends_on = DateField("Конец", [InputRequired("Укажите дату конца")], format=DATES)

    def validate_ends_on(self, field: DateField) -> None:
        start = self.starts_on.data
        if start and field.data:
            days = (field.data - start).days
            if days < SHORTEST_DAYS:
                raise ValidationError("Период короче четырёх недель: мероприятия не успеют пройти")
            if days > LONGEST_DAYS:
                raise ValidationError("Период длиннее двух лет: разбейте его на два маршрута")

    def to_make(self, employee_id: int) -> MakeRoute:
        return MakeRoute(employee_id, int(self.hours.data or 0), self._day(self.starts_on), self._day(self.ends_on))

    def to_change(self, route_id: int, version: int) -> ChangeConditions:
        return ChangeConditions(route_id, version, int(self.hours.data or 0), self._day(self.starts_on), self._day(self.ends_on))

    @staticmethod
    def _day(field: DateField) -> date:
        day: date = field.data
        return day


class OwnItemForm(Form):
    kind = RadioField("Что это", choices=[SelectChoice(str(kind), words) for kind, words in OWN_KINDS], default=ItemKind.EVENT)
    title = StringField("Название", [InputRequired("Напишите, как называется мероприятие"), Length(max=300)])
    hours = IntegerField(
        "Часы", [InputRequired("Укажите часы"), NumberRange(1, 400, message="От 1 до 400 часов")], render_kw={"inputmode": "numeric"}
    )
    starts_on = DateField("Первый день", [Optional()], format=DATES)
    ends_on = DateField("Последний день", [Optional()], format=DATES)
    goals = SelectMultipleField(
        "Для какой темы", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=True
    )

    def __init__(self, *args: Any, goal_choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals.choices = [SelectChoice(str(key), title) for key, title in goal_choices]

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and not self.starts_on.data:
            raise ValidationError("Укажите и первый день")
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Последний день раньше первого")

    def to_command(self, route_id: int, version: int) -> AddOwn:
        start = self.starts_on.data
        return AddOwn(
            route_id=route_id,
            version=version,
            kind=ItemKind(self.kind.data),
            title=(self.title.data or "").strip(),
            hours=int(self.hours.data or 0),
            starts_on=start,
            ends_on=self.ends_on.data or start,
            goal_ids=tuple(self.goals.data or ()),
        )
