"""The walls of the house: which file may import what, and which area may ask which."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "iom"
WEB_ONLY = {"flask", "flask_login", "flask_wtf", "flask_limiter", "werkzeug"}
WEB_ROOMS = {"web", "cli"}
AREAS = [
    "core",
    "accounts",
    "organizations",
    "catalog",
    "diagnostics",
    "profiles",
    "matching",
    "routes",
    "support",
    "monitoring",
    "documents",
]
RANKS = [["core"], ["accounts", "organizations"], *([area] for area in AREAS[3:9]), ["monitoring", "documents"]]
LEVEL = {area: rank for rank, areas in enumerate(RANKS) for area in areas}
VOCABULARY = "kinds"  # closed lists: any area may speak of them
WITH_DATABASE = {"models", "queries", "service", "views", "loader", "database", "audit", "limits", "migrate"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_view(path: Path) -> bool:
    room = path.relative_to(PACKAGE).parts[0]
    return room in WEB_ROOMS or path.stem.endswith("views") or path.stem in {"blueprint", "__main__"}


def test_only_the_edge_knows_flask() -> None:
    guilty = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in modules()
        if not is_view(path) and (found := {name.split(".")[0] for name in imported(path)} & WEB_ONLY)
    }
    assert guilty == {}


def test_areas_ask_only_what_lies_below() -> None:
    guilty = []
    for path in modules():
        area = path.relative_to(PACKAGE).parts[0]
        if area not in LEVEL or is_view(path):
            continue
        for name in imported(path):
            parts = name.split(".")
            if parts[0] != "iom" or len(parts) < 3 or parts[1] not in LEVEL or VOCABULARY in parts[2] or "texts" in parts:
                continue
            if LEVEL[parts[1]] > LEVEL[area]:
                guilty.append(f"{path.relative_to(ROOT)} imports {name}")
    assert guilty == []


def test_nothing_below_the_edge_imports_web_or_cli() -> None:
    guilty = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if not is_view(path)
        for name in imported(path)
        if name.startswith(("iom.web", "iom.cli"))
    ]
    assert guilty == []


def test_models_know_no_queries_services_or_views() -> None:
    guilty = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if path.stem.endswith("models")
        for name in imported(path)
        if name.startswith("iom.") and name.split(".")[-1] in {"queries", "service", "forms", "views"}
    ]
    assert guilty == []


@pytest.mark.parametrize("area", ["routes", "diagnostics", "profiles", "matching", "documents", "catalog"])
def test_pure_modules_know_no_database(area: str) -> None:
    """A module that computes (no models, queries or services imported) may not import SQLAlchemy either."""
    for path in (PACKAGE / area).rglob("*.py"):
        names = imported(path)
        touches = any(
            part in WITH_DATABASE or part.endswith(("models", "queries", "service")) for name in names for part in name.split(".")
        )
        if not touches and path.stem not in WITH_DATABASE and not path.stem.endswith(("models", "queries", "service")):
            assert not any(name.split(".")[0] == "sqlalchemy" for name in names), path


def test_nobody_commits_but_the_edge() -> None:
    allowed = {"web", "cli", "jobs"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in modules()
        if ".commit()" in path.read_text(encoding="utf-8")
        and path.relative_to(PACKAGE).parts[0] not in allowed
        and path.name not in {"database.py", "migrate.py"}
    ]
    assert guilty == []


def test_the_environment_is_read_in_one_place() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in modules()
        if "os.environ" in path.read_text(encoding="utf-8") and path.relative_to(PACKAGE).parts[0] != "cli"
    ]
    assert guilty == []
