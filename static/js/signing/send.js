/* Sends form[data-sign] once, however often the button is pressed, and says that it is under way.
   Whatever arrives twice all the same counts once: the server knows the page's key. */

const SLOW_AFTER = 8000;
const form = document.querySelector("form[data-sign]");
const button = form.querySelector("[data-send]");
const status = form.querySelector("[data-status]");
let slow = null;

function lock() {
  button.setAttribute("aria-disabled", "true");
  form.dataset.sending = "";
  status.textContent = status.dataset.sending;
  slow = setTimeout(() => {
    status.textContent = status.dataset.slow;
  }, SLOW_AFTER);
}

form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if ("sending" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.elements.device_time.value = new Date().toISOString();
  lock();
});

/* Back from a failed connection: the browser shows this page as it was left. */
window.addEventListener("pageshow", () => {
  if (!("sending" in form.dataset)) return;
  clearTimeout(slow);
  delete form.dataset.sending;
  button.removeAttribute("aria-disabled");
  status.textContent = status.dataset.again;
});
