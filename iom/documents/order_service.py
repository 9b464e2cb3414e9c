"""Builds the sheets that orders and their drafts are printed from."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from iom.core.actor import Actor
from iom.documents import service_texts as words
from iom.documents.order_sheet import OrderPerson, OrderSheet
from iom.documents.texts import order_points
from iom.organizations.models import School
from iom.routes import order_queries
from iom.routes.models import Order
from iom.routes.order_queries import Signer
from iom.routes.waiting_queries import WaitingRow


def order_sheet(session: Session, actor: Actor, order_id: int, now: datetime, today: date) -> tuple[OrderSheet, Order]:
    """Return an issued order of the actor's school with its annex, in the editions that it approved.

    Raises
    ------
    NotFound : no such order there
    """
    order = order_queries.get_order(session, actor, order_id)
    annex = order_queries.list_annex(session, order)
    signer = order_queries.find_signer(session, order.school_id, now, person_id=order.issued_by_id)
    people = tuple(OrderPerson(row.full_name, row.position, row.starts_on, row.ends_on, row.tutor) for row in annex)
    return _order(order.school, signer, people, today, number=order.number, issued_on=order.issued_on), order


def draft_order(
    session: Session, school: School, rows: Sequence[WaitingRow], now: datetime, today: date, *, number: str = ""
) -> OrderSheet:
    """Return the draft of an order for these routes: room for the number and the date unless they are given."""
    signer = order_queries.find_signer(session, school.id, now)
    people = tuple(OrderPerson(row.full_name, row.position, row.starts_on, row.ends_on, row.tutor) for row in rows)
    return _order(school, signer, people, today, number=number)


def _order(
    school: School,
    signer: Signer | None,
    people: tuple[OrderPerson, ...],
    today: date,
    *,
    number: str = "",
    issued_on: date | None = None,
) -> OrderSheet:
    post = (signer.position if signer else "") or words.HEAD
    return OrderSheet(
        school=school.name,
        head_post=post[:1].upper() + post[1:],
        head_name=signer.name if signer else "",
        printed_on=today,
        people=people,
        points=order_points(len(people)),
        number=number,
        issued_on=issued_on,
    )
