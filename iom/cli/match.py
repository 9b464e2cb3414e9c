"""`iom match`: offerings of the catalog files for a competency or for a text; needs no database."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from tqdm import tqdm

from iom.catalog.files import CatalogFileError, OfferingRecord, read_framework, read_offerings, read_subjects, read_thesaurus
from iom.catalog.files.texts import fault_sentence
from iom.catalog.kinds import OfferingKind
from iom.core.config import ROOT
from iom.matching import texts
from iom.matching.index import BUILD_STEPS, Match, MatchIndex, build_index, is_nothing_suitable
from iom.matching.reasons import reasons
from iom.matching.subjects import SubjectFinder, subject_finder

OWN_CATALOG = ROOT / "catalog"
FROM_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalog files of one call, ready to be asked."""

    offerings: Mapping[str, OfferingRecord]
    subjects: SubjectFinder
    index: MatchIndex


@click.command()
@click.option("--competency", metavar="CODE", help="Code of a node of the framework.")
@click.option("--text", metavar="TEXT", help="A query in own words; - reads one query a line and prints one JSON list a line.")
@click.option(
    "--catalog",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="IOM_CATALOG_DIR",
    default=OWN_CATALOG,
    help="Folder of catalog files; what it lacks beside offerings is taken from the product's own.",
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in OfferingKind]), help="Only this kind; repeatable."
)
@click.option("--subject", metavar="SUBJECT", help="Leave out offerings for other school subjects only.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def match(
    competency: str | None, text: str | None, folder: Path, kinds: tuple[str, ...], subject: str | None, top: int, as_json: bool
) -> None:
    """Rank the catalog for a competency or a text, best first."""
    if (competency is None) == (text is None):
        raise click.UsageError(texts.ONE_OF_TWO)
    try:
        catalog = _read(folder)
    except CatalogFileError as error:
        click.echo(fault_sentence(error), err=True)
        sys.exit(1)
    if competency is not None and competency not in catalog.index.competency_texts:
        raise click.BadParameter(texts.UNKNOWN_COMPETENCY.format(code=competency), param_hint="--competency")
    left_out = _of_other_subjects(catalog, subject) if subject is not None else frozenset()
    query = catalog.index.competency_texts[competency] if competency is not None else text or ""
    is_stream = text == FROM_INPUT
    for line in _lines_of_input() if is_stream else [query]:
        found = catalog.index.match(line, {OfferingKind(kind) for kind in kinds} or None, top, left_out)
        _show(catalog, found, as_json or is_stream)


def _read(folder: Path) -> Catalog:
    offerings = read_offerings(folder)
    framework = read_framework(_with(folder, "framework.csv"))
    thesaurus = read_thesaurus(_with(folder, "thesaurus.txt"))
    subjects = subject_finder(read_subjects(_with(folder, "subjects.csv")))
    # On a terminal only: elsewhere the work is over before the first line would be due.
    with tqdm(total=BUILD_STEPS, desc=texts.BUILDING, leave=False, disable=None, file=sys.stderr) as bar:
        index = build_index(offerings, framework, thesaurus, bar.update)
    return Catalog({offering.code: offering for offering in offerings}, subjects, index)


def _with(folder: Path, name: str) -> Path:
    return folder if (folder / name).exists() else OWN_CATALOG


def _of_other_subjects(catalog: Catalog, subject: str) -> frozenset[str]:
    """Offerings to leave out: those for other school subjects, or, for a theme that is no subject, those without it."""
    wanted = catalog.subjects.named_in(subject) & catalog.subjects.school
    if wanted:
        return frozenset(
            code
            for code, offering in catalog.offerings.items()
            if (own := catalog.subjects.subjects_of(offering)) and not catalog.subjects.is_shared(wanted, own)
        )
    words = frozenset(catalog.index.query(subject).bag)
    if not words:
        raise click.BadParameter(texts.EMPTY_SUBJECT, param_hint="--subject")
    return frozenset(code for code, offering in catalog.offerings.items() if not words <= set(catalog.index.query(offering.subject).bag))


def _lines_of_input() -> Iterator[str]:
    # Bytes, so that a line in another encoding costs that line its answer and not the whole call.
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _show(catalog: Catalog, found: list[Match], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_as_row(catalog, match) for match in found], ensure_ascii=False))
        sys.stdout.flush()  # a caller that asks line by line waits for each answer
        return
    for line in _as_lines(catalog, found):
        click.echo(line)


def _as_row(catalog: Catalog, match: Match) -> dict[str, object]:
    offering = catalog.offerings[match.code]
    return {
        "id": match.code,
        "kind": match.kind.value,
        "title": offering.title,
        "score": round(match.score, 4),
        "reasons": reasons(match, offering),
    }


def _as_lines(catalog: Catalog, found: list[Match]) -> Iterable[str]:
    if not found:
        yield texts.NOTHING_FOUND
        return
    if is_nothing_suitable(found):
        yield texts.NOTHING_SURE
    for place, match in enumerate(found, start=1):
        offering = catalog.offerings[match.code]
        yield f"{place}. {match.code}, {texts.KIND[match.kind]}: {offering.title}"
        yield f"   {'; '.join(reasons(match, offering))}"
