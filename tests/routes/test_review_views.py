"""The pages of those who decide, through the client, on both databases: what is shown to whom, what a click does, what is journalled."""

from datetime import date

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from iom.accounts.kinds import SharedPart
from iom.accounts.models import Sharing
from iom.core.database import transaction
from iom.core.models import AuditEntry, Outcome
from iom.policy import Action
from iom.routes import reviewing
from iom.routes.kinds import ReviewDecision
from iom.routes.models import Route, RouteComment, RouteEvent, RouteReview
from iom.routes.reviewing import RecallRoute, ReviewRoute, SubmitRoute
from iom.routes.workflow import ItemStatus, RouteStatus
from iom.support.models import TutorAssignment
from tests.cast import START, Member, make_member
from tests.site import Browser, Site
from tests.support.making import make_evidence, make_item, make_route, running


def route_of(site: Site, owner: Member, status: RouteStatus = RouteStatus.ON_REVIEW, **values: object) -> tuple[int, int]:
    with transaction(site.engine) as session:
        route = make_route(session, site.cast, owner, status, **values)  # type: ignore[arg-type]
        return route.id, route.version


def read(site: Site, route_id: int) -> Route:
    with Session(site.engine) as session:
        return session.scalars(select(Route).where(Route.id == route_id)).one()


def plain(html: str) -> str:
    """Return the page with ordinary spaces: which of them do not break is the look's business."""
    return html.replace("\u00a0", " ").replace("&nbsp;", " ")


def journal(site: Site, action: str) -> list[tuple[int | None, int | None, Outcome]]:
    with Session(site.engine) as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)).all()
        return [(line.actor_id, line.object_id, line.outcome) for line in lines]


def colleagues(site: Site, count: int) -> list[Member]:
    with transaction(site.engine) as session:
        found = []
        for number in range(count):
            member = make_member(session, site.cast.region, f"Коллегина{number}", "Ия", school=site.cast.lesnovskaya, code=f"C{number}")
            session.add(
                TutorAssignment(
                    region_id=site.cast.region.id,
                    employee_id=member.employee_id,
                    tutor_id=site.cast.boris.person.id,
                    starts_on=date(2026, 9, 1),
                    assigned_at=START,
                )
            )
            found.append(member)
        return found


# The page


def test_the_tutor_reads_reasons_needs_and_load(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna, personal_request="Хочу практики")
    html = plain(site.browser(site.cast.boris).get(f"/routes/{route_id}/review"))
    for words in ("Анна Образцова: маршрут", "Почему здесь", "выбрано педагогом", "Хочу научиться оценивать", "70 %", "Хочу практики"):
        assert words in html, words
    assert "Согласовать" in html
    assert "Вернуть с замечанием" in html


def test_the_head_reads_steps_and_nothing_that_was_measured(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna, RouteStatus.AGREED, personal_request="Хочу практики")
    html = plain(site.browser(site.cast.marina).get(f"/routes/{route_id}/review"))
    assert "Семинар 1" in html
    for hidden in ("Почему здесь", "Хочу научиться оценивать", "Хочу практики", "охват", "84 %", "/profile/"):
        assert hidden not in html, hidden


def test_once_the_teacher_shares_the_profile_the_head_reads_needs_too(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna, RouteStatus.AGREED)
    with transaction(site.engine) as session:
        session.add(
            Sharing(
                region_id=site.cast.region.id,
                person_id=site.cast.anna.person.id,
                part=SharedPart.PROFILE,
                started_at=START,
                until=date(2036, 1, 1),
            )
        )
    assert "Хочу научиться оценивать" in site.browser(site.cast.marina).get(f"/routes/{route_id}/review")


