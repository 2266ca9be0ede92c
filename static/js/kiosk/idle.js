/* Leaves a page of a device that is handed around once nobody has touched it for [data-idle]
   seconds, or when somebody hands it back, for [data-idle-to]. What stood there is covered at once,
   and where there is no network it leads on once there is. Back from that page nothing is shown
   again: what was left stays covered in this tab until the locked screen (forget.js) was reached. */

const RETRY = 5_000;
/* As long as a signature is waited for: on a crowded cell an answer takes its time. */
const PATIENCE = 30_000;
const LEFT = "ditinggalkan";
const EVENTS = ["pointerdown", "pointermove", "keydown", "input", "scroll"];
const root = document.querySelector("[data-idle]");
const cover = document.querySelector("[data-idle-cover]");
const form = document.querySelector("form[data-sign]");
const locking = document.querySelector("[data-idle-form]");
let timer;

/* This page alone has the signature: the device does not keep it (signing/send.js). */
function isNeeded() {
  return form && "unkept" in form.dataset && !("over" in form.dataset);
}

function coverUp() {
  document.querySelector("main").hidden = true;
  cover.hidden = false;
}

function noteLeft() {
  try {
    sessionStorage.setItem(LEFT, "");
  } catch {
    /* No storage: then only the server knows, once it was asked for the locked screen. */
  }
}

function wasLeft() {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

async function leave() {
  clearTimeout(timer);
  if (isNeeded()) {
    begin();
    return;
  }
  coverUp();
  noteLeft();
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    await fetch("/sehat/", { cache: "no-store", credentials: "omit", signal });
    if (locking) locking.submit();
    else location.replace(root.dataset.idleTo);
  } catch {
    timer = setTimeout(leave, RETRY);
  }
}

function begin() {
  clearTimeout(timer);
  timer = setTimeout(leave, Number(root.dataset.idle) * 1000);
}

if (root) {
  for (const event of EVENTS) {
    window.addEventListener(event, () => cover.hidden && begin(), { passive: true });
  }
  window.addEventListener("pagehide", coverUp);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.replace(root.dataset.idleTo);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(`a[href="${root.dataset.idleTo}"]`)) return;
    event.preventDefault();
    leave();
  });
  window.addEventListener("online", () => cover.hidden || leave());
  if (wasLeft()) leave();
  else begin();
}
