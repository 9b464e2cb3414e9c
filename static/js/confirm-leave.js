// Forms whose typed text must not be lost by a slip: <form data-confirm-leave>. The browser asks before leaving while something is unsent.

const dirty = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-confirm-leave]");
  if (form) dirty.add(form);
});

document.addEventListener("submit", (event) => dirty.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected && hasText(form))) event.preventDefault();
});

function hasText(form) {
  return [...form.elements].some((control) => "defaultValue" in control && control.value !== control.defaultValue);
}
