"""The route is carried out: progress, evidence, a file that is none, a return, the end and what it changed."""

import re
from pathlib import Path

from PIL import Image, ImageDraw

from iom.core.database import transaction
from tests.stories.chapters.centre import PROGRAM
from tests.stories.chapters.decisions import opens_annas_route
from tests.stories.people import REPEATED, REPEATED_ON, measure
from tests.stories.story import Story
from tests.stories.visitor import Visitor

TOLD = "Прошло, как задумали: попробовано на трёх уроках, разобрано с коллегами."
RETURNED = "Напишите две строки: что из этого вы уже попробовали на уроке?"


def opens_step(anna: Visitor, number: int) -> None:
    anna.open("/")
    anna.go(anna.page.locator(".step-card h4 a").nth(number))


def picture_file(folder: Path) -> Path:
    """Return a small PNG such as a phone makes of a page."""
    image = Image.new("RGB", (320, 240), "white")
    ImageDraw.Draw(image).rectangle((40, 40, 280, 200), outline="navy", width=6)
    path = folder / "svidetelstvo.png"
    image.save(path)
    return path


def false_pdf(folder: Path) -> Path:
    path = folder / "otchet.pdf"
    path.write_text("<!doctype html><title>Отчёт</title><script>alert(1)</script>", encoding="utf-8")
    return path


def hands_in_certificate(story: Story) -> None:
    """October: the programme is marked as going on, then its certificate is typed in once."""
    anna = story.meet("Анна")
    anna.follow(PROGRAM)
    anna.page.get_by_label("Шаг идёт").check()
    anna.press("Отметить")
    anna.sees("Отмечено.")
    form = anna.page.locator("form").filter(has=anna.page.get_by_label("Номер", exact=True))
    anna.fill("Номер", "752400118", within=form, exact=True)
    anna.fill("Дата выдачи", "23.10.2026", within=form)
    anna.fill("Часов по документу", "36", within=form)
    anna.fill("Кто выдал", "Институт развития образования Лесогорской области", within=form)
    anna.press("Отправить номер")
    anna.sees("Отправлено на проверку.", "752400118")
    story.album.show(
        anna,
        "certificate",
        "Удостоверение",
        "Шаг принимает номер документа, файл, ссылку или две строки; сведения вносятся один раз.",
        highest=1100,
    )


def hands_in_file(story: Story) -> None:
    """A page that calls itself a PDF is refused in words; a picture is taken."""
    anna = story.meet("Анна")
    last = anna.page.locator(".step-card").count() - 1
    opens_step(anna, last)
    details = anna.page.locator("details").filter(has_text="Файл или фото")
    details.locator("input[type=file]").set_input_files(str(false_pdf(story.folder)))
    anna.press("Отправить файл", status=422)
    anna.sees("Файл повреждён или не PDF/JPG/PNG", "Остальное в форме сохранено")
    story.album.show(
        anna,
        "wrong-file",
        "Не тот файл",
        "Файл с чужим именем не принят: сказано, что случилось, что сохранено и что сделать.",
        highest=1000,
    )
    details.locator("input[type=file]").set_input_files(str(picture_file(story.folder)))
    anna.press("Отправить файл")
    anna.sees("Отправлено на проверку.", "svidetelstvo")


def tells_of_the_rest(story: Story) -> None:
    anna = story.meet("Анна")
    anna.open("/")
    cards = anna.page.locator(".step-card")
    waiting = [number for number in range(cards.count()) if "На проверке" not in cards.nth(number).inner_text()]
    assert waiting
    for number in waiting:
        opens_step(anna, number)
        tells(anna)
        anna.sees("Отправлено на проверку.")
    anna.open("/")
    anna.sees("Всё сделано, ждём проверки")


def tells(anna: Visitor) -> None:
    """Hand in two lines about the step."""
    form = anna.page.locator("details").filter(has_text="Рассказать словами")
    form.locator("summary").click()
    anna.fill("Что сделано", TOLD, within=form)
    anna.press("Отправить рассказ")


def returns_one(story: Story) -> None:
    """The tutor looks at the reports, sends one back and takes the others."""
    boris = story.sign_in("Борис")
    boris.sees("Отчёт на проверке")
    opens_annas_route(story)
    boris.sees("Отчёты ждут решения", "752400118")
    card = boris.page.locator("[id^=accept-]").filter(has_text="svidetelstvo")
    card.locator("summary").click()
    card.get_by_label("Замечание").fill(RETURNED)
    story.album.show(boris, "reports", "Отчёты", "Тьютор принимает отчёты или возвращает со словами; документ о программе виден полями.")
    boris.press(re.compile("^Вернуть"), within=card)
    boris.sees("Возвращено с замечанием.")
    accepts_all(boris)


def accepts_all(boris: Visitor) -> None:
    accept = boris.page.get_by_role("button", name=re.compile("^Принять"))
    while accept.count():
        boris.go(accept.first)
        boris.sees("Принято.")


def answers_return(story: Story) -> None:
    anna = story.meet("Анна")
    anna.open("/")
    anna.follow("Открыть шаг")
    anna.sees("Тьютор просит доработать", RETURNED)
    tells(anna)


def accepts_last(story: Story) -> None:
    accepts_all(opens_annas_route(story))


def completes(story: Story) -> None:
    """All steps are taken: two lines of reflection and the route is over."""
    anna = story.meet("Анна")
    anna.open("/")
    anna.sees("Все шаги выполнены")
    anna.follow("Завершить маршрут")
    anna.fill("Что для вас новое", "Короткие проверки понимания по ходу урока.")
    anna.fill("Что идёт в работу", "Общие критерии с коллегами.")
    story.album.show(anna, "finish", "Завершение", "Две строки о том, что взято в работу, по желанию; часы не выдаются за освоенное.")
    anna.press("Завершить маршрут")
    anna.sees("Маршрут завершён")


def closes(story: Story) -> None:
    boris = opens_annas_route(story)
    boris.follow("Написать заключение")
    boris.sees("Слова педагога", "Общие критерии с коллегами.")
    boris.fill("Заключение", "Шаги выполнены, приёмы видны на уроках. Предлагаю повторную диагностику.")
    boris.press("Закрыть маршрут")
    boris.sees("Маршрут закрыт.")


def repeats(story: Story) -> None:
    """The region's test is taken again: before and after stand on one bar, with a verdict in words."""
    with transaction(story.engine) as session:
        measure(session, story.cast.anna, REPEATED_ON, REPEATED, story.clock.now())


def sees_change(story: Story) -> None:
    anna = story.meet("Анна")
    anna.follow("Профиль")
    anna.sees("Дефицит закрыт")
    story.album.show(
        anna,
        "before-after",
        "Что изменилось",
        "После повторного измерения на одной полосе стоят «было» и «стало», а вывод сказан словами и только там, где он доказан.",
        highest=1200,
    )
