/* What this device has signed, by the key of the submission. An entry is

   { key, ceremony, since, state: "waiting", signer, again, until, address, envelope, why }
                                                                   to be sent,
   { key, ceremony, since, state: "received", signer, receipt, address, unread }
                                                                   after the server took it,
   { key, ceremony, since, state: "refused", signer, again, sentence, field, signed }
                                                                   after it said no.

   `signer` is the opaque name of who was asked to sign, on a page made for one person; `until` says
   when it has to have arrived, and `why` what the server said if it told the device to come again
   later; `again` is where to begin anew, empty if that is a secret. What was received is `unread` until
   its receipt was opened here or somebody said that they know. `signed`: no, because they have signed
   before. The envelope can be opened by the
   server alone. "strict" has the browser write it to the disk before it says so: a phone whose
   battery dies then has it still. */

import { openDB } from "../../vendor/idb/index.js";

const STORE = "submissions";
const KEPT = 30 * 24 * 60 * 60 * 1000;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : null;

function open() {
  return openDB("netralitas", 1, {
    upgrade(database) {
      database.createObjectStore(STORE, { keyPath: "key" });
    },
  });
}

function tell() {
  channel?.postMessage(null);
  document.dispatchEvent(new Event("outbox"));
}

async function write(act) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    await act(transaction.store);
    await transaction.done;
  } finally {
    database.close();
  }
  tell();
}

/* All entries, the oldest first; none where the browser lets nothing be stored. */
export async function entries() {
  const database = await open();
  try {
    return (await database.getAll(STORE)).sort((one, other) => one.since - other.since);
  } finally {
    database.close();
  }
}

export function put(entry) {
  return write((store) => store.put(entry));
}

/* What waits is never removed: refused and tapped again, it has the same key. */
export function remove(key) {
  return write(async (store) => {
    if ((await store.get(key))?.state !== "waiting") await store.delete(key);
  });
}

/* Somebody has signed: what was refused to them before is settled, and whoever has `receipt` before
   their eyes knows that it was received. */
export function settle(signer, receipt) {
  return write(async (store) => {
    for (const entry of await store.getAll()) {
      if (entry.state === "refused" && entry.signer === signer) await store.delete(entry.key);
      if (receipt && entry.receipt === receipt) await store.put({ ...entry, unread: false });
    }
  });
}

/* Somebody knows what was told about this one. */
export function acknowledge(entry) {
  return entry.state === "received" ? put({ ...entry, unread: false }) : remove(entry.key);
}

export async function removeOld(now) {
  const old = (await entries()).filter(
    (entry) => entry.state !== "waiting" && entry.since < now - KEPT,
  );
  for (const { key } of old) await remove(key);
}

/* Calls back when an entry has changed, in this tab or another. */
export function onChange(callback) {
  document.addEventListener("outbox", callback);
  channel?.addEventListener("message", callback);
}
