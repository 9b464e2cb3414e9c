"""Answers with workbooks of an import: the template with its dictionary, and the refused rows to be mended."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import send_file
from werkzeug.wrappers import Response

from iom.documents.sheets_out import Column, Kind, Sheet, write_workbook
from iom.organizations.staff_import import texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(schools: Iterable[tuple[str, str]], subjects: Iterable[str], now: datetime) -> Response:
    """Return the template: keys in the first row, captions in the second, and what may stand in the columns."""
    columns = [Column(key, key, width=20) for key in texts.CAPTION]
    sheets = [
        Sheet(texts.TEMPLATE_SHEET, columns, [dict(texts.CAPTION)]),
        Sheet(
            texts.DICTIONARY_SHEET,
            [Column(key, caption, width=60 if key == "how" else 26) for key, caption in texts.DICTIONARY.items()],
            [{"key": key, "caption": caption, "how": texts.HOW_TO_FILL.get(key, "")} for key, caption in texts.CAPTION.items()],
        ),
        Sheet(
            texts.SCHOOLS_SHEET,
            [Column(key, caption, width=40) for key, caption in texts.SCHOOL.items()],
            [{"code": code, "name": name} for code, name in schools],
        ),
        Sheet(
            texts.SUBJECTS_SHEET,
            [Column(key, caption, width=40) for key, caption in texts.SUBJECT.items()],
            [{"title": title} for title in subjects],
        ),
    ]
    return _file(sheets, texts.TEMPLATE_NAME, now)


def refused(lines: Sequence[Mapping[str, Any]], batch_id: int, now: datetime) -> Response:
    """Return the refused rows as the file had them, each with its reason."""
    rows = [{"row": line["row"], "reason": texts.refusal(line), **_cells(line["values"])} for line in lines]
    found = dict.fromkeys(key for row in rows for key in row if key not in texts.LINE)
    columns = [Column("row", texts.LINE["row"], Kind.INT, 12), Column("reason", texts.LINE["reason"], width=60)]
    columns += [Column(key, texts.CAPTION.get(key, key), width=20) for key in found]
    filled = [{column.key: row.get(column.key, "") for column in columns} for row in rows]
    return _file([Sheet(texts.REFUSED_SHEET, columns, filled)], texts.REFUSED_NAME.format(batch=batch_id), now)


def _cells(values: Mapping[str, Any]) -> dict[str, str]:
    if "cells" in values:
        return {str(heading): str(text) for heading, text in values["cells"].items()}
    named = {"subject_code": "; ".join(values.get("subjects", ()))}
    return named | {key: str(values[key]) for key in texts.CAPTION if key in values and not isinstance(values[key], bool)}


def _file(sheets: Sequence[Sheet], name: str, now: datetime) -> Response:
    file = io.BytesIO()
    write_workbook(file, sheets, made_at=now)
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=name)
