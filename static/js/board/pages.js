/* Shows as many OPD at once as can be read, and turns the page by itself. On a narrow screen, where
   one scrolls, all of them. */

const TURN = 10_000;
const AFTER_HAND = 45_000;
const COLUMN = 28; // rem: what a column needs at least

const list = document.querySelector("[data-opds]");
const place = document.querySelector("[data-opds-page]");
const wide = matchMedia("(min-width: 900px) and (min-height: 480px)");
const rows = [...list.children];
let page = 0;
let timer = null;
let capacity = rows.length;

const pages = () => Math.max(Math.ceil(rows.length / capacity), 1);

function show() {
  page = (page + pages()) % pages();
  rows.forEach((row, at) => {
    row.hidden = Math.floor(at / capacity) !== page;
  });
  place.textContent = pages() > 1 ? `Halaman ${page + 1} dari ${pages()}` : "";
}

/* Columns no more than needed: few OPD stand in one, wide and tall. */
function measure() {
  const height = Number.parseFloat(getComputedStyle(list).getPropertyValue("--opd-height"));
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const fitting = Math.max(Math.floor(list.clientHeight / (height * rem)), 1);
  const most = Math.max(Math.floor(list.clientWidth / (COLUMN * rem)), 1);
  const columns = Math.min(Math.ceil(rows.length / fitting), most);
  const pagesNeeded = Math.ceil(rows.length / (fitting * columns));
  const each = Math.ceil(rows.length / pagesNeeded / columns);
  capacity = wide.matches ? each * columns : rows.length;
  list.style.setProperty("--rows", each);
  list.style.setProperty("--columns", columns);
  list.dataset.columns = columns;
  show();
}

function turn(step, pause = TURN) {
  clearTimeout(timer);
  timer = setTimeout(() => turn(1), pause);
  page += step;
  show();
}

export function turnByHand(step) {
  turn(step, AFTER_HAND);
}

export function turnTo(number) {
  page = number;
  turn(0, AFTER_HAND);
}

new ResizeObserver(measure).observe(list.parentElement);
wide.addEventListener("change", measure);
measure();
turn(0);
