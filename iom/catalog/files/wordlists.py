"""Small files that a centre edits: synonym lines, the directory of subjects, rules of law with their dates."""

from pathlib import Path

from iom.catalog.files import texts
from iom.catalog.files.errors import CatalogFileError, FileFault
from iom.catalog.files.records import RuleRecord, SubjectRecord
from iom.catalog.files.rows import check_unique, read_rows

THESAURUS = "thesaurus.txt"
SUBJECTS = "subjects.csv"
RULES = "rules.csv"
COMMENT = "#"
SEPARATOR = "|"


def read_thesaurus(folder: Path) -> list[tuple[str, ...]]:
    """Lines of words that mean the same, at least two a line.

    Raises
    ------
    CatalogFileError : no such file, not UTF-8, a line with a single word
    """
    path = folder / THESAURUS
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise CatalogFileError(path.name, 0, "", FileFault.MISSING_FILE) from None
    except UnicodeDecodeError:
        raise CatalogFileError(path.name, 0, "", FileFault.NOT_UTF8) from None
    synonyms = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith(COMMENT):
            continue
        terms = _terms(line)
        if len(terms) < 2:
            raise CatalogFileError(path.name, number, "", FileFault.EMPTY_VALUE)
        synonyms.append(terms)
    return synonyms


def read_subjects(folder: Path) -> list[SubjectRecord]:
    """The directory of subjects and other areas with their aliases; the title itself is always an alias."""
    rows = read_rows(folder / SUBJECTS, ("code", "title", "aliases"))
    check_unique(rows, "code")
    codes = {row.text("code") for row in rows}
    for row in rows:
        if row.text("part_of") and row.text("part_of") not in codes:
            raise row.fault("part_of", FileFault.UNKNOWN_REFERENCE)
    return [
        SubjectRecord(
            code=row.required("code"),
            title=row.required("title"),
            aliases=tuple(dict.fromkeys((row.text("title"), *_terms(row.text("aliases"))))),
            is_school_subject=row.choice("kind", texts.SUBJECT_KIND),
            part_of=row.text("part_of"),
        )
        for row in rows
    ]


def read_rules(folder: Path) -> list[RuleRecord]:
    """Rules of law that matching obeys, each with the first day of its force."""
    rows = read_rows(folder / RULES, ("code", "in_force_from", "source"))
    check_unique(rows, "code")
    return [RuleRecord(row.required("code"), row.day("in_force_from"), row.required("source")) for row in rows]


def _terms(line: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in line.split(SEPARATOR))
    return tuple(part for part in parts if part)
