"""Russian of staff files: headings and values as people write them, and a sentence for every refusal."""

from typing import Final

from iom.organizations.kinds import QualificationCategory

# Headings that say who a person is and where he or she works; files of results use them too. The field's own name is
# an accepted heading everywhere and not repeated.
PERSON_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "teacher_code": (
        "код педагога", "код учителя", "код сотрудника", "код работника", "код участника", "код", "табельный номер", "таб. номер",
        "идентификатор", "id педагога", "id", "employee_code", "code",
    ),
    "full_name": (
        "фио", "ф.и.о.", "ф. и. о.", "фио педагога", "фио учителя", "фио сотрудника", "фио участника", "фио полностью",
        "фамилия, имя, отчество", "фамилия имя отчество педагога", "фамилия имя", "педагог", "учитель", "сотрудник", "участник", "name",
        "fio",
    ),
    "last_name": ("фамилия", "surname"),
    "first_name": ("имя", "given_name"),
    "middle_name": ("отчество", "patronymic"),
    "school": (
        "школа", "оо", "образовательная организация", "организация", "учреждение", "место работы", "наименование оо",
        "название школы", "наименование организации", "краткое наименование оо", "organization", "org",
    ),
    "org_code": ("код школы", "код оо", "код организации", "school_code"),
    "post": ("должность", "занимаемая должность", "position"),
    "subject_code": (
        "предмет", "предметы", "преподаваемый предмет", "преподаваемые предметы", "учебный предмет", "код предмета", "subject",
        "subjects",
    ),
}  # fmt: skip

STAFF_HEADINGS: Final[dict[str, tuple[str, ...]]] = PERSON_HEADINGS | {
    "stage": ("ступень", "уровень образования", "уровень общего образования", "ступень обучения"),
    "category": (
        "категория", "квалификационная категория", "кв. категория", "квалификация", "qualification_category",
    ),
    "category_assigned_on": ("дата присвоения категории", "категория присвоена", "дата категории"),
    "experience_start_date": (
        "начало работы", "начало педагогической работы", "дата начала педагогической работы", "работает с", "service_start",
    ),
    "service_years": ("стаж", "педагогический стаж", "пед. стаж", "стаж, лет", "педагогический стаж, лет", "стаж педагогической работы"),
    "birth_year": ("год рождения",),
    "birth_date": ("дата рождения",),
    "first_years": ("молодой специалист", "первые три года", "первые три года работы"),
    "email": ("e-mail", "электронная почта", "почта", "адрес электронной почты", "эл. почта", "mail"),
    "active": ("работает", "действует", "активен", "активна"),
}  # fmt: skip

CATEGORIES: Final[dict[str, QualificationCategory]] = {
    "нет": QualificationCategory.NONE,
    "без категории": QualificationCategory.NONE,
    "не имеет": QualificationCategory.NONE,
    "не аттестован": QualificationCategory.NONE,
    "не аттестована": QualificationCategory.NONE,
    "сзд": QualificationCategory.NONE,
    "соответствие занимаемой должности": QualificationCategory.NONE,
    "соответствует занимаемой должности": QualificationCategory.NONE,
    "вторая": QualificationCategory.NONE,  # abolished in 2011: gives nothing since its term ended
    "первая": QualificationCategory.FIRST,
    "первая категория": QualificationCategory.FIRST,
    "первая квалификационная категория": QualificationCategory.FIRST,
    "1": QualificationCategory.FIRST,
    "1 категория": QualificationCategory.FIRST,
    "i": QualificationCategory.FIRST,
    "i категория": QualificationCategory.FIRST,
    "1 кк": QualificationCategory.FIRST,
    "высшая": QualificationCategory.HIGHEST,
    "высшая категория": QualificationCategory.HIGHEST,
    "высшая квалификационная категория": QualificationCategory.HIGHEST,
    "вкк": QualificationCategory.HIGHEST,
    "педагог методист": QualificationCategory.METHODIST,
    "педагог наставник": QualificationCategory.MENTOR,
}

YES: Final = frozenset({"1", "да", "true", "истина", "yes", "работает", "+", "v", "x", "х"})
NO: Final = frozenset({"0", "нет", "false", "ложь", "no", "уволен", "уволена", "не работает"})

# Posts of managers (S002: heads, deputy heads, heads of structural units), told by parts of the words.
MANAGER_POSTS: Final = ("директор", "завуч", "заведующ", "начальник", "руководитель структурного", "руководитель подразделения", "ректор")
# Posts that sound like a manager's and are a teacher's or no educator's at all; taken out before looking.
OTHER_POSTS: Final = ("заведующий библиотекой", "заведующая библиотекой", "заведующий хозяйством", "заведующая хозяйством")

# A sentence follows «строка 57, столбец «Почта»: ».
REASON: Final[dict[str, str]] = {
    "missing_name": "нет фамилии или имени",
    "bad_name": "в имени цифры или недопустимые знаки: «{value}»",
    "unknown_category": "неизвестная категория «{value}»",
    "bad_date": "дата не читается: «{value}»",
    "future_date": "дата ещё не наступила: «{value}»",
    "bad_birth_year": "невозможный год рождения: «{value}»",
    "bad_service_years": "невозможный стаж: «{value}»",
    "bad_email": "адрес почты с ошибкой: «{value}»",
    "bad_flag": "ожидается «да» или «нет», а стоит «{value}»",
    "cell_error": "в ячейке ошибка {value}",
    "too_long": "текст длиннее {limit} знаков",
    "extra_cells": "ячеек больше, чем столбцов в заголовке",
    "duplicate": "эта же запись уже есть в строке {first_row}",
    "code_conflict": "код «{value}» в строке {first_row} стоит у другого человека",
    "email_conflict": "адрес «{value}» в строке {first_row} стоит у другого человека",
}

FILE_REASON: Final[dict[str, str]] = {
    "no_name_column": "В таблице нет столбца с фамилией. Данные не изменились. Добавьте столбцы «Фамилия» и «Имя» или «ФИО».",
    "repeated_column": "Столбец «{heading}» повторяется. Данные не изменились. Оставьте один.",
}

ROW: Final = "строка {row}: {reason}"
CELL: Final = "строка {row}, столбец «{column}»: {reason}"
