"""Texts that a centre edits: headings, paragraphs and lists, everything escaped."""

from pathlib import Path

import pytest

from iom.accounts import text_files, texts
from iom.accounts.consent_texts import Bullets, Heading, Paragraph, parse, to_html
from iom.accounts.kinds import ConsentKind
from iom.core.config import ROOT

SOURCE = """---
version: 2026-11
title: Согласие: пример
---

# Согласие

Первый абзац
на двух строках.

## Кто увидит

- вы;
- тьютор
  и методист;
* центр.
Каждый просмотр записывается.

## Дальше
Абзац сразу под заголовком, {operator}.
"""


def test_the_head_and_the_blocks_are_read() -> None:
    document = parse(SOURCE, {"operator": "Центр"})
    assert (document.version, document.title, document.purpose) == ("2026-11", "Согласие: пример", "")
    assert document.blocks == (
        Heading(1, "Согласие"),
        Paragraph("Первый абзац на двух строках."),
        Heading(2, "Кто увидит"),
        Bullets(("вы;", "тьютор и методист;", "центр. Каждый просмотр записывается.")),
        Heading(2, "Дальше"),
        Paragraph("Абзац сразу под заголовком, Центр."),
    )


def test_a_section_ends_at_the_next_heading() -> None:
    document = parse(SOURCE)
    assert document.section("Кто увидит") == (Bullets(("вы;", "тьютор и методист;", "центр. Каждый просмотр записывается.")),)
    assert document.section("Чего нет") == ()


def test_markup_in_the_text_is_shown_not_obeyed() -> None:
    html = to_html(parse("Абзац <script>alert(1)</script> & **жирно**\n\n- <b>строка</b>\n\n## <i>Заголовок</i>").blocks)
    assert html == (
        "<p>Абзац &lt;script&gt;alert(1)&lt;/script&gt; &amp; **жирно**</p>\n"
        "<ul><li>&lt;b&gt;строка&lt;/b&gt;</li></ul>\n"
        "<h2>&lt;i&gt;Заголовок&lt;/i&gt;</h2>"
    )


def test_what_is_filled_in_adds_no_markup() -> None:
    html = to_html(parse("Оператор {operator}", {"operator": "\n# Чужой заголовок\n<b>"}).blocks)
    assert html == "<p>Оператор \n# Чужой заголовок\n&lt;b&gt;</p>"


def test_the_title_is_left_to_the_page_and_levels_follow_it() -> None:
    assert to_html(parse("# Заголовок\n\n## Второй\n\n### Третий").blocks, top=3) == "<h3>Второй</h3>\n<h4>Третий</h4>"


@pytest.mark.parametrize("broken", ["---\nversion: 1\n\nтекст", "---\nбез двоеточия\n---\nтекст"])
def test_a_broken_head_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="head"):
        parse(broken)


@pytest.mark.parametrize("source", ["", "\n\n\n", "\ufeff", "---\n---\n"])
def test_an_empty_text_has_no_blocks(source: str) -> None:
    assert parse(source).blocks == ()


def test_windows_line_ends_change_nothing() -> None:
    assert parse(SOURCE.replace("\n", "\r\n")) == parse(SOURCE)


@pytest.mark.parametrize("kind", list(ConsentKind))
def test_each_shipped_consent_says_all_that_its_screen_shows(kind: ConsentKind) -> None:
    document = text_files.read_consent(ROOT / "catalog", kind, operator="Центр", operator_contact="почта")
    assert all((document.version, document.title, document.purpose, document.if_declined))
    assert document.section(texts.WHO_SEES)
    assert "{" not in to_html(document.blocks)
    assert kind in texts.CONSENT
    assert kind in texts.CONSENT_WITHDRAWN
    assert {(kind, True), (kind, False)} <= set(texts.CONSENT_DONE)


@pytest.mark.parametrize("name", ["help", "privacy_notice", "accessibility"])
def test_each_public_page_has_its_text(name: str) -> None:
    document = text_files.read(ROOT / "catalog", name, operator="Центр", operator_contact="почта")
    assert document.title
    assert "{" not in to_html(document.blocks)


def test_an_older_edition_stays_readable(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "former").mkdir(parents=True)
    (folder / "consent_diagnostics.md").write_text("---\nversion: 2027-02\n---\nНовый", encoding="utf-8")
    (folder / "former" / "consent_diagnostics_2026-11.md").write_text("---\nversion: 2026-11\n---\nПрежний", encoding="utf-8")
    catalog = folder.parent

    old = text_files.find_edition(catalog, ConsentKind.DIAGNOSTICS, "2026-11")
    new = text_files.find_edition(catalog, ConsentKind.DIAGNOSTICS, "2027-02")

    assert old is not None
    assert old.blocks == (Paragraph("Прежний"),)
    assert new is not None
    assert new.blocks == (Paragraph("Новый"),)
    assert text_files.find_edition(catalog, ConsentKind.DIAGNOSTICS, "2025-01") is None
    assert text_files.find_edition(catalog, ConsentKind.DIAGNOSTICS, "../../secret") is None
