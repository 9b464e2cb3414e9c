"""Words of the profile: headings, levels, how sure a level is, what became of a need."""

from iom.core.format import number, plural, plural_form
from iom.core.texts import NBSP
from iom.diagnostics.kinds import ResultSource
from iom.diagnostics.texts import METHOD, STAGE
from iom.profiles.change_rows import ChangeRow
from iom.profiles.kinds import (
    Basis,
    ChangeOutcome,
    DeficitKind,
    DeficitOrigin,
    DeficitStatus,
    Depth,
    GroundKind,
    Verdict,
)
from iom.profiles.models import Deficit
from iom.profiles.queries import AttemptRow
from iom.profiles.reasons import ProfileRefusal
from iom.profiles.summary import Line, ShownGround, Summary
from iom.profiles.verdicts import depth_of

REFUSAL: dict[str, str] = {
    ProfileRefusal.UNKNOWN_COMPETENCY: "Такой компетенции в карте нет. Выберите другую.",
    ProfileRefusal.BAD_PERCENT: "Процент бывает от 0 до 100. Исправьте значение.",
    ProfileRefusal.BAD_TASKS: "Число заданий бывает от 1 до 1000. Исправьте значение или оставьте пустым.",
    ProfileRefusal.DATE_AHEAD: "Дата результата позже сегодняшней. Исправьте её.",
    ProfileRefusal.NO_SOURCE: "Назовите диагностику, откуда результаты: до 200 знаков.",
    ProfileRefusal.ALREADY_OPEN: "Этот дефицит в профиле уже есть.",
    ProfileRefusal.NOT_OPEN: "Этой темы среди открытых уже нет: её закрыли или сняли. Обновите страницу.",
    ProfileRefusal.NOT_YOURS_TO_DROP: "Дефицит добавляет и снимает тьютор или методист, и не в собственном профиле.",
}

BAND = {0: "не определён", 1: "низкий", 2: "ниже базового", 3: "базовый", 4: "высокий"}
NEARLY = "скорее "

VERDICT = {
    Verdict.INSUFFICIENT: "мало, чтобы судить",
    Verdict.DEFICIT: "дефицит",
    Verdict.PROBABLE: "вероятный дефицит, уточните",
    Verdict.OPEN: "дефицит не установлен",
    Verdict.NONE: "дефицита нет",
    Verdict.CLAIMED: "заявленное затруднение",
    Verdict.UNCLAIMED: "затруднением не названо",
}

DEPTH = {Depth.SMALL: "небольшой", Depth.MEDIUM: "средний", Depth.DEEP: "глубокий"}

OUTCOME = {
    ChangeOutcome.CLOSED: "Дефицит закрыт.",
    ChangeOutcome.PROVISIONALLY_CLOSED: "Дефицит закрыт предварительно.",
    ChangeOutcome.IMPROVED: "Улучшение, базового уровня пока нет.",
    ChangeOutcome.REMAINS: "Сохраняется.",
}

OUTCOME_WHY = {
    ChangeOutcome.CLOSED: "Уровень теперь почти наверное не ниже базового.",
    ChangeOutcome.PROVISIONALLY_CLOSED: "Уровень скорее не ниже базового, и рост больше случайного.",
    ChangeOutcome.IMPROVED: "Рост больше случайного.",
    ChangeOutcome.REMAINS: "Разницы, которую можно отличить от случайной, не видно.",
}

GROUND = {GroundKind.SELF: "самооценка", GroundKind.TASKS: "задания", GroundKind.IMPORTED: "загружено"}

ORIGIN = {
    DeficitOrigin.ATTEMPT: "найдено диагностикой",
    DeficitOrigin.TUTOR: "добавлено тьютором или методистом",
    DeficitOrigin.PUPIL_RESULTS: "по результатам обучающихся",
    DeficitOrigin.PERSONAL_REQUEST: "по вашему желанию",
}

COUNTED = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
COUNTED_FEMININE = {1: "одна", 2: "две"}

VIEW, TABLE = "вид", "таблица"  # the address that people write themselves: ?вид=таблица

