"""Servers in processes of their own, so that the one who asks and the one who answers do not share an interpreter."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iom.core.config import ROOT, Settings


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    process_id: int

    def processor_s(self) -> float | None:
        """Return the seconds of processor time it has used so far; None where the system does not tell."""
        try:
            text = Path(f"/proc/{self.process_id}/stat").read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return None
        # After the name in brackets come the fields 3 and on; 14 and 15 are the times in user and system mode.
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class ServerFailed(RuntimeError):
    """A server did not start; the text is what it wrote on standard error."""


@contextmanager
def floor(folder: Path) -> Iterator[Server]:
    """Give the floor application, served from the folder."""
    with _serving([sys.executable, "-m", "iom.cli.bench.floor", str(folder)], {}, folder / "floor.log") as server:
        yield server


@contextmanager
def product(settings: Settings) -> Iterator[Server]:
    """Give the product on a prepared demo region."""
    environment = {
        "IOM_DATA_DIR": str(settings.data_dir),
        "IOM_DATABASE_URL": settings.database_url,
        "IOM_SECRET_KEY": settings.secret_key,
        "IOM_DEMO": "1",
        "IOM_PLAIN_HTTP": "1",
    }
    with _serving([sys.executable, "-m", "iom", "serve", "--port", "0"], environment, settings.data_dir / "serve.log") as server:
        yield server


@contextmanager
def _serving(command: Sequence[str], environment: dict[str, str], log: Path) -> Iterator[Server]:
    with log.open("w") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            # Both servers end their first line with their address, once they listen.
            words = process.stdout.readline().split() if process.stdout else []
            if not words:
                raise ServerFailed(log.read_text(encoding="utf-8", errors="replace")[-2000:])
            yield Server(words[-1].rstrip("/"), process.pid)
        finally:
            process.terminate()
            process.communicate()


def prepare_demo(folder: Path) -> None:
    """Make the demo region in the folder; nothing of it is said on standard output."""
    command = [sys.executable, "-m", "iom", "demo", "--data", str(folder), "--prepare-only"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
