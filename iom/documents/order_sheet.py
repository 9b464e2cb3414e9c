"""The order that approves routes, with its annex: names, posts, periods and tutors, never a score or a deficit."""

from dataclasses import dataclass
from datetime import date

from iom.documents import texts
from iom.documents.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class OrderPerson:
    """One line of the annex."""

    full_name: str
    position: str
    start: date | None
    end: date | None
    tutor: str


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """One order; without a number or a date it is a draft with room to write them in."""

    school: str  # full name of the organisation
    head_post: str
    head_name: str  # «М. Л. Шаблонова»
    printed_on: date
    people: tuple[OrderPerson, ...]
    points: tuple[str, ...]
    number: str = ""
    issued_on: date | None = None
    place: str = ""
    title: str = texts.ORDER_TITLE
    basis: str = texts.ORDER_BASIS


def order_view(sheet: OrderSheet) -> dict[str, object]:
    """Return the texts of the order under the names a template uses."""
    return {
        "title": sheet.title,
        "school": sheet.school,
        "place": sheet.place,
        "number": sheet.number or texts.BLANK_NUMBER,
        "issued_on": texts.long_date(sheet.issued_on) if sheet.issued_on else texts.BLANK_DATE,
        "annex_to": texts.annex_to(sheet.number, sheet.issued_on),
        "basis": sheet.basis,
        "points": [{"number": str(number), "text": text} for number, text in enumerate(sheet.points, start=1)],
        "head_post": sheet.head_post,
        "head_name": sheet.head_name,
        "people": [_person(number, person) for number, person in enumerate(sheet.people, start=1)],
        "printed": texts.printed_on(sheet.printed_on),
        "fingerprint": fingerprint(sheet),
    }


def _person(number: int, person: OrderPerson) -> dict[str, str]:
    return {
        "number": str(number),
        "full_name": person.full_name,
        "position": person.position,
        "period": texts.period(person.start, person.end),
        "tutor": person.tutor,
    }
