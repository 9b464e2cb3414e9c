// Tables with ticks: <table data-select> and, in the same form, a bar [data-bulk]. Selecting all means the rows on this page.
// Keys, only while the focus is in the table: ↑ ↓ row, space tick, Shift+↑ ↓ tick a run, Enter open, Ctrl+A all, Esc none. No key is a
// single letter. <html data-keys="off"> switches them off.

const plurals = new Intl.PluralRules("ru");

class Selection {
  constructor(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.all = table.querySelector("[data-select-all]");
    this.bar = (table.closest("form") ?? document).querySelector("[data-bulk]");
    table.addEventListener("change", (event) => this.changed(event));
    this.bar?.querySelector("[data-bulk-clear]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.setAll(false);
      (this.all ?? this.rows()[0])?.focus();
    });
    this.refresh();
  }

  rows() {
    return [...this.body.rows].filter((row) => !row.classList.contains("group-row"));
  }

  box(row) {
    return row?.querySelector(".c-box input[type=checkbox]:not(:disabled)") ?? null;
  }

  boxes() {
    return this.rows().map((row) => this.box(row)).filter(Boolean);
  }

  set(box, checked) {
    if (!box || box.checked === checked) return;
    box.checked = checked;
    this.refresh();
  }

  setAll(checked) {
    for (const box of this.boxes()) box.checked = checked;
    this.refresh();
  }

  changed(event) {
    if (event.target === this.all) this.setAll(this.all.checked);
    else this.refresh();
  }

  refresh() {
    const boxes = this.boxes();
    const count = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr").classList.toggle("is-sel", box.checked);
    if (this.all) {
      this.all.checked = count > 0 && count === boxes.length;
      this.all.indeterminate = count > 0 && count < boxes.length;
    }
    if (this.bar) this.show(count);
  }

  show(count) {
    this.bar.hidden = count === 0;
    const noun = { one: this.bar.dataset.one, few: this.bar.dataset.few }[plurals.select(count)] ?? this.bar.dataset.many;
    put(this.bar.querySelector("[data-bulk-count]"), String(count));
    put(this.bar.querySelector("[data-bulk-noun]"), noun);
    for (const label of this.bar.querySelectorAll("[data-count-label]")) put(label, label.dataset.countLabel.replace("{n}", count));
  }
}

class Keys {
  constructor(selection) {
    this.selection = selection;
    this.body = selection.body;
    this.current = null;
    this.roam(selection.rows()[0]);
    this.body.addEventListener("focusin", (event) => this.roam(event.target.closest("tr")));
    this.body.addEventListener("keydown", (event) => this.press(event));
    // Sorting and filtering may replace the rows.
    new MutationObserver(() => {
      if (!this.current?.isConnected) this.roam(selection.rows()[0]);
      selection.refresh();
    }).observe(this.body, { childList: true });
  }

  // The table is one stop of the Tab key: only the controls of the current row can be reached by it. Those of the other rows stay
  // clickable and readable.
  roam(row) {
    if (!row || row.classList.contains("group-row")) return;
    this.current = row;
    for (const other of this.selection.rows()) {
      other.classList.toggle("is-focus", other === row && this.body.contains(document.activeElement));
      for (const control of other.querySelectorAll("a[href], button, input, select")) control.tabIndex = other === row ? 0 : -1;
    }
  }

  link(row) {
    return row?.querySelector(".who-name[href], a[href]") ?? this.selection.box(row);
  }

  go(step) {
    const rows = this.selection.rows();
    const next = rows[rows.indexOf(this.current) + step];
    if (next) this.link(next)?.focus();
    return next;
  }

  press(event) {
    if (event.altKey || event.metaKey) return;
    const handler = this.handler(event);
    if (handler) {
      event.preventDefault();
      handler();
    }
  }

  handler(event) {
    const { selection } = this;
    const onBox = event.target.matches("input[type=checkbox]");
    if (event.ctrlKey) return event.code === "KeyA" ? () => selection.setAll(true) : null;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      return event.shiftKey ? () => this.run(step) : () => this.go(step);
    }
    if (event.key === " " && !onBox && !event.target.matches("button")) {
      const box = selection.box(this.current);
      return box ? () => selection.set(box, !box.checked) : null;
    }
    if (event.key === "Enter" && onBox) return () => this.link(this.current)?.click();
    if (event.key === "Escape") return () => selection.setAll(false);
    return null;
  }

  run(step) {
    selectRow(this.selection, this.current);
    selectRow(this.selection, this.go(step));
  }
}

function selectRow(selection, row) {
  if (row) selection.set(selection.box(row), true);
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

for (const table of document.querySelectorAll("table[data-select]")) {
  const selection = new Selection(table);
  if (document.documentElement.dataset.keys !== "off") {
    new Keys(selection);
    for (const help of document.querySelectorAll("[data-keys-help]")) help.hidden = false;
  }
}

// Back from another page: the browser restores the ticks after this script has run.
window.addEventListener("pageshow", () => {
  for (const table of document.querySelectorAll("table[data-select]")) table.dispatchEvent(new Event("change"));
});
