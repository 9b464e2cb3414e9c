// File fields: <input type="file" data-filepick data-max-bytes data-too-large="…{name}…{size}…"> inside <label class="drop">. Says what was
// chosen and refuses a file that the server would refuse for its size, before it is sent.

const UNITS = ["Б", "КБ", "МБ", "ГБ"];

function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit && value < 10 ? 1 : 0;
  return `${value.toFixed(digits).replace(".0", "").replace(".", ",")}\u00a0${UNITS[unit]}`;
}

function show(input) {
  const field = input.closest(".field");
  const error = field.querySelector("[data-filepick-error]");
  const files = [...input.files];
  const limit = Number(input.dataset.maxBytes || 0);
  const large = limit ? files.find((file) => file.size > limit) : undefined;
  error.hidden = !large;
  error.textContent = large ? input.dataset.tooLarge.replace("{name}", large.name).replace("{size}", size(large.size)) : "";
  if (large) input.value = "";
  field.querySelector("[data-filepick-names]").textContent = large ? "" : files.map((file) => `${file.name}, ${size(file.size)}`).join("; ");
}

function start(root) {
  for (const input of root.querySelectorAll("input[data-filepick]")) {
    input.closest(".drop").classList.add("is-ready");
    input.addEventListener("change", () => show(input));
    if (input.files.length) show(input);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
