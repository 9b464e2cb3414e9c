"""How Анна gets in: a printed code from her school, a password of her own, two consents."""

from tests.stories.people import ANNAS_WORD, LOGINS
from tests.stories.story import Story


def head_prints_code(story: Story) -> str:
    """Return the one-time code that the head of the school prints for Анна."""
    marina = story.sign_in("Марина")
    marina.open("/staff/codes")
    row = marina.page.get_by_role("row").filter(has_text="Образцова")
    for other in marina.page.locator("tbody input[type=checkbox]").all():
        other.set_checked(False)
    row.get_by_role("checkbox").check()
    marina.press("Напечатать коды")
    marina.sees("Коды больше нигде не покажутся", "Образцова Анна")
    return marina.page.locator(".one-time").inner_text()


def first_entry(story: Story, code: str) -> None:
    """The code opens the door once; who it is for is asked before a password."""
    anna = story.meet("Анна")
    anna.open("/login")
    anna.follow("Первый вход по коду с листка")
    anna.fill("Логин", LOGINS["Анна"])
    anna.fill("Код", code)
    anna.press("Продолжить")
    anna.sees("Это вы?", "Образцова Анна", "Лесновская СОШ, учитель")
    story.album.show(
        anna,
        "first-entry",
        "Первый вход",
        "У Анны нет рабочей почты: она входит по коду с листка из школы, видит, что о ней записано, и придумывает пароль.",
        phone=True,
    )
    anna.fill("Новый пароль", ANNAS_WORD, exact=True)
    anna.fill("Новый пароль ещё раз", ANNAS_WORD)
    anna.press("Это я, продолжить")


def consents(story: Story) -> None:
    """Each consent stands on a page of its own, with two equal answers and nothing ticked beforehand."""
    anna = story.meet("Анна")
    anna.sees("Согласие на обработку персональных данных", "Что будет, если отказаться", "Кто увидит")
    assert anna.page.locator("input:checked").count() == 0
    story.album.show(
        anna, "consent", "Согласие", "Что Анна разрешает, кто это увидит и что будет, если отказаться, сказано до решения; ответы равны."
    )
    anna.press("Согласиться")
    anna.sees("Участие в диагностике")
    anna.press("Согласиться")
    anna.sees("Согласие на диагностику сохранено.", "Мой маршрут")
