/* Has the service worker keep what opens without network: the page at [data-offline], and this one
   if it came before the service worker (later it keeps what passes through it). Only where a
   signature can be kept as well (envelope.js): a page that opens and cannot sign helps nobody. */

import { canSeal } from "./envelope.js";

const root = document.querySelector("[data-offline]");
const isNew = !navigator.serviceWorker?.controller;

/* What may be said once it is true: that this opens without network. */
function announce({ data }) {
  if (data.kept === root.dataset.offline) {
    for (const each of document.querySelectorAll("[data-prepared]")) each.hidden = false;
  }
}

async function keep() {
  const { active } = await navigator.serviceWorker.ready;
  const { offline } = root.dataset;
  active.postMessage({ keep: [isNew && location.pathname, offline].filter(Boolean) });
}

if (root && canSeal && "serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", announce);
  navigator.serviceWorker.startMessages();
  navigator.serviceWorker.register("/sw.js").then(keep, () => {
    /* Private windows and old browsers: everything works but opening without network. */
  });
}
