"""Build route.docx and order.docx, the templates as we deliver them: python templates/documents/build.py

A centre edits its own copy of a template in a word processor; this file exists so that a change of ours can be read in a diff.
"""

from pathlib import Path

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from word_parts import (
    LANDSCAPE_CM,
    PORTRAIT_CM,
    Column,
    facts_table,
    heading,
    landscape,
    loop_table,
    new_document,
    plain_table,
    running_lines,
    tag,
    write_lines,
)

HERE = Path(__file__).resolve().parent


def route() -> DocumentObject:
    document = new_document()
    running_lines(document, "{% if school %}{{ school }}, {% endif %}{{ reference }}", "{{ printed }}", ", отпечаток {{ fingerprint }}")
    _route_head(document)
    _person_and_support(document)
    _diagnostics(document)
    _deficits(document)
    _goals(document)
    landscape(document)
    _plan(document)
    _totals(document)
    _revisions(document)
    _reflection(document)
    _repeat(document)
    return document


def _route_head(document: DocumentObject) -> None:
    agreed, approved = plain_table(document, [PORTRAIT_CM / 2, PORTRAIT_CM / 2])
    write_lines(
        agreed,
        [
            "!СОГЛАСОВАНО",
            "{%p for line in agreements %}",
            "{{ line }}",
            "{%p endfor %}",
            "{%p if not agreements %}",
            "решений пока нет",
            "{%p endif %}",
        ],
    )
    write_lines(approved, ["!УТВЕРЖДЕНО приказом", "{%p if order_issuer %}", "{{ order_issuer }}", "{%p endif %}", "{{ order_reference }}"])
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ full_name }}", style="Subtitle").runs[0].bold = True
    document.add_paragraph("{{ post }}", style="Subtitle")
    document.add_paragraph("{{ period }}{% if state %}, {{ state }}{% endif %}", style="Subtitle")


