"""Words of accounts."""

from typing import Final

from iom.accounts.devices import Browser, Device, System
from iom.accounts.kinds import AccountState, CodePurpose, ConsentKind, ConsentState, SharedPart
from iom.accounts.reasons import AccountRefusal
from iom.core.actor import Role, UnitKind
from iom.core.format import plural

SIGNED_OUT = "Вы вышли."
SIGNED_IN_AGAIN = "Вы снова вошли"
KEPT_FOR_YOU = "Введённое сохранено. Проверьте и отправьте ещё раз."
ROLE_CHOSEN = "Роль выбрана."
FACTOR_WRONG = "Код не подошёл. Подождите следующего кода в приложении: каждый действует 30 секунд и один раз."
CODE_WRONG = "Логин и код не подошли друг к другу. Проверьте листок; код действует один раз и 14 дней."
LINK_DEAD = "Ссылка не действует: её уже использовали или срок вышел. Попросите новую у ответственного в школе."
ENTERED = "Пароль сохранён, вы вошли. В следующий раз входите с этим паролем."
CHECK_EMPTY = "Введите свой пароль."
CHECK_FAILED = "Пароль не подошёл."
CHANGED = "Пароль изменён. На других устройствах нужно войти заново."
SESSION_ENDED = "Вход на этом устройстве завершён."
SESSIONS_ENDED = "Входы на других устройствах завершены."
FACTOR_OFF = "Второй фактор выключен."
SHARED = "Доступ открыт."
UNSHARED = "Доступ закрыт."
DISPLAY_SAVED = "Вид страниц изменён."


def sign_in_refused(tries_left: int) -> str:
    """Return the sentence for a login and a password that do not belong together."""
    return f"Не удалось войти. Проверьте адрес или код и пароль. Осталось попыток: {tries_left}."