def test_strangers_meet_nothing(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    for member in (site.cast.gleb, site.cast.olga, site.cast.stranger, site.cast.admin):
        site.browser(member).get(f"/routes/{route_id}/review", 404)


def test_the_owner_is_told_that_others_decide(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    html = site.browser(site.cast.anna).get(f"/routes/{route_id}/review")
    assert "Нельзя согласовать собственный маршрут" in html
    assert 'value="agree"' not in html


def test_a_view_of_anothers_route_is_journalled_once_and_the_own_never(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    site.browser(site.cast.boris).get(f"/routes/{route_id}/review")
    site.browser(site.cast.marina).get(f"/routes/{route_id}/review")
    site.browser(site.cast.anna).get(f"/routes/{route_id}/review")
    assert journal(site, Action.ROUTE_VIEW) == [
        (site.cast.boris.person.id, route_id, Outcome.DONE),
        (site.cast.marina.person.id, route_id, Outcome.DONE),
    ]


def test_queries_do_not_grow_with_items_comments_and_editions(site: Site) -> None:
    small, _ = route_of(site, site.cast.anna)
    [other] = colleagues(site, 1)
    with transaction(site.engine) as session:
        big = make_route(session, site.cast, other, items=[make_item(number) for number in range(1, 21)])
        for number in range(40):
            session.add(
                RouteComment(
                    route_id=big.id,
                    item_id=big.items[number % 20].id if number % 2 else None,
                    author_id=other.person.id,
                    text="Слово",
                    created_at=START,
                )
            )
        big_id = big.id
    browser = site.browser(site.cast.boris)
    counted: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    sizes = []
    for route_id in (small, big_id):
        counted.clear()
        browser.get(f"/routes/{route_id}/review")
        sizes.append(len([sql for sql in counted if sql.lstrip().upper().startswith("SELECT") and "audit" not in sql]))
    assert sizes[0] == sizes[1] <= 12


# Decisions


def test_agreeing_goes_on_to_the_next_in_the_queue(site: Site) -> None:
    first, second = colleagues(site, 2)
    one, _ = route_of(site, first, due_on=date(2026, 12, 1))
    two, _ = route_of(site, second, due_on=date(2026, 12, 3))
    browser = site.browser(site.cast.boris)
    html = browser.get(f"/routes/{one}/review")
    assert f'rel="next" href="/routes/{two}/review"' in html
    version = read(site, one).version
    response = browser.post(f"/routes/{one}/review", version=version, decision="agree")
    assert response.headers["Location"] == f"/routes/{two}/review"
    assert "Согласовано: Ия Коллегина0. Ждут решения ещё 1." in browser.follow(response)
    assert read(site, one).status is RouteStatus.AGREED
    response = browser.post(f"/routes/{two}/review", version=read(site, two).version, decision="agree")
    assert response.headers["Location"] == "/support/people"


def test_returning_takes_ready_phrases_and_own_words(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    html = browser.get(f"/routes/{route_id}/review")
    assert "Слишком плотно: разнесите шаги по месяцам." in html
    phrase = "Слишком плотно: разнесите шаги по месяцам."
    browser.post(f"/routes/{route_id}/review", version=version, decision="return", phrases=phrase, comment="И добавьте практику")
    with Session(site.engine) as session:
        review = session.scalars(select(RouteReview)).one()
    assert review.comment == f"{phrase}\nИ добавьте практику"
    assert read(site, route_id).status is RouteStatus.RETURNED


def test_a_return_without_words_comes_back_with_the_form(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    response = browser.post(f"/routes/{route_id}/review", 422, version=version, decision="return", comment="  ")
    assert "Напишите, что исправить" in response.get_data(as_text=True)
    assert read(site, route_id).status is RouteStatus.ON_REVIEW


def test_a_stale_page_is_told_and_keeps_the_remark(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    with transaction(site.engine) as session:
        reviewing.recall(session, site.cast.anna.actor, RecallRoute(route_id, version))
        session.flush()
        reviewing.submit(session, site.cast.anna.actor, SubmitRoute(route_id, version + 1))
    response = browser.post(f"/routes/{route_id}/review", 409, version=version, decision="return", comment="Слово")
    html = response.get_data(as_text=True)
    assert "Маршрут изменился, пока вы решали" in html
    assert "Слово</textarea>" in html
    now = read(site, route_id)
    assert now.status is RouteStatus.ON_REVIEW
    assert f'name="version" value="{now.version}"' in html  # the next click is about what is seen now


@pytest.mark.parametrize(
    "fields", [{"decision": "approve"}, {"decision": ""}, {"version": "x"}, {"version": "9" * 5000}, {"phrases": "чужая"}]
)
def test_a_broken_form_decides_nothing(site: Site, fields: dict[str, str]) -> None:
    route_id, version = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    browser.post(f"/routes/{route_id}/review", 422, **({"version": str(version), "decision": "agree"} | fields))
    assert read(site, route_id).status is RouteStatus.ON_REVIEW


def test_others_who_see_the_route_cannot_decide(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    for member, status in ((site.cast.marina, 403), (site.cast.vera, 403), (site.cast.anna, 403), (site.cast.gleb, 403)):
        browser = site.browser(member)
        browser.get("/account")
        browser.post(f"/routes/{route_id}/review", status, version=version, decision="agree")
    with Session(site.engine) as session:
        moves = session.scalar(select(func.count()).select_from(RouteEvent).where(RouteEvent.from_status != ""))
    assert (read(site, route_id).status, moves) == (RouteStatus.ON_REVIEW, 0)


# The talk


def test_a_message_about_a_step_stands_at_the_step(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    with Session(site.engine) as session:
        item_id = session.scalars(select(Route)).one().items[0].id
    response = browser.post(f"/routes/{route_id}/comments", text="Почему <b>этот</b>?", item=item_id)
    assert response.headers["Location"] == f"/routes/{route_id}/review#step-{item_id}"
    html = browser.get(f"/routes/{route_id}/review")
    assert "Почему &lt;b&gt;этот&lt;/b&gt;?" in html
    assert "Обсуждение шага: 1" in html
    assert read(site, route_id).version == 1  # a talk makes no page stale


def test_a_message_that_is_too_long_comes_back(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    response = browser.post(f"/routes/{route_id}/comments", 422, text="я" * 2001)
    assert "я" * 2001 in response.get_data(as_text=True)
    browser.post(f"/routes/{route_id}/comments", 422, text="   ")


def test_an_item_of_another_route_is_not_talked_about(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.anna)
    [other] = colleagues(site, 1)
    other_id, _ = route_of(site, other)
    with Session(site.engine) as session:
        foreign = session.scalars(select(Route).where(Route.id == other_id)).one().items[0].id
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    browser.post(f"/routes/{route_id}/comments", 404, text="Слово", item=foreign)


def test_who_only_reads_has_no_voice(site: Site) -> None:
    route_id, _ = route_of(site, site.cast.marina, RouteStatus.AGREED)
    browser = site.browser(site.cast.dina)
    assert 'name="text"' not in browser.get(f"/routes/{route_id}/review")
    browser.get("/account")
    browser.post(f"/routes/{route_id}/comments", 403, text="Слово")


# The list and the common agreement


def test_the_list_opens_for_those_who_accompany(site: Site) -> None:
    route_of(site, site.cast.anna)
    html = site.browser(site.cast.boris).get("/support/people")
    assert "Анна Образцова" in html
    assert "1\u00a0решение" in html
    for view in ("stuck", "soon", "no-route", "all", "nonsense"):
        site.browser(site.cast.boris).get("/support/people", view=view)
    assert "Анна Образцова" in site.browser(site.cast.vera).get("/support/people", view="all")
    site.browser(site.cast.admin).get("/support/people", 403)
    site.browser(site.cast.stranger).get("/support/people", 403)


def test_a_filter_that_fits_nobody_says_how_many_it_hides(site: Site) -> None:
    route_of(site, site.cast.anna)
    html = plain(site.browser(site.cast.boris).get("/support/people", q="нет такой"))
    assert "По этому фильтру никого нет" in html
    assert "Скрыто 1 человек." in html


def test_the_whole_list_takes_few_queries(site: Site) -> None:
    for member in colleagues(site, 60):
        route_of(site, member)
    browser = site.browser(site.cast.boris)
    browser.get("/support/people")
    counted: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    browser.get("/support/people")
    assert len([sql for sql in counted if sql.lstrip().upper().startswith("SELECT")]) <= 12


def test_the_check_ticks_what_was_opened_and_flags_twins(site: Site) -> None:
    members = colleagues(site, 3)
    ids = [route_of(site, member)[0] for member in members]
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{ids[0]}/review")
    html = browser.get("/support/people/check", id=ids)
    assert html.count(" checked") == 1
    assert html.count("Не открывали") == 2
    assert html.count("Совпадает с 2\u00a0другими") == 3


def test_a_route_opened_before_it_was_sent_again_counts_as_unopened(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    with transaction(site.engine) as session:
        reviewing.recall(session, site.cast.anna.actor, RecallRoute(route_id, version))
        session.flush()
        reviewing.submit(session, site.cast.anna.actor, SubmitRoute(route_id, version + 1))
    assert "Не открывали" in browser.get("/support/people/check", id=route_id)


def test_three_agreed_one_not_and_why(site: Site) -> None:
    members = colleagues(site, 4)
    routes = [route_of(site, member) for member in members]
    browser = site.browser(site.cast.boris)
    browser.get("/support/people/check", id=[route_id for route_id, _ in routes])
    with transaction(site.engine) as session:
        reviewing.recall(session, members[2].actor, RecallRoute(*routes[2]))
    response = browser.post("/support/people/agree", route=[f"{route_id}:{version}" for route_id, version in routes])
    html = browser.follow(response)
    assert "3\u00a0согласованы, 1 нет: Ия Коллегина2" in html
    assert [read(site, route_id).status for route_id, _ in routes] == [
        RouteStatus.AGREED,
        RouteStatus.AGREED,
        RouteStatus.DRAFT,
        RouteStatus.AGREED,
    ]


def test_foreign_and_broken_ticks_change_nothing(site: Site) -> None:
    foreign, version = route_of(site, site.cast.gleb, school=site.cast.ozerskaya)
    browser = site.browser(site.cast.boris)
    browser.get("/support/people")
    browser.get("/account")
    browser.post("/support/people/agree", route=[f"{foreign}:{version}", "x:1", "1", ":", "9" * 30 + ":1"])
    assert read(site, foreign).status is RouteStatus.ON_REVIEW
    browser.post("/support/people/agree")
    response = browser.client.get(f"/support/people/check?id={foreign}&id=abc&id=-1")
    assert response.status_code == 303


def test_with_nothing_ticked_the_list_says_so(site: Site) -> None:
    browser = site.browser(site.cast.boris)
    browser.get("/account")
    response = browser.post("/support/people/agree")
    assert "Не выбран ни один маршрут" in plain(browser.follow(response))


# Evidence on the review page


def waiting_item(site: Site, kind: str = "event") -> tuple[int, int, int]:
    with transaction(site.engine) as session:
        route = running(session, site.cast, site.cast.anna, ItemStatus.SUBMITTED)
        route.items[0].kind = kind  # type: ignore[assignment]
        evidence = make_evidence(session, route.items[0], site.cast.anna)
        return route.id, route.items[0].id, evidence.id


def item_status(site: Site, item_id: int) -> ItemStatus:
    with Session(site.engine) as session:
        route = session.scalars(select(Route)).one()
        return next(item.status for item in route.items if item.id == item_id)


def test_evidence_is_accepted_where_the_route_is_read(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site)
    browser = site.browser(site.cast.boris)
    html = browser.get(f"/routes/{route_id}/review")
    assert "Отчёты ждут решения: 1" in html
    assert "Провела два урока" in html
    browser.post(f"/routes/items/{item_id}/decision", seen=str(piece), decision="accept")
    assert item_status(site, item_id) is ItemStatus.DONE
    assert journal(site, Action.EVIDENCE_REVIEW) == [(site.cast.boris.person.id, piece, Outcome.DONE)]


def test_a_programme_without_its_document_may_be_accepted_in_part(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site, "program")
    browser = site.browser(site.cast.boris)
    assert "удостоверение ещё ждём" in browser.get(f"/routes/{route_id}/review")
    browser.post(f"/routes/items/{item_id}/decision", seen=str(piece), decision="accept", document_missing="y")
    assert item_status(site, item_id) is ItemStatus.DONE_UNCONFIRMED


def test_a_return_of_evidence_needs_words(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    response = browser.post(f"/routes/items/{item_id}/decision", 422, seen=str(piece), decision="return")
    assert "Напишите, что доработать" in response.get_data(as_text=True)
    browser.post(f"/routes/items/{item_id}/decision", seen=str(piece), decision="return", comment="Добавьте карточку")
    assert item_status(site, item_id) is ItemStatus.RETURNED


def test_evidence_that_changed_meanwhile_is_shown_again_with_the_remark(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    with transaction(site.engine) as session:
        item = next(one for one in session.scalars(select(Route)).one().items if one.id == item_id)
        other = make_evidence(session, item, site.cast.anna, text="Ещё фото").id
    response = browser.post(f"/routes/items/{item_id}/decision", 409, seen=str(piece), decision="return", comment="Мало")
    html = response.get_data(as_text=True)
    assert "педагог изменил материалы шага" in html
    assert "Мало</textarea>" in html
    assert f'value="{piece},{other}"' in html
    assert item_status(site, item_id) is ItemStatus.SUBMITTED


def test_two_tabs_decide_once(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site)
    browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    browser.post(f"/routes/items/{item_id}/decision", seen=str(piece), decision="accept")
    browser.post(f"/routes/items/{item_id}/decision", 409, seen=str(piece), decision="return", comment="Поздно")
    assert item_status(site, item_id) is ItemStatus.DONE


def test_a_head_opens_evidence_and_does_not_decide_about_it(site: Site) -> None:
    route_id, item_id, piece = waiting_item(site)
    browser = site.browser(site.cast.marina)
    html = browser.get(f"/routes/{route_id}/review")
    assert "Провела два урока" in html
    assert 'value="accept"' not in html
    browser.post(f"/routes/items/{item_id}/decision", 403, seen=str(piece), decision="accept")


def test_the_decision_waits_for_whoever_the_tutor_is_now(site: Site) -> None:
    """The assignment ends between reading and deciding: the page of the former tutor decides nothing."""
    route_id, version = route_of(site, site.cast.anna)
    browser: Browser = site.browser(site.cast.boris)
    browser.get(f"/routes/{route_id}/review")
    with transaction(site.engine) as session:
        session.scalars(select(TutorAssignment)).one().ends_on = date(2026, 11, 1)
    browser.post(f"/routes/{route_id}/review", 404, version=version, decision="agree")
    assert read(site, route_id).status is RouteStatus.ON_REVIEW


def test_the_review_of_a_decided_route_shows_its_history(site: Site) -> None:
    route_id, version = route_of(site, site.cast.anna)
    with transaction(site.engine) as session:
        reviewing.review(session, site.cast.boris.actor, ReviewRoute(route_id, version, ReviewDecision.RETURN, "Мало практики"))
    html = plain(site.browser(site.cast.boris).get(f"/routes/{route_id}/review"))
    assert "Борис Примеров, маршрут возвращён с замечанием: Мало практики" in html
    assert 'value="agree"' not in html
