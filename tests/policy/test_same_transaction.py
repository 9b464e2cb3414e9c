"""The right is asked and the change is made in one transaction (S-30): whoever loses it in between changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import request
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import OperationalError

from iom.accounts.models import Account, RoleGrant
from iom.core import clock
from iom.core.actor import Role
from iom.core.database import transaction
from iom.support.models import MethodistAssignment, TutorAssignment
from tests.cast import START
from tests.policy.asking import Asking
from tests.policy.matrix import matrix
from tests.policy.views import PUBLIC, SIGNED_IN, Cell, View, cell, cells, views

WRITING = [view for view in views() if view.is_writing and view.row not in (PUBLIC, SIGNED_IN)]
Loss = Callable[[Asking, Cell], None]


def by_role(asking: Asking, view: View) -> Cell | None:
    """Return an allowed cell that rests on a role and not on what is one's own."""
    for one in cells(asking.world, view):
        worn = one.wearer.worn
        if one.is_allowed and worn and worn.role is not Role.EMPLOYEE and not is_own(view, one):
            return one
    return None


def is_own(view: View, one: Cell) -> bool:
    """Tell whether the cell is allowed to everybody about themselves."""
    return one.teacher.relation == "own" if one.teacher else matrix()[view.door[0]].own == "own"


def person(one: Cell) -> int:
    assert one.wearer.worn is not None
    return one.wearer.worn.person


def take_the_role(asking: Asking, one: Cell) -> None:
    with transaction(asking.engine) as session:
        held = RoleGrant.person_id == person(one), RoleGrant.role != Role.EMPLOYEE
        session.execute(update(RoleGrant).where(*held).values(revoked_at=clock.now()))


def close_the_account(asking: Asking, one: Cell) -> None:
    with transaction(asking.engine) as session:
        session.execute(update(Account).where(Account.person_id == person(one)).values(is_active=False))


def end_the_assignments(asking: Asking, one: Cell) -> None:
    with transaction(asking.engine) as session:
        for table in (TutorAssignment, MethodistAssignment):
            session.execute(update(table).values(ends_on=START.date()))


@contextmanager
def given_back(asking: Asking, one: Cell) -> Iterator[None]:
    """Give everything back that a loss took."""
    try:
        yield
    finally:
        with transaction(asking.engine) as session:
            session.execute(update(RoleGrant).values(revoked_at=None))
            session.execute(update(Account).where(Account.person_id == person(one)).values(is_active=True))
            for table in (TutorAssignment, MethodistAssignment):
                session.execute(update(table).values(ends_on=None))


@contextmanager
def meanwhile(asking: Asking, one: Cell, loss: Loss) -> Iterator[None]:
    """Let it happen after the person was recognised and before the view is asked."""
    hooks = asking.app.before_request_funcs[None]
    hooks.append(lambda: loss(asking, one) if request.method == "POST" else None)
    try:
        yield
    finally:
        hooks.pop()


@pytest.mark.parametrize("view", WRITING, ids=lambda view: view.name)
def test_a_role_taken_away_during_the_request_changes_nothing(asking: Asking, view: View) -> None:
    one = by_role(asking, view)
    before = asking.state()
    if one is None:  # only about what is one's own
        assert all(is_own(view, cell) for cell in cells(asking.world, view) if cell.is_allowed)
        return
    with given_back(asking, one):
        with meanwhile(asking, one, take_the_role):
            response = asking.send(one)
        assert response.status_code == 403

    assert asking.state() == before


@pytest.mark.parametrize("loss", [take_the_role, close_the_account, end_the_assignments], ids=lambda loss: loss.__name__)
@pytest.mark.parametrize("is_parallel", [False, True], ids=["between", "during"])
def test_a_tutor_who_loses_the_right_agrees_to_nothing(asking: Asking, loss: Loss, is_parallel: bool) -> None:
    view = next(view for view in views() if view.endpoint == "support.decide")
    one = cell(asking.world, view, asking.world.wearers["tutor"], asking.world.of("ward", "on_review"))
    before = asking.state()
    with given_back(asking, one):
        if is_parallel:
            with meanwhile(asking, one, loss):
                response = asking.send(one)
        else:
            loss(asking, one)
            response = asking.send(one)
        assert response.status_code in {401, 403, 404}

    assert asking.state() == before


def test_a_role_cannot_be_taken_away_while_the_change_that_rests_on_it_is_made(asking: Asking) -> None:
    view = next(view for view in views() if view.endpoint == "support.decide")
    one = cell(asking.world, view, asking.world.wearers["tutor"], asking.world.of("ward", "on_review"))
    impatient = create_engine(asking.engine.url, connect_args={"timeout": 0.1} if asking.engine.dialect.name == "sqlite" else {})
    answers = []

    def try_to_take(response: object) -> object:
        with pytest.raises(OperationalError), impatient.begin() as connection:  # noqa: PT012 - two databases, one lock each
            if asking.engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
            connection.execute(update(RoleGrant).where(RoleGrant.person_id == person(one)).values(revoked_at=clock.now()))
        answers.append("refused")
        return response

    hooks = asking.app.after_request_funcs[None]
    hooks.append(try_to_take)
    try:
        with asking.trial():
            response = asking.send(one)
    finally:
        hooks.pop()
        impatient.dispose()

    assert response.status_code == 303
    assert answers == ["refused"]
    with transaction(asking.engine) as session:
        assert session.scalars(select(RoleGrant.revoked_at).where(RoleGrant.person_id == person(one))).all() == [None, None]
