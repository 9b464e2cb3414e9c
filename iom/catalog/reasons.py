"""Why the catalog refuses an edit."""

from enum import StrEnum


class CatalogRefusal(StrEnum):
    HOURS_TOO_FEW = "catalog_hours_too_few"
    REGISTRY_WITHOUT_NUMBER = "catalog_registry_without_number"
    RUN_TAKEN = "catalog_run_taken"
