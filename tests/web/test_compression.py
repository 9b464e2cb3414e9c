"""What is compressed, for whom, and that it reads the same."""

import gzip
from pathlib import Path

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from iom.web import compression

LONG = "Слово за словом. " * 200


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """An application of its own with one page, one file of each kind, one stream."""
    (tmp_path / "a.css").write_text("b { color: red }\n" * 200, encoding="utf-8")
    (tmp_path / "a.woff2").write_bytes(bytes(5000))
    app = Flask("small", static_folder=str(tmp_path), static_url_path="/static")
    compression.init_app(app)
    app.add_url_rule("/page", view_func=lambda: LONG + request.args.get("q", ""), endpoint="page", methods=["GET", "POST"])
    app.add_url_rule("/short", view_func=lambda: "коротко", endpoint="short")
    app.add_url_rule("/sheet", view_func=lambda: Response(bytes(5000), mimetype="application/pdf"), endpoint="sheet")
    app.add_url_rule("/stream", view_func=lambda: Response(iter([LONG]), mimetype="text/csv"), endpoint="stream")
    app.add_url_rule("/wrong", view_func=lambda: (LONG, 404), endpoint="wrong")
    return app.test_client()


def ask(client: FlaskClient, path: str, **headers: str) -> tuple[bool, bytes, str | None]:
    """Return whether it came compressed, the bytes as they read, and Vary."""
    sent = {"Accept-Encoding": "gzip, br"} | {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.get(path, headers=sent, buffered=True)
    is_small = response.headers.get("Content-Encoding") == "gzip"
    assert response.headers["Content-Length"] == str(len(response.data))
    return is_small, gzip.decompress(response.data) if is_small else response.data, response.headers.get("Vary")


@pytest.mark.parametrize("site", ["same-origin", "none", ""])
def test_a_page_asked_for_by_the_person_is_compressed_and_reads_the_same(client: FlaskClient, site: str) -> None:
    assert ask(client, "/page", Sec_Fetch_Site=site) == (True, LONG.encode(), "Accept-Encoding")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_visit_from_another_site_is_not_compressed(client: FlaskClient, site: str) -> None:
    assert ask(client, "/page", Sec_Fetch_Site=site) == (False, LONG.encode(), "Accept-Encoding")


def test_a_file_holds_no_secret_and_is_compressed_for_everybody(client: FlaskClient) -> None:
    is_small, content, vary = ask(client, "/static/a.css", Sec_Fetch_Site="cross-site")
    assert is_small
    assert content == b"b { color: red }\n" * 200
    assert vary == "Accept-Encoding"


def test_who_does_not_ask_for_it_gets_the_plain_text(client: FlaskClient) -> None:
    for wish in ("", "br", "gzip;q=0, br"):
        assert ask(client, "/page", Accept_Encoding=wish)[:2] == (False, LONG.encode())


@pytest.mark.parametrize("path", ["/short", "/sheet", "/static/a.woff2", "/wrong"])
def test_what_gains_nothing_or_is_no_page_stays_as_it_is(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "Content-Encoding" not in response.headers


def test_a_stream_is_not_gathered_in_memory(client: FlaskClient) -> None:
    response = client.get("/stream", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "Content-Encoding" not in response.headers
    assert response.data == LONG.encode()


def test_the_length_of_a_page_tells_nothing_twice(client: FlaskClient) -> None:
    lengths = {len(client.get("/page", headers={"Accept-Encoding": "gzip"}, buffered=True).data) for _ in range(40)}
    assert len(lengths) > 10  # 40 draws of a hundred values: fewer than this happens once in more than 10^15 runs
    assert max(lengths) - min(lengths) < compression.RANDOM_BYTES + 2


def test_a_file_is_compressed_once_and_again_when_it_changes(client: FlaskClient, tmp_path: Path) -> None:
    first = client.get("/static/a.css", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert first.data == client.get("/static/a.css", headers={"Accept-Encoding": "gzip"}, buffered=True).data
    (tmp_path / "a.css").write_text("i { color: blue }\n" * 300, encoding="utf-8")
    assert (
        gzip.decompress(client.get("/static/a.css", headers={"Accept-Encoding": "gzip"}, buffered=True).data)
        == b"i { color: blue }\n" * 300
    )


def test_a_file_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/static/a.css", headers={"Accept-Encoding": "gzip"}, buffered=True).headers["ETag"]
    assert etag.startswith("W/")
    again = client.get("/static/a.css", headers={"Accept-Encoding": "gzip", "If-None-Match": etag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_and_a_question_about_it_are_left_alone(client: FlaskClient) -> None:
    part = client.get("/static/a.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"b { color:")
    assert "Content-Encoding" not in client.head("/page", headers={"Accept-Encoding": "gzip"}, buffered=True).headers
