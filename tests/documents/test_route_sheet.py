"""Which sections a sheet prints, and what is taken out of a copy without consent."""

from dataclasses import replace

import pytest

from iom.documents.route_sheet import Section, Variant, shown_sections, without_results

from .samples import COMPETENCIES, rich_route

S = Section


def test_full_route_with_consent_has_all_ten_sections_in_order():
    assert shown_sections(rich_route()) == tuple(Section)


def test_copy_without_consent_lacks_diagnostics_deficits_and_the_repeat():
    shown = shown_sections(rich_route(include_results=False))

    assert shown == (S.PERSON, S.SUPPORT, S.GOALS, S.PLAN, S.TOTALS, S.REVISIONS, S.REFLECTION)


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        (Variant.SHORT, (S.PERSON, S.DEFICITS, S.PLAN)),
        (Variant.FINAL, (S.PERSON, S.DIAGNOSTICS, S.PLAN, S.TOTALS, S.REFLECTION, S.REPEAT)),
    ],
)
def test_short_form_and_report_have_their_own_sections(variant, expected):
    assert shown_sections(rich_route(variant=variant)) == expected


def test_new_route_says_no_revisions_but_has_no_empty_conclusion():
    new = rich_route(0, revisions=(), reflection="", tutor_conclusion="", changes=(), recommendation="", diagnostics=(), deficits=())

    assert shown_sections(new) == (S.PERSON, S.SUPPORT, S.DIAGNOSTICS, S.DEFICITS, S.GOALS, S.PLAN, S.REVISIONS)


def test_report_keeps_its_last_sections_even_when_empty():
    assert {S.REFLECTION, S.REPEAT} <= set(
        shown_sections(rich_route(variant=Variant.FINAL, reflection="", tutor_conclusion="", changes=()))
    )


def test_withheld_values_are_gone_from_every_corner_of_the_sheet():
    public = repr(without_results(rich_route()))

    assert "Хочу научиться" not in public
    assert "дефицит 1" not in public
    assert not any(name in public for _, name in COMPETENCIES[1:])


def test_withholding_leaves_the_plan_itself():
    sheet = rich_route()
    public = without_results(sheet)

    assert [item.title for item in public.items] == [item.title for item in sheet.items]
    assert [replace(item, deficit="") for item in sheet.items] == list(public.items)
    assert (public.goal, public.order, public.agreements) == (sheet.goal, sheet.order, sheet.agreements)


def test_withholding_twice_changes_nothing_more():
    once = without_results(rich_route())

    assert without_results(once) == once
