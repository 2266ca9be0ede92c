/* Keys, presenter remotes and buttons. What a remote sends are PageUp, PageDown and Escape. */

import { turnByHand, turnTo } from "./pages.js";
import { go, last, step } from "./pledge.js";
import { show, shown } from "./views.js";

const IDLE = 4_000;
const board = document.querySelector("[data-board]");
const help = document.querySelector("[data-help]");
const fullscreen = document.querySelector("[data-fullscreen]");
const copy = document.querySelector("[data-copy-address]");
let idle = null;

function switchTheme() {
  document.dispatchEvent(new Event("theme:switch"));
}

/* In full screen Escape would end just that; locked, it comes here first. */
async function switchFullscreen() {
  if (document.fullscreenElement) {
    await document.exitFullscreen();
    return;
  }
  await document.documentElement.requestFullscreen();
  await navigator.keyboard?.lock?.(["Escape"]);
}

function escape() {
  if (shown() !== "figures") show("figures");
  else if (document.fullscreenElement) document.exitFullscreen();
}

function forward(by) {
  if (shown() === "pledge") step(by);
  else if (shown() === "figures") turnByHand(by);
}

function jump(toEnd) {
  if (shown() === "pledge") go(toEnd ? last() : 0);
  else if (shown() === "figures") turnTo(toEnd ? -1 : 0);
}

const KEYS = {
  a: () => show("figures"),
  q: () => show("code"),
  i: () => show("pledge"),
  f: switchFullscreen,
  t: switchTheme,
  "?": () => help.showModal(),
  Escape: escape,
  ArrowRight: () => forward(1),
  ArrowDown: () => forward(1),
  PageDown: () => forward(1),
  " ": ({ shiftKey }) => forward(shiftKey ? -1 : 1),
  Enter: () => forward(1),
  ArrowLeft: () => forward(-1),
  ArrowUp: () => forward(-1),
  PageUp: () => forward(-1),
  Backspace: () => forward(-1),
  Home: () => jump(false),
  End: () => jump(true),
};
const PRESSES_A_BUTTON = new Set([" ", "Enter"]);
/* On a phone these scroll the figures. */
const SCROLLS = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", " ", "Home", "End"]);

function scrollsHere(key) {
  const { scrollHeight, clientHeight } = document.documentElement;
  return shown() === "figures" && SCROLLS.has(key) && scrollHeight > clientHeight;
}

function onKey(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
  if (!act || ctrlKey || altKey || metaKey || help.open) return;
  if (PRESSES_A_BUTTON.has(key) && target.closest("button, a")) return;
  if (scrollsHere(key)) return;
  event.preventDefault();
  act(event);
}

function wake() {
  delete board.dataset.idle;
  clearTimeout(idle);
  idle = setTimeout(() => {
    board.dataset.idle = "";
  }, IDLE);
}

async function copyAddress() {
  await navigator.clipboard.writeText(location.origin + location.pathname);
  copy.querySelector("[data-copy-label]").textContent = copy.dataset.copied;
}

document.addEventListener("keydown", onKey);
document.querySelector("[data-theme-switch]").addEventListener("click", switchTheme);
document.querySelector("[data-help-open]").addEventListener("click", () => help.showModal());
fullscreen.addEventListener("click", switchFullscreen);
fullscreen.hidden = !document.fullscreenEnabled;
copy.addEventListener("click", copyAddress);
copy.hidden = !navigator.clipboard;
/* The keys of a remote do not: nothing shall lie over the pledge while it is read. */
for (const event of ["pointermove", "pointerdown"]) {
  document.addEventListener(event, wake);
}
wake();
