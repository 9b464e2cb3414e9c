// A block of questions one at a time: <form data-one-by-one> with several <fieldset data-item> and «Назад», «Дальше» in it. Without this
// script the whole block stands on one page. Nothing is loaded between the questions, so a lost link does not stop the person.

class OneByOne {
  constructor(form) {
    this.form = form;
    this.sets = [...form.querySelectorAll("[data-item]")];
    this.number = form.querySelector("[data-question-number]");
    this.back = form.querySelector("[data-one-back]");
    form.addEventListener("submit", (event) => this.next(event), true);
    this.back?.addEventListener("click", (event) => this.previous(event));
    const open = this.sets.findIndex((set) => set.querySelector("[aria-invalid], .field-error") || !set.querySelector("input:checked"));
    this.show(Math.max(open, 0), false);
  }

  show(place, move = true) {
    this.place = place;
    this.sets.forEach((set, n) => {
      set.hidden = n !== place;
    });
    const set = this.sets[place];
    if (this.number && set.dataset.number) this.number.textContent = set.dataset.number;
    if (this.back) this.back.hidden = place === 0 && !this.back.getAttribute("href");
    if (!move) return;
    const heading = set.querySelector("h1, h2") ?? set.querySelector("legend");
    heading.tabIndex = -1;
    heading.focus();
    window.scrollTo(0, 0);
  }

  next(event) {
    if (this.place === this.sets.length - 1) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.show(this.place + 1);
  }

  previous(event) {
    if (this.place === 0) return;
    event.preventDefault();
    this.show(this.place - 1);
  }
}

for (const form of document.querySelectorAll("form[data-one-by-one]")) new OneByOne(form);
