// A queue of decisions: [data-queue] with a[rel=prev] and a[rel=next]. Alt+→ opens the next one, Alt+← the one before, while the focus is
// not in a field, where these keys move by words. <html data-keys="off"> switches them off.

const queue = document.querySelector("[data-queue]");

if (queue && document.documentElement.dataset.keys !== "off") {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.shiftKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const rel = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
    const link = rel && queue.querySelector(`a[rel=${rel}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
