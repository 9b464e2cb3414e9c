"""The three lines before a self-diagnostic, from a text that the centre edits."""

from pathlib import Path

from iom.accounts.consent_texts import Block, Bullets, Paragraph, parse
from iom.core.config import ROOT

FILE = Path("texts") / "diagnostic_start.md"


def start_lines(catalog_dir: Path, n_items: int, minutes: int) -> list[str]:
    """Return the lines with this person's numbers; a centre without a text of its own shows the product's."""
    path = catalog_dir / FILE
    source = path if path.is_file() else ROOT / "catalog" / FILE
    document = parse(source.read_text(encoding="utf-8"), {"items": str(n_items), "minutes": str(minutes)})
    return [line for block in document.blocks for line in _lines(block)]


def _lines(block: Block) -> tuple[str, ...]:
    if isinstance(block, Bullets):
        return block.items
    return (block.text,) if isinstance(block, Paragraph) else ()
