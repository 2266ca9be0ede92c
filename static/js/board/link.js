/* Says honestly whether the figures are live, and of when they are if not. */

const place = document.querySelector("[data-link]");
const text = place.querySelector("[data-link-text]");
const clock = new Intl.DateTimeFormat("id-ID", { timeStyle: "medium" });
let updatedAt = new Date();

function say(state, words) {
  place.dataset.state = state;
  if (text.textContent !== words) text.textContent = words;
}

document.addEventListener("alive", () => {
  updatedAt = new Date();
  say("live", place.dataset.live);
});

document.addEventListener("away", () => {
  say("away", `${place.dataset.away} ${clock.format(updatedAt)}`);
});

document.addEventListener("ended", () => {
  say("ended", `${place.dataset.ended} ${clock.format(updatedAt)}`);
});
