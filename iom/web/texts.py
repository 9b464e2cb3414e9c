"""Words of the frame: sections, roles, refusals."""

from datetime import date

from iom.core.actor import Role
from iom.core.format import date_short, plural
from iom.core.models import Outcome
from iom.policy.actions import Action
from iom.policy.relations import OWN
from iom.policy.rules import RULES

BRAND = "Маршрут"
BANNER_DEMO = "Демонстрационные данные: люди и школы вымышлены. Второй фактор входа выключен."
BANNER_PLAIN = "Режим разработки: соединение без шифрования."

BANNER_FACTOR = 'Роль {role} заработает после второго фактора входа. <a href="{url}">Настроить, около 2&nbsp;минут</a>'

FOOT = {
    "site.display": "Версия для слабовидящих",
    "site.help_page": "Помощь",
    "site.privacy": "Как мы обращаемся с данными",
    "site.accessibility": "Доступность",
    "accounts.my_data": "Мои данные и согласия",
}

SECTION = {
    "routes.home": "Мой маршрут",
    "profiles.own": "Профиль",
    "catalog.index": "Каталог",
    "support.people": "Мои педагоги",
    "support.assignments": "Закрепление",
    "monitoring.index": "Показатели",
    "organizations.staff": "Педагоги",
    "organizations.import_staff": "Загрузка списка",
    "organizations.tree": "Организации",
    "orders.index": "Приказы",
    "orders.center": "Согласование",
    "accounts.people": "Люди и роли",
    "admin.journal": "Журнал",
}

ROLE = {
    Role.EMPLOYEE: "педагог",
    Role.TUTOR: "тьютор",
    Role.MENTOR: "наставник",
    Role.REGIONAL_METHODIST: "региональный методист",
    Role.MUNICIPAL_METHODIST: "муниципальный методист",
    Role.SCHOOL_COORDINATOR: "ответственный в школе",
    Role.SCHOOL_HEAD: "директор",
    Role.CNPPM_OFFICER: "методист ЦНППМ",
    Role.AUTHORITY_VIEWER: "орган управления",
    Role.PROVIDER: "организация ДПО",
    Role.ADMIN: "администратор",
}

ROLE_DATIVE = {
    Role.EMPLOYEE: "педагогу",
    Role.TUTOR: "тьютору",
    Role.MENTOR: "наставнику",
    Role.REGIONAL_METHODIST: "региональному методисту",
    Role.MUNICIPAL_METHODIST: "муниципальному методисту",
    Role.SCHOOL_COORDINATOR: "ответственному в школе",
    Role.SCHOOL_HEAD: "директору школы",
    Role.CNPPM_OFFICER: "методисту ЦНППМ",
    Role.AUTHORITY_VIEWER: "органу управления",
    Role.PROVIDER: "организации ДПО",
    Role.ADMIN: "администратору",
}

ROLE_GENITIVE = {
    Role.EMPLOYEE: "педагога",
    Role.TUTOR: "тьютора",
    Role.MENTOR: "наставника",
    Role.REGIONAL_METHODIST: "регионального методиста",
    Role.MUNICIPAL_METHODIST: "муниципального методиста",
    Role.SCHOOL_COORDINATOR: "ответственного в школе",
    Role.SCHOOL_HEAD: "директора",
    Role.CNPPM_OFFICER: "методиста ЦНППМ",
    Role.AUTHORITY_VIEWER: "органа управления",
    Role.PROVIDER: "организации ДПО",
    Role.ADMIN: "администратора",
}

SYSTEM_ROLE = "система"  # a line of the journal that nobody signed in caused

STALE_TITLE = "Страница устарела"
STALE_PAGE = "Всё, что вы ввели, на месте: проверьте и отправьте ещё раз."
INVALID_MOVE = "Состояние уже изменилось, пока вы смотрели страницу. Обновите её и посмотрите, что нужно сделать теперь."
REFUSAL_UNKNOWN = "Правила не позволяют это сделать. Ничего не изменилось."
REFUSAL: dict[str, str] = {}
"""Sentences of refusals by reason; each area adds its own from its texts at the start."""


OUTCOME = {Outcome.DONE: "выполнено", Outcome.REFUSED: "отказано", Outcome.FAILED: "не удалось"}
OUTCOME_TONE = {Outcome.DONE: "ok", Outcome.REFUSED: "warn", Outcome.FAILED: "bad"}

