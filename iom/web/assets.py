"""Addresses of static files with a hash of their content, the icons of a page, and the scripts its components ask for.

A template calls `icon("send")` wherever it needs a drawing and `use_script("autosave")` where it needs a behaviour; the layout prints
`sprite()` and `scripts()` at the end of the body, so each page carries just what it uses, in any order of use.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, g, has_app_context, has_request_context, request
from markupsafe import Markup

ICONS_FILE = "vendor/bootstrap-icons-1.13.2/icons.json"
HASH_LENGTH = 10  # 40 bits: enough to tell one edition of a file from another


class UnknownAsset(LookupError):
    """A template named a static file or an icon that does not exist."""


@dataclass(slots=True)
class PageNeeds:
    """What the page being rendered has asked for so far; dicts keep the order and drop repeats."""

    icons: dict[str, None] = field(default_factory=dict)
    scripts: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assets:
    """The static files and icons known at the start."""

    url_path: str
    hashes: Mapping[str, str]
    icons: Mapping[str, Markup]

    @classmethod
    def read(cls, folder: Path, url_path: str) -> "Assets":
        """Return the assets of a static folder, each file read once."""
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        hashes = {path.relative_to(folder).as_posix(): _hash(path.read_bytes()) for path in files}
        drawings = json.loads((folder / ICONS_FILE).read_text(encoding="utf-8"))
        icons = {name: Markup(inner) for name, inner in drawings.items()}  # noqa: S704 - our own file, not a person's input
        return cls(url_path.rstrip("/"), hashes, icons)

    def url(self, path: str) -> str:
        """Return the address of a static file; it changes when the content does, so it may be cached for ever.

        Raises
        ------
        UnknownAsset : no such file was there at the start
        """
        if path not in self.hashes:
            raise UnknownAsset(path)
        prefix = request.script_root if has_request_context() else ""
        return f"{prefix}{self.url_path}/{path}?v={self.hashes[path]}"

    def icon(self, name: str) -> Markup:
        """Return a decorative icon of the text's height and colour; the words beside it carry the meaning.

        Raises
        ------
        UnknownAsset : the icon is not among those gathered in `icons.json`
        """
        if name not in self.icons:
            raise UnknownAsset(name)
        needs = _page_needs()
        if needs is None:
            return Markup('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>').format(self.icons[name])
        needs.icons[name] = None
        return Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>').format(name)

    def sprite(self) -> Markup:
        """Return the drawings of the icons used so far, hidden; empty when there are none."""
        needs = _page_needs()
        if needs is None or not needs.icons:
            return Markup("")
        symbol = Markup('<symbol id="i-{}" viewBox="0 0 16 16">{}</symbol>')
        symbols = Markup("\n").join(symbol.format(name, self.icons[name]) for name in needs.icons)
        return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">\n{}\n</svg>').format(symbols)

    def use_script(self, name: str) -> str:
        """Ask for `static/js/<name>.js` on this page; prints nothing.

        Raises
        ------
        UnknownAsset : there is no such script
        """
        if f"js/{name}.js" not in self.hashes:
            raise UnknownAsset(name)
        needs = _page_needs()
        if needs is not None:
            needs.scripts[name] = None
        return ""

    def scripts(self) -> Markup:
        """Return the script tags of the behaviours asked for so far."""
        needs = _page_needs()
        names = needs.scripts if needs is not None else {}
        tag = Markup('<script type="module" src="{}"></script>')
        return Markup("\n").join(tag.format(self.url(f"js/{name}.js")) for name in names)


def init_app(app: Flask) -> None:
    """Read the static files and give templates `asset_url`, `icon`, `sprite`, `use_script` and `scripts`."""
    assets = Assets.read(Path(app.static_folder or ""), app.static_url_path or "/static")
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(
        asset_url=assets.url, icon=assets.icon, sprite=assets.sprite, use_script=assets.use_script, scripts=assets.scripts
    )


def _page_needs() -> PageNeeds | None:
    """Return the record of the page being rendered.

    None outside a page: in a letter there is no sprite to point at, and what htmx swaps in lands on a page whose sprite was printed
    earlier. There an icon carries its own drawing.
    """
    if not has_app_context() or not has_request_context() or request.headers.get("HX-Request") == "true":
        return None
    if "page_needs" not in g:
        g.page_needs = PageNeeds()
    needs: PageNeeds = g.page_needs
    return needs


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
