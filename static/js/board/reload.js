/* Loads the page again, which keeps view and theme. Not while the pledge is being read, not before
   the server has shown that it can give the page, and not twice in a minute: servers that differ
   would have it flicker. */

const BETWEEN = 60_000;
const KEY = "layar:dimuat";

let wanted = false;

function recently() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(KEY)) < BETWEEN) return true;
    sessionStorage.setItem(KEY, Date.now());
    return false;
  } catch {
    return performance.now() < BETWEEN;
  }
}

export async function reload() {
  wanted = true;
  const pledge = document.querySelector('[data-view="pledge"]');
  if (!pledge.hidden) return;
  wanted = false;
  try {
    const page = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (page.ok && !recently()) location.reload();
  } catch {
    /* The next answer asks again. */
  }
}

document.addEventListener("view", () => {
  if (wanted) reload();
});
