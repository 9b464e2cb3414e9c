"""What axe finds on a page as it stands, in words that lead to the place."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.web.browsing import AXE_RULES

_RUN = f"axe.run({json.dumps(AXE_RULES | {'resultTypes': ['violations']})}).then(found => found.violations)"


def violations_of(page: Page) -> list[str]:
    """Return a line for each rule of WCAG 2.2 AA or of good practice that the page breaks."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [_line(found) for found in page.evaluate(_RUN)]


def _line(found: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:160] for node in found["nodes"][:3])
    return f"{found['id']} ({found['impact']}, {len(found['nodes'])}): {found['help']}: {places}"
