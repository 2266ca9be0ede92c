/* Dark or light: as the device prefers, until somebody switches; then as they chose on this device.
   No module, so that it runs before anything is painted. */

(() => {
  const KEY = "layar:tema";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;

  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    /* No storage: the choice lasts as long as the page. */
  }

  function apply() {
    root.dataset.theme = chosen ?? (dark.matches ? "dark" : "light");
  }

  dark.addEventListener("change", apply);
  document.addEventListener("theme:switch", () => {
    chosen = root.dataset.theme === "dark" ? "light" : "dark";
    apply();
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      /* As above. */
    }
  });
  apply();
})();
