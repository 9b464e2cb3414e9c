"""The personal protocol: words, levels and the geometry of its bars."""

import re
from itertools import pairwise

import pytest

from iom.documents.protocol_pdf import render_protocol_pdf
from iom.documents.protocol_sheet import CompetencyBar, ProtocolBlock, protocol_view

from .reading import pdf_pages, pdf_text
from .samples import COMPETENCIES, protocol

MILLIMETRE = 72 / 25.4
NUMBER = r"(-?[\d.]+)"
OPERATORS = re.compile(rf"(?:{' '.join([NUMBER] * 6)} cm)|\b(q|Q)\b|{NUMBER} {NUMBER} m\s+{NUMBER} {NUMBER} l")


def one_bar(**values: object) -> CompetencyBar:
    return CompetencyBar(**({"competency": "Оценивание", "verdict": "дефицит"} | values))  # type: ignore[arg-type]


def sheet_of(*bars: CompetencyBar):
    return protocol(blocks=(ProtocolBlock("Блок", bars),))


def test_protocol_tells_each_competency_in_the_words_it_was_given():
    text = pdf_text(render_protocol_pdf(protocol()))

    assert "Личный протокол диагностики" in text
    assert "Два дефицита, один под вопросом." in text
    assert all(name in text for _, name in COMPETENCIES)
    assert "39 %, вероятно от 25 до 53; скорее низкий; 12 заданий; глубокий дефицит; самооценка 70 %, в прошлый раз 31 %" in text
    assert "вероятный дефицит, уточните" in text
    assert "не определён; 2 задания; самооценка 55 %" in text


def test_protocol_explains_its_marks_and_names_its_owner_on_each_page():
    content = render_protocol_pdf(protocol(blocks=protocol().blocks * 4))
    pages = pdf_pages(content)

    assert len(pages) > 1
    assert all("Образцова Анна Сергеевна" in page.extract_text() for page in pages)
    text = pdf_text(content)
    for words in (
        "Как читать",
        "в 8 случаях из 10",
        "самооценка, на вывод не влияет",
        "А – низкий уровень (0–39 %)",
        "никому не передаётся",
        "2026.2",
    ):
        assert words in text


@pytest.mark.parametrize("changes", [{"level": 101}, {"low": -1}, {"bound": 200}, {"self_level": 120}, {"previous": -5}])
def test_level_outside_the_scale_is_refused(changes):
    with pytest.raises(ValueError, match=r"outside 0\.\.100"):
        one_bar(**changes)


def test_interval_that_misses_its_level_is_refused():
    with pytest.raises(ValueError, match="outside its interval"):
        one_bar(level=70, low=20, high=60)


def test_competency_without_a_level_has_no_level_in_words():
    (bar,) = protocol_view(sheet_of(one_bar(answers=2)))["blocks"][0]["bars"]

    assert (bar["result"], bar["level"], bar["extra"]) == ("не определён", None, "")


def moves(content: bytes) -> list[tuple[float, float]]:
    """Ends of every straight line of the first page with their transformation undone: x of start and of end, in points."""
    stream = pdf_pages(content)[0].get_contents().get_data().decode("latin-1")
    matrix_x, stack, lines = 0.0, [], []
    for line in OPERATORS.finditer(stream):
        if line[7] == "q":
            stack.append(matrix_x)
        elif line[7] == "Q":
            matrix_x = stack.pop()
        elif line[5]:
            matrix_x += float(line[5])
        elif line[8]:
            lines.append((matrix_x + float(line[8]), matrix_x + float(line[10])))
    return lines


@pytest.mark.parametrize(("low", "high"), [(0, 100), (25, 53), (60, 61)])
def test_interval_is_drawn_to_scale(low, high):
    """The bar is 100 mm for 100 per cent and starts at the left margin, 25 mm."""
    level = (low + high) // 2
    drawn = moves(render_protocol_pdf(sheet_of(one_bar(level=level, low=low, high=high))))

    expected = ((25 + low) * MILLIMETRE, (25 + high) * MILLIMETRE)
    assert any(start == pytest.approx(expected[0], abs=0.1) and end == pytest.approx(expected[1], abs=0.1) for start, end in drawn)


def test_open_question_is_drawn_dashed_and_a_settled_one_is_not():
    def dashes(is_open: bool) -> int:
        content = render_protocol_pdf(sheet_of(one_bar(level=54, low=33, high=72, is_open=is_open)))
        return len(re.findall(rb"\[[\d. ]+\]\s*[\d.]+ d\b", pdf_pages(content)[0].get_contents().get_data()))

    assert dashes(True) == dashes(False) + 1


def test_drawings_use_black_white_and_grey_only():
    stream = pdf_pages(render_protocol_pdf(protocol()))[0].get_contents().get_data().decode("latin-1")

    assert re.search(r"(?<![\d.] )\b0 scn\b", stream)
    assert not re.search(r"[\d.]+ [\d.]+ [\d.]+ (rg|RG|scn|SCN|k|K)\b", stream)


def test_texts_are_literal_and_a_long_one_flows():
    text = pdf_text(render_protocol_pdf(sheet_of(one_bar(competency="#image(1) *a*", note="слово " * 900))))

    assert "#image(1) *a*" in text
    assert text.count("слово") == 900


def test_blocks_keep_their_order():
    text = pdf_text(render_protocol_pdf(protocol()))
    places = [text.find(block.title) for block in protocol().blocks]

    assert all(before < after for before, after in pairwise(places))
