"""Reads the texts a centre edits: a head of `name: value` lines, then headings, paragraphs and lists, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

FENCE = "---"
BULLETS = ("- ", "* ")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # number of # signs
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


Block = Heading | Paragraph | Bullets


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what its head says about it."""

    head: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    @property
    def version(self) -> str:
        return self.head.get("version", "")

    @property
    def title(self) -> str:
        return self.head.get("title", "")

    @property
    def purpose(self) -> str:
        return self.head.get("purpose", "")

    @property
    def if_declined(self) -> str:
        return self.head.get("if_declined", "")

    def section(self, heading: str) -> tuple[Block, ...]:
        """Return the blocks under a heading, up to the next one; nothing when there is no such heading."""
        start = next((at for at, block in enumerate(self.blocks) if isinstance(block, Heading) and block.text == heading), None)
        if start is None:
            return ()
        rest = self.blocks[start + 1 :]
        end = next((at for at, block in enumerate(rest) if isinstance(block, Heading)), len(rest))
        return rest[:end]


def parse(source: str, places: Mapping[str, str] | None = None) -> Document:
    """Return the document behind a text; `{name}` of `places` is filled in after the text is read, so a value adds no markup.

    Raises
    ------
    ValueError : the head is opened and not closed, or a line of it has no colon
    """
    lines = source.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    head, body = _split(lines)
    return Document(
        {name: _fill(value, places or {}) for name, value in head.items()},
        tuple(_filled(block, places or {}) for block in _blocks(body)),
    )


def _split(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    if lines[0].strip() != FENCE:
        return {}, lines
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        raise ValueError("the head of the text is not closed")
    head = {}
    for line in filter(str.strip, lines[1:end]):
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"no colon in the head of the text: {line!r}")
        head[name.strip()] = value.strip()
    return head, lines[end + 1 :]


def _blocks(lines: list[str]) -> list[Block]:
    """Group lines: a blank line or a change of kind ends a block; a line that begins with nothing special goes on with it."""
    blocks: list[Block] = []
    open_lines: list[str] = []
    is_list = False

    def close() -> None:
        if open_lines:
            blocks.append(Bullets(tuple(open_lines)) if is_list else Paragraph(" ".join(open_lines)))
        open_lines.clear()

    for line in map(str.strip, lines):
        if not line:
            close()
        elif line.startswith("#"):
            close()
            blocks.append(Heading(len(line) - len(line.lstrip("#")), line.lstrip("#").strip()))
        elif line.startswith(BULLETS):
            if not is_list:
                close()
            is_list = True
            open_lines.append(line[2:].strip())
            continue
        elif is_list and open_lines:
            open_lines[-1] = f"{open_lines[-1]} {line}"
            continue
        else:
            open_lines.append(line)
        is_list = False
    close()
    return blocks


def _filled(block: Block, places: Mapping[str, str]) -> Block:
    if isinstance(block, Bullets):
        return Bullets(tuple(_fill(item, places) for item in block.items))
    if isinstance(block, Heading):
        return Heading(block.level, _fill(block.text, places))
    return Paragraph(_fill(block.text, places))


def _fill(text: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def to_html(blocks: tuple[Block, ...], *, top: int = 2) -> str:
    """Return the blocks as HTML with everything escaped; a heading with two # signs becomes <h{top}>, the title (one #) is left out."""
    return "\n".join(filter(None, (_html(block, top) for block in blocks)))


def _html(block: Block, top: int) -> str:
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if block.level < 2:
        return ""  # the page has its own first heading
    level = min(6, top + block.level - 2)
    return f"<h{level}>{escape(block.text)}</h{level}>"
