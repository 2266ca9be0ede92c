/* Fills in the number that a slip's QR carries behind "#nip=": a browser sends that part of an
   address to nobody. It is taken out of the address at once, so that no bookmark keeps it. */

const field = document.querySelector("[data-fragment]");

function fill() {
  const number = new URLSearchParams(location.hash.slice(1)).get(field.dataset.fragment);
  if (!number) return;
  field.value = number;
  history.replaceState(null, "", location.pathname + location.search);
}

if (field) {
  window.addEventListener("hashchange", fill);
  fill();
}
