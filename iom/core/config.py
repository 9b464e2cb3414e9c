"""Settings: read from the environment once, at the start, and passed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class BadSetting(ValueError):
    """A setting that would make the product unsafe or useless; stops the start with `name` and `problem`."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"{name}: {problem}")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set, with defaults safe in production."""

    database_url: str
    data_dir: Path
    secret_key: str = field(repr=False)
    base_url: str = "https://localhost"
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    proxy_hops: int = 0
    plain_http: bool = False  # development only: cookies lose __Host- and Secure, every page says so
    demo: bool = False  # second factor is off and every page says so
    redis_url: str = ""  # empty: one machine, memory and SQLite files
    brand_name: str = ""  # empty: the product's own name
    operator: str = ""  # who answers for personal data, as the texts of consents name it; empty: the region's centre
    operator_contact: str = ""  # where a person may write or call about their data
    catalog_dir: Path = ROOT / "catalog"
    session_idle_minutes: int = 60
    session_hours: int = 12

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings that `env` describes.

        Raises
        ------
        BadSetting
            When the secret key is missing or short outside the demo, or a number is not a number.
        """
        data_dir = Path(env.get("IOM_DATA_DIR", ROOT / "var"))
        demo = _flag(env, "IOM_DEMO")
        secret_key = env.get("IOM_SECRET_KEY", "")
        if len(secret_key) < 32:
            raise BadSetting("IOM_SECRET_KEY", "missing or shorter than 32 characters")
        plain_http = _flag(env, "IOM_PLAIN_HTTP")
        if demo and not plain_http and env.get("IOM_BASE_URL", "").startswith("http://"):
            raise BadSetting("IOM_BASE_URL", "plain http without IOM_PLAIN_HTTP=1")
        return cls(
            database_url=env.get("IOM_DATABASE_URL", f"sqlite:///{data_dir / 'iom.sqlite3'}"),
            data_dir=data_dir,
            secret_key=secret_key,
            base_url=env.get("IOM_BASE_URL", "https://localhost").rstrip("/"),
            trusted_hosts=tuple(filter(None, env.get("IOM_TRUSTED_HOSTS", "localhost,127.0.0.1").split(","))),
            proxy_hops=_number(env, "IOM_PROXY_HOPS", 0),
            plain_http=plain_http,
            demo=demo,
            redis_url=env.get("IOM_REDIS_URL", ""),
            brand_name=env.get("IOM_BRAND_NAME", ""),
            operator=env.get("IOM_OPERATOR", ""),
            operator_contact=env.get("IOM_OPERATOR_CONTACT", ""),
            catalog_dir=Path(env.get("IOM_CATALOG_DIR", ROOT / "catalog")),
            session_idle_minutes=_number(env, "IOM_SESSION_IDLE_MINUTES", 60),
            session_hours=_number(env, "IOM_SESSION_HOURS", 12),
        )


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "0")
    if value not in {"0", "1"}:
        raise BadSetting(name, "must be 0 or 1")
    return value == "1"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise BadSetting(name, "must be a whole number")
    return int(value)
