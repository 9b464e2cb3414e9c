"""Views, actions and the matrix name each other without a gap (S-21); and the tests here can fail."""

from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete

from iom.core import clock
from iom.core.actor import Role
from iom.core.config import Settings
from iom.core.database import make_engine, transaction
from iom.core.errors import NotFound
from iom.core.models import Job
from iom.policy import Action
from iom.policy.relations import SAME_SCHOOL
from iom.policy.rules import RULES, row
from iom.web import access, blueprints
from iom.web.app import create_app
from tests.policy.asking import Asking
from tests.policy.matrix import matrix
from tests.policy.test_role_at_unit import ABOUT_PEOPLE, disagreements
from tests.policy.trees import grow
from tests.policy.views import PUBLIC, SIGNED_IN, View, views

OWN_ROWS = {"01"}  # rows that a view open to everyone signed in may stand for: it shows nothing of others


def make_app(tmp_path: Path) -> Flask:
    settings = Settings(database_url="sqlite://", data_dir=tmp_path, secret_key="k" * 40, base_url="http://localhost", plain_http=True)
    return create_app(settings, make_engine("sqlite://"))


def addresses(app: Flask) -> set[tuple[str, str]]:
    """Return endpoint and method of everything that the application answers to."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return {(rule.endpoint, method) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def test_every_view_has_a_line_and_every_line_a_view(tmp_path: Path) -> None:
    lines = [(view.endpoint, view.method, bool(view.state)) for view in views()]

    assert len(lines) == len(set(lines))
    assert {line[:2] for line in lines} == addresses(make_app(tmp_path))


def test_a_view_declares_the_row_that_its_line_names(tmp_path: Path) -> None:
    declared = access.declared(make_app(tmp_path))
    wrong = {view.name: (declared[view.endpoint], view.row) for view in views() if not is_declared(declared[view.endpoint], view)}
    assert wrong == {}


def is_declared(value: Action | str, view: View) -> bool:
    if value == access.PUBLIC:
        return view.row == PUBLIC
    if value == access.SIGNED_IN:
        return view.row == SIGNED_IN or view.door[0] in OWN_ROWS
    return view.row not in (PUBLIC, SIGNED_IN) and matrix()[view.door[0].rstrip("+")].action == value


def test_every_action_is_a_row_of_the_matrix_and_has_rules() -> None:
    in_matrix = [line.action for line in matrix().values() if line.action is not None]
    assert sorted(in_matrix) == sorted(Action)
    assert set(RULES) == set(Action)


def test_the_matrix_has_every_row_of_the_requirements_and_says_why_one_has_no_action() -> None:
    assert list(matrix()) == [f"{number:02}" for number in range(1, 44)]
    assert [line.row for line in matrix().values() if line.action is None and not line.note] == []


def test_every_row_with_an_action_is_asked_by_some_view_or_says_that_none_is_there() -> None:
    asked = {token.rstrip("+") for view in views() for part in (*view.door, *view.rows, *view.also) for token in part.split("|")}
    silent = {line.row for line in matrix().values() if "no view of its own" in line.note}
    with_action = {line.row for line in matrix().values() if line.action is not None}
    assert with_action - asked == with_action & silent


def test_the_door_opens_for_strangers_to_nothing_but_the_public_pages() -> None:
    public = {view.endpoint for view in views() if view.row == PUBLIC}
    areas = {endpoint.split(".")[0] for endpoint in public}
    assert areas <= {"accounts", "site", "health", "calendar"}


def test_a_view_without_a_declaration_stops_the_start_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = blueprints.init_app

    def with_one_more(app: Flask) -> None:
        usual(app)
        app.add_url_rule("/planted", "planted", lambda: "planted")

    monkeypatch.setattr(blueprints, "init_app", with_one_more)

    with pytest.raises(access.UndeclaredView, match="planted"):
        make_app(tmp_path)


def test_a_view_without_a_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = blueprints.init_app

    def with_one_more(app: Flask) -> None:
        usual(app)
        app.add_url_rule("/planted", "planted", access.public(lambda: "planted"))

    monkeypatch.setattr(blueprints, "init_app", with_one_more)

    with pytest.raises(AssertionError, match="planted"):
        test_every_view_has_a_line_and_every_line_a_view(tmp_path)


def test_a_wrong_rule_is_found_by_the_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, Action.PROFILE_VIEW, (*RULES[Action.PROFILE_VIEW], row(Role.SCHOOL_HEAD, SAME_SCHOOL)))
    found = [wrong for seed in range(40) for wrong in disagreements(grow(Random(seed), people=9), ABOUT_PEOPLE)[1]]

    assert found
    assert all(wrong.startswith("12 school_head@school:") for wrong in found)


def test_a_wrong_rule_is_found_by_the_views(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, Action.PROFILE_VIEW, (*RULES[Action.PROFILE_VIEW], row(Role.SCHOOL_HEAD, SAME_SCHOOL)))
    view = next(view for view in views() if view.endpoint == "profiles.attempts")

    _, wrong = asking.disagreements(view)

    assert wrong
    assert all(": school_head towards near" in line or ": head_of_near_methodist_of_far towards near" in line for line in wrong)
    assert all("expected 403, got 200" in line for line in wrong)


def test_a_refusal_that_writes_is_found_by_the_views(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_and_refuse(evidence_id: int) -> None:
        with transaction(asking.engine) as session:
            session.add(Job(kind="planted", payload={"evidence": evidence_id}, created_at=clock.now()))
        raise NotFound(kind="evidence", id=evidence_id)

    monkeypatch.setitem(asking.app.view_functions, "evidence.withdraw", write_and_refuse)
    view = next(view for view in views() if view.endpoint == "evidence.withdraw")

    _, wrong = asking.disagreements(view)

    changed = wrong[-1]
    assert changed.startswith("POST evidence.withdraw: changed jobs")
    assert "tutor towards near" in changed or "tutor towards sibling" in changed or "tutor towards f" in changed
    with transaction(asking.engine) as session:
        session.execute(delete(Job))
    asking.after = {}
