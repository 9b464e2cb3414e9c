"""The `iom` command: a list of commands, each imported only when it is called."""

import importlib

import click

COMMANDS = {
    "bench": "iom.cli.bench.command",
    "db": "iom.cli.database",
    "demo": "iom.cli.demo.command",
    "doctor": "iom.cli.doctor",
    "import": "iom.cli.imports",
    "indicators": "iom.cli.indicators",
    "load": "iom.cli.load",
    "match": "iom.cli.match",
    "plan": "iom.cli.plan",
    "serve": "iom.cli.serve",
    "solve": "iom.cli.solve",
    "users": "iom.cli.users",
}
ATTRIBUTES = {"import": "import_", "db": "db"}


class Lazy(click.Group):
    """A group whose commands cost nothing until asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name]), ATTRIBUTES.get(cmd_name, cmd_name))
        return command if isinstance(command, click.Command) else None


@click.command(cls=Lazy)
def main() -> None:
    """Individual educational routes of teachers: diagnostics, profiles, routes, indicators."""
