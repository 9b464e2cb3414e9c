"""Russian stands in templates, forms and texts; every table of words is complete."""

import ast
import re
from pathlib import Path

from iom.core.actor import Role
from iom.web import texts as web_texts
from iom.web.navigation import SECTIONS

PACKAGE = Path(__file__).resolve().parents[2] / "iom"
CYRILLIC = re.compile("[а-яёА-ЯЁ]")


def _docstrings(tree: ast.Module) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def test_russian_is_only_where_words_live() -> None:
    guilty = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name in {"texts.py", "forms.py"} or path.stem.endswith(("_forms", "_texts")):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = _docstrings(tree)
        guilty += [
            f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value[:40]!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CYRILLIC.search(node.value) and id(node) not in docstrings
        ]
    assert guilty == []


def test_every_role_has_words_and_sections() -> None:
    assert set(web_texts.ROLE) == set(web_texts.ROLE_DATIVE) == set(SECTIONS) == set(Role)


def test_every_section_has_a_label() -> None:
    assert {name for names in SECTIONS.values() for name in names} <= set(web_texts.SECTION)
