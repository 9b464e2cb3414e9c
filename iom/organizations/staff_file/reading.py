"""A staff table read into rows; every row is either taken or refused with one reason."""

import re
from datetime import date

from iom.core.sheets import Cell, CellError, Row, Table, choose_headings, date_of, heading_key, number_of, text_of
from iom.organizations.kinds import QualificationCategory
from iom.organizations.staff_file.kinds import RejectedRow, StaffFile, StaffFileError, StaffFileProblem, StaffReason, StaffRow
from iom.organizations.staff_file.names import is_plain_name, split_name
from iom.organizations.staff_file.posts import employee_category
from iom.organizations.staff_file.repeats import RepeatCheck
from iom.organizations.staff_file.texts import CATEGORIES, NO, STAFF_HEADINGS, YES

_KEYS = {heading_key(alias): field for field, aliases in STAFF_HEADINGS.items() for alias in (field, *aliases)}
# One mark before the at sign, then labels with a dot between: simple enough to run in linear time.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24}")
_LIMITS = {
    "teacher_code": 40, "last_name": 100, "first_name": 100, "middle_name": 100, "org_code": 20, "school": 300, "post": 200,
    "stage": 100, "email": 254,
}  # fmt: skip
_OLDEST, _YOUNGEST, _LONGEST_SERVICE = 100, 16, 80  # years
_SUBJECTS_APART = re.compile(r"[;,/\n]+")


class _Refusal(Exception):
    """One cell makes its row unusable."""

    def __init__(self, reason: StaffReason, field: str | None = None, **facts: str | int) -> None:
        self.reason = reason
        self.field = field
        self.facts = tuple(facts.items())


def read_staff(table: Table, today: date) -> StaffFile:
    """Return the rows of the staff table.

    Headings may be the English keys in the first row, with or without Russian captions below, or Russian only.

    Raises
    ------
    StaffFileError : no column holds names, or a column stands twice
    """
    found = choose_headings(table, lambda text: _KEYS.get(heading_key(text)))
    places = _places(found)
    if "last_name" not in places and "full_name" not in places:
        raise StaffFileError(StaffFileProblem.NO_NAME_COLUMN)
    rows: list[StaffRow] = []
    rejected: list[RejectedRow] = []
    repeats = RepeatCheck()
    for row in found.rows:
        try:
            staff_row = _Reader(row, places, found.width, today).read()
            if refusal := repeats.find(staff_row):
                raise _Refusal(refusal.reason, refusal.field, **dict(refusal.facts))
            rows.append(staff_row)
        except _Refusal as refused:
            column = found.header[places[refused.field]] if refused.field in places else None
            rejected.append(RejectedRow(row.number, refused.reason, column, refused.facts))
    unknown = tuple(heading for heading in found.header if heading and heading_key(heading) not in _KEYS)
    return StaffFile(tuple(rows), tuple(rejected), frozenset(places), unknown)


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(table.header):
        field = _KEYS.get(heading_key(heading))
        if field is None:
            continue
        if field in places:
            raise StaffFileError(StaffFileProblem.REPEATED_COLUMN, heading=heading)
        places[field] = place
    return places


