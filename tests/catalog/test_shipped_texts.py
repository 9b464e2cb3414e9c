"""Texts that a centre edits: what stands in their head, how simple they are, what a consent must say."""

import re
from pathlib import Path

import pytest

TEXTS = Path(__file__).parents[2] / "catalog" / "texts"
CONSENTS = ["consent_diagnostics.md", "consent_mentoring.md", "consent_personal_data.md"]
PAGES = ["accessibility.md", "diagnostic_start.md", "help.md", "how_counted.md", "privacy_notice.md"]
PLACEHOLDERS = {"{operator}", "{operator_contact}", "{items}", "{minutes}"}


def head_and_body(name: str) -> tuple[dict[str, str], str]:
    text = (TEXTS / name).read_text(encoding="utf-8")
    assert text.startswith("---\n")
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def test_the_folder_holds_what_the_readme_lists() -> None:
    assert sorted(path.name for path in TEXTS.glob("*.md")) == sorted(["README.md", *CONSENTS, *PAGES])
    listed = set(re.findall(r"`(\w+\.md)`", (TEXTS / "README.md").read_text(encoding="utf-8")))
    assert listed == {*CONSENTS, *PAGES}


@pytest.mark.parametrize("name", CONSENTS + PAGES)
def test_a_text_has_an_edition_and_a_title(name: str) -> None:
    head, _ = head_and_body(name)

    assert re.fullmatch(r"\d{4}-\d{2}", head["version"])
    assert head["title"]


@pytest.mark.parametrize("name", CONSENTS + PAGES)
def test_a_text_is_headings_paragraphs_and_lists_in_house_typography(name: str) -> None:
    head, body = head_and_body(name)
    text = "\n".join([*head.values(), body])
    assert not re.findall(r"[*`|<>\[\]\"“”—]| - |№ |\d %|(?<![a-z])_", text)
    assert text.count("«") == text.count("»")
    assert set(re.findall(r"\{\w*\}", body)) <= PLACEHOLDERS


@pytest.mark.parametrize("name", CONSENTS)
def test_a_consent_says_what_who_how_long_refusal_and_withdrawal(name: str) -> None:
    head, body = head_and_body(name)

    assert re.fullmatch(r"Чтобы [^.]+\.", head["purpose"])
    assert head["if_declined"]
    assert re.findall(r"^## (.+)$", body, re.MULTILINE)[0] == "Какие данные"
    for part in ("Кто увидит", "Как долго", "Если не соглашаться", "Как отозвать"):
        assert f"\n## {part}\n" in body, part
    assert "{operator}" in body
    assert "{operator_contact}" in body
    assert re.search(r"статье 9\s+Федерального\s+закона", body)
    assert "152-ФЗ" in body
    assert "30\N{NO-BREAK SPACE}дней" in body


def test_the_start_of_a_diagnostic_is_three_lines() -> None:
    _, body = head_and_body("diagnostic_start.md")
    lines = body.strip().splitlines()

    assert len(lines) == 3
    assert all(line.startswith("- ") for line in lines)
    assert re.findall(r"\{\w+\}", lines[0]) == ["{items}", "{minutes}"]


def test_the_method_card_names_the_bounds_of_the_method() -> None:
    _, body = head_and_body("how_counted.md")
    plain = body.replace("\N{NO-BREAK SPACE}", " ")

    for fact in ("0–39", "40–59", "60–79", "80–100", "с 70", "не меньше 80 %", "от 50 до 80 %", "от 20 до 50 %", "не больше 20 %", "на 25"):
        assert fact in plain, fact
    assert "никогда не объявляет дефицит" in plain
