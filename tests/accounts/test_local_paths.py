"""Whatever stands in `next`, a browser lands inside the site (S-19)."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from iom.accounts.local_paths import local_path

BASE = "https://iom.example/login"

OUTSIDE = [
    "//h",
    "///h",
    "/\\h",
    "\\/h",
    "\\\\\\h",
    "\\h",
    "/\\/h",
    "https:h",
    "https://h",
    "http://h/a",
    "HTTPS://h",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@h",
    "ftp://h",
    "/\t/h",
    "/\n/h",
    "/\r/h",
    "\t//h",
    "\n/h",
    " //h",
    " /h",
    "/\x00/h",
    "h",
    "h/a",
    "@h",
    "./h",
    "../h",
    "?next=//h",
    "#//h",
    "",
]
INSIDE = ["/", "/routes/4", "/people?view=stuck&page=2", "/a/..//h", "/%2f%2fh", "/%5ch", "/search?q=https://h", "/каталог"]


def as_browser(address: str) -> str:
    """Return the host a browser goes to: it trims, drops tabs and line ends, and reads a backslash as a slash (WHATWG URL)."""
    seen = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return urlsplit(urljoin(BASE, seen)).netloc


@pytest.mark.parametrize("target", [*OUTSIDE, *INSIDE])
def test_a_browser_stays_inside(target: str) -> None:
    assert as_browser(local_path(target)) == "iom.example"


@pytest.mark.parametrize("target", OUTSIDE)
def test_what_is_not_a_plain_path_leads_home(target: str) -> None:
    assert local_path(target) == "/"


@pytest.mark.parametrize("target", INSIDE)
def test_a_plain_path_is_kept_letter_for_letter(target: str) -> None:
    assert local_path(target) == target


def test_nothing_and_too_much_lead_home() -> None:
    assert local_path(None) == "/"
    assert local_path("/" + "a" * 2000) == "/"
