"""`iom load`: brings the files of a catalog folder into the database; the same files again change nothing."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from iom.catalog import loader as catalog
from iom.catalog import queries as catalog_queries
from iom.catalog.files import CatalogFileError, read_framework, read_offerings, read_subjects
from iom.catalog.files.texts import fault_sentence
from iom.cli import centre_texts, context, texts
from iom.cli.regions import ready_engine
from iom.core import clock
from iom.core.config import ROOT
from iom.core.database import transaction
from iom.diagnostics.instruments import InstrumentFileError, read_instrument
from iom.diagnostics.loader import InstrumentRefused, load_instrument
from iom.matching import service as matching
from iom.monitoring.loader import load_indicators
from iom.organizations.models import Region

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def load() -> None:
    """The catalog's files: programmes, the competency map, questionnaires."""


def _run(act: Callable[[Session], tuple[dict[str, Any], list[str]]], as_json: bool) -> None:
    """Carry out a load in one transaction and say what it did; a fault of a file leaves the database as it was."""
    try:
        with transaction(ready_engine()) as session:
            facts, lines = act(session)
    except CatalogFileError as error:
        context.fail(fault_sentence(error))
    except (InstrumentFileError, InstrumentRefused) as error:
        context.fail(str(error))
    except LookupError:
        context.fail(centre_texts.NO_FRAMEWORK)
    if as_json:
        json.dump(facts, sys.stdout, ensure_ascii=False)
        click.echo()
        return
    for line in lines:
        click.echo(line)


def _with(folder: Path, name: str) -> Path:
    """Return the folder when it has the file, else the product's own."""
    return folder if (folder / name).exists() else ROOT / "catalog"


@load.command("catalog")
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def load_catalog(folder: Path, as_json: bool) -> None:
    """Programmes, internships, mentoring, events, indicators and links of FOLDER."""

    def act(session: Session) -> tuple[dict[str, Any], list[str]]:
        offerings = catalog.load_offerings(session, read_offerings(folder), clock.now())
        facts: dict[str, Any] = {"new": offerings.new, "changed": offerings.changed, "same": offerings.same}
        lines = [texts.loaded(offerings.new, offerings.changed, offerings.same)]
        if catalog_queries.find_framework(session, catalog.FRAMEWORK_CODE, catalog.FRAMEWORK_VERSION):
            facts["links"] = matching.propose_all(session, _with(folder, "thesaurus.txt"))
            if (folder / "links.csv").exists():
                matching.load_decided(session, folder)
            lines.append(texts.links_proposed(facts["links"]))
        if (folder / "indicators.csv").exists():
            facts["indicators"] = load_indicators(session, folder)
            for region_id in session.scalars(select(Region.id)):
                load_indicators(session, folder, region_id)
            lines.append(centre_texts.indicators_loaded(facts["indicators"]))
        return facts, lines

    _run(act, as_json)


@load.command("framework")
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def load_framework(folder: Path, as_json: bool) -> None:
    """Subjects and the competency map of FOLDER."""

    def act(session: Session) -> tuple[dict[str, Any], list[str]]:
        records = read_framework(folder)
        subjects = catalog.load_subjects(session, read_subjects(folder))
        catalog.load_framework(session, records, title=texts.FRAMEWORK_TITLE)
        return {"subjects": len(subjects), "nodes": len(records)}, [centre_texts.framework_loaded(len(subjects), len(records))]

    _run(act, as_json)


@load.command("instruments")
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def load_instruments(folder: Path, as_json: bool) -> None:
    """Questionnaires and tests of FOLDER, one JSON file each."""
    inside = folder / "instruments"
    files = sorted((inside if inside.is_dir() else folder).glob("*.json"))
    if not files:
        context.fail(centre_texts.NO_INSTRUMENTS.format(folder=folder))

    def act(session: Session) -> tuple[dict[str, Any], list[str]]:
        framework = catalog_queries.active_framework(session)
        known = set(catalog_queries.competencies_by_code(session, framework.id))
        loaded = [load_instrument(session, read_instrument(path, known), framework) for path in files]
        facts = [{"code": row.code, "version": row.version, "new": is_new} for row, is_new in loaded]
        return {"instruments": facts}, [centre_texts.instrument_loaded(row.code, row.version, is_new) for row, is_new in loaded]

    _run(act, as_json)
