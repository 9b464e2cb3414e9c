"""Every template compiles and keeps to the strict content policy."""

import re
from pathlib import Path

import pytest

from tests.site import Site

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HTML = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
INLINE = re.compile(r'<script(?![^>]*\bsrc=)|\son\w+="|\sstyle="')


def test_every_template_compiles(site: Site) -> None:
    for name in HTML:
        site.app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", HTML)
def test_no_inline_script_or_style(name: str) -> None:
    assert not INLINE.search((TEMPLATES / name).read_text(encoding="utf-8"))
