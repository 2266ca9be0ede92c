/* Fills in what was typed at the entrance (enter.js), once. */

const form = document.querySelector("form[data-sign]");

try {
  const [number, pin] = JSON.parse(sessionStorage.getItem("masuk"));
  sessionStorage.removeItem("masuk");
  form.elements.number.value = number;
  form.elements.pin.value = pin;
} catch {
  /* Nobody has typed anything yet. */
}
