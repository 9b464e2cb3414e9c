"""Runs of `iom plan` and what they left on the disk, read back by other programs."""

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from iom.cli.main import main

COMMAND = [sys.executable, "-c", "from iom.cli.main import main; main()", "plan"]


@dataclass(frozen=True)
class Run:
    """One call: how it ended, what it said, and its folder."""

    code: int
    stdout: str
    stderr: str
    out: Path

    @cached_property
    def summary(self):
        return json.loads((self.out / "summary.json").read_text(encoding="utf-8"))

    @cached_property
    def sheets(self):
        """Rows of each sheet as dictionaries by heading."""
        book = CalamineWorkbook.from_path(str(self.out / "routes.xlsx"))
        return {name: _rows(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}

    @property
    def people(self):
        return {row["Код"]: row for row in self.sheets["Люди"]}

    @cached_property
    def items(self):
        found = defaultdict(list)
        for row in self.sheets["Пункты маршрутов"]:
            found[row["Код"]].append(row)
        return found

    def document(self, code):
        return self.out / "routes" / self.people[code]["Файл маршрута"]


def _rows(table):
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


def start(results, out, *options):
    """Begin the real command in a process and a session of its own."""
    arguments = [*COMMAND, "--results", str(results), "--out", str(out), *map(str, options)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(process, out, timeout=240):
    stdout, stderr = process.communicate(timeout=timeout)
    return Run(process.returncode, stdout, stderr, out)


def plan(results, out, *options):
    """Carry out the command in this process."""
    result = CliRunner().invoke(main, ["plan", "--results", str(results), "--out", str(out), *map(str, options)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout, result.stderr, out)
