"""Reading the catalog's CSV files; pure: a folder in, frozen records out."""

from iom.catalog.files.errors import CatalogFileError, FileFault
from iom.catalog.files.framework import read_framework
from iom.catalog.files.links import LinkRecord, linkable_codes, read_links
from iom.catalog.files.offerings import read_offerings
from iom.catalog.files.records import CompetencyRecord, OfferingRecord, RuleRecord, RunRecord, SubjectRecord
from iom.catalog.files.wordlists import read_rules, read_subjects, read_thesaurus

__all__ = [
    "CatalogFileError",
    "CompetencyRecord",
    "FileFault",
    "LinkRecord",
    "OfferingRecord",
    "RuleRecord",
    "RunRecord",
    "SubjectRecord",
    "linkable_codes",
    "read_framework",
    "read_links",
    "read_offerings",
    "read_rules",
    "read_subjects",
    "read_thesaurus",
]
