"""Анна builds her route: proposed, then changed by her own hand; checked and sent; mended when it comes back."""

import re

from playwright.sync_api import Locator

from tests.stories.chapters.centre import PROGRAM, SEARCH
from tests.stories.story import Story
from tests.stories.visitor import Visitor, loosely

OWN = "Читаем с коллегами о формирующем оценивании"
MENDED = "Хожу на уроки Игоря Черного и зову его к себе"
LAST_DAY = "2026-12-18"
HOURS = 90


def steps(anna: Visitor) -> Locator:
    return anna.page.locator(".bstep")


def loose(anna: Visitor) -> Locator:
    """Return the steps that the next count may change."""
    return steps(anna).filter(has=anna.page.get_by_role("button", name=re.compile("^Закрепить")))


def proposes(story: Story) -> None:
    """The first proposal is the best that the hours allow, and says so."""
    anna = story.meet("Анна")
    anna.follow("Подобрать маршрут")
    anna.press("Подобрать маршрут")
    anna.sees("Маршрут собран.", "Лучший маршрут на 72 ч, это доказано", "Почему здесь:")
    story.album.show(
        anna,
        "proposal",
        "Лучший маршрут",
        "Из сотен предложений система собирает доказанно лучший набор на часы Анны; у каждого шага сказано, почему он здесь.",
    )


def adds_from_catalog(story: Story) -> None:
    """A programme of her choice goes into the draft and is pinned."""
    anna = story.meet("Анна")
    anna.follow("Найти в каталоге")
    anna.fill("Что ищете", SEARCH)
    anna.press("Показать")
    story.album.show(
        anna,
        "catalog",
        "Каталог",
        "Поиск понимает слова учителя; у предложения видно, что оно закрывает, и нет ли препятствий.",
        highest=1200,
    )
    anna.press(loosely("Добавить: Математика: методика обучения в основной"))
    anna.sees("Добавлено в маршрут.")
    anna.press("Закрепить", within=steps(anna).filter(has_text=PROGRAM))
    anna.sees("Закреплено")


def adds_own(story: Story) -> None:
    anna = story.meet("Анна")
    anna.follow("Добавить своё мероприятие")
    anna.page.get_by_label("Самообразование").check()
    anna.fill("Название", OWN)
    anna.fill("Часы", "6")
    anna.page.get_by_role("checkbox", name="Методы и технологии обучения").check()
    anna.press("Добавить в маршрут")
    anna.sees(OWN)


def changes_hours(story: Story) -> None:
    """Other hours and another end: what is pinned and her own stay, the rest is counted anew."""
    anna = story.meet("Анна")
    anna.unfold("Своё число часов и период")
    form = anna.page.locator("form").filter(has=anna.page.locator("#own-hours"))
    form.locator("#own-hours").fill(str(HOURS))
    anna.fill("Конец", LAST_DAY, within=form)
    anna.press("Пересчитать", within=form)
    anna.sees(f"Лучший маршрут на {HOURS} ч", "18 декабря", OWN)
    assert steps(anna).filter(has_text=PROGRAM).count() == 1


def removes_and_restores(story: Story) -> None:
    anna = story.meet("Анна")
    step = loose(anna).first
    title = loosely(step.get_by_role("heading").inner_text())
    anna.press("Убрать", within=step)
    anna.sees("Убрано: «", "Вы убрали")
    assert steps(anna).filter(has_text=title).count() == 0
    anna.press(re.compile("^Вернуть"))
    assert steps(anna).filter(has_text=title).count() == 1


def swaps(story: Story) -> None:
    """A step makes place for another; what that does to each topic is said before."""
    anna = story.meet("Анна")
    step = loose(anna).last
    title = loosely(step.get_by_role("heading").inner_text())
    anna.follow("Заменить", within=step)
    anna.sees("Чем заменить", "Охват маршрута")
    story.album.show(anna, "swap", "Замена шага", "Каждая замена заранее говорит, что станет с охватом тем и с часами.", highest=900)
    anna.press("Поставить в маршрут")
    anna.sees("Заменено.")
    assert steps(anna).filter(has_text=title).count() == 0


def sends(story: Story) -> None:
    anna = story.meet("Анна")
    story.album.show(
        anna, "draft", "Маршрут Анны", "После правок остаются закреплённая программа, своё мероприятие и пересчитанный охват.", highest=1800
    )
    anna.follow("Проверить и отправить тьютору")
    anna.sees("Проверьте и отправьте", OWN, "Тьютор Примеров Борис увидит шаги, дефициты и запрос")
    story.album.show(
        anna, "check", "Проверка и отправка", "Перед отправкой видно всё разом: что уйдёт, что останется незакрытым и кто это увидит."
    )
    anna.press("Отправить тьютору")
    anna.sees("Отправлено тьютору.", "Маршрут у тьютора", "Вам ничего делать не нужно")
    story.album.show(
        anna, "sent", "Ждём ответа", "На телефоне: маршрут у тьютора, срок ответа назван, делать ничего не нужно.", phone=True, highest=1100
    )


def mends(story: Story) -> None:
    """The tutor's words stand first; a step is added and the route goes again."""
    anna = story.meet("Анна")
    anna.open("/")
    anna.sees("Тьютор оставил замечание", "добавьте стажировку или посещение уроков")
    story.album.show(anna, "returned", "Замечание", "Вернувшийся маршрут начинается со слов тьютора.", highest=900)
    anna.follow("Исправить")
    anna.follow("Добавить своё мероприятие")
    anna.page.get_by_label("Наставничество, посещение уроков").check()
    anna.fill("Название", MENDED)
    anna.fill("Часы", "4")
    anna.press("Добавить в маршрут")
    anna.follow("Проверить и отправить тьютору")
    anna.press("Отправить тьютору")
    anna.sees("Отправлено тьютору.")
