/* Says in [data-outbox] what this device still has to send, and what became of it. The words stand in
   the page's templates, [data-outbox-line] by state; what a page has no words for it does not tell.

   A page made for one person, [data-whose], tells of others only that something waits or has
   arrived: neither what was refused to them nor the way to their receipt. */

import { deliver } from "./deliver.js";
import { canSeal } from "./envelope.js";
import { acknowledge, entries, onChange, removeOld, settle } from "./outbox.js";

const TIME = new Intl.DateTimeFormat("id-ID", { dateStyle: "medium", timeStyle: "short" });
const root = document.querySelector("[data-outbox]");
const opened = Date.now();
const seen = new Set();

function isOurs({ signer }) {
  const { whose } = root.dataset;
  return !whose || signer === whose;
}

function wordsFor({ state, why, signed }) {
  const name = (state === "waiting" && why && "early") || (signed && "signed") || state;
  return root.querySelector(`template[data-outbox-line="${name}"]`);
}

function isTold(entry) {
  const { state, unread } = entry;
  return wordsFor(entry) && (state !== "received" || unread) && (state !== "refused" || isOurs(entry));
}

/* Whoever was here when it arrived may open the receipt; whoever comes later may be somebody else. */
function leadsToReceipt(entry) {
  return isOurs(entry) && (seen.has(entry.key) || entry.since > opened);
}

function line(entry) {
  if (entry.state === "waiting") seen.add(entry.key);
  const shown = wordsFor(entry).content.cloneNode(true);
  const fill = (name, text) => {
    for (const slot of shown.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text;
  };
  fill("ceremony", entry.ceremony);
  fill("sentence", entry.sentence ?? entry.why ?? "");
  fill("time", TIME.format(entry.since));
  fill("until", entry.until ?? "");
  const receipt = shown.querySelector("[data-receipt]");
  if (receipt && leadsToReceipt(entry)) receipt.href = entry.address;
  else receipt?.remove();
  const again = shown.querySelector("[data-begin-again]");
  if (again && entry.again?.startsWith(root.dataset.within ?? "/")) again.href = entry.again;
  else again?.remove();
  shown.querySelector("[data-dismiss]")?.addEventListener("click", () => acknowledge(entry));
  return shown;
}

/* A line that says no more than that there is one is shown once for all. */
function isFirst(entry, at, all) {
  const words = wordsFor(entry);
  return !("once" in words.dataset) || all.findIndex((each) => wordsFor(each) === words) === at;
}

async function show() {
  const list = root.querySelector("[data-outbox-list]");
  list.replaceChildren(...(await entries()).filter(isTold).filter(isFirst).map(line));
}

async function begin() {
  const { whose, read } = root.dataset;
  await removeOld(opened);
  if (read) await settle(whose, read);
  await show();
  onChange(show);
  deliver();
}

if (root && canSeal) {
  begin().catch(() => {
    /* This browser stores nothing, so there is nothing to tell. */
  });
}
