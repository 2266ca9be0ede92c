/* The signature has arrived: what draft.js kept under [data-forget] is no longer needed. */

const receipt = document.querySelector("[data-forget]");

try {
  sessionStorage.removeItem(`ikrar:${receipt.dataset.forget}`);
} catch {
  /* No storage, no draft. */
}
