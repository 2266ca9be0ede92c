/* [data-print] opens the browser's print dialog; hidden until this script can serve it. */

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
