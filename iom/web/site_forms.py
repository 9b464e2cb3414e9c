"""The form of «Версия для слабовидящих»; an empty value is the usual look."""

from wtforms import Form, RadioField

USUAL = ""


class DisplayForm(Form):
    size = RadioField(
        "Размер букв", choices=[(USUAL, "Обычный"), ("150", "В\u00a0полтора раза больше"), ("200", "Вдвое больше")], default=USUAL
    )
    scheme = RadioField(
        "Цвета",
        choices=[
            (USUAL, "Обычные"),
            ("bw", "Чёрным по\u00a0белому"),
            ("wb", "Белым по\u00a0чёрному"),
            ("blue", "Тёмно-синим по\u00a0голубому"),
        ],
        default=USUAL,
    )
    spacing = RadioField("Промежутки между буквами и\u00a0строками", choices=[(USUAL, "Обычные"), ("wide", "Увеличенные")], default=USUAL)
    images = RadioField("Рисунки", choices=[(USUAL, "Показывать"), ("off", "Не\u00a0показывать")], default=USUAL)
    theme = RadioField("Тема", choices=[(USUAL, "Как на\u00a0устройстве"), ("light", "Светлая"), ("dark", "Тёмная")], default=USUAL)
    keys = RadioField("Клавиши в\u00a0таблицах", choices=[(USUAL, "Работают"), ("off", "Выключены")], default=USUAL)

    def to_cookie(self) -> str:
        """Return the chosen values as the cookie keeps them; nothing when all is usual."""
        return "|".join(f"{field.name}:{field.data}" for field in self if field.data)
