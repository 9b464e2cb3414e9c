"""The doctor names what is wrong and says so by its exit code."""

from pathlib import Path

from iom.cli.doctor import checks
from iom.core import migrate
from iom.core.database import make_engine

KEY = "k" * 40


def verdicts(env: dict[str, str]) -> dict[str, bool]:
    return {check.name: check.is_good for check in checks(env)}


def test_a_missing_key_stops_the_examination_with_its_name() -> None:
    found = list(checks({}))
    assert [check.is_good for check in found] == [True, False]
    assert "IOM_SECRET_KEY" in found[-1].detail


def test_an_empty_database_is_not_fit(tmp_path: Path) -> None:
    assert verdicts({"IOM_SECRET_KEY": KEY, "IOM_DATA_DIR": str(tmp_path)})["Версия схемы"] is False


def test_a_migrated_database_is_fit(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'iom.sqlite3'}")
    migrate.upgrade(engine)
    found = verdicts({"IOM_SECRET_KEY": KEY, "IOM_DATA_DIR": str(tmp_path)})
    assert found.pop("Папка данных") is not None
    assert all(found.values())


def test_a_silent_redis_is_named(tmp_path: Path) -> None:
    found = verdicts({"IOM_SECRET_KEY": KEY, "IOM_DATA_DIR": str(tmp_path), "IOM_REDIS_URL": "redis://127.0.0.1:1/0"})
    assert found["Redis отвечает"] is False
