"""The form of «Версия для слабовидящих»; an empty value is the usual look."""

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice

USUAL = ""


class DisplayForm(Form):
    size = RadioField(
        "Размер букв",
        choices=[SelectChoice(USUAL, "Обычный"), SelectChoice("150", "В\u00a0полтора раза больше"), SelectChoice("200", "Вдвое больше")],
        default=USUAL,
    )
    scheme = RadioField(
        "Цвета",
        choices=[
            SelectChoice(USUAL, "Обычные"),
            SelectChoice("bw", "Чёрным по\u00a0белому"),
            SelectChoice("wb", "Белым по\u00a0чёрному"),
            SelectChoice("blue", "Тёмно-синим по\u00a0голубому"),
        ],
        default=USUAL,
    )
    spacing = RadioField(
        "Промежутки между буквами и\u00a0строками",
        choices=[SelectChoice(USUAL, "Обычные"), SelectChoice("wide", "Увеличенные")],
        default=USUAL,
    )
    images = RadioField("Рисунки", choices=[SelectChoice(USUAL, "Показывать"), SelectChoice("off", "Не\u00a0показывать")], default=USUAL)
    theme = RadioField(
        "Тема",
        choices=[SelectChoice(USUAL, "Как на\u00a0устройстве"), SelectChoice("light", "Светлая"), SelectChoice("dark", "Тёмная")],
        default=USUAL,
    )
    keys = RadioField("Клавиши в\u00a0таблицах", choices=[SelectChoice(USUAL, "Работают"), SelectChoice("off", "Выключены")], default=USUAL)

    def to_cookie(self) -> str:
        """Return the chosen values as the cookie keeps them; nothing when all is usual."""
        return "|".join(f"{field.name}:{field.data}" for field in self if field.data)
