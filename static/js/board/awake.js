/* Keeps the device from going to sleep while the screen is shown, where the browser can. */

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    /* A battery that runs low may refuse. */
  }
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
