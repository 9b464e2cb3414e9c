"""Asks the application the questions of the matrix and compares what it answers."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from zipfile import ZipFile

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from iom.core.config import Settings
from iom.core.database import transaction
from iom.core.errors import Conflict
from iom.web import errors
from iom.web import transaction as web_transaction
from iom.web.app import create_app
from tests.policy.lives import PDF
from tests.policy.matrix import matrix, may
from tests.policy.states import fingerprint, greatest_keys, guarded, hasten
from tests.policy.views import PUBLIC, Cell, View, cells
from tests.policy.world import Teacher, Wearer, World, make_world


@dataclass
class Asking:
    """The application with the world in its database."""

    app: Flask
    engine: Engine
    world: World
    is_trial: bool = False  # a write that is allowed is undone, so that the world stays as it was
    written: Counter[tuple[object, ...]] = field(default_factory=Counter)  # what the last trial would have left in guarded columns
    after: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, settings: Settings, engine: Engine) -> "Asking":
        with transaction(engine) as session:
            world = make_world(session, settings.files_dir)
        app = create_app(settings, engine)
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False  # tokens have tests of their own; here only the policy may refuse
        made = cls(app, engine, world)
        hasten(engine)
        hooks = app.after_request_funcs[None]
        hooks[hooks.index(web_transaction.finish)] = made._finish
        return made

    def _finish(self, response: Response) -> Response:
        """End the request as the application does, or undo what it would have kept."""
        session = g.get("db")
        if not self.is_trial or session is None:
            return web_transaction.finish(response)
        try:
            session.flush()
            self.written = guarded(session.connection(), self.greatest)
        except IntegrityError:
            return errors.answer(Conflict(kind="changed"))
        finally:
            session.rollback()
        return response

    @cached_property
    def greatest(self) -> Mapping[str, int]:
        """The greatest keys of the world."""
        with self.engine.connect() as connection:
            return greatest_keys(connection)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Undo every write of the requests meanwhile."""
        self.is_trial = True
        try:
            yield
        finally:
            self.is_trial = False

    @cached_property
    def rules(self) -> Mapping[tuple[str, str], str]:
        """Endpoint and method → rule of the address."""
        return {(rule.endpoint, method): rule.rule for rule in self.app.url_map.iter_rules() for method in rule.methods or ()}

    def address(self, view: View, teacher: Teacher | None) -> str:
        """Return where the view is asked for, about the teacher."""
        keys = {**self.world.common, **(teacher.values if teacher else {})}
        keys |= {name: value.format_map(keys) for name, value in view.values.items()}
        rules = [rule for rule in self.app.url_map.iter_rules(view.endpoint) if view.method in (rule.methods or ())]
        needs = [rule.arguments - set(rule.defaults or ()) for rule in rules]
        # Of two addresses of one view the longer is about somebody.
        names = (max if teacher else min)((one for one in needs if one <= keys.keys()), key=len)
        values = {name: int(keys[name]) if keys[name].isdigit() else keys[name] for name in names}
        return self.app.url_map.bind("localhost").build(view.endpoint, values, method=view.method)

    def send(self, one: Cell, extra: Sequence[tuple[str, str]] = ()) -> TestResponse:
        """Ask the question of the cell."""
        view = one.view
        keys = {**self.world.common, **(one.teacher.values if one.teacher else {})}
        client = self.app.test_client()
        if one.wearer.secret:
            client.set_cookie("iom", one.wearer.secret)
        address = self.address(view, one.teacher)
        fields: dict[str, list[object]] = {}
        for name, value in [*view.fields(keys), *extra]:
            fields.setdefault(name, []).append(self._given(client, address, name, value))
        sent = {"data": fields} if view.is_writing else {"query_string": fields}
        return client.open(address, method=view.method, **sent)

    def _given(self, client: FlaskClient, address: str, name: str, value: str) -> object:
        """Return what is sent: a file for `@name`, for `*` the value that the page of the form has in its hidden field."""
        if value.startswith("@"):
            return io.BytesIO(PDF), value[1:]
        if value != "*":
            return value
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', client.get(address).get_data(as_text=True))
        return found[1] if found else ""

    def answer(self, one: Cell) -> str:
        """Return what is wrong with the answer to the cell; empty when it is as the matrix says."""
        try:
            with self.trial() if one.is_allowed else _nothing():
                response = self.send(one)
        except Exception as error:
            return f"{one.name}: expected {_words(one.expected)}, raised {type(error).__name__}: {error}"
        wrong = self._wrong(one, response)
        response.close()
        return f"{one.name}: {wrong}" if wrong else ""

    def _wrong(self, one: Cell, response: TestResponse) -> str:
        expected = set(one.expected)
        if one.is_allowed and one.teacher is not None and one.teacher.state != one.view.state:
            expected |= {409, 422, 303, 404} if one.view.is_writing else {200, 303, 302, 409}  # allowed, though the state is another
        place = response.headers.get("Location", "")
        if response.status_code not in expected:
            return f"expected {_words(one.expected)}, got {response.status_code} {place}"
        if response.status_code == 303 and one.wearer.worn is None and one.view.row != PUBLIC and not place.startswith("/login"):
            return f"sent to {place} and not to the sign-in"
        about = one.teacher if one.is_allowed else None
        return self._leak(one.wearer, about, text_of(response)) if response.status_code < 300 else ""

    def _leak(self, wearer: Wearer, about: Teacher | None, text: str) -> str:
        """Return what stands on a page of people whom the reader may not know, or of what they may not see of them (S-23, S-26)."""
        if FOREIGN_OFFERING in text:
            return f"shows «{FOREIGN_OFFERING}», which another region keeps to itself"
        for word, rows in SHOWN.items():
            for name in set(re.findall(word + r"(Кедр[а-я]{2}ов)", text)):
                teacher = self.by_name.get(name)
                if teacher is None or teacher is about or wearer.worn is None or (not word and teacher.relation == "own"):
                    continue  # staff are named as staff
                if not any(may(matrix()[row], wearer.worn, teacher.facts, self.world.above) for row in rows):
                    return f"shows «{word}{name}» of {teacher.relation} ({teacher.state})"
        return ""

    @cached_property
    def by_name(self) -> Mapping[str, Teacher]:
        return {teacher.name: teacher for teacher in self.world.teachers}

    def disagreements(self, view: View) -> tuple[int, list[str]]:
        """Return how many cells of the view were tried, and which are not as the matrix says."""
        tried = cells(self.world, view)
        before = self.after or self.state()
        found = [wrong for one in tried if (wrong := self.answer(one))]
        self.after = self.state()
        if changed := [name for name in before if before[name] != self.after[name]]:
            found.append(f"{view.name}: changed {', '.join(changed)}; {'; '.join(self._culprits(tried))}")
        return len(tried), found

    def _culprits(self, tried: list[Cell]) -> list[str]:
        """Try the cells once more, one by one, to name those that write."""
        names = []
        for one in tried:
            before = self.state()
            self.answer(one)
            if self.state() != before:
                names.append(one.name)
        self.after = {}
        return names or ["only the first time"]

    def state(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            return fingerprint(connection)


def _words(statuses: frozenset[int]) -> str:
    return " or ".join(str(status) for status in sorted(statuses))


def text_of(response: TestResponse) -> str:
    """Return what a page, a Word document or a workbook says; nothing of other files."""
    if response.mimetype.startswith("text/"):
        return response.get_data(as_text=True)
    if not response.mimetype.startswith("application/vnd.openxmlformats"):
        return ""
    with ZipFile(io.BytesIO(response.get_data())) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))


FOREIGN_OFFERING = "Программа P4"
SHOWN = {
    "": ("02", "12", "24", "28"),
    "просьба ": ("12",),
    "причина ": ("12",),
    "реплика ": ("24",),
    "рассказ ": ("28",),
}
"""What is planted in the world before the name of its owner, and the rows of the matrix that let others read it."""


@contextmanager
def _nothing() -> Iterator[None]:
    yield
