"""Matching one deficit against a large catalog that is in memory already."""

import time
from collections.abc import Callable
from statistics import median

from iom.catalog.files import read_framework, read_offerings, read_thesaurus
from iom.cli.bench import texts
from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.cli.bench.load import quantile
from iom.cli.bench.made_catalog import made_catalog
from iom.cli.bench.timing import processor_ms
from iom.core.config import ROOT
from iom.matching.index import build_index

PROGRAMS = 20_000
QUERIES = 60
BAR_MS = 20
STEPS = QUERIES + 1  # the index counts as one


def measure_matching(advance: Callable[[int], object]) -> Table:
    """Return the processor time of one query, and of making the catalog ready."""
    catalog = ROOT / "catalog"
    framework = read_framework(catalog)
    offerings = made_catalog(read_offerings(catalog), PROGRAMS, texts.LETTERS)
    started = time.process_time()
    index = build_index(offerings, framework, read_thesaurus(catalog))
    build_seconds = time.process_time() - started
    advance(1)
    codes = [node.code for node in framework if node.code in index.competency_texts]
    index.match_competency(codes[0])
    spent = processor_ms(index.match_competency, (codes[number % len(codes)] for number in range(QUERIES)), advance)
    figures = (
        Figure("median", median(spent), Unit.MILLISECONDS, BAR_MS),
        Figure("p95", quantile(spent, 0.95), Unit.MILLISECONDS),
        Figure("build", 1000 * build_seconds, Unit.MILLISECONDS),
    )
    return Table("matching", (Row(str(PROGRAMS), figures),))
