"""The words used inside the catalog files, and how a partial date is said."""

from iom.catalog.kinds import AppliesTo, DeliveryForm, Funding, ProgramType, Registry

PROGRAM_TYPE = {
    "": ProgramType.UPSKILLING,
    "повышение квалификации": ProgramType.UPSKILLING,
    "пк": ProgramType.UPSKILLING,
    "профессиональная переподготовка": ProgramType.RETRAINING,
    "пп": ProgramType.RETRAINING,
}

FUNDING = {
    "": Funding.UNKNOWN,
    "бюджет": Funding.BUDGET,
    "внебюджет": Funding.PAID,
    "платно": Funding.PAID,
}

REGISTRY = {
    "": Registry.NONE,
    "федеральный": Registry.FEDERAL,
    "региональный": Registry.REGIONAL,
}

APPLIES_TO = {
    "": AppliesTo.BOTH,
    "both": AppliesTo.BOTH,
    "teacher": AppliesTo.TEACHER,
    "manager": AppliesTo.MANAGER,
}

SUBJECT_KIND = {"": True, "предмет": True, "область": False}

# Beginnings of words by which the form is recognised; an offering with both sides is blended.
ONLINE_WORDS = ("онлайн", "дистанц", "заочн", "виртуальн")
ONSITE_WORDS = ("очн", "выезд", "на рабочем месте", "на базе", "посещени", "визит", "на предприятии")
BLENDED_WORDS = ("очно-заочн", "смешанн")

MONTHS = (
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
MONTHS_GENITIVE = (
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
QUARTERS = ("i", "ii", "iii", "iv")
QUARTER_WORD = "квартал"
START_ONLY_WORD = "с"
FINISHED = "завершение: {period}"
PERIOD = "{start} – {end}"

# Words in a provider's name that tell who founded it. An autonomous non-commercial organisation may be founded by the state,
# so its name tells nothing.
STATE_NAME = ("гбоу", "гбу", "гаоу", "гау", "гоу", "гку", "фгбоу", "фгаоу", "фгбну", "министерство", "департамент образования")
MUNICIPAL_NAME = ("мбоу", "мбу", "маоу", "мау", "мку", "моу", "мадоу", "мбдоу", "мбудо")
PRIVATE_NAME = ("ооо", "зао", "оао", "ао", "ип", "чоу", "ноу", "чу")

DELIVERY_FORM = {
    "очная": DeliveryForm.ONSITE,
    "заочная": DeliveryForm.ONLINE,
    "дистанционная": DeliveryForm.ONLINE,
    "очно-заочная": DeliveryForm.BLENDED,
}
