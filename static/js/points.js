/* The points of a pledge: one field each, to be added, taken away and put in another order.

   [data-points] holds the rows ([data-points-row]), each with its buttons, and a button
   [data-points-add]. What was done is said in [data-points-said] and told by a `points` event, for
   which the preview waits. A list pasted into one field becomes as many rows. */

const ACTS = [["up", "Naikkan butir"], ["down", "Turunkan butir"], ["remove", "Hapus butir"]];

function rows(points) {
  return [...points.querySelectorAll("[data-points-row]")];
}

function renumber(points) {
  const all = rows(points);
  const first = all[0].querySelector("textarea");
  const id = points.dataset.pointsId || first.id;
  points.dataset.pointsId = id;
  all.forEach((row, at) => {
    const area = row.querySelector("textarea");
    area.id = at ? `${id}_${at + 1}` : id;
    area.setAttribute("aria-label", `Butir ${at + 1}`);
    row.querySelector("[data-points-number]").textContent = at + 1;
    for (const [act, words] of ACTS) row.querySelector(`[data-points-${act}]`).setAttribute("aria-label", `${words} ${at + 1}`);
    row.querySelector("[data-points-up]").disabled = at === 0;
    row.querySelector("[data-points-down]").disabled = at === all.length - 1;
    row.querySelector("[data-points-remove]").disabled = all.length === 1;
  });
  points.querySelector("[data-points-add]").disabled = all.length >= Number(points.dataset.pointsMost);
}

function changed(points, sentence) {
  renumber(points);
  points.querySelector("[data-points-said]").textContent = sentence;
  points.dispatchEvent(new CustomEvent("points", { bubbles: true }));
}

function newRow(points, text = "") {
  const row = rows(points)[0].cloneNode(true);
  const area = row.querySelector("textarea");
  area.value = text;
  area.classList.remove("is-invalid");
  area.removeAttribute("aria-invalid");
  return row;
}

function add(points) {
  const row = newRow(points);
  rows(points).at(-1).after(row);
  changed(points, `Butir ${rows(points).length} ditambahkan.`);
  row.querySelector("textarea").focus();
}

function move(points, row, step) {
  const all = rows(points);
  const at = all.indexOf(row);
  const other = all[at + step];
  if (step < 0) other.before(row);
  else other.after(row);
  changed(points, `Butir ${at + 1} menjadi butir ${at + 1 + step}.`);
  const same = row.querySelector(step < 0 ? "[data-points-up]" : "[data-points-down]");
  (same.disabled ? row.querySelector("textarea") : same).focus();
}

function remove(points, row) {
  const at = rows(points).indexOf(row);
  row.remove();
  changed(points, `Butir ${at + 1} dihapus.`);
  const left = rows(points);
  left[Math.min(at, left.length - 1)].querySelector("textarea").focus();
}

document.addEventListener("click", ({ target }) => {
  const points = target.closest("[data-points]");
  if (!points) return;
  const row = target.closest("[data-points-row]");
  if (target.closest("[data-points-add]")) add(points);
  else if (target.closest("[data-points-up]")) move(points, row, -1);
  else if (target.closest("[data-points-down]")) move(points, row, 1);
  else if (target.closest("[data-points-remove]")) remove(points, row);
});

document.addEventListener("paste", (event) => {
  const points = event.target.closest?.("[data-points]");
  if (!points || event.target.value) return;
  const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.replace(/^\s*\d{1,2}[.)]\s+/, "").trim()).filter(Boolean);
  const room = Number(points.dataset.pointsMost) - rows(points).length + 1;
  if (lines.length < 2 || lines.length > room) return;
  event.preventDefault();
  event.target.value = lines[0];
  let last = event.target.closest("[data-points-row]");
  for (const line of lines.slice(1)) {
    const row = newRow(points, line);
    last.after(row);
    last = row;
  }
  changed(points, `${lines.length} butir ditempel.`);
});

for (const points of document.querySelectorAll("[data-points]")) {
  /* The row that is there for whoever has no script. */
  const all = rows(points);
  const spare = all.at(-1);
  if (all.length > 4 && !spare.querySelector("textarea").value) spare.remove();
  for (const hidden of points.querySelectorAll("[data-points-buttons], [data-points-add]")) hidden.hidden = false;
  renumber(points);
}
