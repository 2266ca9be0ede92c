/* Whoever has the device now is somebody else: what was begun and not sent is forgotten, and so is
   that a page was left (idle.js). Not a module: it is done before anybody can type the PIN, or the
   list that the PIN opens would take itself for the page left, and lock again. */

try {
  sessionStorage.clear();
} catch {
  /* No storage, nothing to forget. */
}
