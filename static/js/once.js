// Forms that must not be sent twice: <form data-once="Отправляем…">. The pressed button says that it works; a second press does nothing.

const sent = new WeakMap();

function press(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  const words = button && lastTextNode(button);
  sent.set(form, { button, words, text: words?.data });
  // Not `disabled`: a disabled button is left out of what is sent, and loses the focus.
  button?.setAttribute("aria-disabled", "true");
  if (words && form.dataset.once) words.data = form.dataset.once;
}

function lastTextNode(button) {
  const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.data.trim() && !node.parentElement.closest(".visually-hidden") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  });
  let last = null;
  while (walker.nextNode()) last = walker.currentNode;
  return last;
}

function release(form) {
  const state = sent.get(form);
  if (!state) return;
  state.button?.removeAttribute("aria-disabled");
  if (state.words) state.words.data = state.text;
  sent.delete(form);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-once]")) press(event);
});

// Back from the next page: the browser shows this page as it was left, busy button and all.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-once]")) release(form);
});

// htmx sends the form itself and may leave it on the page.
document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest?.("form[data-once]")));
