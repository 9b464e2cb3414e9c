"""Which parameters an item of the bank is scored with."""

from functools import lru_cache

from iom.diagnostics.items import ItemParameter, expert_parameter
from iom.diagnostics.kinds import ItemType


@lru_cache(maxsize=4096)
def item_parameter(item_type: ItemType, difficulty: int, top: int, n_options: int) -> ItemParameter:
    """Return the parameters of an item that nobody calibrated, kept between calls.

    Raises
    ------
    ValueError : facts that no item of the type can have
    """
    return expert_parameter(item_type, difficulty=difficulty, top=top, options=n_options or None)
