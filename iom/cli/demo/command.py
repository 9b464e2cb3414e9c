"""`iom demo`: makes the demo region once, then serves it; started again it serves in seconds and keeps the data."""

import logging
import secrets
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Engine

from iom.catalog import loader as catalog_loader
from iom.catalog.files import read_framework, read_offerings, read_subjects
from iom.cli import texts as cli_texts
from iom.cli.demo import texts
from iom.cli.demo.life import DemoLife
from iom.cli.demo.region import PASSWORD, DemoRegion
from iom.cli.progress import progress
from iom.core import clock, migrate
from iom.core.config import ROOT, Settings
from iom.core.database import make_engine, transaction
from iom.diagnostics.instruments import read_instrument
from iom.diagnostics.loader import load_instrument
from iom.matching import service as matching
from iom.monitoring.loader import load_indicators
from iom.web.app import create_app

DONE_MARK = "demo-ready"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--data", default=str(ROOT / "var" / "demo"), show_default=False, type=click.Path(path_type=Path))
@click.option("--prepare-only", is_flag=True, help="Make the region and stop.")
def demo(host: str, port: int, data: Path, prepare_only: bool) -> None:
    """Serve an invented region on the real catalog, with an account for each role."""
    settings = demo_settings(data.resolve(), host, port)
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine)
    mark = settings.data_dir / DONE_MARK
    if not mark.exists():
        click.echo(texts.PREPARING)
        make_region(engine, settings.catalog_dir)
        mark.touch()
    for line in accounts():
        click.echo(line)
    if not prepare_only:
        _serve(settings, engine, host, port)


def demo_settings(data: Path, host: str, port: int) -> Settings:
    """Return settings of a demo on this machine; its secret key is made once and kept beside the data."""
    data.mkdir(parents=True, exist_ok=True)
    key_file = data / "secret-key"
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(secrets.token_hex(32), encoding="ascii")
    settings = Settings.from_env(
        {"IOM_DATA_DIR": str(data), "IOM_SECRET_KEY": key_file.read_text(encoding="ascii"), "IOM_DEMO": "1", "IOM_PLAIN_HTTP": "1"}
    )
    return replace(settings, base_url=f"http://{host}:{port}", trusted_hosts=(*settings.trusted_hosts, host))


def make_region(engine: Engine, catalog_dir: Path) -> None:
    """Load the catalog and let the demo region live, all in one transaction: a broken start leaves nothing behind."""
    with transaction(engine) as session:
        now = clock.now()
        catalog_loader.load_subjects(session, read_subjects(catalog_dir))
        framework = catalog_loader.load_framework(session, read_framework(catalog_dir), title=cli_texts.FRAMEWORK_TITLE)
        catalog_loader.load_offerings(session, read_offerings(catalog_dir), now)
        matching.propose_all(session, catalog_dir)
        matching.load_decided(session, catalog_dir)
        diagnostic, _ = load_instrument(session, read_instrument(catalog_dir / "instruments" / "self_diagnostic.json"), framework)
        region = DemoRegion(session, catalog_dir / "demo", now)
        region.build()
        load_indicators(session, catalog_dir, region.region.id)
        life = DemoLife(session, region, diagnostic, catalog_dir, now)
        with progress(texts.PEOPLE, len(region.employees)) as advance:
            life.play(advance)
    click.echo(texts.READY)


def accounts() -> list[str]:
    """Return the lines that say who can sign in."""
    return [*(texts.account_line(login, role) for login, role in texts.ACCOUNTS), texts.ONE_WORD_LINE.format(password=PASSWORD)]


def _serve(settings: Settings, engine: Engine, host: str, port: int) -> None:
    from waitress import create_server

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    server = create_server(create_app(settings, engine), host=host, port=port, threads=8, ident=None)
    click.echo(cli_texts.serving(settings.base_url + "/"))
    server.run()
