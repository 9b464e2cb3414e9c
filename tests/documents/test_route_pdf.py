"""The PDF of a route, opened by pypdf: facts, page sizes, literal texts, no way out."""

import io
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest

from iom.documents.route_docx import render_route_docx
from iom.documents.route_pdf import render_route_pdf
from iom.documents.route_sheet import Variant
from iom.documents.route_view import route_view
from iom.documents.template_files import TEMPLATES

from .reading import docx_headings, pdf_pages, pdf_text
from .samples import COMPETENCIES, item, rich_route


def squeezed(text: str) -> str:
    """Without spaces and hyphens: lines are broken inside words, and a hyphen at a line end cannot be told from one of the word."""
    return "".join(text.replace("-", "").replace("\u200b", "").replace("\u00ad", "").split())


def test_every_text_of_the_view_is_in_the_document():
    view = route_view(rich_route())
    text = squeezed(pdf_text(render_route_pdf(rich_route())))

    values = [value for row in view["items"] for value in row.values()] + [fact["value"] for fact in view["person"] + view["support"]]
    values += [cell for diagnostic in view["diagnostics"] for row in diagnostic["results"] for cell in row.values()]
    values += [cell for name in ("deficits", "tasks", "revisions", "changes", "totals") for row in view[name] for cell in row.values()]
    values += [
        view[name] for name in ("title", "full_name", "goal", "personal_request", "reflection", "tutor_conclusion", "recommendation")
    ]
    assert [value for value in values if squeezed(value) not in text] == []


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("with_results", [True, False])
def test_sections_are_those_of_the_docx(variant, with_results):
    sheet = rich_route(3, variant=variant, include_results=with_results)
    headings = docx_headings(render_route_docx(sheet))
    text = squeezed(pdf_text(render_route_pdf(sheet)))

    places = [text.find(squeezed(heading)) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)


def test_empty_parts_read_like_those_of_the_docx():
    sheet = rich_route(
        0, diagnostics=(), deficits=(), personal_request="", goal="", tasks=(), expected_result="", revisions=(), agreements=(), order=None
    )
    text = pdf_text(render_route_pdf(sheet))

    for words in (
        "Диагностика не проводилась.",
        "Дефицитов нет.",
        "Цель и задачи не заданы.",
        "Мероприятий пока нет.",
        "Корректировок нет.",
    ):
        assert words in text
    assert "Цель:" not in text
    assert "Запрос педагога:" not in text


def test_pages_are_a4_upright_and_then_wide():
    sizes = [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pdf_pages(render_route_pdf(rich_route()))]

    assert sizes[0] == (595, 842)
    assert sizes[-1] == (842, 595)
    assert set(sizes) == {(595, 842), (842, 595)}


def test_each_page_carries_its_number_of_all_and_the_fingerprint():
    content = render_route_pdf(rich_route())
    pages = pdf_pages(content)
    mark = route_view(rich_route())["fingerprint"]

    for number, page in enumerate(pages, start=1):
        text = page.extract_text().replace("\u00a0", " ")
        assert f"Редакция 2, распечатано 12.10.2026, с. {number} из {len(pages)}, отпечаток {mark}" in text


def test_head_of_the_plan_repeats_on_each_of_its_pages():
    pages = [page.extract_text() for page in pdf_pages(render_route_pdf(rich_route(20)))]
    with_items = [text for text in pages if "14.09.2026" in text and "Примеров Б. И.," in text]

    assert len(with_items) >= 3
    assert all("Мероприятие" in text for text in with_items)


def test_copy_without_consent_tells_no_result_and_no_deficit():
    text = squeezed(pdf_text(render_route_pdf(rich_route(include_results=False))))

    assert "Дефицит" not in text
    assert not any(squeezed(name) in text for _, name in COMPETENCIES[1:])
    assert squeezed("Хочу научиться") not in text


