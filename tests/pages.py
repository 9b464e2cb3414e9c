"""What must hold on every page: a title, one h1, labels, unique ids, no inline script or style, Russian quotes."""

import re
from html.parser import HTMLParser


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.problems: list[str] = []
        self.headings = 0
        self.title = ""
        self.text: list[str] = []
        self._inside: list[str] = []
        self._label_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside.append(tag)
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings += 1
        if tag == "label":
            self._label_depth += 1
            if given.get("for"):
                self.labelled.add(given["for"] or "")
        if "style" in given or any(name.startswith("on") for name in given):
            self.problems.append(f"inline style or handler on <{tag}>")
        if tag == "script" and not given.get("src"):
            self.problems.append("inline script")
        if tag in {"input", "select", "textarea"} and given.get("type") not in {"hidden", "submit"}:
            self.fields.append(given | {"in label": "yes" if self._label_depth else None})

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label_depth -= 1
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self._inside and "svg" not in self._inside:
            self.title += data
        if not {"script", "style", "textarea", "pre", "code"} & set(self._inside):
            self.text.append(data)


def check_page(html: str) -> None:
    """Fail with every fault of the page named."""
    page = _Page()
    page.feed(html)
    faults = list(page.problems)
    if not page.title.strip():
        faults.append("no title")
    if page.headings != 1:
        faults.append(f"{page.headings} h1 headings")
    if repeated := {name for name in page.ids if page.ids.count(name) > 1}:
        faults.append(f"ids used twice: {sorted(repeated)}")
    for field in page.fields:
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("in label") or field.get("id") in page.labelled
        if not named:
            faults.append(f"field without a label: {field.get('name')}")
    if re.search(r'(?<=[\s(])"\w', " ".join(page.text)):
        faults.append("straight quotes in the text")
    assert not faults, "\n".join(faults)
