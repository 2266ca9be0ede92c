/* Signatures per minute, from how the count has grown over the last minute. Nothing is said before
   there is something to tell from, nor while the server is away. */

const SPAN = 60_000;
const LEAST = 15_000;
const UNKNOWN = "–";

const number = new Intl.NumberFormat("id-ID");
const place = document.querySelector("[data-rate]");
let samples = [];
let signed = null;

export function perMinute(counted) {
  const first = counted[0];
  const last = counted[counted.length - 1];
  const span = last.at - first.at;
  return span < LEAST ? null : Math.round(((last.signed - first.signed) * SPAN) / span);
}

/* The last sample from before the minute stays: the minute is counted from it. */
function lastMinute(counted, now) {
  const before = counted.findLastIndex(({ at }) => at <= now - SPAN);
  return counted.slice(Math.max(before, 0));
}

document.addEventListener("figures", ({ detail }) => {
  signed = detail.total.signed;
});

document.addEventListener("alive", () => {
  if (signed === null) return;
  const now = performance.now();
  samples = lastMinute([...samples, { at: now, signed }], now);
  const rate = perMinute(samples);
  place.textContent = rate === null ? UNKNOWN : number.format(Math.max(rate, 0));
});

/* What was signed meanwhile arrives at once and says nothing about a minute. */
document.addEventListener("away", () => {
  samples = [];
  place.textContent = UNKNOWN;
});
