/* Sends what waits in the outbox: one after the other, in one tab at a time, again and again until
   the server has answered. No answer, and what only helps later, changes nothing: it waits. */

import { entries, put, settle } from "./outbox.js";

const PATIENCE = 30_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const LATER = new Set([408, 425, 429]);
const RECEIPT = /^[0-9A-Z]{26}$/;

let pause = FIRST_PAUSE;
let timer = null;
let running = false;
let again = false;

/* The status, and what the server told; null if that is no answer of ours, as a proxy's. */
async function post({ address, envelope }) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(envelope),
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await response.text();
  try {
    return { status: response.status, told: JSON.parse(text) };
  } catch {
    return { status: response.status, told: null };
  }
}

/* Somebody's own page is kept for opening without network; once all is said nobody needs it. */
async function forgetPage(signer) {
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage({ forget: signer });
}

/* What has become of an entry; the same if it has to wait. Only this server's own words count: a
   hotspot that wants a password answers as well. Throws where nobody answers. */
export async function outcome(entry) {
  const { key, ceremony, signer, again, since } = entry;
  const { status, told } = await post(entry);
  if (status === 200 && RECEIPT.test(told?.receipt)) {
    if (signer) forgetPage(signer);
    return { key, ceremony, since, signer, state: "received", unread: true, ...told };
  }
  if (status < 400 || status >= 500 || !told?.sentence) return entry;
  if (LATER.has(status)) return { ...entry, why: told.sentence };
  if (!again && !told.field) forgetPage(signer);
  return { key, ceremony, since, signer, state: "refused", again, ...told };
}

function isWaiting({ state }) {
  return state === "waiting";
}

/* Whether something is left to send. Where nobody answers one, nobody would answer the next. */
async function sendAll() {
  for (const entry of (await entries()).filter(isWaiting)) {
    const now = await outcome(entry);
    if (now.state !== entry.state || now.why !== entry.why) await put(now);
    if (now.state === "received" && now.signer) await settle(now.signer);
  }
  return (await entries()).some(isWaiting);
}

async function round() {
  try {
    return await ("locks" in navigator ? navigator.locks.request("outbox", sendAll) : sendAll());
  } catch {
    return true;
  }
}

/* Once something has to wait the browser is asked not to clear it away. */
function insist() {
  navigator.storage?.persist?.().catch(() => {
    /* Then it stays as long as there is room. */
  });
}

function later() {
  timer = setTimeout(deliver, pause * (0.5 + Math.random()));
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

/* Resolves when all that waited was tried; calls meanwhile have it tried once more. */
export async function deliver() {
  again = true;
  if (running) return;
  running = true;
  clearTimeout(timer);
  let isLeft = false;
  while (again) {
    again = false;
    isLeft = await round();
  }
  running = false;
  if (isLeft) {
    insist();
    later();
  } else {
    pause = FIRST_PAUSE;
  }
}

function soon() {
  pause = FIRST_PAUSE;
  deliver();
}

window.addEventListener("online", soon);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") soon();
});
