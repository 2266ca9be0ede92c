// One box above a list chooses every row of the page; without scripts it is not there.

const box = document.querySelector("[data-choose-all]");
const rows = [...document.querySelectorAll("[data-chosen]")];

if (box && rows.length > 1) {
  const all = box.querySelector("input");
  box.hidden = false;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
  });
  for (const row of rows) {
    row.addEventListener("change", () => {
      all.checked = rows.every((each) => each.checked);
    });
  }
}
