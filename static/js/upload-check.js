/* Says at once which chosen files would be refused, and shows that a long upload is under way.

   form[data-upload-form] says how large one file may be and all of them together, in bytes
   (data-most-file-bytes, data-most-bytes) and in words (data-most-file, data-most). It holds inputs
   [data-upload]; the endings they take are in their accept attribute. The server checks again. */

const form = document.querySelector("form[data-upload-form]");
const button = form.querySelector("[data-uploading]");
const label = button.textContent;
const inputs = [...form.querySelectorAll("[data-upload]")];
const { most, mostBytes, mostFile, mostFileBytes } = form.dataset;
const UNITS = [["MB", 1_048_576], ["kB", 1024], ["B", 1]];

const lists = new Map(inputs.map((input) => {
  const list = document.createElement("ul");
  list.className = "file-list";
  input.after(list);
  return [input, list];
}));

function inWords(size) {
  const [unit, bytes] = UNITS.find(([, least]) => size >= least) ?? UNITS.at(-1);
  return `${(size / bytes).toLocaleString("id-ID", { maximumFractionDigits: 1 })} ${unit}`;
}

function faultOf(input, file) {
  const endings = input.accept.split(",");
  if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) {
    return "Bukan CSV atau XLSX.";
  }
  if (file.size === 0) return "Berkas ini kosong.";
  return file.size > Number(mostFileBytes) ? `Lebih besar dari ${mostFile}.` : "";
}

function excess() {
  const sizes = inputs.flatMap((input) => [...input.files].map((file) => file.size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total > Number(mostBytes) ? `Seluruh berkas ${inWords(total)}, lebih besar dari ${most}.` : "";
}

function line(words, isBad) {
  const item = document.createElement("li");
  item.textContent = words;
  item.classList.toggle("is-bad", isBad);
  return item;
}

/* Each file with its size; the first fault is also what the browser says when the form is sent.
   As long as nothing is chosen, what the server said of the last choice stays. */
function show(input, tooMuch) {
  const faults = [...input.files].map((file) => [file, faultOf(input, file)]);
  const lines = faults.map(([file, fault]) =>
    line(`${file.name} (${inWords(file.size)})${fault && `: ${fault}`}`, fault !== ""));
  const fault = faults.find(([, why]) => why)?.[1] ?? (input.files.length ? tooMuch : "");
  if (tooMuch && fault === tooMuch) lines.push(line(tooMuch, true));
  lists.get(input).replaceChildren(...lines);
  input.setCustomValidity(fault);
  if (input.files.length) input.classList.toggle("is-invalid", fault !== "");
}

function check() {
  const tooMuch = excess();
  inputs.forEach((input) => show(input, tooMuch));
}

form.addEventListener("change", check);
form.addEventListener("submit", () => {
  button.textContent = button.dataset.uploading;
  button.disabled = true;
});

/* Coming back by the browser's own button finds the form ready, with the files still chosen. */
window.addEventListener("pageshow", () => {
  button.textContent = label;
  button.disabled = false;
  check();
});
