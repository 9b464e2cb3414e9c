"""Signing in and out as a browser does it: one answer for all, sessions that end when they should, a factor in between."""

import html as markup
import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from iom.accounts import passwords, sessions, texts, totp
from iom.accounts.models import Account, RoleGrant, SignInSession
from iom.core import clock
from iom.core.actor import Role
from iom.core.config import Settings
from iom.core.database import transaction
from iom.core.models import AuditEntry, Outcome
from tests.accounts.people import PASSWORD, cookie_of, sign_in, strict, with_password, with_role
from tests.site import Browser, Site


def without_tokens(html: str) -> str:
    return re.sub(r'value="[^"]*"', "", html)


def failed(site: Site, login: str, password: str = "неверный пароль вовсе") -> tuple[int, str]:
    browser = site.browser()
    browser.get("/login")
    response = browser.post("/login", 422, login=login, password=password)
    return response.status_code, without_tokens(response.get_data(as_text=True))


def test_the_right_password_leads_home_and_is_journalled(site: Site) -> None:
    login = with_password(site, site.cast.admin)
    browser = sign_in(site, login.upper())
    assert "Учётная запись" in browser.get("/account")
    with transaction(site.engine) as session:
        line = session.scalars(select(AuditEntry)).one()
        assert (line.action, line.outcome, line.subject_id, line.address) == (
            "sign_in",
            Outcome.DONE,
            site.cast.admin.person.id,
            "127.0.0.1",
        )


def test_unknown_closed_and_passwordless_people_get_the_same_answer_as_a_wrong_password(site: Site) -> None:
    known = with_password(site, site.cast.anna)
    closed = with_password(site, site.cast.gleb)
    with transaction(site.engine) as session:
        session.get_one(Account, site.cast.gleb.account.id).is_active = False
    answers = [
        failed(site, known),
        failed(site, closed),
        failed(site, closed, PASSWORD),
        failed(site, site.cast.boris.account.login),
        failed(site, "nobody@example.org"),
    ]
    # Of the three failures on the closed account's login the second one has a try less to say.
    bodies = {re.sub(r"Осталось попыток: \d+", "", body) for _, body in answers}
    assert {status for status, _ in answers} == {422}
    assert len(bodies) == 1


