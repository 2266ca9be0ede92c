/* Puts a search field above a long list of choices, select[data-search-choices]: typing leaves only
   the choices that hold every word, in their own name or in that of their group. What is chosen
   already stays chosen, whatever is typed. */

const MARKS = /\p{Diacritic}/gu;

const plain = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();

function searchField(select) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control mb-2";
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
  return line;
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
  if (!typed.trim()) return "";
  const size = (node) => (node.tagName === "OPTION" ? 1 : node.children.length);
  const count = found.reduce((sum, node) => sum + size(node), 0);
  return count ? `${count} cocok; pilih dari daftar di atas.` : "Tidak ada yang cocok.";
}

for (const select of document.querySelectorAll("select[data-search-choices]")) {
  const [none, ...everything] = [...select.children].map((node) => node.cloneNode(true));
  const field = searchField(select);
  const status = statusLine();
  select.before(field);
  select.after(status);
  field.addEventListener("input", () => {
    const found = search(everything, field.value);
    show(select, none, found);
    status.textContent = told(found, field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    select.focus();
  });
}
