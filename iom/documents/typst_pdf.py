"""PDF by Typst: a template of ours, texts handed over as data, fonts from the package, no network."""

import functools
import json
from datetime import UTC, date, datetime, time
from typing import Any

import typst

from iom.documents.cleaning import for_page
from iom.documents.template_files import TEMPLATES


@functools.cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the wheel (Libertinus Serif, DejaVu Sans Mono): the same pages on every machine."""
    return typst.Fonts(include_system_fonts=False)


def render_pdf(template: str, view: dict[str, Any], printed_on: date) -> bytes:
    """Return the PDF of one of our templates.

    The view travels as JSON and is read by the template as strings and numbers: no text of a person is ever read as
    markup. A template can reach no file outside the folder of templates and imports no package.
    """
    # A compiler of its own for each document: one cannot be used by two threads at a time, and it costs 1 ms.
    compiler = typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts())
    moment = datetime.combine(printed_on, time(), UTC)
    content = compiler.compile(format="pdf", sys_inputs={"view": json.dumps(for_page(view), ensure_ascii=False)}, timestamp=moment)
    if not isinstance(content, bytes):
        raise TypeError(f"one PDF was expected, not {type(content).__name__}")
    return content
