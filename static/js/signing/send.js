/* Signs with form[data-sign]: first kept on this device, then sent, and the page always says which
   of the two holds. Where a browser can seal nothing the form is sent as any form is.

   Whatever arrives twice counts once: the server knows the page's key. */

import { deliver, outcome } from "./deliver.js";
import { forgetDraft } from "./draft.js";
import { canSeal, seal } from "./envelope.js";
import { showLeft } from "./missing.js";
import { entries, onChange, put, remove } from "./outbox.js";

const RETRY = 5_000;
const form = document.querySelector("form[data-sign]");
const button = form.querySelector("[data-send]");
const status = form.querySelector("[data-status]");
/* Whose page this is; one that is not made for anybody may be signed by several, one by one. */
const signer = form.dataset.draft;
/* Where to begin anew; the address of a personal page is a secret, and is written down nowhere. */
const again = form.dataset.again ?? (location.pathname.startsWith("/t/") ? "" : location.pathname);
let key = signer ? form.elements.key.value : crypto.randomUUID?.();
/* Not while the first attempt is under way: then the answer comes at once, or the page says more. */
let isTried = true;
/* Of which refusal the page has told: once, for it moves the focus to what is to be mended. */
let told = null;

/* What the page is doing: nothing, "sending", or showing what became of it ("kept", "over"). */
function turn(state, words) {
  for (const each of ["sending", "kept", "over"]) {
    form.toggleAttribute(`data-${each}`, each === state || (each === "sending" && Boolean(state)));
  }
  button.setAttribute("aria-disabled", String(Boolean(state)));
  status.textContent = words;
}

function credential() {
  const { ticket, number, pin } = form.elements;
  return ticket ? { ticket: ticket.value } : { number: number.value, pin: pin.value };
}

function submission() {
  const { text_digest: digest, method, strokes, typed_name: name, consent } = form.elements;
  const drawn = method.value === "DRAWN";
  return {
    key,
    text_digest: digest.value,
    points: [...form.querySelectorAll("[name=points]:checked")].map((box) => Number(box.value)),
    consent: consent.checked,
    method: method.value,
    strokes: drawn ? JSON.parse(strokes.value) : [],
    typed_name: drawn ? "" : name.value,
    device_time: new Date().toISOString(),
  };
}

async function sealed() {
  const { sendTo, ceremony, publicKey } = form.dataset;
  const start = form.elements.start?.value ?? "";
  const content = { credential: credential(), submission: submission(), start };
  return {
    key,
    ceremony,
    signer,
    again,
    until: form.dataset.until,
    address: sendTo,
    envelope: await seal(publicKey, content),
    state: "waiting",
    since: Date.now(),
  };
}

/* The browser's own way of sending: it leads to the receipt, or to a page that says why not. The
   page for slips has no such way; there the entrance helps. */
function sendPlainly() {
  if (!signer) {
    location.assign(form.dataset.entrance);
    return;
  }
  form.elements.device_time.value = new Date().toISOString();
  turn("sending", status.dataset.sending);
  form.submit();
}

/* The device keeps nothing (its disk is full, say): this page itself tries until there is an answer. */
async function sendUnkept(entry) {
  turn("sending", status.dataset.unkept);
  try {
    const now = await outcome(entry);
    if (now.state !== "waiting") {
      tell(now);
      return;
    }
    status.textContent = `${status.dataset.unkept} ${now.why ?? ""}`;
  } catch {
    /* Nobody answered. */
  }
  setTimeout(sendUnkept, RETRY * (0.5 + Math.random()), entry);
}

/* Next to the field it is about, which can be mended; anything else has no use in trying again. */
function showRefusal({ sentence, field }) {
  const error = field && form.querySelector(`[data-error="${field}"]`);
  if (!error) {
    turn("over", sentence);
    forgetDraft();
    return;
  }
  turn("", status.dataset.refused);
  error.textContent = sentence;
  error.hidden = false;
  const asked = form.querySelector(`[name="${field}"]`);
  asked.setAttribute("aria-invalid", "true");
  showLeft();
  (asked.closest("[data-pad]") ?? asked).focus();
}

async function opens(address) {
  try {
    const signal = AbortSignal.timeout(RETRY);
    const options = { method: "HEAD", credentials: "omit", redirect: "error", signal };
    return (await fetch(address, options)).ok;
  } catch {
    return false;
  }
}

async function tell(entry) {
  if (entry.state === "received") {
    turn("over", status.dataset.received);
    if (await opens(entry.address)) location.replace(entry.address);
  }
  if (entry.state === "refused" && entry.since !== told) {
    told = entry.since;
    showRefusal(entry);
  }
}

/* The entry of this page; for a person's own page also one that another tab has kept. */
async function own() {
  const all = await entries();
  const other = signer && all.find((each) => each.state === "waiting" && each.signer === signer);
  if (other) key = other.key;
  return all.find((each) => each.key === key);
}

async function show() {
  const entry = await own();
  /* While it is being kept, what is found is the refusal of the tap before. */
  if (!entry || "over" in form.dataset || "unkept" in form.dataset) return;
  if (entry.state === "waiting") {
    if (isTried || entry.why) turn("kept", entry.why ? status.dataset.early : status.dataset.kept);
  } else {
    await tell(entry);
    if (entry.field) await remove(key);
  }
}

async function sign() {
  turn("sending", status.dataset.keeping);
  form.dataset.unkept = "";
  isTried = false;
  let entry;
  try {
    entry = await sealed();
  } catch {
    sendPlainly();
    return;
  }
  try {
    if ((await own())?.state !== "waiting") await put(entry);
  } catch {
    sendUnkept(entry);
    return;
  }
  forgetDraft();
  delete form.dataset.unkept;
  status.textContent = status.dataset.kept;
  await deliver();
  isTried = true;
  await show();
}

form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if ("sending" in form.dataset) return;
  if (canSeal) sign();
  else sendPlainly();
});

/* Back from a failed connection: the browser shows this page as it was left. */
window.addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted || !("sending" in form.dataset)) return;
  if (canSeal && (await own())) deliver();
  else turn("", status.dataset.again);
});

const anew = form.querySelector("[data-anew]");
if (anew) anew.href = location.pathname;
if (canSeal) {
  onChange(show);
  show().catch(() => {
    /* This browser stores nothing, so nothing waits. */
  });
}
