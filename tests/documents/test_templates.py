"""The delivered templates: built from their source, clean, with the words of one document in both formats."""

import importlib.util
import re
import sys

import pytest

from iom.documents.order_sheet import order_view
from iom.documents.route_view import route_view
from iom.documents.template_files import TEMPLATES

from .reading import part, part_names
from .samples import order, rich_route


@pytest.fixture(scope="module")
def build():
    sys.path.insert(0, str(TEMPLATES))
    try:
        spec = importlib.util.spec_from_file_location("build_templates", TEMPLATES / "build.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(TEMPLATES))


@pytest.mark.parametrize("name", ["route.docx", "order.docx"])
def test_delivered_template_is_the_one_its_source_builds(build, tmp_path, name):
    build.build(tmp_path)
    delivered, built = (TEMPLATES / name).read_bytes(), (tmp_path / name).read_bytes()

    assert part_names(delivered) == part_names(built)
    for member in set(part_names(built)) - {"docProps/core.xml"}:
        assert part(delivered, member) == part(built, member), member


@pytest.mark.parametrize("name", ["route.docx", "order.docx"])
def test_template_names_no_author_and_no_program(name):
    content = (TEMPLATES / name).read_bytes()

    assert "docProps/app.xml" not in part_names(content)
    assert "python-docx" not in part(content, "docProps/core.xml")
    assert not any("thumbnail" in member or "customXml" in member for member in part_names(content))


@pytest.mark.parametrize("name", ["route.docx", "order.docx"])
def test_table_properties_stand_in_the_order_the_format_asks_for(name):
    order = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
    for properties in re.findall(r"<w:tblPr>(.*?)</w:tblPr>", part((TEMPLATES / name).read_bytes(), "word/document.xml")):
        found = [tag for tag in re.findall(r"<w:(\w+)[ />]", properties) if tag in order]

        assert found == sorted(found, key=order.index)


@pytest.mark.parametrize(("word", "typst"), [("route.docx", "route.typ"), ("order.docx", "order.typ")])
def test_both_formats_ask_for_the_same_texts(word, typst):
    """A text that only one format prints would make the two documents of one route differ."""
    docx_source = "".join(
        part((TEMPLATES / word).read_bytes(), name) for name in part_names((TEMPLATES / word).read_bytes()) if name.endswith(".xml")
    )
    typst_source = (TEMPLATES / typst).read_text() + (TEMPLATES / "common.typ").read_text()
    tags = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", re.sub("<[^>]+>", "", docx_source)))

    in_word = set(re.findall(r"\b(?:item|row|person|point|diagnostic|has|fact)\.(\w+)", tags))
    in_typst = set(re.findall(r"\b(?:item|row|person|point|diagnostic|has|fact)\.(\w+)", typst_source))
    assert in_word <= in_typst
    assert in_typst - in_word <= {"len", "map", "any", "label", "value"}


def test_every_field_of_a_view_is_described_for_those_who_edit_templates():
    words = set(re.findall(r"\w+", (TEMPLATES / "README.md").read_text()))

    assert names_in(route_view(rich_route())) | names_in(order_view(order())) <= words


def names_in(view: object) -> set[str]:
    if isinstance(view, dict):
        return set(view) | {name for value in view.values() for name in names_in(value)}
    return {name for value in view for name in names_in(value)} if isinstance(view, list) else set()
