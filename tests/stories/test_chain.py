"""Four people play the whole chain in a real browser, on both databases.

Дина of the centre prepares the autumn; Анна the teacher measures herself, builds a route and carries it out; Борис the tutor and
Марина the head of the school decide; in December the figures of the region hold what happened, row by row. Every page that anybody
opens is looked over: axe finds nothing, the console is silent, nothing is asked of another server, nothing hangs over the edge.
A second story plays the teacher's half with scripts off.

The pictures of docs/ are taken by the same run when IOM_SCREENSHOTS=1; their text is compared always.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from tests.cast import Cast
from tests.databases import IN_CI
from tests.stories.chapters import carrying_out, centre, decisions, diagnostic, entry, planning
from tests.stories.live import StoryClock
from tests.stories.people import ANNAS_WORD
from tests.stories.story import DOCS, Story, told
from tests.web.browsing import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM and not IN_CI, reason="no Chromium on this machine")]

WEDNESDAY = datetime(2026, 9, 9, 6, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
AFTER_REPEAT = datetime(2026, 12, 18, 6, 0, tzinfo=UTC)
END_OF_YEAR = datetime(2026, 12, 21, 6, 0, tzinfo=UTC)
MANY = 100  # pages that were really looked at


def prepare(story: Story) -> None:
    story.album.chapter("Дина, методист ЦНППМ, готовит осень")
    centre.loads_staff(story)
    centre.gives_tutor_and_methodist(story)
    centre.puts_program_into_register(story)


def measure_and_plan(story: Story) -> None:
    story.album.chapter("Анна, учитель математики, собирает маршрут")
    code = entry.head_prints_code(story)
    entry.first_entry(story, code)
    entry.consents(story)
    diagnostic.begins(story)
    diagnostic.breaks_off(story)
    if story.scripts:
        diagnostic.loses_network(story)
    diagnostic.finishes(story)
    diagnostic.writes_wish(story)
    planning.proposes(story)
    planning.adds_from_catalog(story)
    planning.adds_own(story)
    planning.changes_hours(story)
    planning.removes_and_restores(story)
    planning.swaps(story)
    planning.sends(story)


def decide(story: Story) -> None:
    story.album.chapter("Борис, тьютор, и Марина, директор, решают")
    decisions.returns(story)
    planning.mends(story)
    decisions.agrees(story)
    story.leap(WEDNESDAY)
    decisions.approves(story)


def carry_out(story: Story) -> None:
    story.album.chapter("Маршрут выполняется")
    story.leap(OCTOBER)
    story.sign_in("Анна", ANNAS_WORD)
    carrying_out.hands_in_certificate(story)
    story.leap(DECEMBER)
    story.sign_in("Анна", ANNAS_WORD)
    carrying_out.hands_in_file(story)
    carrying_out.tells_of_the_rest(story)
    carrying_out.returns_one(story)
    carrying_out.answers_return(story)
    carrying_out.accepts_last(story)
    carrying_out.completes(story)
    carrying_out.closes(story)
    story.leap(AFTER_REPEAT)
    carrying_out.repeats(story)
    story.sign_in("Анна", ANNAS_WORD)
    carrying_out.sees_change(story)


def count(story: Story) -> None:
    story.album.chapter("Показатели и журнал")
    story.leap(END_OF_YEAR)
    centre.counts(story)
    decisions.looks_up_journal(story)


def test_four_people_play_the_whole_chain(browser: Browser, own_engine: Engine, clock: StoryClock, world: Cast, tmp_path: Path) -> None:
    with told(browser, own_engine, clock, world, tmp_path) as story:
        for part in (prepare, measure_and_plan, decide, carry_out, count):
            part(story)
        assert story.findings.pages > MANY
    page = DOCS / "story.md"
    if story.album.takes_pictures:
        page.write_text(story.album.text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == story.album.text, "the story has changed: run it once more with IOM_SCREENSHOTS=1"


def test_a_teacher_comes_as_far_as_the_tutor_with_scripts_off(
    browser: Browser, own_engine: Engine, clock: StoryClock, world: Cast, tmp_path: Path
) -> None:
    with told(browser, own_engine, clock, world, tmp_path, scripts=False) as story:
        prepare(story)
        measure_and_plan(story)