EMPTY = "Профиль появится после диагностики"
EMPTY_TEXT = "Он покажет, где нужна поддержка и насколько это точно."
SELF_ONLY = "Пока только ваша оценка: дефицит по ней не объявляем"
SELF_ONLY_OTHER = "Пока только самооценка: дефицит по ней не объявляем"
NO_DEFICITS = "Дефицитов не найдено"
NO_DEFICITS_TEXT = "Маршрут можно собрать под ваш запрос."

SELF_CHANGE = "Это взгляд на себя: рост и закрытие дефицита по нему не считаем."

REQUEST_SAVED = "Запрос сохранён."
REQUEST_REMOVED = "Запрос снят. Прежние слова остались в истории."
MARKED = "Отмечено: важно."
UNMARKED = "Отметка снята."
ADDED = "Дефицит добавлен."
DROPPED = "Снято. Причина сохранена в истории."


def counted(count: int, *, feminine: bool = False) -> str:
    """Return a small number as a word, a larger one as digits."""
    if feminine and count in COUNTED_FEMININE:
        return COUNTED_FEMININE[count]
    return COUNTED[count] if 0 < count < len(COUNTED) else number(count)


def heading(summary: Summary, *, is_own: bool) -> str:
    """Return the first heading: the one thing the page says."""
    if summary.is_empty:
        return EMPTY
    if summary.is_self_only:
        return SELF_ONLY if is_own else SELF_ONLY_OTHER
    doubts = f", {counted(len(summary.doubts))} под вопросом" if summary.doubts else ""
    if not summary.deficits:
        return f"{NO_DEFICITS}{doubts}"
    words = deficits(len(summary.deficits))
    return f"{words[:1].upper()}{words[1:]}{doubts}"


def deficits(count: int) -> str:
    """Return «три дефицита»."""
    return f"{counted(count)} {plural_form(count, 'дефицит', 'дефицита', 'дефицитов')}"


def rest(summary: Summary) -> str:
    """Return the sentence about what is not a need; empty when there is nothing of the kind."""
    count = len([line for line in summary.strengths if line.level is not None])
    if not count:
        return ""
    noun = plural_form(count, "компетенция", "компетенции", "компетенций")
    return f"Ещё {counted(count, feminine=True)} {noun} на базовом уровне и выше."


def amount(summary: Summary) -> str:
    """Return how much the profile rests on: «70 заданий и самооценка»."""
    parts = [tasks(summary.n_tasks)] if summary.n_tasks else []
    if summary.n_ratings:
        parts.append("самооценка" if parts else statements(summary.n_ratings))
    return " и ".join(parts)


def tasks(count: int) -> str:
    """Return «12 заданий»."""
    return plural(count, "задание", "задания", "заданий")


def statements(count: int) -> str:
    """Return «3 ответа самодиагностики»."""
    return f"{plural(count, 'ответ', 'ответа', 'ответов')} самодиагностики"


def level_words(line: Line) -> str:
    """Return the level in words: «скорее низкий», «не определён», for ratings how they stand to the person's own mean."""
    if line.verdict is None:
        return "не измерялось"
    if line.is_self:
        return VERDICT[line.verdict]
    return BAND[0] if line.is_thin else f"{NEARLY if line.is_near_edge else ''}{BAND[line.band]}"


def interval(line: Line) -> str:
    """Return «54 %, скорее всего от 33 до 72»."""
    level = line.self_level if line.is_self else line.level
    if level is None or line.low is None or line.high is None:
        return ""
    return f"{number(level, 0)}{NBSP}%, скорее всего от{NBSP}{number(line.low, 0)} до{NBSP}{number(line.high, 0)}"


def rests_on(line: Line) -> str:
    """Return in short what decided: «12 заданий», «самооценка: 3 ответа», what people added."""
    if line.verdict is None or (line.is_seen_by_person and not line.grounds):
        return ORIGIN[line.need.deficit.origin] if line.need is not None else ""
    if line.is_self:
        return f"самооценка: {plural(line.n_answers, 'ответ', 'ответа', 'ответов')}"
    return tasks(line.n_answers)


def ground_words(ground: ShownGround, day: str) -> str:
    """Return one ground in full: «Самодиагностика, 24 ноября: 3 ответа»; `day` as the reader's calendar writes it."""
    count = plural(ground.n, "ответ", "ответа", "ответов") if ground.kind is GroundKind.SELF else tasks(ground.n)
    brought = ", загружено" if ground.kind is GroundKind.IMPORTED else ""
    return f"{ground.title}, {day}{brought}: {count}"


