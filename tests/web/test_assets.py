"""Static files and icons, on a folder made for the test and on our own."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from iom.web import assets
from iom.web.assets import ICONS_FILE, Assets, UnknownAsset

STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "js").mkdir()
    (tmp_path / ICONS_FILE).parent.mkdir(parents=True)
    (tmp_path / "css/base.css").write_text("body {}")
    (tmp_path / "js/once.js").write_text("// once")
    (tmp_path / ICONS_FILE).write_text(json.dumps({"send": '<path d="M1 1"/>', "list": '<path d="M2 2"/>'}))
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    app = Flask("assets-test", static_folder=str(folder), static_url_path="/static")
    assets.init_app(app)
    return app


def test_address_carries_a_hash_of_the_content(folder: Path) -> None:
    expected = hashlib.sha256(b"body {}").hexdigest()[:10]

    assert Assets.read(folder, "/static").url("css/base.css") == f"/static/css/base.css?v={expected}"


def test_address_changes_with_the_content(folder: Path) -> None:
    before = Assets.read(folder, "/static").url("css/base.css")
    (folder / "css/base.css").write_text("body { color: red }")

    assert Assets.read(folder, "/static").url("css/base.css") != before


def test_address_keeps_the_prefix_the_site_lives_under(app: Flask) -> None:
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/iom"}):
        assert render_template_string("{{ asset_url('css/base.css') }}").startswith("/iom/static/css/base.css?v=")


@pytest.mark.parametrize("call", ["asset_url('css/none.css')", "icon('none')", "use_script('none')"])
def test_misspelt_name_is_an_error_and_not_an_empty_place(app: Flask, call: str) -> None:
    with app.test_request_context("/"), pytest.raises(UnknownAsset):
        render_template_string("{{ " + call + " }}")


def test_page_carries_only_its_icons_each_once_in_any_order(app: Flask) -> None:
    with app.test_request_context("/"):
        html = render_template_string("{{ icon('send') }}{{ icon('send') }}{{ sprite() }}")

    assert html.count('<use href="#i-send"/>') == 2
    assert html.count('<symbol id="i-send" viewBox="0 0 16 16"><path d="M1 1"/></symbol>') == 1
    assert "i-list" not in html


def test_page_without_icons_has_no_sprite(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string("{{ sprite() }}") == ""


def test_one_page_does_not_see_the_icons_of_another(app: Flask) -> None:
    with app.test_request_context("/"):
        render_template_string("{{ icon('send') }}")
    with app.test_request_context("/"):
        assert render_template_string("{{ sprite() }}") == ""


def test_part_swapped_in_by_htmx_brings_its_own_drawing(app: Flask) -> None:
    with app.test_request_context("/", headers={"HX-Request": "true"}):
        html = render_template_string("{{ icon('send') }}{{ use_script('once') }}{{ sprite() }}{{ scripts() }}")

    assert html == '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M1 1"/></svg>'


def test_letter_rendered_outside_a_request_brings_its_own_drawing(app: Flask) -> None:
    with app.app_context():
        assert '<path d="M2 2"/>' in render_template_string("{{ icon('list') }}")


def test_script_is_asked_for_silently_and_printed_once(app: Flask) -> None:
    with app.test_request_context("/"):
        html = render_template_string("[{{ use_script('once') }}{{ use_script('once') }}]{{ scripts() }}")

    assert re.fullmatch(r'\[\]<script type="module" src="/static/js/once\.js\?v=[0-9a-f]{10}"></script>', html)


def test_every_font_named_in_a_sheet_has_the_hash_of_its_file() -> None:
    """A font that is not cached for long is never shown with font-display: optional."""
    named = [
        match for sheet in STATIC.glob("css/*.css") for match in re.findall(r"url\(\"\.\./(fonts/[^\"?]+)\?v=(\w+)\"\)", sheet.read_text())
    ]

    assert len(named) == 4
    for path, version in named:
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest().startswith(version)


def test_no_sheet_names_a_file_without_a_hash_or_another_host() -> None:
    for sheet in STATIC.glob("css/*.css"):
        addresses = re.findall(r"url\(\"?([^\")]+)", sheet.read_text())
        assert all("?v=" in address or address.startswith("data:") for address in addresses), sheet.name
        assert "@import" not in sheet.read_text()


def test_two_blocks_of_the_dark_theme_say_the_same() -> None:
    """One follows the device, one the person's choice; CSS cannot share them without a build."""
    text = (STATIC / "css/tokens.css").read_text()
    by_device = re.search(r':not\(\[data-bs-theme="light"\]\) \{(.*?)\n  \}', text, re.S)
    by_choice = re.search(r':root\[data-bs-theme="dark"\] \{(.*?)\n  \}', text, re.S)

    assert by_device is not None
    assert by_choice is not None
    assert by_device.group(1) == by_choice.group(1)


@pytest.mark.parametrize("name", ["base.css", "components.css", "low-vision.css"])
def test_every_token_that_is_used_is_defined(name: str) -> None:
    sheet = (STATIC / "css" / name).read_text()
    defined = set(re.findall(r"(--[\w-]+)\s*:", (STATIC / "css/tokens.css").read_text() + sheet))
    used = {token for token in re.findall(r"var\((--[\w-]+)", sheet) if not token.startswith("--bs-")}

    assert used - {"--gap"} <= defined  # --gap has a default where it is used


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Contrast by WCAG 2.2, 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _theme(selector: str) -> dict[str, str]:
    text = (STATIC / "css/tokens.css").read_text()
    block = text[text.index(selector) :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def test_contrast_formula_gives_the_published_values() -> None:
    assert round(_contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(_contrast("#777777", "#ffffff"), 2) == 4.48  # the well-known grey that just fails


@pytest.mark.parametrize("selector", [":root {", ':root[data-bs-theme="dark"] {'])
def test_text_and_control_edges_stand_out_in_both_themes(selector: str) -> None:
    light, theme = _theme(":root {"), _theme(selector)
    colours = light | theme
    for ground in ("surface", "bg", "sunken"):
        assert _contrast(colours["ink"], colours[ground]) >= 7
        assert _contrast(colours["muted"], colours[ground]) >= 4.5
    for state in ("ok", "warn", "bad", "info", "wait", "idle"):
        assert _contrast(colours[state], colours[f"{state}-bg"]) >= 4.5, state
        assert _contrast(colours[state], colours["surface"]) >= 4.5, state
    for fill in ("accent-fill", "accent-fill-hover"):
        assert _contrast(colours["on-accent"], colours[fill]) >= 4.5
    for band in ("band-1", "band-2", "band-3", "band-4"):
        assert _contrast(colours["mark"], colours[band]) >= 3, band
    for shade in range(7):
        ink = colours["heat-ink-2"] if shade >= 5 else colours["heat-ink"]
        assert _contrast(ink, colours[f"heat-{shade}"]) >= 4.5, shade
    assert _contrast(colours["ctl"], colours["surface"]) >= 3
    assert _contrast(colours["ctl"], colours["bg"]) >= 3
