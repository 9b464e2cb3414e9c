"""Where the templates of documents lie, and which copy is used when a centre keeps its own."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"


def find_template(name: str, own_folder: Path | None = None) -> Path:
    """Return the centre's own copy of the template when there is one, else ours."""
    own = own_folder / name if own_folder else None
    return own if own and own.is_file() else TEMPLATES / name
