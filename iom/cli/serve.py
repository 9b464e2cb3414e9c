"""`iom serve`: the site on one machine."""

import logging

import click

from iom.cli import context, texts
from iom.core import migrate
from iom.core.database import make_engine
from iom.web.app import create_app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="0 takes a free one.")
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve the site; behind a proxy that ends TLS, or in the demo without one."""
    from waitress import create_server

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = context.settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine)
    server = create_server(create_app(settings, engine), host=host, port=port, threads=threads, ident=None)
    # A name that stands for several addresses gives a server of several sockets, which has no one port of its own.
    click.echo(texts.serving(f"http://{host}:{getattr(server, 'effective_port', port)}/"))
    server.run()
