"""A link, a move or a filter needs rights at both its ends (S-25): one of them foreign, and nothing happens."""

import csv
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.policy.asking import Asking
from tests.policy.matrix import HERE
from tests.policy.views import Cell, View, views
from tests.policy.world import Teacher, Wearer, World

Line = Mapping[str, str]


def lines() -> list[Line]:
    with (HERE / "both_ends.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def view_of(line: Line) -> View:
    """Return the view with the form of the line; where it may be about somebody or nobody, the one about somebody."""
    fitting = [view for view in views() if (view.endpoint, view.method) == (line["endpoint"], line["method"])]
    view = max(fitting, key=lambda one: len(one.state))
    values = dict(pair.split("=", 1) for pair in line["values"].split("&") if pair)
    return replace(view, form=line["form"], values={**view.values, **values})


def ends(world: World, line: Line) -> tuple[Wearer, Teacher]:
    """Return who asks, and the near end with the keys of the far end beside its own."""
    wearer = world.wearers[line["wearer"]]
    near = wearer.own[line["state"]] if line["relation"] == "own" else world.of(line["relation"], line["state"])
    far = world.of(line["to"], line["state"])
    keys = {**near.values, **{f"to_{name}": value for name, value in far.values.items()}}
    return wearer.twin(near) if near.relation == "own" else wearer, replace(near, values=keys)


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line['endpoint']}-{line['wearer']}-{line['relation']}-{line['to']}")
def test_a_foreign_end_stops_the_whole(asking: Asking, line: Line) -> None:
    wearer, near = ends(asking.world, line)
    refused = frozenset(int(status) for status in line["refused"].split("|"))
    before = asking.state()

    wrong = asking.answer(Cell(view_of(line), wearer, near, refused, is_allowed=False))

    assert wrong == ""
    assert asking.state() == before
