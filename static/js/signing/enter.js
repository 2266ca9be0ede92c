/* The entrance without network: number and PIN are taken along to the page that this device keeps,
   where they are checked when the signature arrives. Nothing stays behind: whoever comes back to
   the entrance clears what was not taken. */

const PATIENCE = 5_000;
const TAKEN_ALONG = "masuk";
const form = document.querySelector("form[data-enter]");

async function serverAnswers() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const options = { cache: "no-store", credentials: "omit", redirect: "error", signal };
    const response = await fetch("/sehat/", options);
    return (await response.json()).status === "ok";
  } catch {
    return false;
  }
}

function takeAlong(values) {
  try {
    sessionStorage.setItem(TAKEN_ALONG, JSON.stringify(values));
  } catch {
    /* No storage: they are asked for once more. */
  }
}

async function enter(status) {
  const { number, pin } = form.elements;
  const offline = form.dataset.enter;
  if (await serverAnswers()) {
    form.submit();
  } else if (await window.caches?.match(offline)) {
    takeAlong([number.value, pin.value]);
    location.assign(offline);
  } else {
    status.textContent = status.dataset.away;
    delete form.dataset.asking;
  }
}

function clear() {
  try {
    sessionStorage.removeItem(TAKEN_ALONG);
  } catch {
    /* No storage, nothing was taken along. */
  }
}

if (form) {
  const status = form.querySelector("[data-status]");
  window.addEventListener("pageshow", () => {
    clear();
    delete form.dataset.asking;
    status.textContent = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if ("asking" in form.dataset) return;
    form.dataset.asking = "";
    status.textContent = status.dataset.asking;
    enter(status);
  });
}
