"""What the person who waits is told on the way: columns, refused rows, people left out, what is replaced."""

from collections.abc import Iterator

from iom.documents.plan import texts
from iom.documents.plan.folder import ResultsFolder
from iom.documents.plan.reading import Input
from iom.profiles.results_file import ColumnKind

SHOWN = 20  # rows or people named on the terminal; all stand in summary.json


def about_input(found: Input, results: str) -> Iterator[str]:
    """Yield the verdict on each column, then everything and everybody that was not taken."""
    yield texts.columns_counted(found.columns)
    yield from (texts.column_line(column) for column in found.columns if column.kind is not ColumnKind.FIELD)
    if found.with_post is not None:
        yield texts.posts_found(found.with_post, len(found.people))
    if found.staff_columns:
        yield texts.staff_columns(found.staff_columns)
    if found.rejected:
        yield texts.rejected(len(found.rejected))
        for line in found.rejected[:SHOWN]:
            yield texts.rejected_row(line.row, line.column, line.reason, "" if line.file == results else line.file)
        yield from _more(len(found.rejected))
    if found.left_out:
        yield texts.left_out(len(found.left_out))
        yield from (texts.person_left_out(person.code, person.name, person.rows) for person in found.left_out[:SHOWN])
        yield from _more(len(found.left_out))


def about_folder(folder: ResultsFolder) -> Iterator[str]:
    """Yield what of an earlier run will be replaced."""
    documents = folder.old_documents()
    if documents is not None:
        yield texts.replacing(documents)


def _more(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield texts.more(count - SHOWN)
