"""A form sets the fields that it has and no others, and a page shows of a person what its reader may see (S-26)."""

import re
from dataclasses import replace

import pytest

from tests.policy.asking import Asking, text_of
from tests.policy.matrix import matrix, may
from tests.policy.views import Cell, View, cell, cells, views
from tests.policy.world import World

WRITING = [view for view in views() if view.is_writing]
ANSWER = "Ступень 1"  # the label that everybody in the world chose in the attempt that was scored


def smuggled(world: World, view: View) -> list[tuple[str, str]]:
    """Return fields that no form has, each with a value that would be worth it."""
    other = world.of("foreign", "running").values
    fields = {
        "role": "admin",
        "org_id": other["school_id"],
        "school_id": other["school_id"],
        "municipality_id": other["municipality_id"],
        "region_id": other["region_id"],
        "unit_kind": "region",
        "status": "approved",
        "state": "confirmed",
        "approved_by": other["person_id"],
        "decided_by_id": other["person_id"],
        "score": "100",
        "severity": "0",
        "owner_id": other["person_id"],
        "person_id": other["person_id"],
        "employee_id": other["employee_id"],
        "author_id": other["person_id"],
        "tutor_id": other["person_id"],
        "is_admin": "1",
    }
    own = {name for name, _ in view.fields({**world.common, **other})}
    return [(name, value) for name, value in fields.items() if name not in own]


def allowed(world: World, view: View) -> Cell | None:
    """Return one cell of the view that is allowed and in the state that it asks for."""
    fitting = [one for one in cells(world, view) if one.is_allowed and (one.teacher is None or one.teacher.state == view.state)]
    return fitting[0] if fitting else None


@pytest.mark.parametrize("view", WRITING, ids=lambda view: view.name)
def test_fields_that_a_form_does_not_have_change_nothing(asking: Asking, view: View) -> None:
    one = allowed(asking.world, view)
    assert one is not None
    with asking.trial():
        plain = asking.send(one)
        written = asking.written
        loaded = asking.send(one, smuggled(asking.world, view))

    assert plain.status_code in one.expected
    assert loaded.status_code == plain.status_code
    assert asking.written == written


def test_answers_stand_on_the_page_of_a_competency_for_those_alone_whom_row_11_names(asking: Asking) -> None:
    view = next(view for view in views() if view.endpoint == "profiles.competency")
    shown, asked = set(), 0
    for wearer in asking.world.wearers.values():
        for teacher in asking.world.teachers:
            if teacher.state != "running" or teacher.relation == "own" or wearer.worn is None:
                continue
            one = cell(asking.world, view, wearer, teacher)
            if not one.is_allowed:
                continue
            asked += 1
            text = asking.send(one).get_data(as_text=True)
            sees = bool(re.search(ANSWER, text))
            assert sees is may(matrix()["11"], wearer.worn, teacher.facts, asking.world.above), one.name
            shown |= {sees}
    assert asked >= 10
    assert shown == {True, False}


def test_the_rows_behind_a_figure_have_names_for_those_alone_whom_row_34_names(asking: Asking) -> None:
    pages = [view for view in views() if view.endpoint in {"monitoring.rows", "monitoring.export_rows"} and "34" in view.also]
    assert {view.name for view in pages} == {"GET monitoring.rows", "GET monitoring.export_rows", "POST monitoring.export_rows"}
    shown = set()
    for view in pages:
        for wearer in asking.world.wearers.values():
            one = cell(asking.world, replace(view, form=f"{view.form}&part=all"), wearer, None)
            if not one.is_allowed or wearer.worn is None:
                continue
            with asking.trial():
                names = set(re.findall("Кедр[а-я]{2}ов", text_of(asking.send(one)))) & asking.by_name.keys()
            may_see = matrix()["34"].is_for_others(wearer.worn.role)
            others = {name for name in names if asking.by_name[name].relation != "own"}
            assert may_see or not others, one.name
            shown |= {(view.name, bool(others))}
    assert {("GET monitoring.rows", True), ("POST monitoring.export_rows", True)} <= shown
