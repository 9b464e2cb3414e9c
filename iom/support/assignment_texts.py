"""Words of «Закрепление»."""

from typing import Final

from iom.core.actor import Role
from iom.core.format import plural
from iom.support.assign_queries import Holder
from iom.support.assigning import NORM, Assigned
from iom.support.kinds import SupportKind, SupportRefusal

KIND: Final = {SupportKind.TUTOR: "Тьюторы", SupportKind.METHODIST: "Методисты"}
HOLDER: Final = {SupportKind.TUTOR: "Тьютор", SupportKind.METHODIST: "Методист"}
WITHOUT: Final = {SupportKind.TUTOR: "Без тьютора", SupportKind.METHODIST: "Без методиста"}
ROLE: Final = {
    Role.TUTOR: "тьютор",
    Role.REGIONAL_METHODIST: "региональный методист",
    Role.MUNICIPAL_METHODIST: "муниципальный методист",
}

OVER_NORM = (
    f"Станет больше нормы: не\u00a0больше {NORM}\u00a0человек на\u00a0одного. Выберите другого или напишите, почему норму нужно превысить; "
    "превышение разрешает методист ЦНППМ."
)
REFUSAL: Final[dict[str, str]] = {
    SupportRefusal.NOBODY_CHOSEN: "Никто не\u00a0выбран. Отметьте педагогов и\u00a0закрепите снова.",
    SupportRefusal.NO_SUCH_HOLDER: "У\u00a0этого человека сейчас нет такой роли. Выберите другого.",
    SupportRefusal.OUTSIDE_HOLDERS_UNIT: "Муниципальный методист сопровождает педагогов своего района, а\u00a0среди выбранных есть другие.",
    SupportRefusal.OWN_SUPPORT: "Нельзя закрепить человека за\u00a0ним самим. Снимите отметку с\u00a0этой строки.",
    SupportRefusal.OVER_NORM: OVER_NORM,
}
CHOOSE = "Выберите, за\u00a0кем закрепить"
CHOOSE_FIRST = "Выберите в\u00a0списке, за\u00a0кем закрепить"
REASON_LABEL = "Почему больше нормы"


def holder_option(holder: Holder) -> str:
    """Return a holder as a list offers them: «Вера Условная, муниципальный методист, Заречный район: 23 из 250»."""
    where = f", {holder.municipality}" if holder.municipality else ""
    return f"{holder.name}, {ROLE[holder.role]}{where}: {holder.people} из\u00a0{NORM}"


def people(count: int) -> str:
    """Return «9 педагогов»."""
    return plural(count, "педагог", "педагога", "педагогов")


def people_accusative(count: int) -> str:
    """Return «9 педагогов», «1 педагога»."""
    return plural(count, "педагога", "педагога", "педагогов")


def assigned(done: Assigned, holder: str) -> str:
    """Return the sentence after an assignment."""
    parts = []
    if done.new:
        parts.append(f"закреплены впервые: {done.new}")
    if done.moved:
        parts.append(f"перешли от\u00a0других: {done.moved}")
    if done.same:
        parts.append(f"уже были закреплены: {done.same}")
    return f"{holder}: {', '.join(parts)}." if parts else f"{holder}: ничего не\u00a0изменилось."
