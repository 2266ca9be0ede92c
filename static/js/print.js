/* Prints the page: [data-print] buttons, hidden until this script can serve them. */

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
