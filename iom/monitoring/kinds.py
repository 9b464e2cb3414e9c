"""The indicators that the product computes so far; their words are data (catalog/indicators.csv)."""

from enum import StrEnum


class IndicatorCode(StrEnum):
    ASSESSED = "OKT-1.1"  # share of teachers assessed in the year
    ROUTED = "OKT-2.1"  # share of the assessed with an approved route built on what was found
    TRAINED = "IVA-2.1"  # share of teachers who finished a federal-register programme chosen by diagnostics, since 2021
    METHODIST_LOAD = "IVA-3.1"  # people for each regional methodist


class Slice(StrEnum):
    """What a table is cut by."""

    MUNICIPALITY = "municipality"
    SCHOOL = "school"


NO_ROUTE = "none"
"""The state of a person without a route, beside the states of routes."""
