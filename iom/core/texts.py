"""Russian words for dates, numbers and units, used by `iom.core.format` and by templates."""

from typing import Final

NBSP: Final = "\u00a0"
DASH: Final = "–"
MINUS: Final = "\u2212"

MONTHS: Final = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
MONTHS_GENITIVE: Final = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
MONTHS_SHORT: Final = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
WEEKDAYS: Final = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
WEEKDAYS_SHORT: Final = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

TODAY: Final = "сегодня"
YESTERDAY: Final = "вчера"
TOMORROW: Final = "завтра"
DAYS_AGO: Final = "{days} назад"
DAYS_AHEAD: Final = "через {days}"

# One, few, many: 1 час, 2 часа, 5 часов.
DAY_FORMS: Final = ("день", "дня", "дней")
HOUR_FORMS: Final = ("час", "часа", "часов")
MINUTE_FORMS: Final = ("минута", "минуты", "минут")
PERCENT_FORMS: Final = ("процент", "процента", "процентов")
PERSON_FORMS: Final = ("человек", "человека", "человек")
PLACE_TO_MEND_FORMS: Final = ("место", "места", "мест")

HOURS_UNIT: Final = "ч"
MINUTES_UNIT: Final = "мин"
PERCENT_UNIT: Final = "%"
POINTS_UNIT: Final = "п.\u00a0п."
ROUBLE_UNIT: Final = "₽"
FILE_SIZE_UNITS: Final = ("Б", "КБ", "МБ", "ГБ")

# Words that must not be left at the end of a line: they belong to the word after them.
CLINGING_WORDS: Final = "а без в во до для за и из изо к ко на над не ни но о об обо от по под при про с со у"
# Words that must not start a line: they belong to the word before them.
TRAILING_WORDS: Final = "б бы ж же ли ль"
# Units that must not be parted from the number before them.
UNITS_AFTER_NUMBER: Final = ("%", "ч", "мин", "км", "м", "₽", "Б", "КБ", "МБ", "ГБ", "п.", "г.", "гг.", "чел.", "шт.", "балла", "баллов")
CAPITALS: Final = "А-ЯЁ"
SIGNS_BEFORE_NUMBER: Final = ("№", "§", "≈")

IO_AND_IE: Final = ("ё", "е")
"""People write one for the other: texts are compared with the second."""