def _person_and_support(document: DocumentObject) -> None:
    heading(document, "person", "Сведения о\u00a0педагоге (работнике)")
    facts_table(document, "fact in person", 6, PORTRAIT_CM - 6)
    tag(document, "{%p if has.support %}")
    heading(document, "support", "Сопровождение")
    tag(document, "{%p if support %}")
    facts_table(document, "fact in support", 6, PORTRAIT_CM - 6)
    tag(document, "{%p else %}")
    document.add_paragraph("Сопровождающие не назначены.")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def _diagnostics(document: DocumentObject) -> None:
    tag(document, "{%p if has.diagnostics %}")
    heading(document, "diagnostics", "Результаты диагностики")
    tag(document, "{%p for diagnostic in diagnostics %}")
    _kept(document, "{{ diagnostic.name }}{% if diagnostic.about %} ({{ diagnostic.about }}){% endif %}")
    columns = [
        Column("Блок", 4, "{{ row.block }}"),
        Column("Компетенция", 6, "{{ row.competency }}"),
        Column("Результат", 3.5, "{{ row.result }}"),
        Column("Вывод", 3.5, "{{ row.level }}"),
    ]
    loop_table(document, columns, "row in diagnostic.results")
    _gap(document)
    tag(document, "{%p endfor %}")
    tag(document, "{%p if not diagnostics %}")
    document.add_paragraph("Диагностика не\u00a0проводилась.")
    tag(document, "{%p endif %}")
    tag(document, "{%p if method_version %}")
    document.add_paragraph("Версия методики: {{ method_version }}.")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def _deficits(document: DocumentObject) -> None:
    tag(document, "{%p if has.deficits %}")
    heading(document, "deficits", "Дефициты и\u00a0запрос")
    tag(document, "{%p if deficits %}")
    columns = [
        Column("№", 1, "{{ row.number }}", "center"),
        Column("Дефицит", 8, "{{ row.competency }}"),
        Column("Источник", 4.5, "{{ row.source }}"),
        Column("Приоритет", 3.5, "{{ row.priority }}"),
    ]
    loop_table(document, columns, "row in deficits")
    _gap(document)
    tag(document, "{%p else %}")
    document.add_paragraph("Дефицитов нет.")
    tag(document, "{%p endif %}")
    tag(document, "{%p if personal_request %}")
    document.add_paragraph("Запрос педагога: {{ personal_request }}")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def _goals(document: DocumentObject) -> None:
    tag(document, "{%p if has.goals %}")
    heading(document, "goals", "Цель и\u00a0задачи")
    tag(document, "{%p if goal %}")
    document.add_paragraph("Цель: {{ goal }}")
    tag(document, "{%p endif %}")
    tag(document, "{%p if tasks %}")
    columns = [
        Column("№", 1, "{{ row.number }}", "center"),
        Column("Задача", 8, "{{ row.text }}{% if row.deficits %} ({{ row.deficits }}){% endif %}"),
        Column("Ожидаемый результат", 8, "{{ row.expected_result }}"),
    ]
    loop_table(document, columns, "row in tasks")
    _gap(document)
    tag(document, "{%p endif %}")
    tag(document, "{%p if expected_result %}")
    document.add_paragraph("Ожидаемый результат: {{ expected_result }}")
    tag(document, "{%p endif %}")
    tag(document, "{%p if not goal and not tasks and not expected_result %}")
    document.add_paragraph("Цель и\u00a0задачи не\u00a0заданы.")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def _plan(document: DocumentObject) -> None:
    heading(document, "plan", "Карта профессионального развития")
    tag(document, "{%p if items %}")
    columns = [
        Column("№", 0.9, "{{ item.number }}", "center"),
        Column("{{ aim_caption }}", 3.5, "{{ item.aim }}\n{{ item.task }}"),
        Column("Мероприятие", 5.8, "{{ item.title }}\n{{ item.about }}"),
        Column("Форма", 2.4, "{{ item.form }}"),
        Column("Часы", 1.2, "{{ item.hours }}", "right"),
        Column("Период", 2.2, "{{ item.period }}"),
        Column("Кто сопровождает", 2.5, "{{ item.supporter }}"),
        Column("Ожидаемый результат и\u00a0подтверждение", 3.3, "{{ item.outcome }}\n{{ item.evidence }}"),
        Column("Статус, документ", 2.8, "{{ item.state }}\n{{ item.confirmation }}"),
        Column("Отметка тьютора", 2.1, "{{ item.tutor_mark }}"),
    ]
    table = loop_table(document, columns, "item in items", size="Small cell")
    table.rows[2].cells[2].paragraphs[0].runs[0].bold = True
    tag(document, "{%p else %}")
    document.add_paragraph("Мероприятий пока нет.")
    tag(document, "{%p endif %}")


def _totals(document: DocumentObject) -> None:
    tag(document, "{%p if has.totals %}")
    heading(document, "totals", "Итого")
    columns = [
        Column("Вид", 7, "{{ row.kind }}"),
        Column("Пунктов", 2.5, "{{ row.count }}", "center"),
        Column("Выполнено", 2.5, "{{ row.done }}", "center"),
        Column("Объём", 6, "{{ row.hours }}"),
    ]
    loop_table(document, columns, "row in totals")
    _gap(document)
    document.add_paragraph("Всего: {{ total_hours }}. Выполнено: {{ done }}.{% if points %} Накоплено: {{ points }}.{% endif %}")
    tag(document, "{%p endif %}")


def _revisions(document: DocumentObject) -> None:
    tag(document, "{%p if has.revisions %}")
    heading(document, "revisions", "Корректировки")
    tag(document, "{%p if revisions %}")
    columns = [
        Column("Дата", 2.5, "{{ row.made_on }}"),
        Column("Причина", 7, "{{ row.reason }}"),
        Column("Изменение", 9, "{{ row.change }}"),
        Column("Кто согласовал", 4.2, "{{ row.agreed_by }}"),
        Column("Приказ", 4, "{{ row.order }}"),
    ]
    loop_table(document, columns, "row in revisions")
    tag(document, "{%p else %}")
    document.add_paragraph("Корректировок нет.")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def _reflection(document: DocumentObject) -> None:
    tag(document, "{%p if has.reflection %}")
    heading(document, "reflection", "Рефлексия и\u00a0вывод тьютора")
    own, tutor = plain_table(document, [LANDSCAPE_CM / 2, LANDSCAPE_CM / 2])
    write_lines(own, ["!Рефлексия педагога", "{{ reflection or 'нет' }}"])
    write_lines(tutor, ["!Вывод тьютора", "{{ tutor_conclusion or 'нет' }}"])
    tag(document, "{%p endif %}")


