/* Puts what the server told into [data-group] and its parts: [data-number], [data-text], [data-bar].
   The page came with all of them, so that nothing moves. */

import { reload } from "./reload.js";

const QUIET = 15_000;
const number = new Intl.NumberFormat("id-ID");
const board = document.querySelector("[data-board]");
const announced = document.querySelector("[data-announced]");
let told = "";
let toldAt = 0;

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function show(element, group) {
  for (const part of element.querySelectorAll("[data-number]")) {
    say(part, number.format(group[part.dataset.number]));
  }
  for (const part of element.querySelectorAll("[data-text]")) {
    say(part, group[part.dataset.text]);
  }
  const bar = element.querySelector("[data-bar]");
  if (bar) {
    bar.max = group.invited;
    bar.value = group.signed;
    bar.classList.toggle("is-full", group.pending === 0);
  }
  const absent = element.querySelector("[data-absent]");
  if (absent) absent.hidden = group.absent === 0;
  if ("wave" in element.dataset) element.dataset.state = group.state;
}

/* False if the page knows another set of groups. */
function showGroups(root, groups) {
  const elements = [...root.querySelectorAll("[data-group]")];
  const known = new Map(elements.map((element) => [element.dataset.group, element]));
  for (const group of groups) {
    if (known.has(group.id)) show(known.get(group.id), group);
  }
  return known.size === groups.length && groups.every(({ id }) => known.has(id));
}

function showNames(names) {
  const element = document.querySelector("[data-names]");
  element.hidden = names === null;
  say(element.querySelector("[data-names-list]"), (names ?? []).join(" · "));
}

/* For those who hear the page: the total, and not more often than one can listen. */
function announce({ signed, invited, percent }) {
  const words = announced.dataset.announced
    .replace("{signed}", number.format(signed))
    .replace("{invited}", number.format(invited))
    .replace("{percent}", percent);
  if (words === told || performance.now() - toldAt < QUIET) return;
  told = words;
  toldAt = performance.now();
  announced.textContent = words;
}

document.addEventListener("figures", ({ detail }) => {
  const { total, opds, waves, names, state, sentence } = detail;
  show(document.querySelector('[data-group="total"]'), total);
  const list = document.querySelector(".waves");
  const known = showGroups(document.querySelector("[data-opds]"), opds);
  if ((list && !showGroups(list, waves)) || !known) reload();
  showNames(names);
  board.dataset.state = state;
  for (const place of document.querySelectorAll("[data-sentence]")) say(place, sentence);
  announce(total);
});
