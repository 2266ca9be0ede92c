/* Makes a long list of choices, select[data-search-choices], one control with a search field: typing
   leaves only the choices that hold every word, in their own name or in that of their group, and
   spreads them out below. What is chosen already stays chosen, whatever is typed. */

const HINT = "Ketik untuk mempersempit daftar, lalu pilih.";
const MOST_SPREAD = 8;

const MARKS = /\p{Diacritic}/gu;

const plain = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();

function searchField(select) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control";
  field.placeholder = select.dataset.searchChoices;
  field.autocomplete = "off";
  field.setAttribute("aria-label", `${select.dataset.searchChoices} untuk menyaring pilihan`);
  field.setAttribute("aria-controls", select.id);
  return field;
}

function statusLine() {
  const line = document.createElement("p");
  line.className = "form-text mb-0";
  line.setAttribute("role", "status");
  line.textContent = HINT;
  return line;
}

/* The frame that holds both; what the form says below a wrong field still shows behind it. */
function frame(select) {
  const around = document.createElement("div");
  around.className = "search-choices";
  around.classList.toggle("is-invalid", select.classList.contains("is-invalid"));
  around.setAttribute("role", "group");
  around.setAttribute("aria-label", select.labels[0]?.textContent.replace("*", "").trim() ?? "");
  return around;
}

/* Shows several choices at once, or just the chosen one. */
function spread(select, wide) {
  if (wide) select.size = Math.min(Math.max(select.options.length, 2), MOST_SPREAD);
  else select.removeAttribute("size");
}

/* A copy of a choice, or of a group with those of its choices that are wanted; null for none. */
function wanted(node, fits, group = "") {
  if (node.tagName === "OPTION") {
    return fits(`${group} ${node.label}`) ? node.cloneNode(true) : null;
  }
  const choices = [...node.children].map((each) => wanted(each, fits, node.label)).filter(Boolean);
  if (!choices.length) return null;
  const copy = node.cloneNode(false);
  copy.append(...choices);
  return copy;
}

function search(everything, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const fits = (text) => words.every((word) => plain(text).includes(word));
  return everything.map((node) => wanted(node, fits)).filter(Boolean);
}

/* The first choice, which stands for none, stays as well. */
function show(select, none, found) {
  const chosen = select.selectedOptions[0].cloneNode(true);
  select.replaceChildren(none.cloneNode(true), ...found);
  const there = [...select.options].some((option) => option.value === chosen.value);
  if (!there) select.firstElementChild.after(chosen);
  select.value = chosen.value;
}

function told(found, typed) {
  if (!typed.trim()) return HINT;
  const size = (node) => (node.tagName === "OPTION" ? 1 : node.children.length);
  const count = found.reduce((sum, node) => sum + size(node), 0);
  return count ? `${count} cocok; pilih dari daftar.` : "Tidak ada yang cocok.";
}

for (const select of document.querySelectorAll("select[data-search-choices]")) {
  const [none, ...everything] = [...select.children].map((node) => node.cloneNode(true));
  const field = searchField(select);
  const status = statusLine();
  const around = frame(select);
  select.before(around);
  around.append(field, select);
  around.after(status);
  field.addEventListener("input", () => {
    const found = search(everything, field.value);
    show(select, none, found);
    spread(select, found.length && field.value.trim());
    status.textContent = told(found, field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    select.focus();
  });
  select.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !select.size) return;
    event.preventDefault();
    spread(select, false);
  });
  select.addEventListener("click", (event) => {
    if (event.target.tagName === "OPTION") spread(select, false);
  });
  around.addEventListener("focusout", (event) => {
    if (!around.contains(event.relatedTarget)) spread(select, false);
  });
}
