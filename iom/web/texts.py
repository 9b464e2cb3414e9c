"""Words of the frame: sections, roles, refusals."""

from iom.core.actor import Role
from iom.policy.actions import Action
from iom.policy.relations import OWN
from iom.policy.rules import RULES

BRAND = "Маршрут"
BANNER_DEMO = "Демонстрационные данные: люди и школы вымышлены. Второй фактор входа выключен."
BANNER_PLAIN = "Режим разработки: соединение без шифрования."

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

STALE_PAGE = "Страница устарела. Всё, что вы ввели, на месте: вернитесь, проверьте и отправьте ещё раз."
INVALID_MOVE = "Состояние уже изменилось, пока вы смотрели страницу. Обновите её и посмотрите, что нужно сделать теперь."
REFUSAL_UNKNOWN = "Правила не позволяют это сделать. Ничего не изменилось."
REFUSAL: dict[str, str] = {}
"""Sentences of refusals by reason; each area adds its own from its texts at the start."""


def forbidden(action: str, role: Role | None) -> str:
    """Return the sentence for an action that is another role's."""
    roles = [row.role for row in RULES[Action(action)] if row.role and row.role is not role] if action in set(Action) else []
    if roles:
        return f"Это действие доступно {ROLE_DATIVE[roles[0]]}. Ваша роль сейчас другая, ничего не изменилось."
    if action in set(Action) and any(OWN in row.relations for row in RULES[Action(action)]):
        return "Это действие доступно только самому педагогу. Ничего не изменилось."
    return "Это действие недоступно в вашей роли. Ничего не изменилось."
