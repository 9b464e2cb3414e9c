"""How far a person has come: blocks with counts, the time left, where to go on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the person's questionnaire, without its words."""

    item_id: int
    block: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block with its items and how many of them are answered."""

    code: str
    title: str
    item_ids: tuple[int, ...]
    n_answered: int

    @property
    def n_items(self) -> int:
        return len(self.item_ids)

    @property
    def n_left(self) -> int:
        return len(self.item_ids) - self.n_answered

    @property
    def is_done(self) -> bool:
        return self.n_left == 0


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole questionnaire of one person; `minutes` is its honest length."""

    blocks: tuple[BlockLine, ...]
    minutes: int

    @property
    def n_items(self) -> int:
        return sum(block.n_items for block in self.blocks)

    @property
    def n_answered(self) -> int:
        return sum(block.n_answered for block in self.blocks)

    @property
    def n_left(self) -> int:
        return self.n_items - self.n_answered

    @property
    def minutes_left(self) -> int:
        """Whole minutes for what is left, rounded up; 0 only when nothing is left."""
        return -(-self.minutes * self.n_left // self.n_items) if self.n_items else 0

    def find(self, code: str) -> BlockLine | None:
        """Return the block, or None when the person is asked nothing of it."""
        return next((block for block in self.blocks if block.code == code), None)

    def after(self, code: str) -> BlockLine | None:
        """Return the block that follows in the order of asking; None after the last one."""
        codes = [block.code for block in self.blocks]
        place = codes.index(code) + 1
        return self.blocks[place] if place < len(codes) else None

    def before(self, code: str) -> BlockLine | None:
        """Return the block that precedes in the order of asking; None before the first one."""
        place = [block.code for block in self.blocks].index(code)
        return self.blocks[place - 1] if place else None

    @property
    def resume(self) -> BlockLine | None:
        """Return the first block with something left; None when all is answered."""
        return next((block for block in self.blocks if not block.is_done), None)


def progress_of(lines: Iterable[ItemLine], titles: Sequence[tuple[str, str]], minutes: int, longest: int) -> Progress:
    """Return the progress over the items of one person.

    Parameters
    ----------
    lines : items in the order of asking
    titles : (code, title) of the instrument's blocks in the order of asking; a block without items is left out
    minutes : of the person who sees most items
    longest : how many items that person sees; 0 when everybody sees as many
    """
    found: dict[str, list[ItemLine]] = {}
    for line in lines:
        found.setdefault(line.block, []).append(line)
    known = [(code, title) for code, title in titles if code in found]
    # A block the instrument does not list is asked last and under its code, rather than not at all.
    known += [(code, code) for code in found if code not in dict(titles)]
    blocks = tuple(
        BlockLine(code, title, tuple(line.item_id for line in found[code]), sum(line.is_answered for line in found[code]))
        for code, title in known
    )
    return Progress(blocks, honest_minutes(minutes, sum(block.n_items for block in blocks), longest))


def honest_minutes(minutes: int, n_items: int, longest: int) -> int:
    """Return the length of a questionnaire for a person who sees `n_items`, in whole minutes, rounded up.

    Parameters
    ----------
    minutes : of the person who sees most items
    longest : how many items that person sees; 0 when everybody sees as many
    """
    return -(-minutes * n_items // longest) if longest else minutes