def _repeat(document: DocumentObject) -> None:
    tag(document, "{%p if has.repeat %}")
    heading(document, "repeat", "Повторная диагностика")
    tag(document, "{%p if changes %}")
    columns = [
        Column("Компетенция", 12.7, "{{ row.competency }}"),
        Column("До", 3, "{{ row.before }}", "center"),
        Column("После", 3, "{{ row.after }}", "center"),
        Column("Что изменилось", 8, "{{ row.outcome }}"),
    ]
    loop_table(document, columns, "row in changes")
    _gap(document)
    tag(document, "{%p else %}")
    document.add_paragraph("Повторной диагностики ещё не\u00a0было.")
    tag(document, "{%p endif %}")
    tag(document, "{%p if recommendation %}")
    document.add_paragraph("Рекомендация на\u00a0следующий цикл: {{ recommendation }}")
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")


def order() -> DocumentObject:
    document = new_document()
    running_lines(document, "", "{{ printed }}", ", отпечаток {{ fingerprint }}")
    _order_text(document)
    document.add_page_break()
    _annex(document)
    return document


def _order_text(document: DocumentObject) -> None:
    document.add_paragraph("{{ school }}", style="Subtitle").runs[0].bold = True
    document.add_paragraph("ПРИКАЗ", style="Title")
    day, number = plain_table(document, [PORTRAIT_CM / 2, PORTRAIT_CM / 2])
    write_lines(day, ["{{ issued_on }}"], "Order")
    write_lines(number, ["№\u00a0{{ number }}"], "Order", "right")
    tag(document, "{%p if place %}")
    document.add_paragraph("{{ place }}", style="Order").alignment = WD_ALIGN_PARAGRAPH.CENTER
    tag(document, "{%p endif %}")
    subject = document.add_paragraph("{{ title }}", style="Order")
    subject.runs[0].bold = True
    subject.paragraph_format.space_before = subject.paragraph_format.space_after = Pt(14)
    _justified(document, "{{ basis }} ПРИКАЗЫВАЮ:")
    tag(document, "{%p for point in points %}")
    _justified(document, "{{ point.number }}.\u00a0{{ point.text }}")
    tag(document, "{%p endfor %}")
    _signature(document)


def _signature(document: DocumentObject) -> None:
    space = document.add_paragraph(style="Order")
    space.paragraph_format.space_after = Pt(18)
    post, line, name = plain_table(document, [6.5, 5, 5.5])
    write_lines(post, ["{{ head_post }}"], "Order")
    write_lines(line, ["_________________"], "Order", "center")
    write_lines(name, ["{{ head_name }}"], "Order", "right")


def _annex(document: DocumentObject) -> None:
    for line in ("Приложение", "{{ annex_to }}"):
        document.add_paragraph(line, style="Order").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("Список педагогических работников, индивидуальные образовательные маршруты которых утверждены", style="Title")
    _gap(document)
    columns = [
        Column("№", 1, "{{ person.number }}", "center"),
        Column("ФИО", 4.9, "{{ person.full_name }}"),
        Column("Должность", 3.65, "{{ person.position }}"),
        Column("Период", 4.35, "{{ person.period }}"),
        Column("Тьютор", 3.1, "{{ person.tutor }}"),
    ]
    loop_table(document, columns, "person in people")


def _justified(document: DocumentObject, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text, style="Order")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.25)
    return paragraph


def _kept(document: DocumentObject, text: str) -> None:
    document.add_paragraph(text).paragraph_format.keep_with_next = True


def _gap(document: DocumentObject) -> None:
    """Set the text below a table apart from it: a table has no space of its own."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(5)


TEMPLATES = {"route.docx": route, "order.docx": order}


def build(folder: Path = HERE) -> None:
    """Write the templates into the folder."""
    for name, make in TEMPLATES.items():
        document = make()
        properties = document.core_properties
        properties.author = properties.comments = properties.title = ""
        document.save(str(folder / name))


if __name__ == "__main__":
    build()
