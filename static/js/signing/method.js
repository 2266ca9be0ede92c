/* Where this script runs a signature can be drawn, so drawing comes first on a fresh page.
   Without it the typed name is chosen, which needs no script. */

const form = document.querySelector("form[data-sign]");

if (form && "fresh" in form.dataset) {
  form.querySelector("[data-prefer]").checked = true;
}
