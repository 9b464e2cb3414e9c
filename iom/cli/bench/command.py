"""`iom bench`: how fast the product is here and now."""

import json
import os
import platform
from collections.abc import Callable
from pathlib import Path

import click

from iom.cli.bench import matching, optimiser, pages, plan, report, scoring, texts
from iom.cli.bench.figures import Table
from iom.cli.progress import progress

BENCHES = ("pages", "optimiser", "matching", "scoring", "plan")


@click.command()
@click.argument("names", metavar="[NAME]…", nargs=-1, type=click.Choice(BENCHES))
@click.option("--requests", default=300, show_default=True, type=click.IntRange(pages.ROUNDS, 100_000), help="Of each page.")
@click.option(
    "--region", type=click.Path(path_type=Path, file_okay=False), help="Folder of a demo region; otherwise one is made for the time."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def bench(names: tuple[str, ...], requests: int, region: Path | None, as_json: bool) -> None:
    """Measure pages against the floor of the same run, and the computations; without a NAME everything."""
    found = [_run(name, pages.Wanted(requests, region)) for name in names or BENCHES]
    if as_json:
        click.echo(
            json.dumps({"machine": machine(), **{table.name: report.as_rows(table) for table in found}}, ensure_ascii=False, indent=2)
        )
        return
    click.echo(texts.machine(**machine()))
    for table in found:
        click.echo()
        for line in report.as_lines(table):
            click.echo(line)


def _run(name: str, wanted: pages.Wanted) -> Table:
    works: dict[str, tuple[int, Callable[[Callable[[int], object]], Table]]] = {
        "pages": (pages.STEPS, lambda advance: pages.measure_pages(wanted, advance)),
        "optimiser": (optimiser.STEPS, optimiser.measure_optimiser),
        "matching": (matching.STEPS, matching.measure_matching),
        "scoring": (scoring.STEPS, scoring.measure_scoring),
        "plan": (plan.STEPS, plan.measure_planning),
    }
    steps, work = works[name]
    with progress(texts.TITLE[name], steps) as advance:
        return work(advance)


def machine() -> dict[str, object]:
    """Return what the figures depend on: processors, how busy they are already, interpreter."""
    return {"processors": os.cpu_count() or 1, "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}
