/* Which of the views is shown: the figures, the code, the pledge. The address remembers it, so that
   a page that was loaded again shows the same. */

import { begin } from "./pledge.js";

const board = document.querySelector("[data-board]");
const HASHES = { figures: "", code: "#kode", pledge: "#ikrar" };
const views = new Map(
  [...document.querySelectorAll("[data-view]")].map((view) => [view.dataset.view, view]),
);

export function shown() {
  return [...views.keys()].find((name) => !views.get(name).hidden);
}

/* After the closing there is no way in to show. */
export function show(asked) {
  const name = asked === "code" && board.dataset.state === "over" ? "figures" : asked;
  if (!views.has(name)) return;
  for (const [each, view] of views) view.hidden = each !== name;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", button.dataset.show === name);
  }
  if (!location.hash.startsWith(HASHES[name]) || !HASHES[name]) {
    history.replaceState(null, "", location.pathname + HASHES[name]);
  }
  if (name === "pledge") begin();
  views.get(name).focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("view", { detail: name }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-show]");
  if (button) show(button.dataset.show);
});

document.addEventListener("figures", () => {
  if (shown() === "code") show("code");
});

const wanted = Object.keys(HASHES).find(
  (name) => HASHES[name] && location.hash.startsWith(HASHES[name]),
);
if (wanted) show(wanted);
