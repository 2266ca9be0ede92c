/* Opens and closes the rows below a row of a table, in place.

   A row [data-branch="id"] holds a button [data-branch-toggle], hidden without this script, which
   htmx has fetch rows when it hears the event "branch"; they come with data-branch-of="id". Closing
   takes them away again, with all that was opened below them. */

const toggleOf = (row) => row.querySelector("[data-branch-toggle]");

function rowsBelow(row) {
  return row.parentElement.querySelectorAll(`[data-branch-of="${row.dataset.branch}"]`);
}

function close(row) {
  for (const below of rowsBelow(row)) {
    close(below);
    below.remove();
  }
  toggleOf(row)?.setAttribute("aria-expanded", "false");
}

function prepare(root) {
  for (const toggle of root.querySelectorAll("[data-branch-toggle]")) toggle.hidden = false;
}

document.addEventListener("click", ({ target }) => {
  const toggle = target.closest("[data-branch-toggle]");
  if (!toggle) return;
  const row = toggle.closest("[data-branch]");
  if (toggle.getAttribute("aria-expanded") === "true") close(row);
  else toggle.dispatchEvent(new CustomEvent("branch"));
});

/* Where no rows came (logged out, no network), the page of the agency says why. */
document.addEventListener("htmx:afterRequest", ({ target }) => {
  if (!target.matches("[data-branch-toggle]")) return;
  const row = target.closest("[data-branch]");
  if (!rowsBelow(row).length) {
    window.location.assign(row.querySelector("a").href);
    return;
  }
  prepare(row.parentElement);
  target.setAttribute("aria-expanded", "true");
});

prepare(document);
