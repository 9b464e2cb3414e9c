"""Words of the catalog."""

from iom.catalog.kinds import DeliveryForm, Funding, LinkState, LinkStrength, OfferingKind, Ownership, ProgramType, Registry
from iom.catalog.reasons import CatalogRefusal
from iom.core.format import date_short, hours, plural

KIND = {
    OfferingKind.PROGRAM: ("Программа ДПО", "mortarboard"),
    OfferingKind.INTERNSHIP: ("Стажировка", "compass"),
    OfferingKind.MENTORING: ("Наставничество", "person-heart"),
    OfferingKind.EVENT: ("Мероприятие", "people"),
    OfferingKind.RESOURCE: ("Материал", "collection"),
    OfferingKind.SELF_STUDY: ("Самообразование", "collection"),
}
PROGRAM_TYPE = {ProgramType.UPSKILLING: "повышение квалификации", ProgramType.RETRAINING: "профессиональная переподготовка"}
FORM = {
    DeliveryForm.ONSITE: "очно",
    DeliveryForm.ONLINE: "дистанционно",
    DeliveryForm.BLENDED: "очно-дистанционно",
    DeliveryForm.UNKNOWN: "форма не названа",
}
FUNDING = {Funding.BUDGET: "бюджет, бесплатно", Funding.PAID: "платно", Funding.UNKNOWN: "оплата не названа"}
REGISTRY = {Registry.NONE: "не в реестре", Registry.FEDERAL: "Федеральный реестр ДПП", Registry.REGIONAL: "Региональный реестр"}
OWNERSHIP = {
    Ownership.STATE: "государственная",
    Ownership.MUNICIPAL: "муниципальная",
    Ownership.STATE_FOUNDED: "учреждена с участием государства",
    Ownership.SPECIAL_TERRITORY: "«Сириус», «Сколково», технологический центр",
    Ownership.SPORTS_FEDERATION: "общероссийская спортивная федерация",
    Ownership.PRIVATE: "частная",
    Ownership.UNKNOWN: "не известно",
}
STRENGTH = {LinkStrength.MAIN: "основная тема", LinkStrength.PARTIAL: "среди других тем"}
STATE = {LinkState.CONFIRMED: "подтверждена", LinkState.PROPOSED: "предложена по тексту", LinkState.REJECTED: "отклонена"}
BAND = {"16": "до 16 ч", "36": "17–36 ч", "72": "37–72 ч", "144": "73–144 ч", "more": "больше 144 ч"}

NO_DATES = "Дат пока нет"
PAST_DATES = "Даты нового набора не объявлены"
DATED = "с датами"
SAVED = "Сохранено."
LINK_SAVED = "Решение о связи сохранено."
CHANGED_MEANWHILE = "Пока вы правили, предложение сохранил кто-то другой. Ваш текст остался в форме: сверьте и сохраните ещё раз."
PRIVATE_BARRED = "Новые зачисления учителей в частные организации закрыты с 01.09.2025."

REFUSAL: dict[str, str] = {
    CatalogRefusal.HOURS_TOO_FEW: "Часов меньше, чем разрешено: повышение квалификации – от 16, переподготовка – от 250. Не сохранено.",
    CatalogRefusal.REGISTRY_WITHOUT_NUMBER: "Укажите номер в реестре. Ничего не сохранено.",
    CatalogRefusal.RUN_TAKEN: "Этот набор уже стоит в чьём-то маршруте, убрать его нельзя. Измените даты или закройте предложение.",
}


def found(total: int) -> str:
    """Return how many offerings there are."""
    return f"Найдено {plural(total, 'предложение', 'предложения', 'предложений')}"


def registry(kind: Registry, number: str, until: object) -> str:
    """Return the register with number and validity."""
    parts = [REGISTRY[kind], f"№ {number}" if number else "", f"до {date_short(until)}" if until else ""]  # type: ignore[arg-type]
    return " ".join(part for part in parts if part)


def several(volumes: list[int]) -> str:
    """Return the volumes that a programme is offered in."""
    return ", ".join(hours(volume) for volume in volumes)


FACT = {"when": "Срок", "form": "Форма", "provider": "Кто проводит", "region": "Регион"}
FACET = {
    "kind": "Вид",
    "form": "Форма",
    "band": "Часы",
    "dated": "Даты",
    "registry": "Реестр",
    "competency": "Компетенция, связь подтверждена",
}
