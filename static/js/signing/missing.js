/* Says what form[data-sign] still lacks: in its bar all the time, and next to the field, with the
   focus moved there, when somebody tries to send it too early. The server checks again. */

const form = document.querySelector("form[data-sign]");
const left = form.querySelector("[data-left]");

function missing() {
  const boxes = [...form.querySelectorAll("[name=points]:not(:checked)")];
  const { method, strokes, typed_name: typedName, consent } = form.elements;
  const found = [];
  for (const field of form.querySelectorAll("[name=number], [name=pin]")) {
    if (!field.value.trim()) found.push({ name: field.name, words: field.dataset.words, fields: [field] });
  }
  if (boxes.length) found.push({ name: "points", words: `${boxes.length} butir`, fields: boxes });
  if (method.value === "TYPED") {
    if (!typedName.value.trim()) {
      found.push({ name: "typed_name", words: "nama", fields: [typedName] });
    }
  } else if (!strokes.value) {
    found.push({ name: "strokes", words: "tanda tangan", fields: [form.querySelector("[data-pad]")] });
  }
  if (!consent.checked) found.push({ name: "consent", words: "persetujuan", fields: [consent] });
  return found;
}

export function showLeft() {
  const words = missing().map((lack) => lack.words);
  const refused = form.querySelector("[data-error]:not([hidden])");
  const rest = refused ? "Periksa yang ditandai." : "Semua sudah lengkap.";
  if (!words.length) delete form.dataset.incomplete;
  left.textContent = words.length ? `Belum: ${words.join(", ")}` : rest;
  left.hidden = false;
}

/* A sentence stays until what it asks for is done; then it goes, whoever wrote it. */
function clearDone({ name }) {
  const lacks = missing();
  const error = form.querySelector(`[data-error="${name}"]`);
  if (error && !lacks.some((lack) => lack.name === name)) error.hidden = true;
  const open = lacks.flatMap((lack) => lack.fields);
  for (const field of form.querySelectorAll(`[name="${name}"], [data-pad]`)) {
    if (!open.includes(field)) field.removeAttribute("aria-invalid");
  }
}

function show(lack) {
  const error = form.querySelector(`[data-error="${lack.name}"]`);
  error.textContent = error.dataset.missing;
  error.hidden = false;
  lack.fields[0].closest("li")?.append(error);
  for (const field of lack.fields) field.setAttribute("aria-invalid", "true");
}

form.noValidate = true;
form.addEventListener("input", ({ target }) => {
  clearDone(target);
  showLeft();
});
form.addEventListener("submit", (event) => {
  const lacks = missing();
  if (!lacks.length) return;
  event.preventDefault();
  form.dataset.incomplete = "";
  lacks.forEach(show);
  lacks[0].fields[0].focus();
});
window.addEventListener("pageshow", showLeft);
showLeft();
form.querySelector("[data-summary]")?.focus();
