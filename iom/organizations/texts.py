"""Words of employees: the list, the card, changes of posts, the import of staff lists."""

from typing import Final

from iom.core.format import plural
from iom.organizations.kinds import EmployeeCategory, QualificationCategory
from iom.organizations.reasons import StaffRefusal

EMPLOYEE_CATEGORY: Final = {EmployeeCategory.TEACHER: "педагог", EmployeeCategory.MANAGER: "руководитель"}
QUALIFICATION: Final = {
    QualificationCategory.NONE: "нет",
    QualificationCategory.FIRST: "первая",
    QualificationCategory.HIGHEST: "высшая",
    QualificationCategory.METHODIST: "педагог-методист",
    QualificationCategory.MENTOR: "педагог-наставник",
}

HAS_TUTOR: Final = {"yes": "тьютор есть", "no": "без тьютора"}
HAS_METHODIST: Final = {"yes": "методист есть", "no": "без методиста"}
TAB: Final = {"all": "Все", "no_route": "Без маршрута", "no_tutor": "Без тьютора"}
SUPPORT_KIND: Final = {"tutor": "Тьютор", "methodist": "Методист"}

POST_SAVED = "Сведения о\u00a0работе сохранены."
TRANSFERRED = "Человек переведён. Маршрут переходит вместе с\u00a0ним."
SUPPORT_ENDED = "Закрепление прежнего места работы завершено: назначьте тьютора и\u00a0методиста заново."
CHANGED_MEANWHILE = (
    "Карточку изменили, пока вы правили. Ваши правки ниже; сверьте их с\u00a0тем, что сохранено сейчас, и\u00a0сохраните снова."
)

REFUSAL: Final[dict[str, str]] = {
    StaffRefusal.NO_POST_HERE: "У\u00a0этого человека нет действующей должности в\u00a0вашей школе. Ничего не\u00a0изменилось.",
    StaffRefusal.SCHOOL_CLOSED: "Такой школы нет или она закрыта. Выберите другую.",
    StaffRefusal.SAME_SCHOOL: "Человек уже работает в\u00a0этой школе. Должность меняется в\u00a0карточке.",
    StaffRefusal.DAY_BEFORE_POST: "День перевода раньше начала нынешней работы. Проверьте дату.",
    StaffRefusal.DAY_IN_FUTURE: "День перевода ещё не\u00a0наступил. Переведите человека в\u00a0этот день или укажите прошедшую дату.",
    StaffRefusal.BATCH_CHANGED: "Пока вы смотрели, данные в\u00a0системе изменились. Загрузите файл ещё раз и\u00a0проверьте.",
    StaffRefusal.BATCH_DONE: "Этот список уже загружен или отменён. Ничего не\u00a0изменилось.",
    StaffRefusal.UNKNOWN_SUBJECT: "Такого предмета нет в\u00a0справочнике. Выберите предмет из\u00a0списка.",
}


def people(count: int) -> str:
    """Return «187 человек»."""
    return plural(count, "человек", "человека", "человек")
