"""The site as a centre runs it, in a thread of the test: waitress on a free port of this machine, with a clock that the story sets.

A story takes half a year and a minute; its clock goes on by itself between the leaps, so that moments stay in their order.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

from sqlalchemy import Engine
from waitress import create_server

from iom.core import clock
from iom.core.config import Settings
from iom.web.app import create_app


@dataclass
class StoryClock:
    """What time it is in the story."""

    moment: datetime  # of the last leap
    leapt_at: float  # by the machine's own clock, seconds

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=time.monotonic() - self.leapt_at)

    def go_to(self, moment: datetime) -> None:
        """Leap forward: whoever was signed in has been away for days."""
        assert moment > self.now(), "a story does not go back"
        self.moment, self.leapt_at = moment, time.monotonic()


@contextmanager
def story_clock(begins: datetime) -> Iterator[StoryClock]:
    """Put the product's clock at the beginning of the story."""
    found = StoryClock(begins, time.monotonic())
    with mock.patch.object(clock, "now", found.now):
        yield found


def settings_of(engine: Engine, data_dir: Path) -> Settings:
    """Return the settings of a story: plain http on this machine, everything else as in production; no second factor."""
    return Settings(
        database_url=engine.url.render_as_string(hide_password=False),
        data_dir=data_dir,
        secret_key="k" * 40,
        base_url="http://127.0.0.1",
        plain_http=True,
        demo=True,
    )


@contextmanager
def live_site(engine: Engine, data_dir: Path) -> Iterator[str]:
    """Serve the site while the block runs; gives its address."""
    server = create_server(create_app(settings_of(engine, data_dir), engine), host="127.0.0.1", port=0, threads=8, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(10)
