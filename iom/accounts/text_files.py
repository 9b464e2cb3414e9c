"""Gives the texts a centre edits, from `catalog/texts/`, with the operator's name filled in."""

from functools import lru_cache
from pathlib import Path

from iom.accounts.consent_texts import Document, parse
from iom.accounts.kinds import ConsentKind

FOLDER = "texts"
FORMER = "former"  # older editions of consents, kept readable: <name>_<version>.md


def read(catalog_dir: Path, name: str, **places: str) -> Document:
    """Return the text called `name`, as it is on the disk now."""
    return parse(_source(catalog_dir / FOLDER / f"{name}.md"), places)


def read_consent(catalog_dir: Path, kind: ConsentKind, **places: str) -> Document:
    """Return the present text of a consent."""
    return read(catalog_dir, f"consent_{kind}", **places)


def find_edition(catalog_dir: Path, kind: ConsentKind, version: str, **places: str) -> Document | None:
    """Return the text of a consent as it was in an edition, or None when that edition is not kept."""
    present = read_consent(catalog_dir, kind, **places)
    if present.version == version:
        return present
    if not version.replace("-", "").isalnum():
        return None
    former = catalog_dir / FOLDER / FORMER / f"consent_{kind}_{version}.md"
    return parse(_source(former), places) if former.is_file() else None


def versions(catalog_dir: Path) -> dict[ConsentKind, str]:
    """Return the present edition of every consent."""
    return {kind: read_consent(catalog_dir, kind).version for kind in ConsentKind}


def _source(path: Path) -> str:
    return _read_at(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read_at(path: Path, changed_at: int) -> str:
    """Return the file; its time of change is part of the key, so an edit shows at once."""
    return path.read_text(encoding="utf-8")
