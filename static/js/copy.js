/* Copies the value of [data-copy]; data-copied is what the button says afterwards.
   The buttons are hidden until this script can serve them (the clipboard needs HTTPS). */

const SHOWN_FOR = 2000;

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
  });
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  if (before === button.dataset.copied) return;
  label.textContent = button.dataset.copied;
  setTimeout(() => {
    label.textContent = before;
  }, SHOWN_FOR);
});
