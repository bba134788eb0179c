// The page opens without network from then on, in the typefaces that it used.

const KEPT = /\.(js|css|woff2)$/, WORKER = "/door/sw.js";

function isOurs(address) {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && KEPT.test(pathname) && pathname !== WORKER;
}

// ``kept()`` is called when the worker has everything. Raises where a browser keeps nothing, as in a private window.
export async function install(kept) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(WORKER, { scope: "/door/" });
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", kept);
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ keep: [location.pathname, ...loaded.filter(isOurs)] });
}
