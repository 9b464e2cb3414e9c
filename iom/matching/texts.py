"""Russian words that matching needs: function words to leave out, marks of audiences and regions, and the reasons it gives."""

from collections.abc import Sequence

from iom.catalog.kinds import OfferingKind
from iom.core.texts import NBSP
from iom.matching.kinds import AudienceGroup, Note, Obstacle, Stage

# Function words: prepositions, conjunctions, pronouns, particles, auxiliary verbs, and the frame of a question.
FUNCTION_WORDS = """
    а без более бы был была были было быть в вам вас ваш весь во вот все всего всех вы где да даже для до его ее если есть еще ж же за
    здесь и из из-за или им их к как какой когда кто ли либо между меня мне много мной можно мой мы на над надо наш не него нее нет ни
    них но ну о об однако он она они оно от очень по под после потом потому почему при про с сам свой себя сейчас со так также такой там
    тебя тем то тоже только том тот ту ты у уж уже хотя чего чей чем через что чтобы эта эти это этот я являться данный который каждый
    мочь хотеть делать знать нужно весьма
"""
"""Separated by blanks. The last line holds words that only frame a title or a question and tell nothing of its topic."""

ONE_LETTER = ("ё", "е")  # the two spellings are one word here
RUSSIAN_WORD = "[а-я]+"  # after that
# Words that the analyzer takes for a form of another one: a preposition, a short adjective, a participle, a noun.
OWN_LEMMAS = {
    **{word: word for word in ("изо", "всоко", "гиа", "рас", "данные")},
    "среднего": "средний",
    "среднему": "средний",
    "средним": "средний",
}
SCIENCE_ENDING = "ика"

REGION_GENERIC = "область области обл край республика респ автономный автономная округ народная г город"
FEDERAL = "федеральн"
FEDERAL_TERRITORY = "федеральная территория"
MANY_REGIONS = ("федеральный округ", "межрегион", "всероссийск", "российская федерация", "регионов", "субъектов рф")

AND = "и"
# Who is addressed and at which stage; a phrase is recognised in any case and number, the longest that fits wins, so that
# a class teacher is not taken for a head by the second of the two words.
AUDIENCE: dict[tuple[AudienceGroup | None, Stage | None], tuple[str, ...]] = {
    (AudienceGroup.TEACHER, Stage.SCHOOL): (
        "учитель",
        "классный руководитель",
        "преподаватель-организатор",
        "школьная команда",
        "педагогическая команда школы",
        "работник школы",
        "руководитель школьного театра",
        "руководитель школьного музея",
        "педагог школы",
    ),
    (AudienceGroup.TEACHER, Stage.PRESCHOOL): ("воспитатель", "педагог детского сада", "педагог ДОО", "педагог ДОУ"),
    (AudienceGroup.TEACHER, Stage.VOCATIONAL): ("мастер производственного обучения", "куратор группы СПО"),
    (AudienceGroup.TEACHER, Stage.SUPPLEMENTARY): ("педагог дополнительного образования", "педагог допобразования", "тренер"),
    (AudienceGroup.TEACHER, None): (
        "педагог",
        "педагогический",
        "педагогический работник",
        "преподаватель",
        "вожатый",
        "наставник",
        "молодой специалист",
        "руководитель хорового коллектива",
        "руководитель методического объединения",
        "руководитель кружка",
        "педагогическая династия",
    ),
    (AudienceGroup.MANAGER, Stage.SCHOOL): ("директор школы", "руководитель школы", "управленческая команда школы"),
    (AudienceGroup.MANAGER, Stage.PRESCHOOL): ("заведующий", "заместитель заведующего", "руководитель ДОО", "руководитель ДОУ"),
    (AudienceGroup.MANAGER, None): (
        "директор",
        "руководитель",
        "руководящий работник",
        "заместитель",
        "заместитель директора",
        "управленец",
        "руководящий",
        "управленческий",
        "управленческий работник",
        "управленческая команда",
        "управленческие кадры",
        "кадровый резерв",
    ),
    (AudienceGroup.SPECIALIST, None): (
        "педагог-психолог",
        "психолог",
        "социальный педагог",
        "учитель-логопед",
        "логопед",
        "учитель-дефектолог",
        "дефектолог",
        "педагог-библиотекарь",
        "библиотекарь",
        "методист",
        "педагог-организатор",
        "советник",
        "советник директора",
        "тьютор",
    ),
    (AudienceGroup.SPECIALIST, Stage.PRESCHOOL): (
        "старший воспитатель",
        "инструктор по физической культуре",
        "методист ДОУ",
        "социальный педагог ДОУ",
    ),
    (AudienceGroup.OUTSIDER, None): (
        "студент",
        "педагогический вуз",
        "педагогическая профессия",
        "выпускник",
        "сотрудник предприятия",
        "кандидат на должность",
    ),
    (None, Stage.SCHOOL): ("школа", "школьник", "школьный", "общеобразовательный", "начальные классы", "класс"),
    (None, Stage.PRESCHOOL): ("детский сад", "ДОО", "ДОУ", "дошкольный", "дошкольник", "дошкольное образование", "детсад"),
    (None, Stage.VOCATIONAL): (
        "СПО",
        "колледж",
        "техникум",
        "среднее профессиональное образование",
        "Профессионалитет",
        "профессиональная образовательная организация",
    ),
    (None, Stage.SUPPLEMENTARY): (
        "дополнительное образование",
        "допобразование",
        "детская школа искусств",
        "школа искусств",
        "художественная школа",
        "ДШИ",
        "ДХШ",
    ),
}

