// One box above a list chooses every row of the page, and [data-chosen-number] tells how many are
// chosen; without scripts neither is there.

const box = document.querySelector("[data-choose-all]");
const rows = [...document.querySelectorAll("[data-chosen]")];
const number = document.querySelector("[data-chosen-number]");

function tell() {
  if (number) number.textContent = rows.filter((each) => each.checked).length;
}

if (number) {
  number.parentElement.hidden = false;
  for (const row of rows) row.addEventListener("change", tell);
  tell();
}

if (box && rows.length > 1) {
  const all = box.querySelector("input");
  box.hidden = false;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    tell();
  });
  for (const row of rows) {
    row.addEventListener("change", () => {
      all.checked = rows.every((each) => each.checked);
    });
  }
}
