"""Every action that the journal may hold has words."""

import ast
from pathlib import Path

from iom.policy import Action
from iom.web.texts import ACTION

ROOT = Path(__file__).parents[2] / "iom"
PLACE_OF_ACTION = 2  # audit.record(session, actor, action, …)


def recorded_codes() -> set[str]:
    """Return the actions that are written as plain strings anywhere in the product."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_record = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"
            if is_record and len(node.args) > PLACE_OF_ACTION and isinstance(node.args[PLACE_OF_ACTION], ast.Constant):
                found.add(node.args[PLACE_OF_ACTION].value)
    return found


def test_every_action_that_may_stand_in_the_journal_has_words() -> None:
    codes = recorded_codes()
    assert {"sign_in", "route_complete"} <= codes  # the search finds what is there
    assert sorted(code for code in codes | set(Action) if code not in ACTION) == []