# Action codes of the journal in words; the numbered ones are rows of the permission matrix.
ACTION: dict[str, str] = {
    "sign_in": "Вход",
    "factor": "Вход: второй фактор",
    "sign_out": "Выход",
    "role_chosen": "Выбор роли",
    "password_set": "Первый пароль или новый по ссылке",
    "password_changed": "Смена пароля",
    "session_ended": "Завершение одного входа",
    "sessions_ended": "Завершение других входов",
    "factor_on": "Второй фактор включён",
    "factor_off": "Второй фактор выключен",
    "factor_codes": "Новые запасные коды",
    "journal_checked": "Проверка журнала",
    "item_mark": "Отметка о ходе шага",
    "route_complete": "Завершение маршрута",
    Action.OWN_ACCOUNT: "Своя учётная запись",
    Action.PERSON_VIEW: "Просмотр карточки",
    Action.PERSON_EDIT: "Правка данных о работе",
    Action.ACCOUNT_INVITE: "Новая учётная запись",
    Action.ACCOUNT_DEACTIVATE: "Закрытие и открытие записи",
    Action.ROLE_GRANT: "Роли",
    Action.CODE_ISSUE: "Выдача ссылки или кода",
    Action.ORGANIZATION_EDIT: "Организации",
    Action.ASSIGN: "Закрепление",
    Action.DIAGNOSTIC_TAKE: "Диагностика",
    Action.ANSWERS_VIEW: "Просмотр ответов",
    Action.PROFILE_VIEW: "Просмотр профиля",
    Action.AGGREGATES_VIEW: "Показатели",
    Action.CATALOG_VIEW: "Каталог",
    Action.CATALOG_EDIT: "Правка каталога",
    Action.ROUTE_EDIT: "Правка маршрута",
    Action.ROUTE_SUBMIT: "Отправка маршрута",
    Action.ROUTE_REVIEW: "Согласование маршрута",
    Action.ROUTE_APPROVE: "Утверждение приказом",
    Action.ROUTE_APPROVE_CENTER: "Утверждение центром",
    Action.ROUTE_VIEW: "Просмотр маршрута",
    Action.ROUTE_COMMENT: "Сообщение о маршруте",
    Action.EVIDENCE_SUBMIT: "Загрузка подтверждения",
    Action.EVIDENCE_WITHDRAW: "Отзыв подтверждения",
    Action.EVIDENCE_OPEN: "Открытие файла",
    Action.EVIDENCE_REVIEW: "Проверка подтверждения",
    Action.SHARE: "Открытие своих данных",
    Action.STAFF_IMPORT: "Загрузка списка работников",
    Action.RESULTS_IMPORT: "Загрузка результатов",
    Action.EXPORT_NAMED: "Выгрузка с именами",
    Action.CONSENT: "Согласия",
    Action.JOURNAL_READ: "Чтение журнала",
    Action.SYSTEM: "Состояние системы",
    Action.INDICATOR_FREEZE: "Срез показателей",
}


def since_day(day: date) -> str:
    """Return the chip of a filter: from this day on."""
    return f"с {date_short(day)}"


def until_day(day: date) -> str:
    """Return the chip of a filter: to this day, itself included."""
    return f"по {date_short(day)}"


def chain_whole(lines: int) -> str:
    """Return the sentence after a check that found nothing."""
    count = plural(lines, "строке", "строкам", "строкам")
    return f"Проверка по {count} с конца: журнал цел, ни одна не изменена."


def chain_broken(line: int) -> str:
    """Return the sentence after a check that found a changed line."""
    return f"Журнал изменён: строка {line} не следует из предыдущей. Сообщите оператору и сохраните копию базы."


def role_name(role_at_unit: str) -> str:
    """Return the role of a journal line in words: "school_head@school:3" is «директор»."""
    role = role_at_unit.split("@", 1)[0]
    return ROLE[Role(role)] if role in set(Role) else SYSTEM_ROLE


def forbidden(action: str, role: Role | None) -> str:
    """Return the sentence for an action that is another role's."""
    roles = [row.role for row in RULES[Action(action)] if row.role and row.role is not role] if action in set(Action) else []
    if roles:
        return f"Это действие доступно {ROLE_DATIVE[roles[0]]}. Ваша роль сейчас другая, ничего не изменилось."
    if action in set(Action) and any(OWN in row.relations for row in RULES[Action(action)]):
        return "Это действие доступно только самому педагогу. Ничего не изменилось."
    return "Это действие недоступно в вашей роли. Ничего не изменилось."
