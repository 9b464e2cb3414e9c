"""The texts that both formats print, worked out by hand for a small route."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from iom.documents.fingerprint import fingerprint
from iom.documents.route_sheet import ItemRow, RouteSheet, without_results
from iom.documents.route_view import route_view

from .samples import PRINTED, rich_route

NB = "\u00a0"


def small(*items: ItemRow, **changes: object) -> RouteSheet:
    values: dict[str, object] = {"route_number": "7", "version": 1, "printed_on": PRINTED, "school": "Школа", "full_name": "Образцова Анна"}
    return RouteSheet(**(values | {"items": items, "include_results": True} | changes))  # type: ignore[arg-type]


def test_view_can_travel_as_json():
    view = route_view(rich_route())

    assert json.loads(json.dumps(view)) == view


def test_totals_by_kind_keep_the_order_of_the_plan_and_estimated_hours_apart():
    view = route_view(
        small(
            ItemRow(1, "Курс", "ПК", hours=72, is_done=True),
            ItemRow(2, "Семинар", "семинар", hours=4, hours_estimated=True),
            ItemRow(3, "Ещё курс", "ПК", hours=36),
        )
    )

    assert view["totals"] == [
        {"kind": "ПК", "count": "2", "hours": f"108{NB}часов", "done": "1"},
        {"kind": "семинар", "count": "1", "hours": f"≈{NB}4{NB}ч по{NB}оценке", "done": "0"},
    ]
    assert view["total_hours"] == f"108{NB}часов и{NB}≈{NB}4{NB}ч по{NB}оценке"
    assert view["done"] == f"1 из{NB}3{NB}пунктов, 33{NB}%"


def test_dropped_item_stays_in_the_plan_and_counts_nowhere():
    view = route_view(small(ItemRow(1, "Отменённый курс", "ПК", hours=36, is_dropped=True), ItemRow(2, "Курс", "ПК", hours=16)))

    assert [item["title"] for item in view["items"]] == ["Отменённый курс", "Курс"]
    assert view["total_hours"] == f"16{NB}часов"
    assert view["done"] == f"0 из{NB}1{NB}пункта, 0{NB}%"


def test_item_says_what_is_known_and_leaves_no_stray_commas():
    bare, full = route_view(
        small(
            ItemRow(1, "Чтение", "самообразование"),
            ItemRow(2, "Курс", "ПК", level="федеральный", provider="ИРО", registry_number="1234", hours=16),
        )
    )["items"]

    assert bare["about"] == "самообразование"
    assert (bare["hours"], bare["period"]) == ("", "в течение маршрута")
    assert full["about"] == f"ПК, федеральный, ИРО, №{NB}ФР{NB}ДПП 1234"


def test_unknown_facts_of_a_person_are_left_out():
    facts = route_view(small(position="учитель", teaching_years=0, category="высшая"))["person"]

    assert facts == [
        {"label": "Фамилия, имя, отчество", "value": "Образцова Анна"},
        {"label": "Образовательная организация", "value": "Школа"},
        {"label": "Должность", "value": "учитель"},
        {"label": "Педагогический стаж", "value": f"0{NB}лет"},
        {"label": "Квалификационная категория", "value": "высшая"},
    ]


def test_category_carries_its_day():
    facts = route_view(small(category="первая", category_assigned_on=date(2023, 3, 15)))["person"]

    assert facts[-1]["value"] == f"первая, с{NB}15.03.2023"


def test_sections_are_numbered_without_gaps_when_some_are_withheld():
    numbers = route_view(rich_route(include_results=False))["has"]

    assert numbers["diagnostics"] == numbers["deficits"] == numbers["repeat"] == 0
    assert sorted(number for number in numbers.values() if number) == [1, 2, 3, 4, 5, 6, 7]
    assert numbers["goals"] == 3


def test_a_sheet_that_forgot_to_withhold_is_withheld_here():
    sheet = replace(rich_route(), include_results=False)
    view = route_view(sheet)

    assert view["diagnostics"] == view["deficits"] == view["changes"] == []
    assert view["personal_request"] == view["method_version"] == ""
    assert view["aim_caption"] == "Задача"
    assert {item["aim"] for item in view["items"]} == {"Освоить приёмы и применить их в двух темах"}
    assert view["fingerprint"] == fingerprint(without_results(sheet)) != route_view(rich_route())["fingerprint"]


def test_route_without_an_order_says_so():
    view = route_view(small())

    assert (view["order_issuer"], view["order_reference"], view["agreements"]) == ("", "приказ пока не издан", [])


def test_points_appear_only_when_the_system_counts_them():
    assert route_view(small())["points"] == ""
    assert route_view(small(points=Decimal("3")))["points"] == f"3{NB}балла"
