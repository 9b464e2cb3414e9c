"""Those who decide: Борис the tutor, Марина the head; and the administrator who can look at what was done."""

import io
import re

import pypdf
from docx import Document

from tests.stories.chapters.planning import MENDED, OWN
from tests.stories.story import Story
from tests.stories.visitor import Visitor

SCORES = re.compile(r"\d+\s*%")


def opens_annas_route(story: Story) -> Visitor:
    boris = story.meet("Борис")
    boris.open("/")
    boris.follow(re.compile("^Анна Образцова"))
    return boris


def returns(story: Story) -> None:
    """One waits; the tutor writes about a step and sends the route back with a reason."""
    boris = story.sign_in("Борис")
    boris.sees("1 решение", "Анна Образцова", "На согласовании", "21 сентября")
    story.album.show(
        boris, "tutor-list", "Мои педагоги", "Тьютор видит, кто ждёт решения и до какого дня; отсюда маршрут открывается одной клавишей."
    )
    opens_annas_route(story)
    boris.sees("Почему здесь:", "Проверка на выполнимость", OWN)
    step = boris.page.locator(".step-card").filter(has_text=OWN)
    step.locator("summary").click()
    step.get_by_role("textbox").fill("Хорошая мысль. Какие книги возьмёте?")
    boris.press("Отправить", within=step)
    boris.sees("Сообщение отправлено.")
    boris.unfold("Вернуть с замечанием")
    story.album.show(
        boris,
        "review",
        "Маршрут на согласовании",
        "Слева шаги с причинами и обсуждением, справа решение, проверка сроков и дефициты; вернуть можно только со словами.",
    )
    boris.page.get_by_label("Мало практики").check()
    boris.press(re.compile("^Вернуть"))
    boris.sees("Возвращено с замечанием: Анна Образцова", "решений не ждёт никто")


def agrees(story: Story) -> None:
    boris = opens_annas_route(story)
    boris.sees("Что изменилось с прошлой редакции", MENDED)
    boris.press(re.compile("^Согласовать"))
    boris.sees("Согласовано: Анна Образцова")


def approves(story: Story) -> None:
    """The head approves by an order; nothing that was measured is on the pages or in the files."""
    marina = story.sign_in("Марина")
    marina.sees("Утвердить 1 маршрут одним приказом", "Анна Образцова", "Б. Примеров", "Результаты диагностики здесь не показываются")
    _shows_no_scores(marina)
    story.album.show(
        marina, "order", "Приказ", "Директор утверждает согласованные маршруты одним приказом; баллов и дефицитов на этой странице нет."
    )
    marina.fill("Номер приказа", "112-од")
    marina.fill("Дата приказа", "09.09.2026")
    marina.press(re.compile("^Утвердить 1"))
    marina.sees("1 маршрут утверждён приказом № 112-од", "Приложение: 1 маршрут")
    _shows_no_scores(marina)
    story.album.show(
        marina, "issued", "Приказ издан", "Приложение скачивается как DOCX и PDF; ошибку в номере можно исправить, прежний останется."
    )
    name, content = marina.download("Скачать DOCX")
    assert name == "Приказ 112-од.docx"
    document = Document(io.BytesIO(content))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    _is_about_anna(" ".join(words))
    name, content = marina.download("Скачать PDF")
    assert name == "Приказ 112-од.pdf"
    _is_about_anna(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def _shows_no_scores(marina: Visitor) -> None:
    text = marina.text()
    assert not SCORES.search(text), text
    assert "дефицит" not in text.lower()


def _is_about_anna(text: str) -> None:
    assert "112-од" in text
    assert "Образцова" in text
    assert not SCORES.search(text)


def looks_up_journal(story: Story) -> None:
    """Who did what to Анна's data is found in the journal, and the journal was not changed."""
    nina = story.sign_in("Нина")
    nina.follow("Журнал")
    nina.fill("Человек", "Образцова")
    nina.press("Показать")
    nina.sees("Борис Примеров", "Марина Шаблонова", "Анна Образцова")
    story.album.show(
        nina, "journal", "Журнал", "Администратор видит, кто и что делал с данными Анны; самих ответов и результатов здесь нет."
    )
    nina.press("Проверить, что журнал не менялся")
    nina.sees("журнал цел, ни одна не изменена")
