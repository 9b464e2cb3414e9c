"""Nothing that belongs to somebody is loaded by its key and checked afterwards (S-23): queries start from the scope."""

import ast
from pathlib import Path

import iom.policy.schema  # noqa: F401 - knows every model
from iom.core.database import Base

IOM = Path(__file__).resolve().parents[2] / "iom"
MODELS = {mapper.class_.__name__ for mapper in Base.registry.mappers}
ALLOWED = {
    "Region": "the actor's own region, or the one that a command on the server was given",
    "Municipality": "commands on the server, which have no actor",
    "Account": "the own account of a session that was just found",
}
"""Models that may be loaded by key, and why."""


def loads_by_key(tree: ast.AST) -> list[tuple[int, str]]:
    """Return line and model of each `session.get(Model, key)` and its kin."""
    return [
        (node.lineno, node.args[0].id)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"get", "get_one"}
        and len(node.args) > 1
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id in MODELS
    ]


def test_rows_with_an_owner_are_never_loaded_by_key() -> None:
    found = [
        f"{path.relative_to(IOM.parent)}:{line} {model}"
        for path in sorted(IOM.rglob("*.py"))
        for line, model in loads_by_key(ast.parse(path.read_text(encoding="utf-8")))
        if model not in ALLOWED
    ]
    assert found == []


def test_a_planted_load_is_found() -> None:
    tree = ast.parse("def show(route_id):\n    route = db.get(Route, route_id)\n    return db.get_one(Employee, route.employee_id)")
    assert loads_by_key(tree) == [(2, "Route"), (3, "Employee")]