def too_many_tries(seconds: int) -> str:
    """Return the sentence for a limit of sign-ins."""
    wait = plural(-(-seconds // 60), "минуту", "минуты", "минут")
    return f"Слишком много попыток. Повторите через {wait}."


def too_many_codes(most: int) -> str:
    """Return the sentence for a sheet that would be too long."""
    return f"На один раз можно напечатать до {plural(most, 'кода', 'кодов', 'кодов')}. Снимите часть отметок, остальные напечатайте потом."


BROWSER = {
    Browser.YANDEX: "Яндекс Браузер",
    Browser.EDGE: "Edge",
    Browser.OPERA: "Opera",
    Browser.FIREFOX: "Firefox",
    Browser.CHROME: "Chrome",
    Browser.SAFARI: "Safari",
    Browser.UNKNOWN: "браузер не определён",
}
SYSTEM = {
    System.WINDOWS: "Windows",
    System.ANDROID: "Android",
    System.IOS: "iPhone или iPad",
    System.MACOS: "macOS",
    System.LINUX: "Linux",
    System.UNKNOWN: "",
}


def device(found: Device) -> str:
    """Return the rough device in words: «Chrome, Windows»."""
    return ", ".join(filter(None, (BROWSER[found.browser], SYSTEM[found.system])))


CONSENT = {
    ConsentKind.PERSONAL_DATA: "Обработка персональных данных",
    ConsentKind.DIAGNOSTICS: "Участие в диагностике",
    ConsentKind.MENTORING: "Участие в наставничестве",
}
# «Согласиться: участие в диагностике» – both buttons of a consent name it.
CONSENT_ABOUT = {
    ConsentKind.PERSONAL_DATA: "обработка персональных данных",
    ConsentKind.DIAGNOSTICS: "участие в диагностике",
    ConsentKind.MENTORING: "участие в наставничестве",
}
CONSENT_STATE = {
    ConsentState.GIVEN: "Дано",
    ConsentState.DECLINED: "Не дано",
    ConsentState.WITHDRAWN: "Отозвано",
}
CONSENT_DONE = {
    (ConsentKind.PERSONAL_DATA, True): "Согласие на обработку персональных данных сохранено.",
    (
        ConsentKind.PERSONAL_DATA,
        False,
    ): "Вы не дали согласие на обработку данных. Это нормально: каталог и справка работают, напоминаний не будет.",
    (ConsentKind.DIAGNOSTICS, True): "Согласие на диагностику сохранено.",
    (
        ConsentKind.DIAGNOSTICS,
        False,
    ): "Вы не дали согласие на диагностику. Это нормально: каталог и сообщения работают, напоминаний не будет.",
    (ConsentKind.MENTORING, True): "Согласие на наставничество сохранено.",
    (ConsentKind.MENTORING, False): "Вы не дали согласие на наставничество. На остальной маршрут это не влияет.",
}
CONSENT_WITHDRAWN = {
    ConsentKind.PERSONAL_DATA: "Согласие отозвано. Результаты с этой минуты видите только вы, данные уничтожат в течение 30 дней.",
    ConsentKind.DIAGNOSTICS: "Согласие отозвано. Результаты с этой минуты видите только вы, их уничтожат в течение 30 дней.",
    ConsentKind.MENTORING: "Согласие отозвано. Сведения о паре уничтожат в течение 30 дней.",
}
WHO_SEES = "Кто увидит"  # the heading of that section in the texts of consents
OPERATOR_UNKNOWN = "региональный центр непрерывного повышения профессионального мастерства"
OPERATOR_CONTACT_UNKNOWN = "через ответственного в вашей школе"

SHARED_PART = {SharedPart.PROFILE: "Профиль дефицитов", SharedPart.ANSWERS: "Ответы по отдельным вопросам"}
SHARED_WITH = {
    SharedPart.PROFILE: "Увидят директор школы и муниципальный методист. Тьютор и закреплённый методист видят профиль и так.",
    SharedPart.ANSWERS: "Увидят тьютор и закреплённый методист. Директору ответы не видны никогда.",
}

# What another person did with the data, as the owner reads it; the rest of the journal is not about looking.
LOOKED = {
    "02_person_view": "карточка",
    "11_answers_view": "ответы по вопросам",
    "12_profile_view": "профиль",
    "24_route_view": "маршрут",
    "28_evidence_open": "файл подтверждения",
    "34_export_named": "список с именами",
}

ACCOUNT_STATE = {
    AccountState.ACTIVE: "Входит",
    AccountState.NO_ENTRY: "Ещё нет пароля",
    AccountState.CLOSED: "Закрыта",
    AccountState.NO_ACCOUNT: "Без учётной записи",
}
ACCOUNT_TONE = {
    AccountState.ACTIVE: "ok",
    AccountState.NO_ENTRY: "wait",
    AccountState.CLOSED: "idle",
    AccountState.NO_ACCOUNT: "idle",
}
PERSON_ADDED = "Человек добавлен. Выдайте ему ссылку или код для первого входа и роль."
ROLE_GRANTED = "Роль выдана. Она заработает, когда её подтвердит второй администратор, или через 24 часа."
ROLE_CONFIRMED = "Роль подтверждена и уже действует."
ROLE_REVOKED = "Роль отозвана. Следующее действие человека будет уже без неё."
ACCOUNT_CLOSED = "Учётная запись закрыта, все входы завершены."
ACCOUNT_OPENED = "Учётная запись открыта."
PERSON_SIGNED_OUT = "Все входы этого человека завершены."
FACTOR_REMOVED = "Второй фактор выключен, все входы этого человека завершены."
NOBODY_PICKED = "Никто не выбран. Отметьте тех, кому напечатать коды."
CONFIRM_FIRST = "Подтвердите, что это вы, и нажмите ещё раз: ничего пока не изменилось."
CHOOSE = "Выберите"
NOT_CHOSEN = "Не нужно"
CODE_LIVES = {
    CodePurpose.FIRST_ADMIN: "1 час",
    CodePurpose.INVITATION: "72 часа",
    CodePurpose.RESET: "30 минут",
    CodePurpose.PRINTED: "14 дней",
}

UNIT_ASKED = {
    Role.MUNICIPAL_METHODIST: UnitKind.MUNICIPALITY,
    Role.SCHOOL_COORDINATOR: UnitKind.SCHOOL,
    Role.SCHOOL_HEAD: UnitKind.SCHOOL,
    Role.PROVIDER: UnitKind.PROVIDER,
}

REFUSAL: dict[str, str] = {
    AccountRefusal.NOTHING_TO_WITHDRAW: "Такого согласия нет: отзывать нечего.",
    AccountRefusal.SHARED_DAY: "Доступ открывают до дня не раньше сегодняшнего и не дальше года.",
    AccountRefusal.CODE_SPENT: "Ссылку или код уже использовали, или срок вышел. Попросите новые у ответственного в школе.",
    AccountRefusal.ROLE_HELD: "Эта роль в этой организации у человека уже есть.",
    AccountRefusal.ROLE_NOT_HELD: "Такой роли в этой организации у человека нет.",
    AccountRefusal.ROLE_UNIT: "Роль не подходит к выбранной организации. Выберите организацию того вида, который нужен роли.",
    AccountRefusal.OWN_CONFIRMATION: "Подтверждает второй администратор: не тот, кто выдал роль.",
    AccountRefusal.ALREADY_IN_FORCE: "Роль уже действует.",
    AccountRefusal.LOGIN_TAKEN: "Такой логин уже есть. Найдите человека в списке или выберите другой логин.",
    AccountRefusal.NO_ACCOUNT: "У человека нет учётной записи.",
    AccountRefusal.ACCOUNT_CLOSED: "Учётная запись закрыта. Сначала откройте её.",
    AccountRefusal.FACTOR_IS_ON: "Второй фактор уже включён.",
    AccountRefusal.FACTOR_OF_ADMIN: "Второй фактор администратора выключают на сервере: iom users reset --factor.",
    AccountRefusal.WIDER_RIGHTS: "У человека есть роль шире педагога: ссылку и код ему выдаёт администратор.",
}

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
