"""Words of the organisation tree."""

from iom.organizations.kinds import ApprovalChain
from iom.organizations.tree_reasons import TreeRefusal

CHAIN = {
    ApprovalChain.TUTOR_HEAD_ORDER: "Тьютор – директор – приказ школы",
    ApprovalChain.TUTOR_CENTER: "Тьютор – методист ЦНППМ",
    ApprovalChain.TUTOR: "Только тьютор",
}
TIMEZONES = {
    "Europe/Kaliningrad": "Калининград, МСК−1",
    "Europe/Moscow": "Москва, МСК",
    "Europe/Samara": "Самара, МСК+1",
    "Asia/Yekaterinburg": "Екатеринбург, МСК+2",
    "Asia/Omsk": "Омск, МСК+3",
    "Asia/Krasnoyarsk": "Красноярск, МСК+4",
    "Asia/Irkutsk": "Иркутск, МСК+5",
    "Asia/Yakutsk": "Якутск, МСК+6",
    "Asia/Vladivostok": "Владивосток, МСК+7",
    "Asia/Magadan": "Магадан, МСК+8",
    "Asia/Kamchatka": "Камчатка, МСК+9",
}
YES, NO = "да", "нет"
REGION_SAVED = "Настройки региона сохранены."
MUNICIPALITY_SAVED = "Муниципалитет сохранён."
SCHOOL_SAVED = "Школа сохранена."
SCHOOL_CLOSED = "Школа закрыта. История сохранена, новых людей в\u00a0неё не\u00a0добавить."
SCHOOL_OPENED = "Школа снова открыта."
FIELD = {
    "name": "Название",
    "code": "Код",
    "short_name": "Краткое название",
    "timezone": "Часовой пояс",
    "approval_chain": "Кто согласует маршрут",
    "min_group_size": "Наименьшая группа",
    "tutor_days": "Срок тьютора",
    "head_days": "Срок директора",
    "is_rural": "Сельская",
    "municipality_id": "Муниципалитет",
}
REFUSAL: dict[str, str] = {
    TreeRefusal.CODE_TAKEN: "Такой код уже есть в\u00a0регионе. Проверьте, не заведена ли организация раньше.",
    TreeRefusal.SCHOOL_HAS_STAFF: "В\u00a0школе ещё числятся люди. Сначала переведите их или закройте их должности загрузкой списка.",
}
