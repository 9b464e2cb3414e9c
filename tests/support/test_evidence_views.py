"""The page of one step through the client: progress, files, links, words, documents, withdrawing, opening files."""

import io
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfWriter
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from iom.core.database import transaction
from iom.core.models import AuditEntry, Outcome
from iom.integrations.file_store import FileStoreError, FileStoreProblem, MemoryFileStore, StoredFile
from iom.policy import Action
from iom.routes.evidence_models import Certificate, Evidence
from iom.routes.evidence_models import StoredFile as FileRow
from iom.routes.kinds import EvidenceKind, ItemKind
from iom.routes.models import Route, RouteComment, RouteItem
from iom.routes.workflow import EvidenceStatus, ItemStatus, RouteStatus
from tests.cast import Member
from tests.site import Browser, Site
from tests.support.making import make_evidence, make_item, make_route, running

S = ItemStatus


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind: str = "JPEG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(target, kind)
    return target.getvalue()


@pytest.fixture
def store(site: Site) -> MemoryFileStore:
    found = MemoryFileStore()
    site.app.extensions["iom_files"] = found
    return found


def own_item(site: Site, status: ItemStatus = S.IN_PROGRESS, **values: object) -> int:
    with transaction(site.engine) as session:
        return running(session, site.cast, site.cast.anna, status, **values).items[0].id  # type: ignore[arg-type]


def read(site: Site, item_id: int) -> RouteItem:
    with Session(site.engine) as session:
        return session.scalars(select(RouteItem).where(RouteItem.id == item_id)).one()


def pieces(site: Site) -> list[Evidence]:
    with Session(site.engine) as session:
        return list(session.scalars(select(Evidence).order_by(Evidence.id)))


def anna(site: Site, item_id: int) -> Browser:
    browser = site.browser(site.cast.anna)
    browser.get(f"/routes/items/{item_id}")
    return browser


def upload(browser: Browser, item_id: int, content: bytes, name: str, status: int = 303, **fields: str) -> TestResponse:
    response = browser.client.post(
        f"/routes/items/{item_id}/file",
        data={"csrf_token": browser.token, "file": (io.BytesIO(content), name), **fields},
        content_type="multipart/form-data",
    )
    response.request.environ["wsgi.input"].close()  # the client keeps a large body in a file of its own
    browser._read(response, status)
    return response


def plain(html: str) -> str:
    """Return the page with ordinary spaces."""
    return html.replace("\u00a0", " ")


# The page


def test_the_page_shows_what_is_asked_and_the_ways_to_answer(site: Site) -> None:
    item_id = own_item(site)
    html = site.browser(site.cast.anna).get(f"/routes/items/{item_id}")
    for words in ("Семинар 1", "Почему здесь", "Файл или фото", "Ссылка", "Рассказать словами", "Номер удостоверения", "Как идёт шаг"):
        assert words in html, words


def test_the_tutors_words_stand_first_when_something_came_back(site: Site) -> None:
    with transaction(site.engine) as session:
        item = running(session, site.cast, site.cast.anna, S.RETURNED).items[0]
        make_evidence(session, item, site.cast.anna, status=EvidenceStatus.RETURNED, review_comment="Добавьте карточку уровня")
        item_id = item.id
    html = site.browser(site.cast.anna).get(f"/routes/items/{item_id}")
    assert html.index("Добавьте карточку уровня") < html.index("Почему здесь")


def test_a_programme_asks_for_its_document_first(site: Site) -> None:
    with transaction(site.engine) as session:
        items = [make_item(1, kind=ItemKind.PROGRAM, status=S.IN_PROGRESS)]
        item_id = make_route(session, site.cast, site.cast.anna, RouteStatus.IN_PROGRESS, items=items).items[0].id
    html = site.browser(site.cast.anna).get(f"/routes/items/{item_id}")
    opened = html.index("<details open>")
    assert html.index("Номер удостоверения") - opened < 400


@pytest.mark.parametrize("status", [S.DONE, S.MOVED, S.NEEDS_REPLACEMENT])
def test_nothing_is_asked_where_nothing_is_due(site: Site, status: ItemStatus) -> None:
    item_id = own_item(site, status)
    html = site.browser(site.cast.anna).get(f"/routes/items/{item_id}")
    assert "Подтвердить выполнение" not in html
    assert "Как идёт шаг" not in html


