// After an action the focus goes to what it led to: the error summary or the message, [data-focus]. A message that was on the page when it
// loaded is not announced by itself; one that has the focus is read.

document.querySelector("[data-focus]")?.focus({ preventScroll: false });
