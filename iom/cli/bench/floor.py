"""The floor: what any signed-in page of this stack costs at least.

A minimal Flask page on the product's own engine and server: a signed session cookie, Flask-Login's user behind it, three queries that an
index answers, a table of thirty rows. No areas, no rights, no layout. `python -m iom.cli.bench.floor FOLDER` serves it on a free port.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask, g, render_template
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

from iom.cli.bench import texts
from iom.core.database import make_engine, open_session, transaction

USERS = 60
TASKS_EACH = 100
ROWS = 30
SIGNED_IN = 7
SIGN_IN_PATH, PAGE_PATH = "/in", "/"
PAGE = "page.html"
START = datetime(2026, 9, 1, tzinfo=UTC)


class Base(DeclarativeBase):
    """The three tables of the floor."""


class User(UserMixin, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Task(Base):
    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str]
    hours: Mapped[int]
    is_done: Mapped[bool]


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    text: Mapped[str]
    written_at: Mapped[str]


def create_floor(folder: Path) -> Flask:
    """Return the application on a new database in the folder."""
    engine = make_engine(f"sqlite:///{folder / 'floor.sqlite3'}")
    Base.metadata.create_all(engine)
    with transaction(engine) as db:
        db.add_all(User(id=number, name=f"user {number}") for number in range(1, USERS + 1))
        db.flush()  # tasks refer to users
        for user_id in range(1, USERS + 1):
            db.add_all(
                Task(user_id=user_id, title=f"task {number} of user {user_id}", hours=number % 40, is_done=number % 3 == 0)
                for number in range(TASKS_EACH)
            )
            db.add(Note(user_id=user_id, text="note " * 20, written_at=str(START + timedelta(hours=user_id))))
    app = Flask("floor")
    app.secret_key = "f" * 40
    app.jinja_loader = DictLoader({PAGE: texts.FLOOR_PAGE})

    manager = LoginManager(app)

    @app.before_request
    def open_database() -> None:
        g.db = open_session(engine, writes=False)

    @app.teardown_request
    def close_database(_: BaseException | None) -> None:
        g.db.close()

    @manager.user_loader
    def load_user(user_id: str) -> User | None:
        found: User | None = g.db.get(User, int(user_id))
        return found

    @app.get(SIGN_IN_PATH)
    def sign_in() -> Response:
        login_user(g.db.get_one(User, SIGNED_IN))
        return Response(status=204)

    @app.get(PAGE_PATH)
    @login_required
    def page() -> str:
        own = Task.user_id == current_user.id
        tasks = g.db.scalars(select(Task).where(own).order_by(Task.id).limit(ROWS)).all()
        open_count = g.db.scalar(select(func.count()).select_from(Task).where(own, ~Task.is_done))
        note = g.db.scalars(select(Note).where(Note.user_id == current_user.id).order_by(Note.id.desc()).limit(1)).one()
        return render_template(PAGE, tasks=tasks, open_count=open_count, note=note)

    return app


def serve(folder: Path) -> None:
    """Serve the floor on a free port of this machine and say which."""
    from waitress import create_server

    server = create_server(create_floor(folder), host="127.0.0.1", port=0, threads=8, ident=None)
    print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
