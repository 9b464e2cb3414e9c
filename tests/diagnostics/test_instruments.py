"""The reader of instrument files, and the statements that are shipped."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pymorphy3
import pytest

from iom.diagnostics.instruments import InstrumentFault, InstrumentFileError, InstrumentRecord, ItemRecord, items_for, read_instrument
from iom.diagnostics.kinds import DiagnosticMethod

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "catalog" / "instruments" / "self_diagnostic.json"


def raw_item(code: str, competency: str, applies_to: str = "teacher", subject: str | None = None) -> dict[str, Any]:
    return {
        "code": code,
        "competency": competency,
        "block": competency.split(".")[0],
        "applies_to": applies_to,
        "subject": subject,
        "stem": f"Делаю {code}",
        "recall": "Вспомните две последние недели",
        "levels": [{"label": f"Ступень {n}", "descriptor": f"Практика {n}"} for n in range(4)],
        "example": "Восьмой класс, три карточки.",
    }


def raw_instrument(*items: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": "self-teacher",
        "version": "2026.1",
        "title": "Самодиагностика",
        "method": "self",
        "framework": "iom-2026",
        "minutes": 12,
        "blocks": [{"code": "ME", "title": "Методика"}, {"code": "PR", "title": "Предмет"}, {"code": "UP", "title": "Управление"}],
        "items": list(items),
    }


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def to_file(raw: Any) -> Path:
        path = tmp_path / "instrument.json"
        path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
        return path

    return to_file


def refusal(path: Path, competencies: frozenset[str] | None = None) -> InstrumentFileError:
    with pytest.raises(InstrumentFileError) as caught:
        read_instrument(path, competencies)
    return caught.value


# --- reading


def test_every_field_of_a_file_reaches_the_record(write: Any) -> None:
    instrument = read_instrument(write(raw_instrument(raw_item("A", "PR.2.3", subject="математика"))), {"PR.2.3"})

    assert (instrument.code, instrument.version, instrument.title) == ("self-teacher", "2026.1", "Самодиагностика")
    assert (instrument.method, instrument.framework, instrument.minutes) == (DiagnosticMethod.SELF, "iom-2026", 12)
    assert [(block.code, block.title) for block in instrument.blocks] == [("ME", "Методика"), ("PR", "Предмет"), ("UP", "Управление")]
    [item] = instrument.items
    assert (item.code, item.competency, item.block, item.applies_to, item.subject) == ("A", "PR.2.3", "PR", "teacher", "математика")
    assert (item.stem, item.recall, item.example) == ("Делаю A", "Вспомните две последние недели", "Восьмой класс, три карточки.")
    assert [(level.label, level.descriptor) for level in item.levels] == [(f"Ступень {n}", f"Практика {n}") for n in range(4)]


def test_a_byte_order_mark_and_extra_fields_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    raw = raw_instrument(raw_item("A", "ME.4") | {"note": "для методиста"})
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8-sig")

    assert [item.code for item in read_instrument(path).items] == ["A"]


def test_competencies_are_not_checked_without_a_framework(write: Any) -> None:
    assert read_instrument(write(raw_instrument(raw_item("A", "ME.99")))).items[0].competency == "ME.99"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, InstrumentFault.MISSING_FILE),
        (b"\xcf\xe5", InstrumentFault.NOT_UTF8),
        (b"{", InstrumentFault.NOT_JSON),
        (b"[]", InstrumentFault.WRONG_TYPE),
    ],
)
def test_a_file_that_is_no_instrument_is_refused_as_a_whole(tmp_path: Path, content: bytes | None, reason: InstrumentFault) -> None:
    path = tmp_path / "x.json"
    if content is not None:
        path.write_bytes(content)

    error = refusal(path)

    assert (error.path, error.item, error.reason) == (path, "", reason)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"code": ""}, "code", InstrumentFault.EMPTY_VALUE),
        ({"version": "1" * 21}, "version", InstrumentFault.TOO_LONG),
        ({"title": None}, "title", InstrumentFault.WRONG_TYPE),
        ({"method": "guess"}, "method", InstrumentFault.UNKNOWN_VALUE),
        ({"minutes": 0}, "minutes", InstrumentFault.UNKNOWN_VALUE),
        ({"minutes": True}, "minutes", InstrumentFault.WRONG_TYPE),
        ({"minutes": "12"}, "minutes", InstrumentFault.WRONG_TYPE),
        ({"items": []}, "items", InstrumentFault.EMPTY_VALUE),
        ({"items": {}}, "items", InstrumentFault.WRONG_TYPE),
        ({"blocks": []}, "blocks", InstrumentFault.EMPTY_VALUE),
    ],
)
def test_a_fault_of_the_head_names_its_field(write: Any, change: dict[str, Any], field: str, reason: InstrumentFault) -> None:
    error = refusal(write(raw_instrument(raw_item("A", "ME.4")) | change))

    assert (error.item, error.field, error.reason) == ("", field, reason)


@pytest.mark.parametrize("field", ["competency", "block", "applies_to", "subject", "stem", "recall", "levels", "example"])
def test_a_missing_field_is_named_with_the_item(write: Any, field: str) -> None:
    item = raw_item("B", "ME.4")
    del item[field]

    error = refusal(write(raw_instrument(raw_item("A", "ME.4"), item)))

    assert (error.item, error.field, error.reason) == ("B", field, InstrumentFault.MISSING_FIELD)


def test_an_item_without_a_code_is_named_by_its_number(write: Any) -> None:
    item = raw_item("B", "ME.4")
    del item["code"]

    assert refusal(write(raw_instrument(raw_item("A", "ME.4"), item))).item == "#2"


LEVELS = raw_item("A", "ME.4")["levels"]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"stem": "а" * 91}, "stem", InstrumentFault.TOO_LONG),
        ({"recall": "  "}, "recall", InstrumentFault.EMPTY_VALUE),
        ({"example": "а" * 301}, "example", InstrumentFault.TOO_LONG),
        ({"applies_to": "tutor"}, "applies_to", InstrumentFault.UNKNOWN_VALUE),
        ({"subject": ""}, "subject", InstrumentFault.EMPTY_VALUE),
        ({"block": "PR"}, "block", InstrumentFault.WRONG_BLOCK),
        ({"competency": "KO.1", "block": "KO"}, "block", InstrumentFault.WRONG_BLOCK),
        ({"competency": "ME.5"}, "competency", InstrumentFault.UNKNOWN_COMPETENCY),
        ({"levels": LEVELS[:3]}, "levels", InstrumentFault.LEVEL_COUNT),
        ({"levels": LEVELS + LEVELS[:1]}, "levels", InstrumentFault.LEVEL_COUNT),
        ({"levels": [*LEVELS[:3], LEVELS[0]]}, "levels", InstrumentFault.SAME_LEVELS),
        ({"levels": [*LEVELS[:3], LEVELS[3] | {"label": "а" * 41}]}, "label", InstrumentFault.TOO_LONG),
        ({"levels": [*LEVELS[:3], LEVELS[3] | {"descriptor": "а" * 91}]}, "descriptor", InstrumentFault.TOO_LONG),
        ({"levels": [*LEVELS[:3], "Могу показать"]}, "", InstrumentFault.WRONG_TYPE),
    ],
)
def test_a_fault_of_a_statement_names_the_statement(write: Any, change: dict[str, Any], field: str, reason: InstrumentFault) -> None:
    error = refusal(write(raw_instrument(raw_item("A", "ME.4") | change)), frozenset({"ME.4", "KO.1"}))

    assert (error.item, error.field, error.reason) == ("A", field, reason)


def test_the_longest_allowed_sentence_is_ninety_characters(write: Any) -> None:
    assert len(read_instrument(write(raw_instrument(raw_item("A", "ME.4") | {"stem": "а" * 90}))).items[0].stem) == 90


def test_a_code_used_twice_is_refused(write: Any) -> None:
    error = refusal(write(raw_instrument(raw_item("A", "ME.4"), raw_item("B", "ME.4"), raw_item("A", "PR.1"))))

    assert (error.item, error.reason) == ("A", InstrumentFault.DUPLICATE_CODE)


def test_a_block_listed_twice_is_refused(write: Any) -> None:
    raw = raw_instrument(raw_item("A", "ME.4"))
    raw["blocks"].append({"code": "ME", "title": "Снова методика"})

    assert refusal(write(raw)).reason is InstrumentFault.DUPLICATE_CODE


# --- choosing


def codes(items: tuple[ItemRecord, ...]) -> list[str]:
    return [item.code for item in items]


def test_a_person_sees_own_category_and_own_subjects_in_order_of_blocks(write: Any) -> None:
    instrument = read_instrument(
        write(
            raw_instrument(
                raw_item("P-math", "PR.2.3", subject="математика"),
                raw_item("P-all", "PR.1"),
                raw_item("P-art", "PR.2", subject="музыка"),
                raw_item("U", "UP.1", "manager"),
                raw_item("M-both", "ME.4", "both"),
                raw_item("M-teacher", "ME.1"),
            )
        )
    )

    assert codes(items_for(instrument, "teacher", frozenset({"математика"}))) == ["M-both", "M-teacher", "P-math", "P-all"]
    assert codes(items_for(instrument, "teacher", frozenset({"Математика"}))) == ["M-both", "M-teacher", "P-math", "P-all"]
    assert codes(items_for(instrument, "teacher", frozenset())) == ["M-both", "M-teacher", "P-all"]
    assert codes(items_for(instrument, "teacher", frozenset({"математика", "музыка"}))) == [
        "M-both",
        "M-teacher",
        "P-math",
        "P-all",
        "P-art",
    ]
    assert codes(items_for(instrument, "manager", frozenset({"математика"}))) == ["M-both", "U"]


# --- what is shipped


@pytest.fixture(scope="module")
def framework() -> dict[str, dict[str, str]]:
    with (ROOT / "catalog" / "framework.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def shipped(framework: dict[str, dict[str, str]]) -> InstrumentRecord:
    return read_instrument(SHIPPED, framework)


def sentences(item: ItemRecord) -> list[str]:
    return [item.stem, *(level.descriptor for level in item.levels)]


def test_shipped_statements_follow_the_framework(shipped: InstrumentRecord, framework: dict[str, dict[str, str]]) -> None:
    assert {block.code for block in shipped.blocks} == {code for code, row in framework.items() if not row["parent_code"]}
    for item in shipped.items:
        node = framework[item.competency]
        assert node["applies_to"] in (item.applies_to, "both"), item.code
        assert not node["subject"] or node["subject"] == item.subject, item.code


def test_each_subject_of_the_framework_has_its_own_statement(shipped: InstrumentRecord, framework: dict[str, dict[str, str]]) -> None:
    asked = {item.competency for item in shipped.items if item.subject}

    assert {code for code, row in framework.items() if row["subject"]} <= asked


def test_a_teacher_of_one_subject_sees_48_to_60_statements_and_a_manager_30_to_50(shipped: InstrumentRecord) -> None:
    subjects = {item.subject for item in shipped.items if item.subject}

    assert len(subjects) == 13
    for subject in subjects:
        assert 48 <= len(items_for(shipped, "teacher", frozenset({subject}))) <= 60, subject
    assert 30 <= len(items_for(shipped, "manager", frozenset())) <= 50


# Roles given by appointment (tutor, expert) are asked of managers only; equipment of a «Точка роста» only of those who teach with it.
NOT_ASKED_OF_EVERY_TEACHER = {"NM.2", "NM.3", "FS.4"}


@pytest.mark.parametrize("category", ["teacher", "manager"])
def test_each_competency_is_asked_and_twice_where_it_has_components(
    shipped: InstrumentRecord, framework: dict[str, dict[str, str]], category: Any
) -> None:
    asked = Counter(".".join(item.competency.split(".")[:2]) for item in items_for(shipped, category, frozenset({"математика"})))
    parents = {row["parent_code"] for row in framework.values()}
    expected = {
        code: 2 if code in parents else 1
        for code, row in framework.items()
        if code.count(".") == 1 and row["applies_to"] in (category, "both")
    }
    few = {code for code, at_least in expected.items() if asked[code] < at_least}

    assert few == (NOT_ASKED_OF_EVERY_TEACHER if category == "teacher" else set())


def test_no_two_shipped_sentences_are_alike(shipped: InstrumentRecord) -> None:
    counts = Counter(text for item in shipped.items for text in [*sentences(item), item.example])

    assert [text for text, times in counts.items() if times > 1] == []


def test_shipped_texts_keep_the_house_typography(shipped: InstrumentRecord) -> None:
    for item in shipped.items:
        for text in [*sentences(item), item.recall, item.example, *(level.label for level in item.levels)]:
            assert not re.search(r"[\"“”—]| - |  |\.\.\.|№ |\d (%|час|мин|руб)", text), (item.code, text)
            assert text.count("«") == text.count("»"), (item.code, text)
            assert text == text.strip(), (item.code, text)
        assert not any(text.endswith(".") for text in sentences(item)), item.code


FIRST_PERSON_SHORT_FORMS = {"готов", "готова", "уверен", "уверена", "согласен", "согласна", "должен", "должна", "рад", "рада"}


def test_a_stem_speaks_of_now_in_the_first_person_and_has_no_gender(shipped: InstrumentRecord) -> None:
    analyzer = pymorphy3.MorphAnalyzer()
    for item in shipped.items:
        words = re.findall("[А-Яа-яё]+", item.stem)
        parses = [parse for word in words for parse in analyzer.parse(word)]
        assert any({"VERB", "1per", "sing"} in parse.tag for parse in parses), item.stem
        assert not FIRST_PERSON_SHORT_FORMS & {word.lower() for word in words}, item.stem


def test_no_answer_opens_with_a_form_that_gives_the_person_a_gender(shipped: InstrumentRecord) -> None:
    analyzer = pymorphy3.MorphAnalyzer()
    for item in shipped.items:
        for text in sentences(item):
            tag = analyzer.parse(re.findall("[А-Яа-яё]+", text)[0])[0].tag
            assert not (tag.POS in ("VERB", "ADJS", "PRTS") and tag.gender in ("masc", "femn")), text