def test_before_the_order_nothing_is_asked_either(site: Site) -> None:
    with transaction(site.engine) as session:
        item_id = make_route(session, site.cast, site.cast.anna, RouteStatus.AGREED).items[0].id
    assert "Подтвердить выполнение" not in site.browser(site.cast.anna).get(f"/routes/items/{item_id}")


def test_others_are_led_to_the_step_on_their_own_page(site: Site) -> None:
    item_id = own_item(site)
    with Session(site.engine) as session:
        route_id = session.scalars(select(Route.id)).one()
    response = site.browser(site.cast.boris).client.get(f"/routes/items/{item_id}")
    assert response.headers["Location"] == f"/routes/{route_id}/review#step-{item_id}"
    site.browser(site.cast.gleb).get(f"/routes/items/{item_id}", 404)
    site.browser(site.cast.anna).get("/routes/items/999999", 404)


def test_queries_do_not_grow_with_pieces(site: Site) -> None:
    item_id = own_item(site, S.SUBMITTED)
    browser = site.browser(site.cast.anna)
    counted: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    sizes = []
    for more in (1, 30):
        with transaction(site.engine) as session:
            item = session.scalars(select(RouteItem).where(RouteItem.id == item_id)).one()
            for _ in range(more):
                make_evidence(session, item, site.cast.anna)
        counted.clear()
        browser.get(f"/routes/items/{item_id}")
        sizes.append(sum(sql.lstrip().upper().startswith("SELECT") for sql in counted))
    assert sizes[0] == sizes[1] <= 12


# Progress


def test_progress_is_marked_by_the_owner(site: Site) -> None:
    item_id = own_item(site, S.PLANNED)
    browser = anna(site, item_id)
    browser.client.post(f"/routes/items/{item_id}/mark", data={"csrf_token": browser.token, "status": "in_progress"})
    assert read(site, item_id).status is S.IN_PROGRESS


@pytest.mark.parametrize("wanted", ["done", "returned", "nonsense", ""])
def test_no_other_state_is_marked(site: Site, wanted: str) -> None:
    item_id = own_item(site, S.PLANNED)
    browser = anna(site, item_id)
    browser.client.post(f"/routes/items/{item_id}/mark", data={"csrf_token": browser.token, "status": wanted})
    assert read(site, item_id).status is S.PLANNED


# Words, links, documents


def test_words_are_handed_in(site: Site) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    html = plain(browser.follow(browser.post(f"/routes/items/{item_id}/text", text="Провела урок\nс карточками")))
    assert "Отправлено на проверку" in html
    [piece] = pieces(site)
    assert (piece.kind, piece.text, read(site, item_id).status) == (EvidenceKind.TEXT, "Провела урок\nс карточками", S.SUBMITTED)


@pytest.mark.parametrize("words", ["", "  ", "я" * 2001])
def test_empty_and_endless_words_come_back(site: Site, words: str) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    response = browser.post(f"/routes/items/{item_id}/text", 422, text=words)
    assert words.strip() in response.get_data(as_text=True)
    assert pieces(site) == []


def test_a_private_number_is_asked_about_before_it_is_saved(site: Site) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    words = "Мой СНИЛС 112-233-445 95"
    html = browser.post(f"/routes/items/{item_id}/text", 422, text=words).get_data(as_text=True)
    assert "Это не номер паспорта и не СНИЛС" in html
    assert words in html
    browser.post(f"/routes/items/{item_id}/text", text=words, is_not_private="y")
    assert len(pieces(site)) == 1


def test_a_link_is_kept_as_given_and_opened_without_a_trace_of_us(site: Site) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    browser.post(f"/routes/items/{item_id}/link", url="https://example.org/урок?a=1&b=2")
    html = browser.get(f"/routes/items/{item_id}")
    assert 'href="https://example.org/урок?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "//example.org",
        "http://",
        "https://a",
        "x" * 1001,
    ],
)
def test_what_is_no_address_is_no_link(site: Site, url: str) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    browser.post(f"/routes/items/{item_id}/link", 422, url=url)
    assert pieces(site) == []


