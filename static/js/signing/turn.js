/* Leads whoever came too early on by itself: asks [data-turn] now and then, and not all at the same
   moment, whether the wave [data-wave] can sign, or anybody, or whether all is over. For about an hour
   and a half; whoever does not want to wait for the next time has the button. */

const PAUSE = 90_000;
const MOST = 60;
const PATIENCE = 10_000;
const root = document.querySelector("[data-turn]");
const status = root?.querySelector("[data-turn-status]");

async function hasEnded() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const options = { cache: "no-store", credentials: "omit", redirect: "error", signal };
    const { open, over, waves } = await (await fetch(root.dataset.turn, options)).json();
    const { wave } = root.dataset;
    return over || (wave ? waves.includes(Number(wave)) : open);
  } catch {
    return false;
  }
}

async function ask(left) {
  if (await hasEnded()) root.querySelector("button, a").click();
  else wait(left - 1);
}

function wait(left) {
  status.textContent = left ? status.dataset.asking : status.dataset.stopped;
  if (left) setTimeout(ask, PAUSE * (0.67 + 0.66 * Math.random()), left);
}

if (root) wait(MOST);
