"""The words used inside the catalog files, and how a partial date is said."""

from iom.catalog.files.errors import CatalogFileError, FileFault
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
YEAR_END = r"\s*г(?:ода|\.)?$"
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

FAULT = {
    FileFault.MISSING_FILE: "нет такого файла",
    FileFault.NOT_UTF8: "кодировка не UTF-8",
    FileFault.MISSING_COLUMN: "нет столбца",
    FileFault.RAGGED_ROW: "ячеек больше, чем столбцов",
    FileFault.EMPTY_VALUE: "пустое значение",
    FileFault.UNKNOWN_VALUE: "неизвестное значение",
    FileFault.BAD_NUMBER: "нужно целое число больше нуля",
    FileFault.BAD_DATE: "нужна дата ГГГГ-ММ-ДД",
    FileFault.DATES_REVERSED: "конец раньше начала",
    FileFault.DUPLICATE: "значение повторяется",
    FileFault.UNKNOWN_REFERENCE: "ссылка на то, чего нет",
    FileFault.TOO_DEEP: "глубже трёх уровней или по\u00a0кругу",
}


def fault_sentence(error: CatalogFileError) -> str:
    """The sentence that names file, row and column of a fault."""
    place = [error.file]
    if error.row:
        place.append(f"строка\u00a0{error.row}")
    if error.column:
        place.append(f"столбец «{error.column}»")
    return f"{', '.join(place)}: {FAULT[error.reason]}."