@pytest.mark.parametrize("who", ["known", "unknown", "closed", "without a password"])
def test_each_try_costs_exactly_one_hash_of_the_same_cost(site: Site, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    known = with_password(site, site.cast.anna)
    with_password(site, site.cast.gleb)
    with transaction(site.engine) as session:
        session.get_one(Account, site.cast.gleb.account.id).is_active = False
    logins = {
        "known": known,
        "unknown": "nobody",
        "closed": site.cast.gleb.account.login,
        "without a password": site.cast.boris.account.login,
    }
    checked: list[str] = []
    real = passwords.verify_password
    monkeypatch.setattr(passwords, "verify_password", lambda kept, typed: checked.append(kept.rsplit("$", 2)[0]) or real(kept, typed))
    failed(site, logins[who])
    assert checked == ["$argon2id$v=19$m=19456,t=2,p=1"]


def test_the_page_says_how_many_tries_are_left_and_then_how_long_to_wait(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    browser = site.browser()
    browser.get("/login")
    for left in range(9, -1, -1):
        response = browser.post("/login", 422, login=login, password="неверно")
        assert f"Осталось попыток: {left}." in response.get_data(as_text=True)
    refused = browser.post("/login", 429, login=login, password=PASSWORD)
    seconds = int(refused.headers["Retry-After"])
    assert 0 < seconds <= 15 * 60
    assert texts.too_many_tries(seconds) in refused.get_data(as_text=True)
    assert f'value="{login}"' in refused.get_data(as_text=True)  # the login stays in the form
    with transaction(site.engine) as session:
        outcomes = session.scalars(select(AuditEntry.outcome).order_by(AuditEntry.id)).all()
    assert outcomes == [Outcome.FAILED] * 10 + [Outcome.REFUSED]


def test_live_sessions_go_on_while_the_door_is_closed(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    inside = site.browser(site.cast.anna)
    outside = site.browser()
    outside.get("/login")
    for _ in range(10):
        outside.post("/login", 422, login=login, password="неверно")
    outside.post("/login", 429, login=login, password=PASSWORD)
    inside.get("/account")


def test_an_older_hash_is_made_anew_at_sign_in(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD.encode())
    with transaction(site.engine) as session:
        session.get_one(Account, site.cast.anna.account.id).password_hash = old
    sign_in(site, login)
    with transaction(site.engine) as session:
        kept = session.get_one(Account, site.cast.anna.account.id).password_hash or ""
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_what_was_known_before_signing_in_is_worth_nothing_after_it(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    browser = site.browser(site.cast.gleb)  # somebody else's session planted in this browser
    before = cookie_of(browser.client)
    stale = browser.get("/account/password") and browser.token
    browser.post("/login", login=login, password=PASSWORD)

    assert cookie_of(browser.client) != before
    thief = Browser(site.app.test_client())
    thief.client.set_cookie("iom", before or "")
    thief.get("/account", 303)
    assert browser.client.post("/account/sessions/end-others", data={"csrf_token": stale}).status_code == 400


def test_the_cookie_is_closed_to_scripts_and_bound_to_the_host(own_engine: Engine, tmp_path: Path) -> None:
    settings = Settings(database_url="", data_dir=tmp_path, secret_key="k" * 40, base_url="https://localhost")
    site = Site.make(settings, own_engine)
    login = with_password(site, site.cast.anna)
    browser = site.browser()
    browser.client.get("/login", base_url="https://localhost")
    page = browser.client.get("/login", base_url="https://localhost").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    answer = browser.client.post(
        "/login", base_url="https://localhost", data={"csrf_token": token[1], "login": login, "password": PASSWORD}
    )
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-iom=")]
    assert len(cookies) == 1
    parts = set(cookies[0].split("; ")[1:])
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


def test_a_session_left_alone_ends_and_one_in_use_ends_too(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    now = clock.now()
    for seen, created, status in (
        (now - timedelta(minutes=59), now - timedelta(hours=11), 200),
        (now - timedelta(minutes=61), now - timedelta(hours=2), 303),
        (now - timedelta(minutes=1), now - timedelta(hours=12, minutes=1), 303),
    ):
        with transaction(site.engine) as session:
            session.execute(update(SignInSession).values(seen_at=seen, created_at=created))
        browser.get("/account", status)


def test_after_an_ended_session_the_page_says_so_and_leads_back(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    browser = site.browser(site.cast.anna)
    with transaction(site.engine) as session:
        session.execute(update(SignInSession).values(ended_at=clock.now()))
    answer = browser.client.get("/my-data/looks?before=5")
    assert answer.headers["Location"] == "/login?next=/my-data/looks?before%3D5"
    page = browser.follow(answer)
    assert "Сеанс завершён." in page
    done = browser.client.post(answer.headers["Location"], data={"csrf_token": browser.token, "login": login, "password": PASSWORD})
    assert done.headers["Location"] == "/my-data/looks?before=5"


@pytest.mark.parametrize("target", ["//h", "/\\h", "\\/h", "\\\\\\h", "https:h", "https://h/", "/\t/h"])
def test_next_never_leads_outside(site: Site, target: str) -> None:
    login = with_password(site, site.cast.anna)
    browser = site.browser()
    browser.get("/login", next=target)
    answer = browser.client.post(
        "/login", query_string={"next": target}, data={"csrf_token": browser.token, "login": login, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/"


def test_what_was_being_sent_when_the_session_ended_is_kept_and_sent_again(site: Site) -> None:
    login = with_password(site, site.cast.admin)
    browser = site.browser(site.cast.admin)
    browser.get("/admin/organizations/new")
    with transaction(site.engine) as session:
        session.execute(update(SignInSession).values(ended_at=clock.now()))
    typed = "Верхнелесногорский муниципальный округ"

    asked = browser.post("/admin/organizations/new", 401, name=typed, code="M7").get_data(as_text=True)
    kept = re.search(r'name="kept" value="([^"]*)"', asked)
    to = re.search(r'name="kept_to" value="([^"]*)"', asked)
    assert kept
    assert to
    again = browser.post("/login", 200, login=login, password=PASSWORD, kept=markup.unescape(kept[1]), kept_to=to[1]).get_data(as_text=True)
    assert typed in again
    assert 'action="/admin/organizations/new"' in again
    browser.post("/admin/organizations/new", name=typed, code="M7")
    assert typed in browser.get("/admin/organizations")


def test_passwords_never_come_back_with_a_kept_form(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    browser.get("/account/password")
    with transaction(site.engine) as session:
        session.execute(update(SignInSession).values(ended_at=clock.now()))
    page = browser.post("/account/password", 401, own_password=PASSWORD, password="другой длинный пароль", password_again="x").get_data(
        as_text=True
    )
    assert PASSWORD not in page
    assert "другой длинный пароль" not in page


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    browser = site.browser(site.cast.anna)
    secret = cookie_of(browser.client)
    browser.get("/account")
    answer = browser.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    browser.client.set_cookie("iom", secret or "")
    browser.get("/account", 303)


def test_a_closed_account_is_out_with_the_next_request(site: Site) -> None:
    anna, admin = site.browser(site.cast.anna), site.browser(site.cast.admin)
    anna.get("/account")
    admin.get(f"/admin/people/{site.cast.anna.person.id}")
    admin.post(f"/admin/people/{site.cast.anna.person.id}/close")
    anna.get("/account", 303)


def test_a_revoked_role_is_gone_with_the_next_request(site: Site) -> None:
    marina, admin = site.browser(site.cast.marina), site.browser(site.cast.admin)
    marina.get("/staff/codes")
    with transaction(site.engine) as session:
        grant = session.scalars(
            select(RoleGrant.id).where(RoleGrant.person_id == site.cast.marina.person.id, RoleGrant.role == Role.SCHOOL_HEAD)
        ).one()
    admin.get(f"/admin/people/{site.cast.marina.person.id}")
    admin.post(f"/admin/roles/{grant}/revoke")
    marina.get("/staff/codes", 403)


def test_another_role_is_worn_with_a_new_secret_and_does_not_mix(site: Site) -> None:
    tutor = with_role(site.engine, site.cast.marina, Role.TUTOR)
    browser = site.browser(site.cast.marina)
    before = cookie_of(browser.client)
    browser.get("/staff/codes")
    browser.get("/account")
    browser.post("/account/role", grant=tutor)
    assert cookie_of(browser.client) != before
    browser.get("/staff/codes", 403)
    browser.get("/account")
    browser.post("/account/role", 404, grant=10**6)
    thief = Browser(site.app.test_client())
    thief.client.set_cookie("iom", before or "")
    thief.get("/account", 303)


def test_another_persons_role_cannot_be_put_on(site: Site) -> None:
    with transaction(site.engine) as session:
        foreign = session.scalars(select(RoleGrant.id).where(RoleGrant.role == Role.ADMIN)).one()
    browser = site.browser(site.cast.marina)
    browser.get("/account")
    browser.post("/account/role", 404, grant=foreign)


def test_own_sessions_are_listed_and_ended_one_by_one_and_all_others(site: Site) -> None:
    here, there, third = (site.browser(site.cast.anna) for _ in range(3))
    page = here.get("/account/sessions")
    assert "Мои входы: 3" in page
    with transaction(site.engine) as session:
        ids = {row.secret_hash: row.id for row in session.scalars(select(SignInSession))}
    here.post(f"/account/sessions/{ids[sessions.hash_secret(cookie_of(there.client) or '')]}/end")
    there.get("/account", 303)
    third.get("/account")
    here.get("/account/sessions")
    here.post("/account/sessions/end-others")
    third.get("/account", 303)
    here.get("/account")


def test_another_persons_session_cannot_be_ended(site: Site) -> None:
    anna, gleb = site.browser(site.cast.anna), site.browser(site.cast.gleb)
    gleb.get("/account")
    with transaction(site.engine) as session:
        foreign = session.scalars(select(SignInSession.id).where(SignInSession.account_id == site.cast.gleb.account.id)).one()
    anna.get("/account")
    anna.post(f"/account/sessions/{foreign}/end")
    gleb.get("/account")


def test_a_new_password_asks_the_old_one_and_ends_other_sessions(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    here, there = sign_in(site, login), sign_in(site, login)
    new = "зелёная лодка у моста"
    here.get("/account/password")
    here.post("/account/password", 422, own_password="неверно", password=new, password_again=new)
    here.post("/account/password", 422, own_password=PASSWORD, password=new, password_again="другое")
    here.post("/account/password", 422, own_password=PASSWORD, password="Анна Образцова", password_again="Анна Образцова")
    there.get("/account")
    here.post("/account/password", own_password=PASSWORD, password=new, password_again=new)
    there.get("/account", 303)
    here.get("/account")
    sign_in(site, login, status=422)
    sign_in(site, login, new)


def test_the_oldest_of_eleven_sessions_ends(site: Site) -> None:
    browsers = [site.browser(site.cast.anna) for _ in range(11)]
    browsers[0].get("/account", 303)
    for browser in browsers[1:]:
        browser.get("/account")


def with_factor(site: Site, login: str) -> tuple[Browser, str, list[str]]:
    """Sign in, turn the factor on, and return the browser, the secret and the spare codes."""
    browser = sign_in(site, login)
    page = browser.get("/account/factor")
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    shown = re.search(r'class="secret-key num">([A-Z2-7 ]+)<', page)
    assert sealed
    assert shown
    secret = shown[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(clock.now())
    browser.post("/account/factor", 422, sealed=sealed[1], code="000000" if code != "000000" else "111111")
    done = browser.post("/account/factor", 200, sealed=sealed[1], code=code).get_data(as_text=True)
    return browser, secret, re.findall(r"<li>([0-9A-Z-]{19})</li>", done)


def test_a_role_that_needs_a_factor_has_no_rights_without_it(own_engine: Engine, tmp_path: Path) -> None:
    site = strict(Settings(database_url="", data_dir=tmp_path, secret_key="k" * 40, plain_http=True), own_engine)
    login = with_password(site, site.cast.admin)
    browser = sign_in(site, login)
    for path in ("/admin/people", "/admin/journal", "/admin/organizations"):
        browser.get(path, 403)
    assert browser.client.get("/").headers["Location"] == "/account/factor"
    assert "Роль администратора заработает после второго фактора" in browser.get("/account")

    browser, _, spare = with_factor(site, login)

    assert len(set(spare)) == 10
    browser.get("/admin/people")


def test_who_has_a_factor_is_nobody_until_it_is_given(own_engine: Engine, tmp_path: Path) -> None:
    site = strict(Settings(database_url="", data_dir=tmp_path, secret_key="k" * 40, plain_http=True), own_engine)
    login = with_password(site, site.cast.admin)
    _, secret, spare = with_factor(site, login)

    half = sign_in(site, login)
    before = cookie_of(half.client)
    for path in ("/account", "/my-data", "/admin/people"):
        half.get(path, 303)
    half.get("/login/factor")
    half.post("/login/factor", 422, code="123")
    spent = pyotp.TOTP(secret).at(clock.now())
    half.post("/login/factor", 422, code=spent)  # turned it on a moment ago: each code works once
    half.post("/login/factor", code=spare[0])
    assert cookie_of(half.client) != before
    half.get("/admin/people")

    again = sign_in(site, login)
    again.get("/login/factor")
    again.post("/login/factor", 422, code=spare[0])
    for _ in range(4):
        again.post("/login/factor", 422, code="222222")
    refused = again.post("/login/factor", 429, code=spare[1])
    assert 0 < int(refused.headers["Retry-After"]) <= 300


def test_the_offered_secret_cannot_be_chosen_or_borrowed(site: Site) -> None:
    anna, gleb = site.browser(site.cast.anna), site.browser(site.cast.gleb)
    page = gleb.get("/account/factor")
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    assert sealed
    anna.get("/account/factor")
    for value in (sealed[1], "x", ""):
        assert anna.post("/account/factor", sealed=value, code="123456").headers["Location"] == "/account/factor"
    with transaction(site.engine) as session:
        assert session.get_one(Account, site.cast.anna.account.id).totp_secret is None


def test_a_stale_password_is_asked_again_before_the_factor_changes(site: Site) -> None:
    login = with_password(site, site.cast.anna)
    browser = sign_in(site, login)
    with transaction(site.engine) as session:
        session.execute(update(SignInSession).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    page = browser.get("/account/factor")
    assert 'name="own_password"' in page
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    shown = re.search(r'class="secret-key num">([A-Z2-7 ]+)<', page)
    assert sealed
    assert shown
    secret = shown[1].replace(" ", "")

    def code() -> str:
        return pyotp.TOTP(secret).at(clock.now())

    browser.post("/account/factor", 422, sealed=sealed[1], code=code())
    kept = browser.post("/account/factor", 422, sealed=sealed[1], code=code(), own_password="неверно").get_data(as_text=True)
    assert totp.grouped(secret) in kept  # the same secret: the application on the phone needs no second scan
    browser.post("/account/factor", 200, sealed=sealed[1], code=code(), own_password=PASSWORD)


def test_a_forged_proxy_header_changes_no_address(site: Site) -> None:
    browser = site.browser()
    browser.get("/login")
    browser.client.post(
        "/login", data={"csrf_token": browser.token, "login": "nobody", "password": "x"}, headers={"X-Forwarded-For": "203.0.113.9"}
    )
    with transaction(site.engine) as session:
        assert session.scalars(select(AuditEntry.address)).all() == ["127.0.0.1"]


def test_an_unknown_host_is_refused(site: Site) -> None:
    assert site.browser().client.get("/login", headers={"Host": "evil.example"}).status_code == 400
