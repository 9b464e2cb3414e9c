"""Reads what waits for an order or for the centre, and the orders of a school."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from iom.core.actor import Actor
from iom.core.errors import NotFound
from iom.routes.models import Order


def get_order(session: Session, actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """Return an order of the actor's school.

    Raises
    ------
    NotFound : no such order there
    """
    statement = (
        select(Order)
        .where(Order.id == order_id, Order.school_id == actor.school_id)
        .options(joinedload(Order.school), joinedload(Order.issued_by))
    )
    if lock:
        statement = statement.with_for_update(of=Order).execution_options(populate_existing=True)
    order = session.scalar(statement)
    if order is None:
        raise NotFound(kind="order", id=order_id)
    return order