@pytest.mark.parametrize(
    "text",
    [
        '#image("/etc/passwd")',
        '#read("common.typ")',
        "*не жирный* _не курсив_ `не код`",
        "$x^2$ @ссылка <метка>",
        "#let view = 1",
        "= Не заголовок",
        "// не примечание /* и не это */",
        "\\ обратная \\u{41} черта #sys.inputs",
        "{{ 7*7 }}",
        "https://example.org/a",
    ],
)
def test_text_of_a_person_is_never_read_as_markup(text):
    printed = squeezed(pdf_text(render_route_pdf(rich_route(1, goal=text, items=(item(1, title=text),)))))

    assert printed.count(squeezed(text)) == 2


def test_letters_of_the_peoples_of_russia_and_signs_have_glyphs():
    words = "Әҙәм Һәйкәл Үҙаллы Җәй Ҡурай Ҫӗнтерӳ Ӑс Ҕ Ҥ Ӣ Ӯ Ҷ Ғ Ӏ ₽ № ≈ − – §"

    assert squeezed(words) in squeezed(pdf_text(render_route_pdf(rich_route(1, goal=words))))


def test_text_longer_than_a_page_flows_over_pages_and_loses_nothing():
    words = [f"слово{number:04}" for number in range(1200)]
    content = render_route_pdf(rich_route(1, items=(item(1, title=" ".join(words), tutor_mark="Щ" * 500),)))

    printed = pdf_text(content)
    assert set(words) <= set(printed.split())
    assert printed.count("Щ") == 500
    lines = [line for page in pdf_pages(content) for line in placed_lines(page)]
    assert all(0 < x < width and 0 < y < height for _, x, y, width, height in lines)
    assert max(text.count("Щ") for text, *_ in lines) <= 10  # what the narrow column holds


def placed_lines(page: pypdf.PageObject) -> list[tuple[str, float, float, float, float]]:
    """Every piece of text with where it starts, in points, and the size of its page."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    found: list[tuple[str, float, float, float, float]] = []

    def note(text: str, place: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((text, place[4], place[5], width, height))

    page.extract_text(visitor_text=note)
    return found


def test_control_characters_are_left_out():
    assert "абвг" in pdf_text(render_route_pdf(rich_route(1, goal="а\x00б\x0bв\ud800г")))


def test_properties_name_the_document_its_school_and_the_day():
    reader = pypdf.PdfReader(io.BytesIO(render_route_pdf(rich_route())))

    assert reader.metadata.title == "Индивидуальный образовательный маршрут"
    assert "Лесновская" in reader.metadata.author
    assert (reader.metadata.creation_date.year, reader.metadata.creation_date.month, reader.metadata.creation_date.day) == (2026, 10, 12)
    assert reader.trailer["/Root"]["/Lang"] == "ru"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert not reader.attachments


def test_same_sheet_gives_the_same_bytes():
    assert render_route_pdf(rich_route(3)) == render_route_pdf(rich_route(3))


def test_threads_do_not_disturb_each_other():
    sheets = [rich_route(2, full_name=f"Образцова {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(render_route_pdf, sheets))

    assert all(f"Образцова {number}" in pdf_text(content) for number, content in enumerate(printed))


def test_rendering_opens_no_connection(monkeypatch):
    """S-50: a canary on the loopback that a text names in every way a renderer might fetch."""
    hits = []
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}"

        def listen() -> None:
            try:
                hits.append(canary.accept())
            except TimeoutError:
                return

        listener = threading.Thread(target=listen)
        listener.start()
        bait = f'<img src="{address}"> #image("{address}/a.png") @import url({address}) file:///etc/passwd #import "@preview/x:1.0.0"'
        content = render_route_pdf(rich_route(1, goal=bait, school=bait, items=(item(1, title=bait, provider=bait),)))
        listener.join()

    assert hits == []
    assert b"/EmbeddedFile" not in content
    assert b"root:x:" not in content


def test_our_templates_read_nothing_but_each_other_and_the_view():
    for path in Path(TEMPLATES).glob("*.typ"):
        source = path.read_text()
        assert "@preview" not in source
        assert "http" not in source
        assert "read(" not in source
        assert "image(" not in source
        assert "plugin(" not in source
        assert "eval(" not in source
