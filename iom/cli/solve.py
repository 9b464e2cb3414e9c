"""`iom solve`: the optimiser on route instance files; needs no database."""

import json
import sys
from pathlib import Path

import click

from iom.cli.progress import progress
from iom.routes import texts
from iom.routes.instance import Instance, InstanceError
from iom.routes.instance_json import read_instance
from iom.routes.optimiser import TIME_LIMIT, OutOfTimeError, Solution
from iom.routes.optimiser import solve as solve_route

DIGITS = 6  # of a gap; seconds are rounded to milliseconds


@click.command()
@click.argument("paths", metavar="INSTANCE.json …", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--time-limit",
    metavar="S",
    type=click.FloatRange(min=0, min_open=True),
    default=TIME_LIMIT,
    show_default=True,
    help="Seconds for one file.",
)
@click.option("--json", "as_json", is_flag=True, help="Leave out the sentence about each file on standard error.")
def solve(paths: tuple[Path, ...], time_limit: float, as_json: bool) -> None:
    """Find the best route for each INSTANCE and print one JSON object a line."""
    failed = False
    with progress(texts.SOLVING, len(paths)) as advance:
        for path in paths:
            failed = not _solve_file(path, time_limit, as_json) or failed
            advance(1)
    if failed:
        sys.exit(1)


def _solve_file(path: Path, time_limit: float, as_json: bool) -> bool:
    """Print the answer for one file, or a sentence why there is none; tell whether there was one."""
    try:
        instance = read_instance(path)
        solution = solve_route(instance, time_limit)
    except InstanceError as error:
        click.echo(texts.instance_fault(str(path), error), err=True)
        return False
    except OutOfTimeError:
        click.echo(texts.out_of_time(str(path), time_limit), err=True)
        return False
    click.echo(json.dumps(_as_row(instance, solution), ensure_ascii=False))
    sys.stdout.flush()
    if not as_json:
        click.echo(texts.solution_sentence(instance, solution), err=True)
    return True


def _as_row(instance: Instance, solution: Solution) -> dict[str, object]:
    return {
        "id": instance.id,
        "status": solution.status.value,
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": None if solution.gap is None else round(solution.gap, DIGITS),
        "selected": list(solution.selected),
        "seconds": round(solution.seconds, 3),
    }
