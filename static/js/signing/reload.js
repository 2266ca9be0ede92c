/* What came as the answer to number and PIN is loaded again as the entrance it came from: the browser
   would send the PIN once more, and without network has nothing to show; the entrance is kept. */

const [, entrance] = location.pathname.match(/^(\/i\/[^/]+\/)(?:giliran\/)?$/) ?? [];

if (entrance) history.replaceState(history.state, "", entrance + location.search + location.hash);
