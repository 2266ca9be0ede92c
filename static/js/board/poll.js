/* Asks the server for the figures every two seconds, a little more or less, so that many screens do
   not ask at once. Without an answer it asks less and less often, and as soon as there is network
   again. Once the server shows another version of the screen it loads the page again. */

import { reload } from "./reload.js";

const PAUSE = 2_000;
const LONGEST_PAUSE = 15_000;
const PAUSE_AFTER_END = 60_000;
const PATIENCE = 8_000;
const GONE = 410;
const NOT_MODIFIED = 304;

const board = document.querySelector("[data-board]");
let etag = "";
let { version } = board.dataset;
let failures = 0;
let timer = null;
let asking = false;

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function ask() {
  return fetch(board.dataset.figures, {
    headers: etag ? { "If-None-Match": etag } : {},
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

/* How long to wait after this answer. Only this server's own words count: a network that wants a
   password answers as well. */
async function hear() {
  const response = await ask();
  if (response.status === GONE) {
    tell("ended");
    return PAUSE_AFTER_END;
  }
  if (response.status !== NOT_MODIFIED) {
    if (!response.ok) throw new Error(response.status);
    const figures = await response.json();
    etag = response.headers.get("ETag") ?? "";
    version = figures.version;
    tell("figures", figures);
  }
  if (version !== board.dataset.version) reload();
  tell("alive");
  return PAUSE * (0.9 + 0.2 * Math.random());
}

async function poll() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  let pause;
  try {
    pause = await hear();
    failures = 0;
  } catch {
    failures += 1;
    tell("away");
    pause = Math.min(PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) * (0.7 + 0.6 * Math.random());
  }
  asking = false;
  timer = setTimeout(poll, pause);
}

window.addEventListener("online", poll);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") poll();
});
timer = setTimeout(poll, PAUSE * Math.random());