@pytest.mark.parametrize("day", ["20.11.2026", "2026-11-20", "20/11/2026", " 20 11 2026 ", "20-11-2026"])
def test_a_day_is_read_as_people_write_it(site: Site, day: str) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    browser.post(f"/routes/items/{item_id}/certificate", series="78", number="000123", issued_on=day, hours="36", issuer="ИРО")
    with Session(site.engine) as session:
        kept = session.scalars(select(Certificate)).one()
    assert (kept.series, kept.number, kept.issued_on, kept.hours, kept.issuer) == ("78", "000123", date(2026, 11, 20), 36, "ИРО")
    assert "78 000123" in browser.get(f"/routes/items/{item_id}")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("issued_on", "01.01.2126", "Дата выдачи позже сегодняшней"),
        ("issued_on", "31.02.2026", "Впишите дату: день, месяц, год"),
        ("issued_on", "", "Впишите дату выдачи"),
        ("issued_on", "1.1.1900", "Проверьте год"),
        ("number", " ", "Впишите номер документа"),
        ("issuer", "", "Впишите, кто выдал документ"),
        ("hours", "0", "От 1 до 2000 часов"),
        ("hours", "тридцать", "Впишите часы числом"),
    ],
)
def test_a_document_is_checked_field_by_field(site: Site, field: str, value: str, sentence: str) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    fields = {"series": "", "number": "1", "issued_on": "20.11.2025", "hours": "", "issuer": "ИРО"} | {field: value}
    html = browser.post(f"/routes/items/{item_id}/certificate", 422, **fields).get_data(as_text=True)
    assert sentence in plain(html)
    assert pieces(site) == []


# Files


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [(pdf(), "Отчёт.pdf", "application/pdf"), (picture(), "фото.JPG", "image/jpeg"), (picture("PNG"), "скан.png", "image/png")],
    ids=["pdf", "jpeg", "png"],
)
def test_a_good_file_is_checked_stored_and_given_back_to_those_who_may(
    site: Site, store: MemoryFileStore, content: bytes, name: str, mime: str
) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    upload(browser, item_id, content, name, text="Вот он")
    with Session(site.engine) as session:
        row = session.scalars(select(FileRow)).one()
    assert (row.label, row.mime) == (name, mime)
    assert store.exists(row.key)
    for member in (site.cast.anna, site.cast.boris, site.cast.marina, site.cast.vera):
        response = site.browser(member).client.get(f"/routes/evidence/files/{row.id}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Type"] == mime
        assert len(response.get_data()) == row.size


def test_opening_anothers_file_is_journalled_and_the_own_is_not(site: Site, store: MemoryFileStore) -> None:
    item_id = own_item(site)
    upload(anna(site, item_id), item_id, pdf(), "a.pdf")
    with Session(site.engine) as session:
        file_id = session.scalars(select(FileRow.id)).one()
    for member in (site.cast.anna, site.cast.boris):
        site.browser(member).client.get(f"/routes/evidence/files/{file_id}")
    with Session(site.engine) as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EVIDENCE_OPEN)).all()
        assert [(line.actor_id, line.subject_id, line.object_id) for line in lines] == [
            (site.cast.boris.person.id, site.cast.anna.person.id, file_id)
        ]


@pytest.mark.parametrize("who", ["gleb", "olga", "dina", "admin", "stranger"])
def test_others_meet_no_file_and_the_refusal_is_journalled(site: Site, store: MemoryFileStore, who: str) -> None:
    item_id = own_item(site)
    upload(anna(site, item_id), item_id, pdf(), "a.pdf")
    member: Member = getattr(site.cast, who)
    with Session(site.engine) as session:
        file_id = session.scalars(select(FileRow.id)).one()
    browser = site.browser(member)
    refused = browser.client.get(f"/routes/evidence/files/{file_id}")
    never = browser.client.get("/routes/evidence/files/987654")
    assert refused.status_code == never.status_code
    with Session(site.engine) as session:
        outcomes = session.scalars(select(AuditEntry.outcome).where(AuditEntry.actor_id == member.person.id)).all()
    assert set(outcomes) == {Outcome.REFUSED}


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "Файл пустой"),
        (b"MZ\x90", "a.exe", "Принимаются только PDF, JPG и PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "Принимаются только PDF, JPG и PNG"),
        (pdf(), "a.png", "внутри другой формат"),
        (b"%PDF-1.7 broken", "a.pdf", "Файл повреждён"),
        (b"x" * 10_000_001, "a.pdf", "Файл больше 10 МБ"),
    ],
    ids=["empty", "program", "svg", "renamed", "broken", "large"],
)
def test_a_bad_file_comes_back_with_its_reason_and_the_words_stay(
    site: Site, store: MemoryFileStore, content: bytes, name: str, sentence: str
) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    html = upload(browser, item_id, content, name, 422, text="Мои слова").get_data(as_text=True)
    assert sentence in plain(html)
    assert "Мои слова</textarea>" in html
    assert (pieces(site), store._contents) == ([], {})