class _Reader:
    """One row being read, field by field."""

    def __init__(self, row: Row, places: dict[str, int], width: int, today: date) -> None:
        self._row = row
        self._places = places
        self._width = width
        self._today = today

    def read(self) -> StaffRow:
        if any(cell is not None for cell in self._row.cells[self._width :]):
            raise _Refusal(StaffReason.EXTRA_CELLS)
        last_name, first_name, middle_name = self._names()
        post = self._text("post")
        return StaffRow(
            row=self._row.number,
            teacher_code=self._text("teacher_code"),
            last_name=last_name,
            first_name=first_name,
            middle_name=middle_name,
            org_code=self._text("org_code"),
            school=self._text("school"),
            post=post,
            employee_category=employee_category(post),
            subjects=self._subjects(),
            stage=self._text("stage"),
            category=self._category(),
            category_assigned_on=self._date("category_assigned_on"),
            experience_start_date=self._date("experience_start_date"),
            service_years=self._whole("service_years", 0, _LONGEST_SERVICE, StaffReason.BAD_SERVICE_YEARS),
            birth_year=self._birth_year(),
            first_years=self._flag("first_years"),
            email=self._email(),
            active=self._flag("active") is not False,
        )

    def _cell(self, field: str) -> Cell:
        place = self._places.get(field)
        cell = self._row.cells[place] if place is not None and place < len(self._row.cells) else None
        if isinstance(cell, CellError):
            raise _Refusal(StaffReason.CELL_ERROR, field, value=cell.text)
        return cell

    def _text(self, field: str) -> str | None:
        text = text_of(self._cell(field))
        limit = _LIMITS.get(field)
        if limit is not None and len(text) > limit:
            raise _Refusal(StaffReason.TOO_LONG, field, limit=limit)
        return text or None

    def _names(self) -> tuple[str, str, str]:
        field = "last_name" if "last_name" in self._places else "full_name"
        if field == "full_name":
            names = split_name(text_of(self._cell("full_name")))
        else:
            names = (self._text("last_name") or "", self._text("first_name") or "", self._text("middle_name") or "")
        if not names[0] or not names[1]:
            raise _Refusal(StaffReason.MISSING_NAME, field)
        for name in names:
            if name and not is_plain_name(name):
                raise _Refusal(StaffReason.BAD_NAME, field, value=name[:60])
            if len(name) > _LIMITS["last_name"]:
                raise _Refusal(StaffReason.TOO_LONG, field, limit=_LIMITS["last_name"])
        return names

    def _subjects(self) -> tuple[str, ...]:
        parts = _SUBJECTS_APART.split(str(self._cell("subject_code") or ""))
        return tuple(dict.fromkeys(text for part in parts if (text := text_of(part))))

    def _category(self) -> QualificationCategory | None:
        text = self._text("category")
        if text is None:
            return None
        key = heading_key(text)
        if key in CATEGORIES:
            return CATEGORIES[key]
        try:
            return QualificationCategory(key)
        except ValueError as error:
            raise _Refusal(StaffReason.UNKNOWN_CATEGORY, "category", value=text[:60]) from error

    def _date(self, field: str) -> date | None:
        cell = self._cell(field)
        if cell is None:
            return None
        day = date_of(cell)
        if day is None or day.year < self._today.year - _OLDEST:
            raise _Refusal(StaffReason.BAD_DATE, field, value=text_of(cell)[:60])
        if day > self._today:
            raise _Refusal(StaffReason.FUTURE_DATE, field, value=text_of(cell)[:60])
        return day

    def _whole(self, field: str, least: int, most: int, reason: StaffReason) -> int | None:
        cell = self._cell(field)
        if cell is None:
            return None
        number = number_of(cell)
        if number is None or not number.is_integer() or not least <= number <= most:
            raise _Refusal(reason, field, value=text_of(cell)[:60])
        return int(number)

    def _birth_year(self) -> int | None:
        least, most = self._today.year - _OLDEST, self._today.year - _YOUNGEST
        year = self._whole("birth_year", least, most, StaffReason.BAD_BIRTH_YEAR)
        if year is None and (born := self._date("birth_date")):
            # The day itself is not needed for anything and is not kept.
            if not least <= born.year <= most:
                raise _Refusal(StaffReason.BAD_BIRTH_YEAR, "birth_date", value=str(born.year))
            year = born.year
        return year

    def _flag(self, field: str) -> bool | None:
        cell = self._cell(field)
        if cell is None or isinstance(cell, bool):
            return cell
        word = text_of(cell).casefold()
        if word in YES or word in NO:
            return word in YES
        raise _Refusal(StaffReason.BAD_FLAG, field, value=word[:60])

    def _email(self) -> str | None:
        text = self._text("email")
        if text is not None and not _EMAIL.fullmatch(text):
            raise _Refusal(StaffReason.BAD_EMAIL, "email", value=text[:60])
        return text.lower() if text else None
