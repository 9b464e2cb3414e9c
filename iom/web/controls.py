"""How a field of a form is drawn and how its error is told; knows the shape of WTForms fields, not the library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ISO_DATE = "%Y-%m-%d"  # the only format a browser's own date picker speaks


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to mend: the id of the control it is about (empty for the form as a whole) and what to do."""

    field_id: str
    message: str


def form_errors(form: Any) -> list[FieldError]:
    """Return what is to be mended in a form, in the order of its fields, one message a field, the whole form last."""
    found = [error for field in form for error in _field_errors(field)]
    return found + [FieldError("", str(message)) for message in getattr(form, "form_errors", ())]


def _field_errors(field: Any) -> Iterator[FieldError]:
    if not field.errors:
        return
    if getattr(field, "entries", None) is not None:  # a list of fields
        for entry in field.entries:
            yield from _field_errors(entry)
        if not any(entry.errors for entry in field.entries):
            yield FieldError(field.id, str(field.errors[0]))
    elif isinstance(field.errors, Mapping):  # a form inside a form
        yield from form_errors(field.form)
    else:
        yield FieldError(first_control_id(field), str(field.errors[0]))


def first_control_id(field: Any) -> str:
    """Return the id of the control that a link from the error summary should reach: the first choice of a group."""
    return f"{field.id}-0" if is_group(field) else str(field.id)


def is_group(field: Any) -> bool:
    """Return whether a field is drawn as a group of radio buttons or checkboxes rather than as one control."""
    kind = getattr(getattr(field, "option_widget", None), "input_type", "")
    return kind in {"radio", "checkbox"}


def control_attributes(field: Any, field_id: str, hint: str = "", extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the attributes of a field's control: its id, the ids of its error and hint, and a keyboard that suits it.

    What the browser would check by itself (`required`, `maxlength`) is left out: the server explains in Russian beside the field, and a
    text that is too long must come back whole instead of being cut while it is pasted.
    """
    attributes: dict[str, Any] = {"id": field_id, "required": False, "maxlength": False, "minlength": False}
    described_by = [f"{field_id}-error"] * bool(field.errors) + [f"{field_id}-hint"] * bool(hint)
    if field.errors:
        attributes["aria-invalid"] = "true"
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    return attributes | _keyboard(field) | dict(extra or {})


def _keyboard(field: Any) -> dict[str, Any]:
    if field.type == "IntegerField":
        return {"type": "text", "inputmode": "numeric", "autocomplete": "off"}
    if field.type == "DecimalField":
        return {"type": "text", "inputmode": "decimal", "autocomplete": "off"}
    if field.type == "DateField" and ISO_DATE not in field.format:
        return {"type": "text", "inputmode": "numeric", "autocomplete": "off"}
    return {}
