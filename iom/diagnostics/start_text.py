"""The three lines before a self-diagnostic, from a text that the centre edits."""

from pathlib import Path

from iom.accounts import text_files
from iom.accounts.consent_texts import Block, Bullets, Paragraph


def start_lines(catalog_dir: Path, n_items: int, minutes: int) -> list[str]:
    """Return the lines with this person's numbers."""
    document = text_files.read(catalog_dir, "diagnostic_start", items=str(n_items), minutes=str(minutes))
    return [line for block in document.blocks for line in _lines(block)]


def _lines(block: Block) -> tuple[str, ...]:
    if isinstance(block, Bullets):
        return block.items
    return (block.text,) if isinstance(block, Paragraph) else ()
