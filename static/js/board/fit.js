/* As large as fits: [data-fit] gets the size the style sheet gives, or the largest below it at which
   nothing is cut off. A long title or address is never shortened. */

const STEPS = 10;
const SMALLEST = 1;
const wide = matchMedia("(min-width: 900px) and (min-height: 480px)");
const elements = [...document.querySelectorAll("[data-fit]")];

function fits(element, size) {
  element.style.fontSize = `${size}px`;
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}

/* The largest size in pixels between two at which nothing of an element is cut off. */
export function largest(element, smallest, greatest) {
  let low = smallest;
  let high = greatest;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (fits(element, middle)) low = middle;
    else high = middle;
  }
  return low;
}

function fit(element) {
  element.style.fontSize = "";
  if (!wide.matches || !element.clientWidth) return;
  const greatest = Number.parseFloat(getComputedStyle(element).fontSize);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (fits(element, greatest)) return;
  element.style.fontSize = `${largest(element, SMALLEST * rem, greatest)}px`;
}

function fitAll() {
  elements.forEach(fit);
}

new ResizeObserver(fitAll).observe(document.documentElement);
document.addEventListener("view", fitAll);
