"""A minimal application that shows the gallery of components; used by the tests beside it and by whoever wants to look at them.

`python tests/web/gallery.py 8123` serves it.
"""

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, g, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

ROOT = Path(__file__).resolve().parents[2]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
TODAY = date(2026, 10, 12)


class ReportForm(Form):
    number = StringField("Номер удостоверения", [InputRequired("Впишите номер удостоверения"), Length(max=20)])
    issued_on = DateField("Дата выдачи", format="%d.%m.%Y")
    email = StringField("Почта", default="anna@example.org")
    hours = IntegerField("Часы", default=16)
    kind = SelectField("Вид документа", choices=[SelectChoice("certificate", "удостоверение"), SelectChoice("note", "справка")])
    note = TextAreaField("Комментарий", default="Две строки\nтекста")
    way = RadioField(
        "Как проходило",
        choices=[SelectChoice("far", "дистанционно"), SelectChoice("near", "очно")],
        validators=[InputRequired("Выберите, как проходило")],
    )
    subjects = SelectMultipleField(
        "Предметы",
        choices=[SelectChoice("math", "математика"), SelectChoice("physics", "физика")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        default=["math"],
    )
    agree = BooleanField("Данные проверены")
    file = FileField("Выберите файл")

    def validate_issued_on(self, field: DateField) -> None:
        if field.data and field.data > TODAY:
            raise ValidationError("Дата выдачи позже сегодняшней")


def report_form() -> ReportForm:
    """Return a report with two places to mend and everything else filled in."""
    typed = MultiDict(
        {
            "number": "",
            "issued_on": "30.11.2026",
            "email": "anna@example.org",
            "hours": "16",
            "kind": "note",
            "way": "far",
            "subjects": "math",
        }
    )
    form = ReportForm(typed)
    form.validate()
    return form


def section(label: str, icon: str, *, is_current: bool = False, count: int = 0) -> SimpleNamespace:
    return SimpleNamespace(label=label, url=f"/{icon}", icon=icon, is_current=is_current, count=count)


def create_gallery(testing: bool = True) -> Flask:
    """Return the application; `?scheme=bw&size=200&spacing=wide&images=off&theme=dark` choose the appearance."""
    from iom.web import assets, filters

    app = Flask("gallery", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="a key for the gallery of components", TESTING=testing)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    assets.init_app(app)
    filters.init_app(app)
    answers: list[dict[str, str]] = []
    sent: list[dict[str, str]] = []
    app.extensions.update(answers=answers, sent=sent)

    @app.before_request
    def fix_today() -> None:
        g.today = TODAY

    @app.after_request
    def guard(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = CSP
        if request.endpoint == "static" and request.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {
            "display": {name: request.args.get(name, "") for name in ("scheme", "size", "spacing", "images", "keys", "theme")},
            "nav": [
                section("Мой маршрут", "signpost-split", is_current=True),
                section("Профиль", "bar-chart-steps"),
                section("Каталог", "collection"),
                section("Сообщения", "chat-left-text", count=1),
            ],
            "who": SimpleNamespace(name="Анна Образцова", place="учитель математики, Лесновская СОШ", initials="АО", url="/account"),
            "is_employee": True,
            "foot": [
                SimpleNamespace(label="Версия для слабовидящих", url="/display"),
                SimpleNamespace(label="Помощь", url="/help"),
                SimpleNamespace(label="Мои данные и согласия", url="/privacy"),
            ],
            "foot_note": "Демонстрационные данные: люди, школы и программы вымышлены",
        }

    @app.get("/")
    def gallery() -> str:
        return render_template("components/gallery.html", form=report_form())

    @app.get("/page/<path:name>")
    def page(name: str) -> str:
        """Show any one template with what the query string gives."""
        return render_template(name, **request.args.to_dict())

    @app.get("/flash/<category>")
    def flashed(category: str) -> str:
        flash(Markup('6 маршрутов согласованы. <a href="#undo">Отменить</a>'), category)
        return render_template("errors/404.html")

    @app.route("/next", methods=["GET", "POST"])
    def following() -> str:
        """Where forms of the gallery lead; counts what it gets."""
        if request.method == "POST":
            sent.append(request.form.to_dict())
        return render_template("components/gallery/sign_in_page.html")

    @app.post("/answers")
    def answer() -> Any:
        answers.append(request.form.to_dict())
        return jsonify(saved_at="14:33")

    return app


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    create_gallery(testing=False).run(port=int(sys.argv[1]))
