"""Brings the words of the ordered indicators from the catalog's file into the database."""

import csv
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from iom.monitoring import queries
from iom.monitoring.models import Indicator, IndicatorTarget


def load_indicators(session: Session, folder: Path, region_id: int | None = None) -> int:
    """Bring indicators up to date, and their targets into a region that has none for them; return how many there are."""
    known = queries.indicators_by_code(session)
    with (folder / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for line in lines:
        row = known.setdefault(line["code"], Indicator(code=line["code"]))
        row.criterion, row.title, row.unit = line["criterion_ru"], line["indicator_ru"], line["unit"]
        row.numerator, row.denominator = line["numerator"], line["denominator"]
        row.population, row.level, row.assumption = line["population"][:200], line["level"][:40], line["assumption"]
        row.document = line["source_document"][:300]
        session.add(row)
    session.flush()  # targets need keys
    if region_id is not None:
        have = queries.targets(session, region_id, date.min)
        for line in lines:
            planned, indicator = _target(line), known[line["code"]]
            if planned is not None and indicator.id not in have:
                target, day = planned
                session.add(IndicatorTarget(region_id=region_id, indicator_id=indicator.id, target=target, target_date=day))
    return len(lines)


def _target(line: dict[str, str]) -> tuple[float, date] | None:
    """Return a target that is a number by a day; «per year» and the like are words of the order, no target to compare with."""
    try:
        return float(line["target"].replace(",", ".")), date.fromisoformat(line["target_date"])
    except ValueError:
        return None
