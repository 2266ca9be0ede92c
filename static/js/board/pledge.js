/* The pledge, one part at a time, as large as it fits. The reader sets the pace: controls.js, the
   two buttons, a tap on the right or left of the screen, a swipe. */

import { largest } from "./fit.js";

const SMALLEST = 1.25;
const LARGEST = 0.13;
const SWIPE = 60;
const LEFT = 1 / 3;

const view = document.querySelector('[data-view="pledge"]');
const stage = view.querySelector("[data-slides]");
const slides = [...stage.querySelectorAll("[data-slide]")];
const place = view.querySelector("[data-slide-at]");
const back = view.querySelector("[data-slide-back]");
const on = view.querySelector("[data-slide-on]");
let at = 0;
let pressed = null;

/* In pixels: what a slide may have on this screen. */
function limits() {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return [SMALLEST * rem, LARGEST * Math.min(stage.clientWidth, stage.clientHeight * 2)];
}

/* Points share one size, so that it does not jump from one to the next. */
function fit() {
  if (view.hidden || !stage.clientHeight) return;
  const sizes = slides.map((slide) => {
    slide.hidden = false;
    const size = largest(slide, ...limits());
    slide.hidden = true;
    return size;
  });
  const points = slides.map((slide) => "sameSize" in slide.dataset);
  const shared = Math.min(...sizes.filter((_, index) => points[index]));
  slides.forEach((slide, index) => {
    slide.style.fontSize = `${points[index] ? shared : sizes[index]}px`;
    slide.hidden = index !== at;
  });
}

export function go(number) {
  at = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, index) => {
    slide.hidden = index !== at;
  });
  place.textContent = slides[at].dataset.slide;
  back.setAttribute("aria-disabled", at === 0);
  on.setAttribute("aria-disabled", at === slides.length - 1);
  history.replaceState(null, "", `${location.pathname}#ikrar-${at + 1}`);
}

export function step(by) {
  go(at + by);
}

export function last() {
  return slides.length - 1;
}

/* From where the address says, else from where it was left. */
export function begin() {
  const [, number] = /^#ikrar-(\d+)$/.exec(location.hash) ?? [];
  go(number ? Number(number) - 1 : at);
  fit();
}

back.addEventListener("click", () => step(-1));
on.addEventListener("click", () => step(1));

stage.addEventListener("pointerdown", ({ clientX, isPrimary }) => {
  pressed = isPrimary ? clientX : null;
});

stage.addEventListener("pointerup", ({ clientX }) => {
  if (pressed === null) return;
  const moved = clientX - pressed;
  pressed = null;
  if (Math.abs(moved) > SWIPE) step(moved < 0 ? 1 : -1);
  else step(clientX < stage.clientWidth * LEFT ? -1 : 1);
});

stage.addEventListener("pointercancel", () => {
  pressed = null;
});

new ResizeObserver(fit).observe(stage);
