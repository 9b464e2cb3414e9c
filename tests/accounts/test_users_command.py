"""`iom users` on a fresh database: no default account, a first administrator by a link of an hour."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from iom.accounts import entering, sessions
from iom.accounts.models import Account, OneTimeCode, Person, RoleGrant
from iom.cli.users import users
from iom.core import clock, migrate
from iom.core.actor import Role
from iom.core.database import make_engine, transaction
from iom.core.models import AuditEntry

FIRST = ["add", "Admin@Example.org", "--last-name", "Порядкова", "--first-name", "Нина", "--region", "LES"]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An empty migrated database that the command finds by its settings."""
    url = f"sqlite:///{tmp_path / 'iom.sqlite3'}"
    for name, value in {
        "IOM_SECRET_KEY": "k" * 40,
        "IOM_DATA_DIR": str(tmp_path),
        "IOM_DATABASE_URL": url,
        "IOM_BASE_URL": "https://iom.example",
    }.items():
        monkeypatch.setenv(name, value)
    found = make_engine(url)
    migrate.upgrade(found)
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(users, list(arguments))


def added(*arguments: str) -> dict[str, str]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, str] = json.loads(result.stdout)
    return found


def test_a_fresh_database_has_no_account(engine: Engine) -> None:
    with transaction(engine) as session:
        assert session.scalars(select(Account)).all() == []


def test_the_first_administrator_gets_a_link_of_an_hour_the_next_of_three_days(engine: Engine) -> None:
    first = added(*FIRST, "--region-name", "Лесогорская область")
    assert (first["login"], first["purpose"]) == ("admin@example.org", "first_admin")
    assert first["link"].startswith("https://iom.example/enter/")
    with transaction(engine) as session:
        code = session.scalars(select(OneTimeCode)).one()
        assert (code.expires_at - code.created_at).total_seconds() == 3600
        entry = entering.find_link(session, first["link"].rsplit("/", 1)[1], clock.now())
        assert entry is not None
        entering.set_password(session, entry, entering.SetPassword("лесная тропа у реки", "127.0.0.1", "test"), clock.now())
        held = sessions.held_grants(session, entry.person.id, clock.now())
        assert [grant.role for grant in held] == [Role.ADMIN]  # in force at once: nobody is there to confirm

    second = added("add", "two@example.org", "--last-name", "Вторая", "--first-name", "Роза", "--region", "LES")
    assert second["purpose"] == "invitation"
    with transaction(engine) as session:
        latest = session.scalars(select(OneTimeCode).order_by(OneTimeCode.id.desc())).first()
        assert latest is not None
        assert (latest.expires_at - latest.created_at).total_seconds() == 72 * 3600


def test_what_cannot_be_done_is_said_in_a_sentence_and_leaves_nothing(engine: Engine) -> None:
    for arguments in (
        FIRST,  # no such region
        ["role", "nobody", "tutor"],
        ["reset", "nobody"],
    ):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.strip().endswith(".")
    with transaction(engine) as session:
        assert session.scalars(select(Person)).all() == []


def test_a_taken_login_an_unknown_unit_and_an_unknown_role_are_refused(engine: Engine) -> None:
    added(*FIRST, "--region-name", "Лесогорская область")
    assert run(*FIRST).exit_code == 1
    assert run(*FIRST[:1], "new@example.org", *FIRST[2:], "--role", "school_head", "--unit", "school:S1").exit_code == 1
    assert run(*FIRST[:1], "new@example.org", *FIRST[2:], "--role", "school_head").exit_code == 1  # a head of a whole region
    assert run(*FIRST[:1], "new@example.org", *FIRST[2:], "--role", "emperor").exit_code == 2
    with transaction(engine) as session:
        assert len(session.scalars(select(Person)).all()) == 1


def test_roles_are_given_and_taken_and_the_journal_knows(engine: Engine) -> None:
    added(*FIRST, "--region-name", "Лесогорская область")
    assert run("role", "admin@example.org", "tutor").exit_code == 0
    assert run("role", "admin@example.org", "tutor").exit_code == 1
    assert run("role", "ADMIN@example.org", "tutor", "--revoke").exit_code == 0
    assert run("role", "admin@example.org", "tutor", "--revoke").exit_code == 1
    with transaction(engine) as session:
        assert [grant.revoked_at is None for grant in session.scalars(select(RoleGrant).order_by(RoleGrant.id))] == [True, False]
        reasons = session.scalars(select(AuditEntry.reason).order_by(AuditEntry.id)).all()
    assert reasons == ["command line: admin first_admin", "command line: granted tutor", "command line: revoked tutor"]


def test_a_reset_prints_a_link_of_half_an_hour_and_takes_the_factor_off_when_asked(engine: Engine) -> None:
    added(*FIRST, "--region-name", "Лесогорская область")
    with transaction(engine) as session:
        session.scalars(select(Account)).one().totp_secret = "S" * 32
    found = added("reset", "admin@example.org")
    assert found["purpose"] == "reset"
    with transaction(engine) as session:
        assert session.scalars(select(Account)).one().totp_secret is not None
    added("reset", "admin@example.org", "--factor")
    with transaction(engine) as session:
        assert session.scalars(select(Account)).one().totp_secret is None
        live = session.scalars(select(OneTimeCode).where(OneTimeCode.expires_at > clock.now())).all()
    assert len(live) == 1
    assert (live[0].expires_at - live[0].created_at).total_seconds() == 1800


def test_no_usable_link_is_kept_in_the_database(engine: Engine, tmp_path: Path) -> None:
    found = added(*FIRST, "--region-name", "Лесогорская область")
    engine.dispose()
    token = found["link"].rsplit("/", 1)[1].encode()
    assert all(token not in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