def test_no_file_chosen_is_told(site: Site, store: MemoryFileStore) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    response = browser.post(f"/routes/items/{item_id}/file", 422, text="Слова")
    assert "Выберите файл" in response.get_data(as_text=True)


def test_a_full_disk_is_told_as_such_and_nothing_is_half_done(site: Site) -> None:
    class Full(MemoryFileStore):
        def save(self, content: object) -> StoredFile:
            raise FileStoreError(FileStoreProblem.NO_SPACE)

    site.app.extensions["iom_files"] = Full()
    item_id = own_item(site)
    browser = anna(site, item_id)
    html = upload(browser, item_id, pdf(), "a.pdf", 503, text="Мои слова").get_data(as_text=True)
    assert "На сервере закончилось место" in plain(html)
    assert "Мои слова</textarea>" in html
    assert pieces(site) == []


def test_a_name_that_climbs_out_is_only_a_label(site: Site, store: MemoryFileStore) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    upload(browser, item_id, pdf(), "..\\..\\x;a=b/../../etc/passwd\u202egpj.pdf")
    with Session(site.engine) as session:
        row = session.scalars(select(FileRow)).one()
    assert row.label == "passwdgpj.pdf"
    response = browser.client.get(f"/routes/evidence/files/{row.id}")
    assert response.headers["Content-Disposition"] == "attachment; filename=passwdgpj.pdf"


def test_nobody_uploads_for_another_and_nothing_is_stored(site: Site, store: MemoryFileStore) -> None:
    item_id = own_item(site)
    for member, status in ((site.cast.boris, 403), (site.cast.gleb, 404)):
        browser = site.browser(member)
        browser.get("/account")
        upload(browser, item_id, pdf(), "a.pdf", status)
    assert (pieces(site), store._contents) == ([], {})


def test_the_twenty_first_file_is_refused_and_leaves_no_orphan(site: Site, store: MemoryFileStore) -> None:
    item_id = own_item(site)
    with transaction(site.engine) as session:
        item = session.scalars(select(RouteItem).where(RouteItem.id == item_id)).one()
        for number in range(20):
            row = FileRow(
                region_id=site.cast.region.id,
                key=f"{number:064x}",
                label="a.pdf",
                mime="application/pdf",
                size=1,
                sha256="0" * 64,
                owner_id=site.cast.anna.person.id,
                created_at=site.cast.anna.account.created_at,
            )
            make_evidence(session, item, site.cast.anna, kind=EvidenceKind.FILE, text="", file=row)
    browser = anna(site, item_id)
    html = upload(browser, item_id, pdf(), "a.pdf", 422).get_data(as_text=True)
    assert "уже приложено 20 файлов" in plain(html)
    assert store._contents == {}


# Withdrawing and talking


def test_what_was_sent_is_withdrawn_with_a_trace(site: Site) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    browser.post(f"/routes/items/{item_id}/text", text="Провела урок")
    [piece] = pieces(site)
    browser.post(f"/routes/evidence/{piece.id}/withdraw")
    html = browser.get(f"/routes/items/{item_id}")
    assert "Отозвано" in html
    assert read(site, item_id).status is S.IN_PROGRESS
    with Session(site.engine) as session:
        route_id = session.scalars(select(Route.id)).one()
    assert "Провела урок" not in site.browser(site.cast.boris).get(f"/routes/{route_id}/review")


def test_nobody_withdraws_for_another(site: Site) -> None:
    item_id = own_item(site)
    anna(site, item_id).post(f"/routes/items/{item_id}/text", text="Провела урок")
    [piece] = pieces(site)
    for member, status in ((site.cast.boris, 403), (site.cast.gleb, 404)):
        browser = site.browser(member)
        browser.get("/account")
        browser.post(f"/routes/evidence/{piece.id}/withdraw", status)
    assert pieces(site)[0].status is EvidenceStatus.SUBMITTED


def test_a_word_to_the_tutor_stands_at_the_step(site: Site) -> None:
    item_id = own_item(site)
    browser = anna(site, item_id)
    browser.post(f"/routes/items/{item_id}/comments", text="Можно перенести?")
    with Session(site.engine) as session:
        assert session.scalar(select(func.count()).select_from(RouteComment).where(RouteComment.item_id == item_id)) == 1
    assert "Можно перенести?" in browser.get(f"/routes/items/{item_id}")
    response = browser.post(f"/routes/items/{item_id}/comments", 422, text="я" * 2001)
    assert "я" * 2001 in response.get_data(as_text=True)
