"""The self-diagnostic: block by block, broken off and taken up again, an answer without network; the profile that follows."""

import re

from playwright.sync_api import expect

from tests.stories.story import Story
from tests.stories.visitor import Visitor

NEXT = re.compile("^(Дальше|К проверке)")
REGULARLY, NOT_ALWAYS = 2, 1
DOUBTED = {"PP": 1, "FG": 0}  # in these blocks Анна rates the statement of this place lower than the rest
WISH = "Хочу вести уроки-исследования с данными о нашем селе"


def answer(anna: Visitor, number: int, value: int = REGULARLY) -> None:
    anna.page.locator("[data-item]").nth(number).locator("input[type=radio]").nth(value).check()


def answer_block(anna: Visitor) -> None:
    code = anna.page.url.rsplit("/", 1)[1]
    for number in range(anna.page.locator("[data-item]").count()):
        answer(anna, number, NOT_ALWAYS if DOUBTED.get(code) == number else REGULARLY)


def begins(story: Story) -> None:
    """Home leads to the open self-diagnostic; the first block is answered and sent."""
    anna = story.meet("Анна")
    anna.follow(re.compile("Сначала пройти самодиагностику"))
    anna.sees("Ответы под вашим именем видите только вы", "открыта до 25 декабря")
    anna.press("Начать")
    story.album.show(
        anna,
        "question",
        "Самодиагностика",
        "Утверждения описывают действия на уроке, а не качества человека; у каждого есть «Не относится к моей работе».",
        highest=1200,
    )
    answer_block(anna)
    anna.press(NEXT)


def breaks_off(story: Story) -> None:
    """The browser is closed in the middle of a block; what was answered is there on coming back."""
    anna = story.meet("Анна")
    answer(anna, 0)
    answer(anna, 1, NOT_ALWAYS)
    if story.scripts:
        expect(anna.page.locator("[data-save-state]")).to_contain_text("Сохранено в")
    else:
        anna.press("Прервать и продолжить позже")
    anna.come_back()
    anna.open("/")
    anna.page.reload()  # a browser without a cache shows the page's own font from the second page on
    anna.sees("Вы остановились: отвечено 8 из 60")
    story.album.show(
        anna, "resume", "Пауза", "Анна закрыла браузер посреди блока: ответы на месте, главная ведёт туда, где она остановилась."
    )
    anna.follow("Продолжить самодиагностику")
    sets = anna.page.locator("[data-item]")
    expect(sets.nth(0).locator("input[type=radio]").nth(REGULARLY)).to_be_checked()
    expect(sets.nth(1).locator("input[type=radio]").nth(NOT_ALWAYS)).to_be_checked()


def loses_network(story: Story) -> None:
    """An answer given without network waits on the page and leaves by itself when the network is back."""
    anna = story.meet("Анна")
    with anna.lost_link():
        answer(anna, 2)
        expect(anna.page.locator("[data-save-note]")).to_contain_text("Нет связи. Отвечайте дальше")
        story.album.show(
            anna,
            "offline",
            "Без связи",
            "Сеть пропала: ответ ждёт на странице и уходит сам, когда она появится; страница говорит об этом прямо.",
            phone=True,
            highest=900,
        )
    expect(anna.page.locator("[data-save-note]")).to_be_hidden()
    expect(anna.page.locator("[data-save-state]")).to_contain_text("Сохранено в")
    anna.page.reload()
    expect(anna.page.locator("[data-item]").nth(2).locator("input[type=radio]").nth(REGULARLY)).to_be_checked()


def finishes(story: Story) -> None:
    """All blocks answered, checked and handed in; then nothing can be changed, and that is said before."""
    anna = story.meet("Анна")
    while "/blocks/" in anna.page.url:
        answer_block(anna)
        anna.press(NEXT)
    anna.sees("Все ответы на месте", "После завершения ответы изменить нельзя")
    anna.press("Завершить самодиагностику")
    anna.sees("Самодиагностика завершена", "Три дефицита", "Методы и технологии обучения")
    story.album.show(
        anna,
        "profile",
        "Профиль",
        "Дефицит объявляют задания, а не самооценка; у каждого результата виден промежуток, в котором лежит уровень.",
        highest=1150,
    )
    story.album.show(anna, "profile-phone", "Профиль на телефоне", "Та же страница на узком экране.", phone=True, highest=1100)


def writes_wish(story: Story) -> None:
    anna = story.meet("Анна")
    anna.follow("Написать запрос")
    anna.page.get_by_role("textbox").fill(WISH)
    anna.press("Сохранить запрос")
    anna.sees("Запрос сохранён.", WISH)