OBSTACLE = {
    Obstacle.AUDIENCE_MANAGER_ONLY: "только для руководителей",
    Obstacle.AUDIENCE_TEACHER_ONLY: "только для педагогов",
    Obstacle.AUDIENCE_SPECIALIST_ONLY: "только для специалистов сопровождения",
    Obstacle.AUDIENCE_OUTSIDER_ONLY: "для студентов и тех, кто ещё не работает в школе",
    Obstacle.SUBJECT_OTHER: "другой предмет",
    Obstacle.STAGE_OTHER: "другая ступень образования",
    Obstacle.REGION_OTHER_ONSITE: f"очно в{NBSP}другом регионе",
    Obstacle.EVENT_PAST: "событие уже прошло",
    Obstacle.NO_RUN_IN_PERIOD: f"в{NBSP}период маршрута набора нет",
    Obstacle.NO_SEATS: "мест не осталось",
    Obstacle.PROVIDER_PRIVATE: f"новые зачисления закрыты с{NBSP}01.09.2025: организация частная",
    Obstacle.RETRAINING_NOT_ASKED: "переподготовка, о ней не просили",
}

NOTE = {
    Note.NO_RUN_DATES: "дат пока нет",
    Note.NEW_RUN_NOT_ANNOUNCED: "даты нового набора не объявлены",
    Note.HOURS_ESTIMATED: "объём оценён",
    Note.FORM_UNKNOWN: "форма не указана",
    Note.REGION_OTHER_FORM_UNKNOWN: "другой регион, форма не указана: уточните, можно ли дистанционно",
}

KIND = {
    OfferingKind.PROGRAM: "программа",
    OfferingKind.INTERNSHIP: "стажировка",
    OfferingKind.MENTORING: "наставничество",
    OfferingKind.EVENT: "событие",
    OfferingKind.RESOURCE: "ресурс",
    OfferingKind.SELF_STUDY: "самообразование",
}

REASON_CONFIRMED = "связь подтверждена"
REASON_CLOSE = f"близко по{NBSP}смыслу, общих слов нет"
REASON_WEAK = f"слабое сходство: проверьте, подходит ли{NBSP}тема"
NOTHING_FOUND = "Ничего подходящего."
NOTHING_SURE = f"Уверенных совпадений нет: проверьте, подходит ли{NBSP}тема."
UNKNOWN_COMPETENCY = "нет такой компетенции: {code}"
ONE_OF_TWO = "укажите одно из двух: --competency или --text"
EMPTY_SUBJECT = "в названии предмета нет слов"
BUILDING = "Подготовка каталога"


def reason_words(words: Sequence[str]) -> str:
    """Which words of the query or of its synonyms an offering shares."""
    return f"совпали слова: {', '.join(words)}"


def reason_subject(subject: str) -> str:
    """The subject and theme that the source names."""
    return f"предмет и{NBSP}тема: {subject}"


def reason_estimated(hours: int) -> str:
    """That the source names no volume and what is assumed."""
    return f"объём оценён: ≈{NBSP}{hours}{NBSP}ч"
