// Questionnaires: <form data-autosave="URL"> with <fieldset data-item="…"> in it. Every changed answer is posted by itself with the fields
// item, value, client_key, answered_at, sent_at and csrf_token; the server answers {"saved_at": "14:32"}. Answers go in the order they were given.
// What cannot be sent waits in the memory of this page only (nothing personal is stored on the device) and is tried again by itself.
// An answer keeps its client_key through all tries, so that the server counts it once.

const TIMEOUT = 15_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.waiting = [];
    this.sending = null;
    this.refused = false;
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    form.addEventListener("change", (event) => this.answered(event.target));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.retryNow());
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent().length && !this.leaving) event.preventDefault();
    });
  }

  unsent() {
    return this.sending ? [this.sending, ...this.waiting] : this.waiting;
  }

  answered(control) {
    const set = control.closest("[data-item]");
    if (!set || (control.type === "radio" && !control.checked)) return;
    const answer = { item: set.dataset.item, number: Number(set.dataset.number || 0), value: value(set, control), key: key(), at: new Date().toISOString() };
    // An earlier answer to the same item that has not left yet is replaced: it was never given to anybody.
    this.waiting = this.waiting.filter((other) => other.item !== answer.item);
    this.waiting.push(answer);
    this.refused = false;
    this.pause = FIRST_PAUSE;
    this.send();
  }

  retryNow() {
    this.pause = FIRST_PAUSE;
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending) return;
    while (this.waiting.length) {
      this.sending = this.waiting.shift();
      const result = await this.post(this.sending);
      if (result.kind !== "saved") {
        this.waiting = this.newer(this.sending) ? this.waiting : [this.sending, ...this.waiting];
        this.sending = null;
        this.failed(result);
        return;
      }
      this.sending = null;
      this.pause = FIRST_PAUSE;
      this.savedAt = result.savedAt;
      if (!this.waiting.length) this.show("saved");
    }
    this.afterFlush?.();
  }

  newer(answer) {
    return this.waiting.some((other) => other.item === answer.item);
  }

  failed({ kind, after }) {
    if (kind === "refused") {
      this.refused = true;
      this.show("unsent");
      return;
    }
    this.show("waiting");
    this.timer = setTimeout(() => this.send(), after ?? this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  async post(answer) {
    const body = new FormData();
    body.set("csrf_token", this.form.elements.csrf_token?.value ?? "");
    body.set("item", answer.item);
    body.set("value", answer.value);
    body.set("client_key", answer.key);
    body.set("answered_at", answer.at);
    body.set("sent_at", new Date().toISOString()); // the server counts by the difference: the device's own clock may be wrong
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual", // a redirect means that the session has ended: the answer has not been taken
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (response.ok) return { kind: "saved", savedAt: (await response.json()).saved_at };
      if (response.status >= 500 || response.status === 429 || response.status === 408) {
        const seconds = Number(response.headers.get("Retry-After"));
        return { kind: "waiting", after: seconds > 0 ? seconds * 1000 : undefined };
      }
      return { kind: "refused" };
    } catch {
      return { kind: "waiting" };
    }
  }

  // «Дальше» leaves the page, and with it what waits in its memory: first everything must be sent.
  submitted(event) {
    if (!this.unsent().length || this.leaving) {
      this.leaving = true;
      return;
    }
    if (this.refused) {
      // The form itself carries the answers; sending it whole is the way out when single answers are refused.
      this.leaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.afterFlush = () => {
      this.afterFlush = null;
      this.leaving = true;
      this.form.requestSubmit(submitter);
    };
    this.show("waiting");
    this.retryNow();
  }

  show(state) {
    for (const view of this.form.querySelectorAll("[data-save-state]")) {
      if (state === "saved") put(view.querySelector("[data-saved-at]"), this.savedAt);
      for (const part of view.querySelectorAll("[data-state]")) {
        if (part.hidden !== (part.dataset.state !== state)) part.hidden = part.dataset.state !== state;
      }
    }
    const note = this.form.querySelector("[data-save-note]");
    if (note) this.tell(note, state);
  }

  tell(note, state) {
    const numbers = this.unsent().map((answer) => answer.number).filter(Boolean).sort((a, b) => a - b);
    const waiting = numbers.length > 1 ? note.dataset.waitingMany : numbers.length ? note.dataset.waitingOne : note.dataset.waiting;
    const text = { waiting, unsent: note.dataset.refused }[state] ?? "";
    put(note.querySelector("[data-save-note-text]"), text.replace("{n}", ranges(numbers)));
    note.hidden = !text;
  }
}

function value(set, control) {
  if (control.type !== "checkbox") return control.value;
  return [...set.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value).join(",");
}

// crypto.randomUUID is there only over https; a school's server may be on plain http.
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// 8, 9, 10, 12 → «8–10, 12»
function ranges(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number <= last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text ?? "";
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
