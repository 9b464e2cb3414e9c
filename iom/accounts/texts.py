"""Words of accounts."""

from typing import Final

from iom.core.format import plural

SIGN_IN_REFUSED = "Не удалось войти. Проверьте адрес или код и пароль."
SIGNED_OUT = "Вы вышли."


def too_many_tries(seconds: int) -> str:
    """Return the sentence for a limit of sign-ins."""
    wait = plural(-(-seconds // 60), "минуту", "минуты", "минут")
    return f"Слишком много попыток. Повторите через {wait}."


# Passwords: keys are values of PasswordProblem (password_rules.py).
LENGTH_HINT: Final = "От 12 знаков: подойдёт фраза из нескольких слов. Пробелы и русские буквы можно."
PASSWORD_PROBLEM: Final = {
    "too_short": "Пароль короче 12 знаков. Добавьте ещё слово.",
    "too_long": "Пароль длиннее 1000 знаков. Сократите его.",
    "common": "Такой пароль есть в списках частых. Выберите фразу из нескольких несвязанных слов.",
    "pattern": "Пароль состоит из повторов или соседних клавиш. Выберите фразу из нескольких слов.",
    "context": "Пароль составлен из имени, адреса, названия организации или системы. Добавьте слова, не связанные с ними.",
}

# Words of the product that anyone would try first.
PRODUCT_WORDS: Final = ("Маршрут", "ИОМ", "iom", "ЦНППМ", "cnppm", "тьютор", "диагностика")

# The same keys in two layouts, sign by sign.
KEYBOARD_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
KEYBOARD_RUSSIAN: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
LETTERS_IN_LATIN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

# Russian letters that look like signs of a printed code.
LOOK_ALIKES: Final = {
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "0", "Р": "P", "С": "C", "Т": "T", "У": "Y", "Х": "X",
    "З": "3", "І": "1", "Ѕ": "S", "Ј": "J",
}  # fmt: skip
