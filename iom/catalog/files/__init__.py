"""Reading the catalog's CSV files; pure: a folder in, frozen records out."""

from iom.catalog.files.errors import CatalogFileError, FileFault
from iom.catalog.files.framework import read_framework
from iom.catalog.files.offerings import read_offerings
from iom.catalog.files.records import CompetencyRecord, OfferingRecord, RuleRecord, RunRecord, SubjectRecord
from iom.catalog.files.wordlists import read_rules, read_subjects, read_thesaurus

__all__ = [
    "CatalogFileError",
    "CompetencyRecord",
    "FileFault",
    "OfferingRecord",
    "RuleRecord",
    "RunRecord",
    "SubjectRecord",
    "read_framework",
    "read_offerings",
    "read_rules",
    "read_subjects",
    "read_thesaurus",
]