def chance(line: Line) -> str:
    """Return what the probability says, as cases out of a hundred; nothing surer than 1 and 99 is said."""
    if line.p_below is None:
        return ""
    cases = min(max(round(100 * line.p_below), 1), 99)
    if line.is_self:
        return f"По вашим ответам эта тема ниже вашего среднего ({number(line.kappa, 0)}{NBSP}%) в{NBSP}{cases} случаях из{NBSP}100."
    return f"Уровень ниже базового ({number(line.kappa, 0)}{NBSP}%) в{NBSP}{cases} случаях из{NBSP}100."


def gap_words(line: Line, *, is_own: bool) -> str:
    """Return how far the own mark stands from what tasks showed; empty when the two agree within the error."""
    if line.gap is None:
        return ""
    side = "выше" if line.gap > 0 else "ниже"
    who = "Вы оценили себя" if is_own else "Самооценка стоит"
    by = plural(round(abs(line.gap)), "пункт", "пункта", "пунктов")
    end = "Это повод обсудить с тьютором, а не ошибка." if is_own else "Это повод поговорить, а не упрёк."
    return f"{who} на{NBSP}{by} {side}, чем показали задания. {end}"


def change_words(change: ChangeRow, was_on: str) -> str:
    """Return before and after in one sentence; `was_on` is the earlier day."""
    before, after = number(change.before.level, 0), number(change.after.level, 0)
    if change.basis is Basis.SELF:
        return f"Самооценка: было {before}{NBSP}% ({was_on}), стало {after}{NBSP}%. {SELF_CHANGE}"
    return f"Было {before}{NBSP}% ({was_on}), стало {after}{NBSP}%. {growth_words(change)}"


def growth_words(change: ChangeRow) -> str:
    """Return whether a level rose, as cases out of a hundred."""
    if change.p_up is None:
        return "Считалось по-разному, поэтому рост не сравниваем."
    cases = min(max(round(100 * change.p_up), 1), 99)
    if change.outcome is not None:
        return f"{OUTCOME_WHY[change.outcome]} Рост вероятен в{NBSP}{cases} случаях из{NBSP}100."
    if cases >= 80:
        return f"Рост больше случайного: вероятен в{NBSP}{cases} случаях из{NBSP}100."
    if cases <= 20:
        return f"Уровень, скорее всего, снизился: рост вероятен в{NBSP}{cases} случаях из{NBSP}100."
    return f"Разницы, которую можно отличить от случайной, не видно: рост вероятен в{NBSP}{cases} случаях из{NBSP}100."


def outcome_title(change: ChangeRow) -> str:
    """Return the verdict over a repeat in words."""
    return OUTCOME[change.outcome] if change.outcome is not None else ""


def doubt_words(line: Line) -> str:
    """Return why a level is not established and what it means."""
    if line.verdict is Verdict.INSUFFICIENT:
        return f"{tasks(line.n_answers)}: мало, чтобы судить. Уровень не называем, в маршрут тему не ставим."
    if line.verdict is Verdict.PROBABLE:
        return "Вероятный дефицит: ещё несколько заданий сделают ответ точнее. Пока в маршрут тему не ставим."
    return "Дефицит не установлен: уровень может лежать и выше, и ниже базового. В маршрут тему не ставим."


def depth_words(deficit: Deficit) -> str:
    """Return how deep a deficit is, and what else a need may be."""
    if deficit.kind is DeficitKind.DEFICIT:
        return f"{DEPTH[depth_of(deficit.severity)]} дефицит"
    return "" if deficit.origin is DeficitOrigin.PERSONAL_REQUEST else VERDICT[Verdict.CLAIMED]


def end_words(deficit: Deficit) -> str:
    """Return what became of a need that is not open any more."""
    if deficit.status is DeficitStatus.DROPPED:
        return "снято"
    if deficit.outcome is not None:
        return OUTCOME[deficit.outcome].rstrip(".").lower()
    return "больше не названо или решено заданиями"


def attempt_words(row: AttemptRow) -> str:
    """Return what an attempt was: «входная, самодиагностика»."""
    if row.source is ResultSource.IMPORTED:
        return "загруженный результат"
    return f"{STAGE[row.stage]}, {METHOD[row.method]}"
